#include "engine/tokenizer/split_pattern.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

#include "engine/tokenizer/split_dialect.h"

namespace tidemark {

/// Owners of PCRE2's objects. Not in the unnamed namespace, because members of the class below are made of them.
namespace pcre {

template <auto kFree>
struct Deleter {
  template <typename T>
  void operator()(T* object) const {
    kFree(object);
  }
};
using CompileContext = std::unique_ptr<pcre2_compile_context, Deleter<pcre2_compile_context_free>>;
using Code = std::unique_ptr<pcre2_code, Deleter<pcre2_code_free>>;
using MatchContext = std::unique_ptr<pcre2_match_context, Deleter<pcre2_match_context_free>>;
using MatchData = std::unique_ptr<pcre2_match_data, Deleter<pcre2_match_data_free>>;

}  // namespace pcre

namespace {

/// What a well-meant pattern never needs. One match looks at a run of characters a few times over; steps are counted
/// per attempt, so a text of n bytes may take n times this at worst, and chunks of a document are small.
constexpr std::uint32_t kStepsPerByte = 16;
constexpr std::uint32_t kLeastSteps = 10'000;
constexpr std::uint32_t kMostSteps = 2'000'000'000;
constexpr std::uint32_t kHeapKibibytes = 64 * 1024;  // backtracking points of the interpreter
constexpr std::uint32_t kDeepestParentheses = 64;

PCRE2_SPTR unitsOf(std::string_view text) {
  return reinterpret_cast<PCRE2_SPTR>(text.data());
}

std::string describe(int error) {
  std::array<PCRE2_UCHAR, 256> text{};
  pcre2_get_error_message(error, text.data(), text.size());
  return reinterpret_cast<const char*>(text.data());
}

Error outOfMemory() {
  return makeError(ErrorCode::kOutOfMemory,
                   "there is not enough memory to cut the text into words; close other programs and try again");
}

}  // namespace

struct SplitPattern::Compiled {
  pcre::Code code;
  bool isNative = false;  // compiled to machine code
};

struct SplitPattern::Matcher::Workspace {
  pcre::MatchContext context;
  pcre::MatchData data;
};

void SplitPattern::Matcher::Free::operator()(Workspace* workspace) const {
  delete workspace;
}

Result<SplitPattern> SplitPattern::compile(std::string_view pattern) {
  const Result<std::string> translated = translateSplitPattern(pattern);
  if (!translated) return translated.error();
  return compileTranslated(*translated);
}

Result<SplitPattern> SplitPattern::compileWordCharacter() {
  return compileTranslated("[\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}\\p{Join_Control}]");
}

Result<SplitPattern> SplitPattern::compileTranslated(std::string_view pattern) {
  const pcre::CompileContext context(pcre2_compile_context_create(nullptr));
  if (!context) return outOfMemory();
  pcre2_set_parens_nest_limit(context.get(), kDeepestParentheses);
  pcre2_set_newline(context.get(), PCRE2_NEWLINE_LF);
  constexpr std::uint32_t kOptions = PCRE2_UTF | PCRE2_UCP | PCRE2_NO_AUTO_CAPTURE | PCRE2_NEVER_BACKSLASH_C;
  int error = 0;
  PCRE2_SIZE at = 0;
  auto compiled = std::make_shared<Compiled>();
  compiled->code.reset(pcre2_compile(unitsOf(pattern), pattern.size(), kOptions, &error, &at, context.get()));
  if (!compiled->code) {
    return makeError(ErrorCode::kUnsupported, "PCRE2 cannot compile the regular expression: " + describe(error));
  }
  std::uint32_t matchesNothing = 0;
  pcre2_pattern_info(compiled->code.get(), PCRE2_INFO_MATCHEMPTY, &matchesNothing);
  if (matchesNothing != 0) {
    return makeError(ErrorCode::kUnsupported,
                     "the regular expression can match an empty text, which is not supported for cutting words");
  }
  // Without machine code (another processor, memory that may not be executed) the interpreter does the same slowly.
  compiled->isNative = pcre2_jit_compile(compiled->code.get(), PCRE2_JIT_COMPLETE) == 0;
  return SplitPattern(std::move(compiled));
}

SplitPattern::Matcher::Matcher(const SplitPattern& pattern, std::string_view text)
    : m_pattern(&pattern), m_text(text), m_workspace(new Workspace) {
  m_workspace->context.reset(pcre2_match_context_create(nullptr));
  m_workspace->data.reset(pcre2_match_data_create(1, nullptr));
  if (!m_workspace->context) return;
  const std::uint64_t steps = kLeastSteps + std::uint64_t{kStepsPerByte} * text.size();
  pcre2_set_match_limit(m_workspace->context.get(),
                        static_cast<std::uint32_t>(std::min<std::uint64_t>(steps, kMostSteps)));
  pcre2_set_heap_limit(m_workspace->context.get(), kHeapKibibytes);
}

Result<std::optional<SplitPattern::Match>> SplitPattern::Matcher::next(std::size_t from) {
  if (!m_workspace->context || !m_workspace->data) return outOfMemory();
  const Compiled& compiled = *m_pattern->m_compiled;
  pcre2_match_data* data = m_workspace->data.get();
  pcre2_match_context* context = m_workspace->context.get();
  int count = PCRE2_ERROR_JIT_STACKLIMIT;
  if (compiled.isNative) {
    count =
        pcre2_jit_match(compiled.code.get(), unitsOf(m_text), m_text.size(), from, PCRE2_NO_UTF_CHECK, data, context);
  }
  // Machine code keeps its backtracking points on the stack, 32 KiB of it; the interpreter has the heap.
  if (count == PCRE2_ERROR_JIT_STACKLIMIT) {
    count = pcre2_match(compiled.code.get(), unitsOf(m_text), m_text.size(), from, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT,
                        data, context);
  }
  if (count == PCRE2_ERROR_NOMATCH) return std::optional<Match>();
  if (count == PCRE2_ERROR_NOMEMORY) return outOfMemory();
  if (count < 0) {
    return makeError(ErrorCode::kUnsupported,
                     "the regular expression of tokenizer.json cannot cut this text into words within its limits (" +
                         describe(count) + "); it needs another tokenizer");
  }
  const PCRE2_SIZE* range = pcre2_get_ovector_pointer(data);
  return std::optional<Match>({range[0], range[1]});
}

}  // namespace tidemark

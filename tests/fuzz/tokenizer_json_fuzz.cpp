// Any bytes as a tokenizer.json, or as a regular expression in one, and a text: refused with a reason, or read so that
// the tokens' bytes are the text and their ranges cover it.

#include <cstdint>
#include <cstdlib>

#include "engine/tokenizer/source_text.h"
#include "tests/fuzz/tokenizer_json_input.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const auto input = test::tokenizerInput({reinterpret_cast<const char*>(data), size});
  const auto tokenizer = loadByteLevelTokenizer(input.file, "x");
  if (!tokenizer) return tokenizer.error().message.empty() ? std::abort(), 0 : 0;
  TokenRun run;
  if (const Status status = (*tokenizer)->encode(input.text, 0, run); !status) {
    if (status.error().code != ErrorCode::kUnsupported) std::abort();
    return 0;
  }
  std::uint64_t covered = 0;
  std::string bytes;
  for (std::size_t i = 0; i < run.ids.size(); ++i) {
    const ByteRange& range = run.bytes[i];
    if (range.begin > covered || range.end < covered || range.end > input.text.size()) std::abort();
    covered = range.end;
    bytes += (*tokenizer)->bytes(run.ids[i]);
  }
  if (covered != input.text.size()) std::abort();
  // A file may take white space along with a piece, or make up a space; a pattern alone only cuts.
  const bool isExact = size == 0 || data[0] != '{';
  if (isExact && bytes != SourceText(input.text).text()) std::abort();
  return 0;
}

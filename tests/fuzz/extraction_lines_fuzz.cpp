// Whatever a process that was taken over writes: an error, or pages that hold what is promised of them, and the same
// for any split of the bytes.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "engine/extraction/extraction_lines.h"
#include "engine/tokenizer/utf8.h"

namespace {

using namespace tidemark;

void require(bool condition) {
  if (!condition) std::abort();
}

void requireText(std::string_view text) {
  while (!text.empty()) {
    const Utf8Sequence sequence = readUtf8(text);
    require(sequence.kind == Utf8Kind::kCharacter && sequence.codePoint != 0 && sequence.codePoint != '\r');
    text.remove_prefix(sequence.length);
  }
}

/// Checks every value and writes it down again.
class CheckingSink : public ExtractionSink {
 public:
  Status head(DocumentHead head) override {
    require(m_log.empty() && head.pageCount >= 0);
    requireText(head.title);
    requireText(head.author);
    m_log += toLine(head);
    return {};
  }
  Status page(ExtractedPage page) override {
    require(!m_log.empty() && !m_ended);
    requireText(page.label);
    requireText(page.text);
    std::uint64_t last = 0;
    for (const Heading& heading : page.headings) {
      require(heading.offset >= last && heading.offset <= page.text.size());
      require(heading.level >= 1 && heading.level <= 9);
      requireText(heading.title);
      last = heading.offset;
    }
    m_log += toLine(++m_pages, page);
    return {};
  }
  Status end(ExtractionSummary summary) override {
    require(!m_ended);
    m_ended = true;
    m_log += toLine(summary);
    return {};
  }
  std::string m_log;
  std::int64_t m_pages = 0;
  bool m_ended = false;
};

struct Outcome {
  std::string log;
  std::string error;
};

Outcome readLines(std::string_view bytes, std::size_t step) {
  CheckingSink sink;
  ExtractionLineReader reader("a.pdf", sink);
  Status status;
  for (std::size_t at = 0; at < bytes.size() && status; at += step) status = reader.push(bytes.substr(at, step));
  if (status) status = reader.finish();
  require(!status || (sink.m_ended && reader.isComplete()));
  if (!status) require(status.error().message.find("a.pdf") != std::string::npos);
  return {sink.m_log, status ? "" : status.error().message};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = readLines(bytes, bytes.size() + 1);
  const Outcome cut = readLines(bytes, 1 + data[0] % 16);
  require(whole.log == cut.log && whole.error == cut.error);
  // What was accepted is accepted again, and says the same.
  if (whole.error.empty()) require(readLines(whole.log, 4096).log == whole.log);
  return 0;
}

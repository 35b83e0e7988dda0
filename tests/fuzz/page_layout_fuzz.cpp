// Pages with any text and boxes become as many texts, valid UTF-8 without carriage returns; what is quoted from a page
// is found within it.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/tokenizer/utf8.h"
#include "extract/layout/document_layout.h"
#include "extract/layout/quote_location.h"
#include "tests/support/fuzzed_pages.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

void checkText(std::string_view text) {
  while (!text.empty()) {
    const tidemark::Utf8Sequence sequence = tidemark::readUtf8(text);
    require(sequence.kind == tidemark::Utf8Kind::kCharacter);
    require(sequence.codePoint != 0 && sequence.codePoint != '\r' && sequence.codePoint != 0xFFFE);
    text.remove_prefix(sequence.length);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const std::vector<tidemark::RawPage> pages = tidemark::testing::fuzzedPages(bytes);
  tidemark::DocumentLayout layout;
  std::vector<std::string> texts;
  for (const tidemark::RawPage& page : pages) {
    for (std::string& text : layout.push(page)) texts.push_back(std::move(text));
  }
  for (std::string& text : layout.finish()) texts.push_back(std::move(text));
  require(texts.size() == pages.size());
  for (std::size_t i = 0; i < pages.size(); ++i) {
    checkText(texts[i]);
    const std::string_view quote = std::string_view(texts[i]).substr(0, 200);
    for (const tidemark::QuotePart& part : tidemark::locateQuote(pages[i].text, quote)) {
      require(part.length > 0 && part.begin + part.length <= pages[i].text.size());
    }
    require(tidemark::locateHeading(texts[i], quote.substr(0, 20), texts[i].size() / 2) <= texts[i].size());
  }
  return 0;
}

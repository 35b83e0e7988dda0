#include "engine/service/evidence_text.h"

#include <algorithm>

#include "engine/document/sentence_splitter.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

// A sentence that begins further before a segment is cut.
constexpr std::uint64_t kWindowBytes = SentenceSplitter::kLongestSentenceBytes;

Status addSentences(const SessionStore& store, ByteRange window, ByteRange bytes, std::vector<ByteRange>& sentences) {
  auto text = textOf(store, window);
  if (!text) return text.error();
  std::size_t skipped = 0;
  while (skipped < text->size() && continuesCharacter((*text)[skipped])) ++skipped;
  SentenceSplitter splitter;
  splitter.push(std::string_view(*text).substr(skipped));
  splitter.finish();
  std::size_t at = skipped;
  while (const auto sentence = splitter.next()) {
    at = text->find(*sentence, at);
    if (at == std::string::npos) break;
    const ByteRange range{window.begin + at, window.begin + at + sentence->size()};
    if (range.begin < bytes.end && range.end > bytes.begin && !sentence->empty()) sentences.push_back(range);
    at += sentence->size();
  }
  return {};
}

}  // namespace

Result<std::string> textOf(const SessionStore& store, ByteRange bytes) {
  std::string text(static_cast<std::size_t>(bytes.end - bytes.begin), '\0');
  const auto read = store.readText(bytes.begin, text);
  if (!read) return read.error();
  text.resize(*read);
  return text;
}

Result<std::vector<ByteRange>> sentencesTouching(const SessionStore& store, ByteRange bytes) {
  const auto documents = store.documents();
  if (!documents) return documents.error();
  std::vector<ByteRange> sentences;
  for (const DocumentRecord& document : *documents) {
    if (document.bytes.end <= bytes.begin || document.bytes.begin >= bytes.end) continue;
    const ByteRange window{std::max(document.bytes.begin, bytes.begin - std::min(bytes.begin, kWindowBytes)),
                           std::min(document.bytes.end, bytes.end + kWindowBytes)};
    if (Status added = addSentences(store, window, bytes, sentences); !added) return added.error();
  }
  return sentences;
}

}  // namespace tidemark

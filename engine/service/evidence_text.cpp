#include "engine/service/evidence_text.h"

#include <algorithm>

#include "engine/document/sentence_splitter.h"

namespace tidemark {
namespace {

// A sentence that begins further before a segment is cut.
constexpr std::uint64_t kWindowBytes = SentenceSplitter::kLongestSentenceBytes;

bool continuesCharacter(char c) {
  return (static_cast<unsigned char>(c) & 0xc0u) == 0x80u;
}

/// Form feeds of [begin, end), or of everything up to the end of the document to find out whether it has any.
Result<std::int64_t> countFormFeeds(const SessionStore& store, ByteRange bytes) {
  std::int64_t count = 0;
  std::vector<char> buffer(std::size_t{1} << 16);
  for (std::uint64_t at = bytes.begin; at < bytes.end;) {
    const std::size_t wanted = static_cast<std::size_t>(std::min<std::uint64_t>(buffer.size(), bytes.end - at));
    const auto read = store.readText(at, std::span(buffer).first(wanted));
    if (!read) return read.error();
    if (*read == 0) break;
    count += std::count(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*read), '\f');
    at += *read;
  }
  return count;
}

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
  std::size_t done = 0;
  while (done < text.size()) {
    const auto read = store.readText(bytes.begin + done, std::span(text).subspan(done));
    if (!read) return read.error();
    if (*read == 0) break;
    done += *read;
  }
  text.resize(done);
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

Result<std::int64_t> pageHolding(const SessionStore& store, std::uint64_t byte) {
  const auto documents = store.documents();
  if (!documents) return documents.error();
  const auto document = std::find_if(documents->begin(), documents->end(), [&](const DocumentRecord& each) {
    return each.bytes.begin <= byte && byte < each.bytes.end;
  });
  if (document == documents->end()) return std::int64_t{0};
  const auto contents = store.contents();
  if (!contents) return contents.error();
  for (const DocumentContents& each : *contents) {
    if (each.document != document->id) continue;
    if (each.pages.empty() && each.source.extractionVersion > 0) return std::int64_t{0};
    const auto behind = std::upper_bound(each.pages.begin(), each.pages.end(), byte,
                                         [](std::uint64_t b, const PageRecord& page) { return b < page.byte; });
    if (!each.pages.empty()) return static_cast<std::int64_t>(behind - each.pages.begin());
  }
  const auto before = countFormFeeds(store, {document->bytes.begin, byte});
  if (!before) return before.error();
  if (*before > 0) return *before + 1;
  const auto all = countFormFeeds(store, document->bytes);
  if (!all) return all.error();
  return std::int64_t{*all > 0 ? 1 : 0};
}

}  // namespace tidemark

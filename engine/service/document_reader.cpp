#include "engine/service/document_reader.h"

#include <algorithm>

#include "engine/base/check.h"

namespace tidemark {

DocumentReader::DocumentReader(const SessionStore& store, const Tokenizer& tokenizer, int segmentSize,
                               std::int64_t firstSegment, std::optional<TextCursor> cursor)
    : m_store(store), m_tokenizer(tokenizer), m_cursor(cursor), m_segmenter(segmentSize), m_nextSegment(firstSegment) {
  if (!m_cursor) return;
  m_bytesRead = m_cursor->chunkByte;
  m_end = *m_cursor;
}

DocumentReader::~DocumentReader() = default;

void DocumentReader::setText(ByteRange bytes, bool isComplete) {
  if (m_texts.empty() || m_texts.back().isComplete) {
    m_texts.push_back({bytes, isComplete});
    m_isNews = true;
    return;
  }
  Text& last = m_texts.back();
  if (last.bytes == bytes && last.isComplete == isComplete) return;
  m_isNews = true;
  TM_CHECK(last.bytes.begin == bytes.begin && last.bytes.end <= bytes.end, "text that has come does not change");
  last = {bytes, isComplete};
  if (m_stream && m_nextText == m_texts.size()) m_text->set(last.bytes, last.isComplete);
}

void DocumentReader::endText() {
  TM_CHECK(m_texts.empty() || m_texts.back().isComplete, "the last document is not complete");
  m_isNews = true;
  m_allGiven = true;
}

bool DocumentReader::forgetIncomplete() {
  if (m_texts.empty() || m_texts.back().isComplete) return true;
  if (m_nextText == m_texts.size()) return false;
  m_texts.pop_back();
  return true;
}

bool DocumentReader::openNextText() {
  // A cursor at the very end of a document is the beginning of the next one.
  while (m_cursor && m_nextText < m_texts.size() && m_texts[m_nextText].isComplete &&
         m_texts[m_nextText].bytes.end <= m_cursor->chunkByte) {
    ++m_nextText;
  }
  if (m_nextText >= m_texts.size()) return false;
  const Text& text = m_texts[m_nextText++];
  m_text = std::make_unique<StoredText>(m_store, text.bytes, text.isComplete);
  m_stream.emplace(*m_text, m_tokenizer, text.bytes.begin, m_cursor);
  m_cursor.reset();
  return true;
}

Result<DocumentReader::Pulled> DocumentReader::pull() {
  while (m_stream || openNextText()) {
    auto segment = m_segmenter.next(*m_stream);
    if (!segment) return segment.error();
    m_end = m_stream->cursor();
    if (segment->has_value()) {
      m_next = std::move(**segment);
      return Pulled::kSegment;
    }
    if (m_stream->isWaiting()) return Pulled::kWaits;
    m_stream.reset();
  }
  return m_allGiven ? Pulled::kEnd : Pulled::kWaits;
}

bool DocumentReader::isReady() {
  if (m_pulled) return true;
  if (!std::exchange(m_isNews, false)) return false;
  auto pulled = pull();
  if (pulled.ok() && *pulled == Pulled::kWaits) return false;
  m_pulled = std::move(pulled);
  return true;
}

Result<bool> DocumentReader::nextSegment(std::vector<TokenId>& tokens) {
  TM_CHECK(isReady(), "asked for a segment while text is awaited");
  const Result<Pulled> pulled = *std::exchange(m_pulled, std::nullopt);
  if (!pulled) return pulled.error();
  m_isNews = true;  // there may be more in what was given already
  if (*pulled == Pulled::kEnd) {
    if (!m_texts.empty()) m_bytesRead = std::max(m_bytesRead, m_texts.back().bytes.end);
    return false;
  }
  tokens = m_next.tokens.ids;
  m_bytesRead = m_next.bytes.end;
  m_entered.push_back({{m_nextSegment++, m_next.bytes, std::move(m_next.tokens.ids)}, m_next.next});
  return true;
}

const DocumentReader::Entered& DocumentReader::enteredSegment(std::int64_t index) const {
  TM_CHECK(!m_entered.empty() && index >= m_entered.front().segment.index && index <= m_entered.back().segment.index,
           std::to_string(index));
  return m_entered[static_cast<std::size_t>(index - m_entered.front().segment.index)];
}

bool DocumentReader::isStorable(std::int64_t index) const {
  return m_texts.empty() || m_texts.back().isComplete ||
         enteredSegment(index).segment.bytes.end <= m_texts.back().bytes.begin;
}

}  // namespace tidemark

#include "engine/service/document_reader.h"

#include "engine/base/check.h"

namespace tidemark {

/// One document's text as it is stored in the session.
class DocumentReader::StoredText : public TextSource {
 public:
  StoredText(const SessionStore& store, ByteRange bytes) : m_store(store), m_bytes(bytes) {}

  [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes.end - m_bytes.begin; }

  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
    if (offset >= byteCount()) return std::size_t{0};
    const auto count = std::min<std::uint64_t>(out.size(), byteCount() - offset);
    return m_store.readText(m_bytes.begin + offset, out.first(static_cast<std::size_t>(count)));
  }

 private:
  const SessionStore& m_store;
  ByteRange m_bytes;
};

DocumentReader::DocumentReader(const SessionStore& store, const Tokenizer& tokenizer,
                               std::vector<DocumentRecord> documents, int segmentSize, std::int64_t firstSegment,
                               std::optional<TextCursor> cursor)
    : m_store(store),
      m_tokenizer(tokenizer),
      m_documents(std::move(documents)),
      m_cursor(cursor),
      m_segmenter(segmentSize),
      m_nextSegment(firstSegment) {
  if (!m_cursor) return;
  m_bytesRead = m_cursor->chunkByte;
  m_end = *m_cursor;
  // A cursor at the very end of a document is the beginning of the next one.
  while (m_nextDocument < m_documents.size() && m_documents[m_nextDocument].bytes.end <= m_cursor->chunkByte) {
    ++m_nextDocument;
  }
}

DocumentReader::~DocumentReader() = default;

bool DocumentReader::openNextDocument() {
  if (m_nextDocument >= m_documents.size()) return false;
  const DocumentRecord& document = m_documents[m_nextDocument++];
  m_stream.reset();
  m_text = std::make_unique<StoredText>(m_store, document.bytes);
  m_stream.emplace(*m_text, m_tokenizer, document.bytes.begin, m_cursor);
  m_cursor.reset();
  return true;
}

Result<bool> DocumentReader::nextSegment(std::vector<TokenId>& tokens) {
  while (true) {
    if (!m_stream && !openNextDocument()) return false;
    auto segment = m_segmenter.next(*m_stream);
    if (!segment) return segment.error();
    m_end = m_stream->cursor();
    if (!segment->has_value()) {
      m_bytesRead = m_documents[m_nextDocument - 1].bytes.end;
      m_stream.reset();
      continue;
    }
    Segment& full = **segment;
    tokens = full.tokens.ids;
    m_bytesRead = full.bytes.end;
    m_entered.push_back({{m_nextSegment++, full.bytes, std::move(full.tokens.ids)}, full.next});
    return true;
  }
}

const DocumentReader::Entered& DocumentReader::enteredSegment(std::int64_t index) const {
  TM_CHECK(!m_entered.empty() && index >= m_entered.front().segment.index && index <= m_entered.back().segment.index,
           std::to_string(index));
  return m_entered[static_cast<std::size_t>(index - m_entered.front().segment.index)];
}

}  // namespace tidemark

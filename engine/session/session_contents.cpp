// What is known of documents besides their text: pages, headings, and the files they came from.

#include <algorithm>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr int kFirstVersionWithSources = 2;

constexpr const char* kInsertPageSql = "INSERT INTO pages (document, page, byte_begin, label) VALUES (?, ?, ?, ?)";
constexpr const char* kInsertHeadingSql =
    "INSERT INTO headings (document, position, byte_begin, level, title) VALUES (?, ?, ?, ?, ?)";
constexpr const char* kInsertSourceSql = R"sql(
INSERT INTO document_sources (document, format, extraction_version, author, modified, bytes, checksum, coverage)
VALUES (?, ?, ?, ?, ?, ?, ?, ?))sql";
constexpr const char* kSelectPagesSql = "SELECT page, byte_begin, label FROM pages WHERE document = ? ORDER BY page";
constexpr const char* kSelectHeadingsSql =
    "SELECT byte_begin, level, title FROM headings WHERE document = ? ORDER BY position";
constexpr const char* kSelectSourceSql = R"sql(
SELECT format, extraction_version, author, modified, bytes, checksum, coverage
FROM document_sources WHERE document = ?)sql";

constexpr const char* kStoring = "store the pages of a document in";
constexpr const char* kLoading = "read the pages of a document of";

/// Over places as they are stored: counted from the beginning of the document.
std::string contentsChecksum(const SessionFile& file, std::int64_t document, const DocumentContents& contents) {
  RowHash hash = file.rowHash("document source");
  const DocumentSource& source = contents.source;
  hash.add(document).add(source.format).add(std::int64_t{source.extractionVersion}).add(source.author);
  hash.add(source.modified).add(source.bytes).add(source.coverageJson);
  hash.add(std::uint64_t{contents.pages.size()});
  for (const PageRecord& page : contents.pages) hash.add(page.byte).add(page.label);
  hash.add(std::uint64_t{contents.headings.size()});
  for (const HeadingRecord& heading : contents.headings) {
    hash.add(heading.byte).add(std::int64_t{heading.level}).add(heading.title);
  }
  return hash.digest();
}

/// Whether places ascend and lie within a text of so many bytes.
template <typename Record>
bool isInOrder(const std::vector<Record>& records, std::uint64_t bytes) {
  const auto ascending = [](const Record& a, const Record& b) { return a.byte < b.byte; };
  return std::is_sorted(records.begin(), records.end(), ascending) && (records.empty() || records.back().byte <= bytes);
}

Status storePages(const SessionFile& file, std::int64_t document, const std::vector<PageRecord>& pages) {
  Result<Statement> insert = file.database.prepare(kInsertPageSql, kStoring);
  if (!insert) return insert.error();
  std::int64_t number = 0;
  for (const PageRecord& page : pages) {
    if (Status stored = insert->bind(document, number++, page.byte, page.label).run(); !stored) return stored;
  }
  return {};
}

Status storeHeadings(const SessionFile& file, std::int64_t document, const std::vector<HeadingRecord>& headings) {
  Result<Statement> insert = file.database.prepare(kInsertHeadingSql, kStoring);
  if (!insert) return insert.error();
  std::int64_t position = 0;
  for (const HeadingRecord& heading : headings) {
    insert->bind(document, position++, heading.byte, heading.level, heading.title);
    if (Status stored = insert->run(); !stored) return stored;
  }
  return {};
}

Status loadPages(const SessionFile& file, std::int64_t document, std::vector<PageRecord>& pages) {
  Result<Statement> rows = file.database.prepare(kSelectPagesSql, kLoading);
  if (!rows) return rows.error();
  rows->bind(document);
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    pages.push_back({rows->unsignedInteger(1), rows->text(2)});
  }
}

Status loadHeadings(const SessionFile& file, std::int64_t document, std::vector<HeadingRecord>& headings) {
  Result<Statement> rows = file.database.prepare(kSelectHeadingsSql, kLoading);
  if (!rows) return rows.error();
  rows->bind(document);
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    headings.push_back({rows->unsignedInteger(0), static_cast<int>(rows->integer(1)), rows->text(2)});
  }
}

}  // namespace

Status storeContents(const SessionFile& file, std::int64_t document, ByteRange bytes,
                     const DocumentContents& contents) {
  const std::uint64_t length = bytes.end - bytes.begin;
  const bool pagesBeginIt = contents.pages.empty() || contents.pages.front().byte == 0;
  if (!pagesBeginIt || !isInOrder(contents.pages, length) || !isInOrder(contents.headings, length)) {
    return file.invalid("pages or headings of document number " + std::to_string(document) +
                        " are not in order, or lie outside its " + std::to_string(length) + " bytes");
  }
  if (Status stored = storePages(file, document, contents.pages); !stored) return stored;
  if (Status stored = storeHeadings(file, document, contents.headings); !stored) return stored;
  const DocumentSource& source = contents.source;
  return file.database.run(kInsertSourceSql, kStoring, document, source.format, source.extractionVersion, source.author,
                           source.modified, source.bytes, contentsChecksum(file, document, contents),
                           source.coverageJson);
}

Result<DocumentContents> loadContents(const SessionFile& file, const DocumentRecord& document) {
  DocumentContents contents;
  contents.document = document.id;
  if (file.schemaVersion < kFirstVersionWithSources) return contents;
  Result<Statement> row = file.database.prepare(kSelectSourceSql, kLoading);
  if (!row) return row.error();
  const Result<bool> found = row->bind(document.id).step();
  if (!found) return found.error();
  if (!*found) return contents;  // read before this format
  DocumentSource& source = contents.source;
  source.format = row->text(0);
  source.extractionVersion = static_cast<int>(row->integer(1));
  source.author = row->text(2);
  source.modified = row->integer(3);
  source.bytes = row->unsignedInteger(4);
  source.coverageJson = row->text(6);
  if (Status loaded = loadPages(file, document.id, contents.pages); !loaded) return loaded.error();
  if (Status loaded = loadHeadings(file, document.id, contents.headings); !loaded) return loaded.error();
  if (const std::string checksum = contentsChecksum(file, document.id, contents); checksum != row->text(5)) {
    return file.corrupt("the page map of document number " + std::to_string(document.id), row->text(5), checksum);
  }
  for (PageRecord& page : contents.pages) page.byte += document.bytes.begin;
  for (HeadingRecord& heading : contents.headings) heading.byte += document.bytes.begin;
  return contents;
}

Result<std::vector<DocumentContents>> SessionStore::contents() const {
  // One view of the file: a writer beside us may replace a document.
  Result<Transaction> transaction = Transaction::begin(m_impl->database, Transaction::Kind::kRead, kLoading);
  if (!transaction) return transaction.error();
  const auto documents = loadDocuments(*m_impl);
  if (!documents) return documents.error();
  std::vector<DocumentContents> all;
  all.reserve(documents->size());
  for (const DocumentRecord& document : *documents) {
    Result<DocumentContents> contents = loadContents(*m_impl, document);
    if (!contents) return contents.error();
    all.push_back(std::move(*contents));
  }
  return all;
}

}  // namespace tidemark

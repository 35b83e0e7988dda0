// Plain text and Markdown: decoded here, because nothing in them is parsed.

#include <algorithm>
#include <utility>

#include "engine/document/text_decoder.h"
#include "engine/extraction/file_kind.h"
#include "engine/extraction/import_source.h"
#include "engine/extraction/markdown_headings.h"

namespace tidemark {
namespace {

using Step = DocumentImport::Step;

// Decoding makes at most three bytes of one: then pieces stay within 64 KiB.
constexpr std::size_t kDecodedAtOnce = 20 * 1024;

class PlainTextImport : public ImportSource {
 public:
  PlainTextImport(SourceFile file, TextEncoding encoding, bool isAsciiSoFar, DocumentFormat format, DocumentSink& sink)
      : m_file(std::move(file)),
        m_decoder(encoding),
        m_undecided(encoding == TextEncoding::kUtf8 && isAsciiSoFar),
        m_sink(sink),
        m_buffer(kDecodedAtOnce) {
    m_result.head.format = format;
  }

  Result<Step> pump(std::chrono::milliseconds /*wait: a file is always there*/) override {
    if (!m_headGiven) {
      m_headGiven = true;
      if (Status status = m_sink.head(m_result.head); !status) return status.error();
    }
    for (std::size_t taken = 0; taken < kPumpBytes; taken += kDecodedAtOnce) {
      const Result<std::size_t> count = m_file.read(m_buffer);
      if (!count) return count.error();
      const bool atEnd = *count < m_buffer.size();
      if (Status status = take({m_buffer.data(), *count}, atEnd); !status) return status.error();
      if (!atEnd) continue;
      if (Status status = finish(); !status) return status.error();
      return Step::kDone;
    }
    return Step::kMore;
  }

  [[nodiscard]] ImportProgress progress() const override {
    return {m_pages.coverage().pages, 0, m_decoder.textBytes(), m_file.bytesRead(), m_file.bytes()};
  }
  [[nodiscard]] bool looksReadable() const override { return true; }
  [[nodiscard]] const ImportedDocument& result() const override { return m_result; }

 private:
  [[nodiscard]] Error refused(const Error& error) const {
    return error.withContext("cannot read '" + m_file.path().string() + "'");
  }

  Status take(std::string_view bytes, bool atEnd) {
    if (m_undecided && !isAscii(bytes)) {
      m_undecided = false;
      const Result<TextEncoding> encoding = detectEncoding(bytes);
      if (encoding && *encoding == TextEncoding::kWindows1252) m_decoder.turnWestern();
    }
    m_piece.clear();
    if (Status status = m_decoder.push(bytes, m_piece); !status) return refused(status.error());
    if (atEnd) {
      if (Status status = m_decoder.finish(m_piece); !status) return refused(status.error());
    }
    if (m_result.head.format == DocumentFormat::kMarkdown) {
      if (Status status = give(m_headings.push(m_piece)); !status) return status;
      if (Status status = atEnd ? give(m_headings.finish()) : Status(); !status) return status;
    }
    return paginate(m_piece);
  }

  Status give(const std::vector<Heading>& headings) {
    for (const Heading& heading : headings) {
      if (Status status = m_sink.heading(heading.offset, heading.level, heading.title); !status) return status;
    }
    return {};
  }

  /// Hands a decoded piece on, cut where a page begins.
  Status paginate(std::string_view piece) {
    while (!piece.empty()) {
      if (m_pageIsDue) {
        if (Status status = beginPage(); !status) return status;
      }
      const std::size_t feed = piece.find('\f');
      const std::string_view part = piece.substr(0, feed == std::string_view::npos ? feed : feed + 1);
      if (!m_pageHasText && holdsText(part)) m_pageHasText = true;
      if (Status status = m_sink.text(part); !status) return status;
      m_given += part.size();
      piece.remove_prefix(part.size());
      m_pageIsDue = feed != std::string_view::npos;
    }
    return {};
  }

  /// A page begins when there is something on it: the form feed at the end of a file begins none. That the text has
  /// pages at all is known at its first form feed.
  Status beginPage() {
    if (m_pages.coverage().pages == 0) {
      if (Status status = m_sink.beginPage(0, ""); !status) return status;
    }
    endPage();
    return m_sink.beginPage(m_given, "");
  }

  void endPage() {
    m_pages.add(0, m_pageHasText, false);
    m_hasText = m_hasText || m_pageHasText;
    m_pageHasText = false;
    m_pageIsDue = false;
  }

  Status finish() {
    if (Status status = m_file.checkUnchanged(); !status) return status;
    const bool hasPages = m_pages.coverage().pages > 0;
    endPage();
    if (!m_hasText) return refused(makeError(ErrorCode::kInvalidArgument, whyEmpty() + "; give a file with text"));
    ExtractionSummary summary;
    summary.replacedBytes = m_decoder.replacedBytes();
    summary.encoding = encodingName(m_decoder.encoding());
    m_result.coverage = m_pages.finish(std::move(summary));
    if (!hasPages) m_result.coverage.pages = 0;
    m_result.coverage.characters = m_decoder.characters();
    m_result.sourceBytes = m_file.bytesRead();
    m_result.textBytes = m_decoder.textBytes();
    m_result.sourceSha256 = m_file.sha256();
    m_result.sourceModified = m_file.modified();
    return {};
  }

  [[nodiscard]] std::string whyEmpty() const {
    if (m_decoder.sourceBytes() == 0) return "it is empty (0 bytes)";
    return m_decoder.textBytes() == 0 ? "it holds a byte order mark only" : "it holds nothing but white space";
  }

  SourceFile m_file;
  TextDecoder m_decoder;
  bool m_undecided;  // ASCII so far: UTF-8 or windows-1252
  DocumentSink& m_sink;
  std::vector<char> m_buffer;
  std::string m_piece;
  MarkdownHeadings m_headings;
  CoverageCounter m_pages;
  std::uint64_t m_given = 0;
  bool m_headGiven = false;
  bool m_pageIsDue = false;
  bool m_pageHasText = false;
  bool m_hasText = false;
  ImportedDocument m_result;
};

}  // namespace

Result<std::unique_ptr<ImportSource>> importPlainText(SourceFile file, const std::string& head, DocumentFormat format,
                                                      DocumentSink& sink) {
  const Result<TextEncoding> encoding = detectEncoding(head);
  if (!encoding) return encoding.error().withContext("cannot read '" + file.path().string() + "'");
  return std::unique_ptr<ImportSource>(
      std::make_unique<PlainTextImport>(std::move(file), *encoding, isAscii(head), format, sink));
}

}  // namespace tidemark

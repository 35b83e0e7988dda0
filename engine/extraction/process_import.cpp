// Every other format: taken from a tidemark-extract process, line by line.

#include <algorithm>
#include <utility>

#include "engine/extraction/extraction_lines.h"
#include "engine/extraction/import_source.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

using Clock = std::chrono::steady_clock;
using Step = DocumentImport::Step;
using std::chrono::milliseconds;

constexpr std::size_t kReadBytes = 256 * 1024;
constexpr std::size_t kHashBytes = 1 << 20;  // of the file, while nothing else is to do
constexpr std::int64_t kEnoughPages = 20;    // to see what kind of document it is

std::string secondsText(Clock::duration time) {
  return std::to_string(std::chrono::duration_cast<std::chrono::seconds>(time).count()) + " s";
}

/// From pages to the sink of a document; counts on the way.
class PageForwarder : public ExtractionSink {
 public:
  explicit PageForwarder(DocumentSink& sink) : m_sink(sink) {}

  Status head(DocumentHead head) override {
    m_hasPages = head.format == DocumentFormat::kPdf || head.format == DocumentFormat::kEpub;
    m_head = std::move(head);
    return m_sink.head(m_head);
  }

  Status page(ExtractedPage page) override {
    if (m_hasPages) {
      if (Status status = m_sink.beginPage(m_textBytes, page.label); !status) return status;
    }
    for (const Heading& heading : page.headings) {
      if (Status status = m_sink.heading(m_textBytes + heading.offset, heading.level, heading.title); !status) {
        return status;
      }
    }
    for (std::string_view rest = page.text; !rest.empty();) {
      const std::string_view piece = rest.substr(0, characterBoundary(rest, kLongestPiece));
      if (Status status = m_sink.text(piece); !status) return status;
      rest.remove_prefix(piece.size());
    }
    m_textBytes += page.text.size();
    m_hasText = m_hasText || holdsText(page.text);
    m_counter.add(page);
    return {};
  }

  Status end(ExtractionSummary summary) override {
    (void)m_counter.finish(std::move(summary));
    return {};
  }

  /// Of a format without pages: how often its text was cut on the way says nothing.
  [[nodiscard]] Coverage coverage() const {
    Coverage coverage = m_counter.coverage();
    if (m_hasPages) return coverage;
    coverage.pages = 0;
    coverage.imagePages = 0;
    coverage.pagesWithoutText.clear();
    return coverage;
  }
  [[nodiscard]] const DocumentHead& documentHead() const { return m_head; }
  [[nodiscard]] std::uint64_t textBytes() const { return m_textBytes; }
  [[nodiscard]] std::int64_t pagesTaken() const { return m_counter.coverage().pages; }
  [[nodiscard]] bool hasText() const { return m_hasText; }

  [[nodiscard]] bool looksReadable(bool complete) const {
    const Coverage& seen = m_counter.coverage();
    const bool enough = complete || seen.pages >= (m_hasPages ? kEnoughPages : 1);
    return enough && CoverageCounter::count(seen.pagesWithoutText) < (seen.pages + 1) / 2;
  }

 private:
  DocumentSink& m_sink;
  DocumentHead m_head;
  CoverageCounter m_counter;
  std::uint64_t m_textBytes = 0;
  bool m_hasPages = false;
  bool m_hasText = false;
};

class ProcessImport : public ImportSource {
 public:
  ProcessImport(SourceFile file, ExtractorProcess process, DocumentSink& sink, const ImportOptions& options)
      : m_file(std::move(file)),
        m_process(std::move(process)),
        m_options(options),
        m_pages(sink),
        m_lines(m_file.name(), m_pages),
        m_buffer(kReadBytes) {}

  Result<Step> pump(milliseconds wait) override {
    if (m_closed) return hashRest();
    const auto begin = Clock::now();
    const std::int64_t pagesBefore = m_pages.pagesTaken();
    if (Status status = takeLines(wait); !status) {
      m_process.kill();
      return status.error();
    }
    if (m_closed) return hashRest();
    // Only time that is spent waiting here counts: a program that does not ask for pages gets none.
    const auto spent = Clock::now() - begin;
    m_waited += spent;
    m_quiet = m_pages.pagesTaken() > pagesBefore ? Clock::duration(0) : m_quiet + spent;
    if (Status status = checkTime(); !status) {
      m_process.kill();
      return status.error();
    }
    return Step::kMore;
  }

  [[nodiscard]] ImportProgress progress() const override {
    ImportProgress progress;
    progress.pages = m_pages.coverage().pages;
    progress.pageCount = m_pages.documentHead().pageCount;
    progress.textBytes = m_pages.textBytes();
    progress.sourceBytesTotal = m_file.bytes();
    if (m_closed) {
      progress.sourceBytes = m_file.bytes();
    } else if (progress.pageCount > 0) {
      const double share = static_cast<double>(progress.pages) / static_cast<double>(progress.pageCount);
      progress.sourceBytes =
          static_cast<std::uint64_t>(std::min(share, 1.0) * static_cast<double>(progress.sourceBytesTotal));
    }
    return progress;
  }
  [[nodiscard]] bool looksReadable() const override { return m_pages.looksReadable(m_closed); }
  [[nodiscard]] const ImportedDocument& result() const override { return m_result; }

 private:
  Status takeLines(milliseconds wait) {
    for (std::size_t taken = 0; taken < kPumpBytes;) {
      const bool mayWait = taken == 0 && m_hashed;
      const Result<ExtractorProcess::Output> output = m_process.read(m_buffer, mayWait ? wait : milliseconds(0));
      if (!output) return output.error().withContext(m_file.name());
      if (output->atEnd) return close();
      if (output->bytes == 0) return taken == 0 && !m_hashed ? hashSome() : Status();
      taken += output->bytes;
      if (Status status = m_lines.push({m_buffer.data(), output->bytes}); !status) return status;
    }
    return {};
  }

  /// Its output has ended: so must the process and the document.
  Status close() {
    m_closed = true;
    const std::string end = m_process.end();
    // What was complete before is whole, even if the process then failed to clean up.
    if (m_lines.isComplete()) return m_lines.finish();
    if (end.empty()) return m_lines.finish();
    return makeError(ErrorCode::kIo, m_file.name() + ": its extraction " + end +
                                         "; the file is broken, or made to do harm: try another copy or format");
  }

  Status hashSome() {
    m_hashBuffer.resize(kHashBytes);
    const Result<std::size_t> count = m_file.read(m_hashBuffer);
    if (!count) return count.error();
    m_hashed = *count < m_hashBuffer.size();
    return {};
  }

  Result<Step> hashRest() {
    if (m_hashed) {
      if (Status status = finish(); !status) return status.error();
      return Step::kDone;
    }
    if (Status status = hashSome(); !status) return status.error();
    return Step::kMore;
  }

  Status checkTime() const {
    if (m_quiet > m_options.limits.silence) {
      return makeError(ErrorCode::kIo, m_file.name() + ": nothing came out of it for " + secondsText(m_quiet) +
                                           "; it is broken or too complex: try another copy or format");
    }
    // Thousands of scanned, or empty, pages: nobody waits for all of them to hear that.
    if (!m_options.force && !m_pages.hasText() && m_waited > m_options.limits.silence) {
      const Coverage coverage = m_pages.coverage();
      const std::int64_t all = m_pages.documentHead().pageCount;
      return makeError(
          ErrorCode::kInvalidArgument,
          m_file.name() + ": the first " + std::to_string(m_pages.pagesTaken()) +
              (all > 0 ? " of " + std::to_string(all) : "") + " pages hold no text" +
              (coverage.imagePages > 0 ? ", only images; run text recognition over it first, or use --force "
                                         "to look for text behind them"
                                       : "; use --force to look for text behind them"));
    }
    if (m_waited > std::chrono::seconds(m_options.limits.processorSeconds)) {
      return makeError(ErrorCode::kIo, m_file.name() + ": its extraction took more than " + secondsText(m_waited) +
                                           " for " + std::to_string(m_pages.pagesTaken()) +
                                           " pages; split it, or convert it to text first");
    }
    return {};
  }

  Status finish() {
    if (Status status = m_file.checkUnchanged(); !status) return status;
    const Coverage coverage = m_pages.coverage();
    if (isMostlyImages(coverage) && !m_options.force) return mostlyImagesError(m_file.name(), coverage);
    if (!m_pages.hasText()) {
      return makeError(ErrorCode::kCorrupt,
                       m_file.name() + ": there is no text in it" +
                           (coverage.imagePages > 0 ? ", only images; run text recognition over it first"
                                                    : "; try another copy or format"));
    }
    m_result.head = m_pages.documentHead();
    m_result.coverage = coverage;
    m_result.sourceBytes = m_file.bytesRead();
    m_result.textBytes = m_pages.textBytes();
    m_result.sourceSha256 = m_file.sha256();
    m_result.sourceModified = m_file.modified();
    return {};
  }

  SourceFile m_file;
  ExtractorProcess m_process;
  ImportOptions m_options;
  PageForwarder m_pages;
  ExtractionLineReader m_lines;
  std::vector<char> m_buffer;
  std::vector<char> m_hashBuffer;
  bool m_hashed = false;
  bool m_closed = false;
  Clock::duration m_quiet{};   // waited since the last page
  Clock::duration m_waited{};  // in all
  ImportedDocument m_result;
};

}  // namespace

Result<std::unique_ptr<ImportSource>> importByProcess(SourceFile file, DocumentSink& sink,
                                                      const ImportOptions& options) {
  Result<ExtractorProcess> process =
      ExtractorProcess::start(file.path(), {"read", "--name", file.name()}, options.limits);
  if (!process) {
    const bool missing = process.error().code == ErrorCode::kNotFound;
    return makeError(missing ? ErrorCode::kUnsupported : process.error().code,
                     file.name() + " cannot be read: " + process.error().message);
  }
  return std::unique_ptr<ImportSource>(
      std::make_unique<ProcessImport>(std::move(file), std::move(*process), sink, options));
}

}  // namespace tidemark

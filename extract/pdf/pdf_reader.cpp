// readPdfDocument: pages of QtPdf through the layout to the sink.

#include <deque>
#include <utility>

#include "engine/tokenizer/utf8.h"
#include "extract/document_readers.h"
#include "extract/layout/document_layout.h"
#include "extract/layout/quote_location.h"
#include "extract/page_process/page_supply.h"
#include "extract/pdf/outline.h"
#include "extract/pdf/own_title.h"
#include "extract/pdf/pdf_source.h"

namespace tidemark {
namespace {

constexpr std::size_t kLongestPage = std::size_t{4} << 20;  // bytes; its JSON line is twice as long at most
constexpr int kLeastPagesForTwo = 6;                        // until the other process is ready, three or four are read
constexpr std::size_t kMostLocatedHeadings = 64;            // of a page; more are not looked for in its text

class PdfReader {
 public:
  PdfReader(PdfSource& source, PageProcess* helper, ExtractionSink& sink)
      : m_source(source), m_pages(static_cast<std::uint32_t>(source.pageCount()), source, helper), m_sink(sink) {}

  [[nodiscard]] Status read(std::vector<OutlineEntry> outline) {
    m_outline = std::move(outline);
    std::int64_t cutPages = 0;
    for (int number = 0; number < m_source.pageCount(); ++number) {
      const Result<PageContent> content = m_pages.next();
      if (!content) return content.error();
      if (content->raw.isCut) ++cutPages;
      PageFacts facts;
      facts.image = content->showsSomething;
      facts.label = m_source.document().pageLabel(number).toStdString();
      if (facts.label == std::to_string(number + 1)) facts.label.clear();
      m_facts.push_back(std::move(facts));
      if (const Status status = emit(m_layout.push(content->raw)); !status) return status;
    }
    if (const Status status = emit(m_layout.finish()); !status) return status;
    ExtractionSummary summary;
    summary.runningLines = m_layout.runningLineCount();
    if (const std::uint64_t lost = m_layout.meaninglessCharacters(); lost > 0) {
      summary.skipped.push_back({"characters whose font does not say what they are", static_cast<std::int64_t>(lost)});
    }
    if (cutPages > 0) {
      summary.skipped.push_back({"pages with more than 65,535 characters, beyond those", cutPages});
    }
    return m_sink.end(std::move(summary));
  }

 private:
  struct PageFacts {
    std::string label;
    bool image = false;
  };

  [[nodiscard]] Status emit(std::vector<std::string> texts) {
    for (std::string& text : texts) {
      ExtractedPage page;
      page.label = std::move(m_facts.front().label);
      page.hasImage = m_facts.front().image;
      m_facts.pop_front();
      page.text = std::move(text);
      page.headings = headingsOf(page.text);
      ++m_page;
      if (const Status status = emitParts(std::move(page)); !status) return status;
    }
    return {};
  }

  [[nodiscard]] std::vector<Heading> headingsOf(const std::string& text) {
    std::vector<Heading> headings;
    std::uint64_t from = 0;
    for (; m_nextEntry < m_outline.size() && m_outline[m_nextEntry].page <= m_page; ++m_nextEntry) {
      OutlineEntry& entry = m_outline[m_nextEntry];
      if (headings.size() < kMostLocatedHeadings) from = locateHeading(text, entry.title, from);
      headings.push_back({from, entry.level, std::move(entry.title)});
    }
    return headings;
  }

  [[nodiscard]] Status emitParts(ExtractedPage page) {
    while (page.text.size() > kLongestPage) {
      const std::size_t cut = characterBoundary(page.text, kLongestPage);
      ExtractedPage part;
      part.label = page.label;
      part.hasImage = page.hasImage;
      part.text = page.text.substr(0, cut);
      page.text.erase(0, cut);
      std::vector<Heading> later;
      for (Heading& heading : page.headings) {
        if (heading.offset < cut) {
          part.headings.push_back(std::move(heading));
        } else {
          later.push_back({heading.offset - cut, heading.level, std::move(heading.title)});
        }
      }
      page.headings = std::move(later);
      if (const Status status = m_sink.page(std::move(part)); !status) return status;
    }
    return m_sink.page(std::move(page));
  }

  PdfSource& m_source;
  PageSupply m_pages;
  std::vector<OutlineEntry> m_outline;
  std::size_t m_nextEntry = 0;
  int m_page = 0;
  ExtractionSink& m_sink;
  DocumentLayout m_layout;
  std::deque<PageFacts> m_facts;  // of pages whose text is not out yet
};

std::string metaData(PdfSource& source, QPdfDocument::MetaDataField field) {
  return source.document().metaData(field).toString().simplified().left(1000).toStdString();
}

}  // namespace

Status readPdfDocument(const ReaderInput& input, ExtractionSink& sink, PageProcess* helper) {
  Result<std::unique_ptr<PdfSource>> source = PdfSource::open(input.descriptor, input.name);
  if (!source) return source.error();
  DocumentHead head;
  head.format = DocumentFormat::kPdf;
  head.title = ownTitle(metaData(**source, QPdfDocument::MetaDataField::Title));
  head.author = metaData(**source, QPdfDocument::MetaDataField::Author);
  head.pageCount = (*source)->pageCount();
  const int pages = (*source)->pageCount();
  if (helper != nullptr && pages < kLeastPagesForTwo) {
    helper->close();
    helper = nullptr;
  }
  if (helper != nullptr) helper->start();
  if (const Status status = sink.head(std::move(head)); !status) return status;
  PdfReader reader(**source, helper, sink);  // the helper reads pages from here on
  Result<std::vector<OutlineEntry>> outline = readOutline(input.descriptor, pages, input.name);
  if (!outline) {
    // What is left behind holds QtPdf's lock, which closing the document would wait for.
    (void)source->release();
    return outline.error();
  }
  return reader.read(std::move(*outline));
}

void servePdfPages(const ReaderInput& input, int socket) {
  const Result<std::unique_ptr<PdfSource>> source = PdfSource::open(input.descriptor, input.name);
  if (source) servePages(socket, static_cast<std::uint32_t>((*source)->pageCount()), **source);
}

}  // namespace tidemark

#include <optional>
#include <utility>

#include "extract/archive/zip_document.h"
#include "extract/epub/epub_contents.h"
#include "extract/epub/epub_package.h"
#include "extract/markup/html_page.h"

namespace tidemark {

namespace {

bool isTextType(const EpubItem& item) {
  return item.mediaType == "application/xhtml+xml" || item.mediaType == "text/html" ||
         item.mediaType == "text/x-oeb1-document" || item.mediaType == "application/x-dtbook+xml" ||
         item.mediaType == "application/xml" || item.mediaType == "text/xml" || item.mediaType.empty();
}

bool isPictureType(const EpubItem& item) {
  return item.mediaType.starts_with("image/");
}

class EpubReader {
 public:
  EpubReader(const ArchiveInput& input, ExtractionSink& sink)
      : m_input(input), m_sink(sink), m_writer(sink), m_builder(&m_writer) {}

  Status read() {
    Result<EpubPackage> package = readEpubPackage(m_input, m_skipped);
    if (!package) return package.error();
    if (Status status = checkEpubProtection(m_input, *package); !status) return status;
    Result<EpubContents> contents = readEpubContents(m_input, *package);
    if (!contents) return contents.error();
    m_contents = *std::move(contents);
    DocumentHead head{DocumentFormat::kEpub, package->title, package->author, pageCount(*package)};
    if (Status status = m_sink.head(std::move(head)); !status) return status;
    for (const EpubItem& item : package->spine) {
      if (Status status = addChapter(item); !status) return status;
      if (!m_writer.status()) return m_writer.status();
    }
    if (Status status = m_writer.finish(); !status) return status;
    if (!m_writer.hasText()) return nothing();
    return m_sink.end({m_replaced, 0, m_skipped.parts(), {}});
  }

 private:
  /// Chapters that are there, unless one is so long that it may become several pages.
  [[nodiscard]] std::int64_t pageCount(const EpubPackage& package) const {
    std::int64_t count = 0;
    for (const EpubItem& item : package.spine) {
      if (m_input.archive.sizeOf(item.path) > TextBuilder::kPageWeight) return 0;
      if ((isTextType(item) || isPictureType(item)) && m_input.archive.has(item.path)) ++count;
    }
    return count;
  }

  Status addChapter(const EpubItem& item) {
    const auto found = m_contents.find(item.path);
    const EpubChapterContents* contents = found == m_contents.end() ? nullptr : &found->second;
    const std::string label = contents == nullptr ? std::string() : contents->title;
    if (isPictureType(item) && m_input.archive.has(item.path)) {
      m_builder.beginPage(label);
      m_builder.image();
      m_builder.endPage();
      return {};
    }
    if (!isTextType(item)) {
      m_skipped.add("chapters of a kind that holds no text");
      return {};
    }
    Result<std::string> bytes = m_input.archive.read(item.path);
    if (!bytes && isRefusal(bytes.error())) return bytes.error();
    if (!bytes) {
      const bool missing = bytes.error().code == ErrorCode::kNotFound;
      m_skipped.add(missing ? "chapters that are missing from the file" : "chapters that are damaged");
      return {};
    }
    const DecodedMarkup page = decodeMarkup(*std::move(bytes), MarkupKind::kXml);
    m_replaced += page.replacedBytes;
    HtmlPageOptions options;
    options.xhtml = item.mediaType != "text/html" && item.mediaType != "text/x-oeb1-document";
    options.keepNavigation = true;
    options.nesting = m_input.limits.nesting;
    options.memoryBytes = m_input.limits.addressSpaceBytes / 4;
    options.anchors = contents == nullptr ? nullptr : &contents->anchors;
    const auto begin = [&](const std::string&) -> Status {
      m_builder.beginPage(label);
      if (contents != nullptr && contents->atBegin) m_builder.anchor(contents->title, contents->level);
      return {};
    };
    if (Status status = addHtmlPage(page, options, m_builder, m_skipped, begin); !status) return status;
    m_builder.endPage();
    return {};
  }

  [[nodiscard]] Error nothing() const {
    if (m_writer.hasImage()) {
      return makeError(ErrorCode::kCorrupt,
                       "it holds no text, only pictures; choose an edition with text, or recognise it first (OCR)");
    }
    std::string why;
    for (const SkippedPart& part : m_skipped.parts()) {
      why += (why.empty() ? " (" : ", ") + std::to_string(part.count) + " " + part.what;
    }
    return makeError(ErrorCode::kCorrupt, "it holds no text" + why + (why.empty() ? "" : ")"));
  }

  const ArchiveInput& m_input;
  ExtractionSink& m_sink;
  PageWriter m_writer;
  TextBuilder m_builder;
  SkippedParts m_skipped;
  EpubContents m_contents;
  std::uint64_t m_replaced = 0;
};

}  // namespace

Status readEpub(const ArchiveInput& input, ExtractionSink& sink) {
  return EpubReader(input, sink).read();
}

}  // namespace tidemark

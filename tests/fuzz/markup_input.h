#pragma once
// What the fuzzers of documents make of their input, shared with the test that replays their corpora. Each returns the
// message of the error, or "(no error)"; what a reader may never do is a failed check.

#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/base/check.h"
#include "engine/tokenizer/utf8.h"
#include "extract/document_readers.h"
#include "extract/docx/docx_walker.h"
#include "extract/epub/epub_package.h"
#include "extract/markup/html_preparation.h"
#include "extract/markup/markup_encoding.h"
#include "extract/odt/odt_walker.h"

namespace tidemark::test {

class CheckingSink final : public ExtractionSink {
 public:
  Status head(DocumentHead) override {
    TM_CHECK(!m_headSeen, "two heads");
    m_headSeen = true;
    return {};
  }
  Status page(ExtractedPage page) override {
    TM_CHECK(m_headSeen, "a page before the head");
    std::uint64_t last = 0;
    for (const Heading& heading : page.headings) {
      TM_CHECK(heading.offset >= last && heading.offset <= page.text.size(), "offset of a heading");
      TM_CHECK(heading.level >= 1 && heading.level <= 9 && !heading.title.empty(), heading.title);
      last = heading.offset;
    }
    for (std::string_view rest = page.text; !rest.empty();) {
      const Utf8Sequence sequence = readUtf8(rest);
      TM_CHECK(sequence.kind == Utf8Kind::kCharacter, "ill-formed text");
      TM_CHECK(sequence.codePoint >= 0x20 || sequence.codePoint == '\n' || sequence.codePoint == '\t', "control");
      rest.remove_prefix(sequence.length);
    }
    m_textBytes += page.text.size();
    return {};
  }
  Status end(ExtractionSummary) override {
    TM_CHECK(m_textBytes > 0, "a document without text");
    return {};
  }

 private:
  bool m_headSeen = false;
  std::uint64_t m_textBytes = 0;
};

inline std::string messageOf(const Status& status) {
  if (status) return "(no error)";
  TM_CHECK(status.error().message.size() > 10, "an error without a sentence");
  return status.error().message;
}

inline std::string readAsFile(Status (*reader)(const ReaderInput&, ExtractionSink&), std::string_view bytes) {
  ReaderInput input;
  input.name = "input";
  input.limits.addressSpaceBytes = std::uint64_t{256} << 20;
  input.descriptor = ::memfd_create("input", 0);
  TM_CHECK(::write(input.descriptor, bytes.data(), bytes.size()) == static_cast<ssize_t>(bytes.size()), "memory file");
  CheckingSink sink;
  const Status status = reader(input, sink);
  ::close(input.descriptor);
  return messageOf(status);
}

/// A page of HTML, also cut into very small pieces.
inline std::string fuzzedHtml(std::string_view bytes) {
  const DecodedMarkup page = decodeMarkup(std::string(bytes), MarkupKind::kHtml);
  HtmlPreparationOptions options;
  options.pieceBytes = 64;
  options.nesting = 8;
  HtmlPreparation preparation(page.text, options);
  std::string piece;
  for (std::size_t pieces = 0; preparation.next(piece); ++pieces) TM_CHECK(pieces <= page.text.size(), "endless");
  return readAsFile(&readHtmlDocument, bytes);
}

/// The first letter says of which format: 'd' DOCX, 'f' its notes, 'n' its numbering, 's' its styles, others ODT.
inline std::string fuzzedXml(std::string_view bytes) {
  if (bytes.empty()) return "empty input";
  const auto part = parseXml(std::string(bytes.substr(1)), "input", {std::uint64_t{64} << 20, 100});
  if (!part) return messageOf(part.error());
  CheckingSink sink;
  if (Status status = sink.head({}); !status) return messageOf(status);
  PageWriter writer(sink);
  TextBuilder builder(&writer);
  builder.beginPage({});
  DocxContext context;
  SkippedParts skipped;
  if (bytes[0] == 'n') {
    DocxNumbering numbering(**part);
    for (int level = -1; level < 10; ++level) builder.text(numbering.next("1", level) + numbering.next("1", 2));
  } else if (bytes[0] == 's') {
    const int level = DocxStyles(**part).headingLevel("1");
    TM_CHECK(level >= 0 && level <= 9, std::to_string(level));
  } else if (bytes[0] == 'd' || bytes[0] == 'f') {
    auto notes = std::make_unique<pugi::xml_document>();
    notes->reset(**part);
    if (bytes[0] == 'f') context.footnotes = DocxNotes(std::move(notes));
    DocxWalker(context, builder, wordPrefix((*part)->document_element())).walk(**part);
  } else {
    OdtListStyles lists;
    lists.add(**part);
    OdtWalker(builder, skipped, lists).walk(**part);
  }
  builder.endPage();
  return messageOf(writer.finish());
}

/// The package document of an EPUB.
inline std::string fuzzedPackage(std::string_view bytes) {
  const auto part = parseXml(std::string(bytes), "input", {std::uint64_t{64} << 20, 100});
  if (!part) return messageOf(part.error());
  SkippedParts skipped;
  const auto package = parseEpubPackage(**part, "OEBPS/book.opf", skipped);
  if (!package) return messageOf(package.error());
  TM_CHECK(!package->spine.empty(), "no chapters");
  for (const EpubItem& item : package->spine) {
    TM_CHECK(
        !item.path.empty() && item.path.front() != '/' && ("/" + item.path + "/").find("/../") == std::string::npos,
        item.path);
  }
  return "(no error)";
}

}  // namespace tidemark::test

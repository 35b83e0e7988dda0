#include <utility>

#include "extract/document_readers.h"
#include "extract/markup/html_page.h"
#include "extract/markup/input_file.h"
#include "extract/markup/reader_boundary.h"

namespace tidemark {

namespace {

Status readHtml(const ReaderInput& input, ExtractionSink& sink) {
  Result<std::string> bytes = readInput(input.descriptor, input.limits.addressSpaceBytes / 4);
  if (!bytes) return bytes.error();
  const DecodedMarkup page = decodeMarkup(*std::move(bytes), MarkupKind::kHtml);
  PageWriter writer(sink);
  TextBuilder builder(&writer);
  SkippedParts skipped;
  HtmlPageOptions options;
  options.nesting = input.limits.nesting;
  options.memoryBytes = input.limits.addressSpaceBytes / 4;
  const auto begin = [&](const std::string& title) {
    builder.beginPage({});
    return sink.head({DocumentFormat::kHtml, title, {}, 0});
  };
  if (Status status = addHtmlPage(page, options, builder, skipped, begin); !status) return status;
  builder.endPage();
  if (Status status = writer.finish(); !status) return status;
  if (!writer.hasText()) {
    return makeError(ErrorCode::kCorrupt, writer.hasImage() ? "it holds no text, only pictures" : "it holds no text");
  }
  return sink.end({page.replacedBytes, 0, skipped.parts(), page.encoding});
}

}  // namespace

Status readHtmlDocument(const ReaderInput& input, ExtractionSink& sink) {
  return readWithinLimits(input, [&] { return readHtml(input, sink); });
}

}  // namespace tidemark

#include "app/extract/line_sink.h"

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "engine/base/system_memory.h"
#include "engine/base/write_all.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

/// Where the first part of a text that is too long ends.
std::size_t cutPlace(std::string_view text) {
  const std::string_view front = text.substr(0, LineSink::kMostText);
  const std::size_t lineEnd = front.rfind('\n');
  if (lineEnd != std::string_view::npos) return lineEnd + 1;
  return characterBoundary(text, LineSink::kMostText);
}

}  // namespace

LineSink::LineSink(int descriptor, std::string name, std::uint64_t mostBytes)
    : m_descriptor(descriptor), m_name(std::move(name)), m_bytesLeft(mostBytes), m_mostBytes(mostBytes) {}

Status LineSink::write(std::string_view line) {
  if (line.size() > m_bytesLeft) {
    return makeError(ErrorCode::kInvalidArgument, m_name + " holds more text than " + formatBytes(m_mostBytes) +
                                                      ", the most that is taken out of one file; split it");
  }
  m_bytesLeft -= line.size();
  if (writeAll(m_descriptor, line)) return {};
  return makeError(ErrorCode::kIo, "the text cannot be written: " + std::generic_category().message(errno));
}

Status LineSink::head(DocumentHead head) {
  return write(toLine(head));
}

Status LineSink::page(ExtractedPage page) {
  while (page.text.size() > kMostText) {
    const std::size_t cut = cutPlace(page.text);
    ExtractedPage first{page.label, page.text.substr(0, cut), {}, page.hasImage};
    page.text.erase(0, cut);
    const auto behind = std::find_if(page.headings.begin(), page.headings.end(),
                                     [cut](const Heading& heading) { return heading.offset >= cut; });
    first.headings.assign(std::make_move_iterator(page.headings.begin()), std::make_move_iterator(behind));
    page.headings.erase(page.headings.begin(), behind);
    for (Heading& heading : page.headings) heading.offset -= cut;
    if (Status status = write(toLine(++m_pages, first)); !status) return status;
  }
  return write(toLine(++m_pages, page));
}

Status LineSink::end(ExtractionSummary summary) {
  return write(toLine(summary));
}

}  // namespace tidemark

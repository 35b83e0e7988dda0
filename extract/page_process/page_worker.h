#pragma once
// What the page process does: it answers.

#include <cstdint>

#include "extract/page_process/page_messages.h"

namespace tidemark {

/// Reads pages of one file, in whatever order.
class PageReader {
 public:
  virtual ~PageReader() = default;
  /// `page` from 0. An error: nothing more can be read of the file.
  [[nodiscard]] virtual Result<PageContent> read(std::uint32_t page) = 0;
};

/// Answers what is asked on `socket` until its other end is closed, something else than a range of pages is asked for,
/// or `reader` fails.
void servePages(int socket, std::uint32_t pageCount, PageReader& reader);

/// From here on this process ends when the other end of `socket` is closed, whatever it is busy with: a thread watches.
void endWhenClosed(int socket);

}  // namespace tidemark

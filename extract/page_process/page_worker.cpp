#include "extract/page_process/page_worker.h"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <thread>

#include "engine/base/write_all.h"

namespace tidemark {
namespace {

bool readAll(int socket, char* bytes, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::read(socket, bytes, count);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

}  // namespace

void servePages(int socket, std::uint32_t pageCount, PageReader& reader) {
  if (!writeAll(socket, readyMessage(pageCount))) return;
  char bytes[sizeof(PageRange)];
  while (readAll(socket, bytes, sizeof bytes)) {
    const PageRange range = rangeFromBytes(bytes);
    if (range.first > pageCount || range.count > pageCount - range.first) return;
    for (std::uint32_t page = range.first; page < range.first + range.count; ++page) {
      const Result<PageContent> content = reader.read(page);
      if (!content || !writeAll(socket, contentMessage(page, *content))) return;
    }
  }
}

void endWhenClosed(int socket) {
  std::thread([socket] {
    for (;;) {
      pollfd watched{socket, 0, 0};
      if (::poll(&watched, 1, -1) <= 0) continue;
      if ((watched.revents & POLLNVAL) != 0) return;  // there is none
      ::_exit(1);
    }
  }).detach();
}

}  // namespace tidemark

#pragma once
// What passes between the two processes that read one PDF: numbers of pages one way, contents of pages the other. Both
// are the same program on the same machine, so numbers are as the processor has them.
//
//   asked     first u32, count u32
//   answered  mark u32, kind u32, number u32, flags u32, text units u32, boxes u32, width f64, height f64,
//             then the units (u16), then the boxes (x, y, width, height f64)
//
// The first answer is kReady with the number of pages, then comes one for each page, in the order asked. Whoever reads
// answers trusts nothing: the process that writes them may have been taken over by the file.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/result.h"
#include "extract/layout/page_geometry.h"

namespace tidemark {

/// What is read of a page.
struct PageContent {
  RawPage raw;
  bool showsSomething = false;  // of a page without text: something is drawn on it
};

struct PageRange {
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};

struct PageMessage {
  enum class Kind : std::uint32_t {
    kReady = 1,     // the file is open
    kContent = 2,   // of a page
    kDeclined = 3,  // this page is to be read by whoever asked
  };
  Kind kind = Kind::kContent;
  std::uint32_t number = 0;  // of the page, from 0; kReady: how many there are
  PageContent content;
};

/// The most that one message holds; a page with more is declined.
inline constexpr std::size_t kMostMessageUnits = 131'072;
inline constexpr std::size_t kMostMessageBoxes = 131'072;

[[nodiscard]] std::string toBytes(PageRange range);
[[nodiscard]] PageRange rangeFromBytes(const char (&bytes)[8]);

[[nodiscard]] std::string readyMessage(std::uint32_t pageCount);
[[nodiscard]] std::string declinedMessage(std::uint32_t page);
[[nodiscard]] std::string contentMessage(std::uint32_t page, const PageContent& content);

/// Turns bytes from the socket, cut anywhere, into messages.
class PageMessageReader {
 public:
  void push(std::string_view bytes);
  /// Nothing: more bytes are needed. Errors: kCorrupt (what does not follow the format; nothing may be asked for then).
  /// Holds what was pushed and not taken: at most one message and a push, if every push is followed by taking all.
  [[nodiscard]] Result<std::optional<PageMessage>> next();

 private:
  std::string m_pending;
  std::size_t m_taken = 0;  // bytes of m_pending
};

}  // namespace tidemark

#pragma once
// From bytes of a session's text to pages and back. A plain value; any thread.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/types.h"

namespace tidemark {

struct PageStart {
  std::uint64_t byte = 0;  // session-wide
  std::string label;       // as printed; empty: its number says it
  friend bool operator==(const PageStart&, const PageStart&) = default;
};

/// The pages of one document. Pages follow each other without gaps; one without text is as long as nothing.
class PageMap {
 public:
  PageMap() = default;
  /// `starts` ascending (equal ones are pages without text), the first at `bytes.begin`, all within `bytes`; otherwise
  /// TM_CHECK. No starts: the document has no pages.
  PageMap(ByteRange bytes, std::vector<PageStart> starts);

  [[nodiscard]] std::int64_t pageCount() const;
  /// Page (from 0) that holds `byte`: of several that start there, the one with text. Nothing outside the document or
  /// without pages.
  [[nodiscard]] std::optional<std::int64_t> pageAt(std::uint64_t byte) const;
  /// `page` from 0, below pageCount().
  [[nodiscard]] ByteRange bytesOf(std::int64_t page) const;
  [[nodiscard]] const std::string& labelOf(std::int64_t page) const;
  /// What people call the page: its label, or its number from 1.
  [[nodiscard]] std::string nameOf(std::int64_t page) const;
  /// The page that people call so: a label first (exactly, then without regard to case), then a number from 1.
  [[nodiscard]] std::optional<std::int64_t> find(std::string_view name) const;

 private:
  ByteRange m_bytes;
  std::vector<PageStart> m_starts;
};

}  // namespace tidemark

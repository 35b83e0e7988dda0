#pragma once
// Where on its page a passage of extracted text stands, so that it can be outlined there.

#include <cstdint>
#include <string_view>
#include <vector>

namespace tidemark {

struct QuotePart {
  std::uint32_t begin = 0;  // UTF-16 units of the page's raw text
  std::uint32_t length = 0;
};

/// Compares letters only: white space, hyphens and the difference between ligatures and letters do not matter. A quote
/// that is not on the page in one piece (it began on the page before, goes on over it, or its columns were put in
/// another order) is found in parts that are long enough to be no accident. Empty: it is not there.
[[nodiscard]] std::vector<QuotePart> locateQuote(std::u16string_view page, std::string_view quote);

/// Byte of `text` where a heading of the outline stands, from `from` on: a line of its own, best; `from` if nowhere.
[[nodiscard]] std::uint64_t locateHeading(std::string_view text, std::string_view title, std::uint64_t from);

}  // namespace tidemark

#pragma once
// What a PDF library tells of the text of a page: characters in the order of the file, and where they stand.

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

namespace tidemark {

/// In points from the page's upper left corner, tight around the ink.
struct TextBox {
  double x = 0;
  double y = 0;
  double width = 0;
  double height = 0;

  [[nodiscard]] double right() const { return x + width; }
  [[nodiscard]] double bottom() const { return y + height; }
};

/// Whether sums can be made of a place: what is told of a damaged page may be infinite, or no number.
[[nodiscard]] inline bool isPlace(double points) {
  return std::abs(points) < 1e9;
}
[[nodiscard]] inline bool isPlace(const TextBox& box) {
  return isPlace(box.x) && isPlace(box.y) && isPlace(box.width) && isPlace(box.height);
}

[[nodiscard]] inline TextBox united(const TextBox& a, const TextBox& b) {
  const double left = std::min(a.x, b.x);
  const double top = std::min(a.y, b.y);
  return {left, top, std::max(a.right(), b.right()) - left, std::max(a.bottom(), b.bottom()) - top};
}

/// Negative: apart.
[[nodiscard]] inline double verticalOverlap(const TextBox& a, const TextBox& b) {
  return std::min(a.bottom(), b.bottom()) - std::max(a.y, b.y);
}
[[nodiscard]] inline double horizontalOverlap(const TextBox& a, const TextBox& b) {
  return std::min(a.right(), b.right()) - std::max(a.x, b.x);
}

struct RawPage {
  std::u16string text;  // lines end in "\r\n", or in U+FFFE where a word is divided
  std::vector<TextBox>
      boxes;         // of the pieces that the file shows in one go, in the order of the text; never of two lines
  double width = 0;  // these and all of the boxes: isPlace()
  double height = 0;
  bool isCut = false;  // the library gives only the beginning
};

}  // namespace tidemark

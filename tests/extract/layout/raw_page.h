#pragma once
// Pages as a PDF library would give them, for tests without one.

#include <string>

#include "extract/layout/page_geometry.h"
#include "extract/layout/text_lines.h"

namespace tidemark::testing {

/// Lines of `size` points that have letters above and below the line ("h", "g").
class RawPageBuilder {
 public:
  RawPageBuilder() {
    m_page.width = 600;
    m_page.height = 800;
  }
  /// A line of its own. `baseline` from the upper edge. Returns *this.
  RawPageBuilder& line(double x, double baseline, const std::u16string& text, double size = 10) {
    if (!m_page.text.empty()) m_page.text += u"\r\n";
    return piece(x, baseline, text, size);
  }
  /// Goes on in the same line, as the library sees it.
  RawPageBuilder& more(double x, double baseline, const std::u16string& text, double size = 10) {
    m_page.text += u' ';
    return piece(x, baseline, text, size);
  }
  [[nodiscard]] const RawPage& page() const { return m_page; }

 private:
  RawPageBuilder& piece(double x, double baseline, const std::u16string& text, double size) {
    std::string narrow;
    for (const char16_t unit : text) narrow += unit < 0x80 ? static_cast<char>(unit) : 'x';
    m_page.text += text;
    m_page.boxes.push_back({x, baseline - 0.72 * size, expectedWidth(narrow) * size, 0.93 * size});
    return *this;
  }
  RawPage m_page;
};

}  // namespace tidemark::testing

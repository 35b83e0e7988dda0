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
  /// A line of which the file shows every letter by itself: a box for each, as high as its ink.
  RawPageBuilder& letters(double x, double baseline, const std::u16string& text, double size = 10) {
    if (!m_page.text.empty()) m_page.text += u"\r\n";
    m_page.text += text;
    for (const char16_t unit : text) {
      const bool isDash = unit == u'—';
      const bool rises = std::u16string_view(u"TAbdhklft").find(unit) != std::u16string_view::npos;
      const double width = isDash ? size : expectedWidth(std::string(1, static_cast<char>(unit))) * size;
      if (unit != u' ') {
        const bool sinks = std::u16string_view(u"gjpqy,").find(unit) != std::u16string_view::npos;
        const double top = isDash ? 0.3 : rises ? 0.72 : 0.52;
        m_page.boxes.push_back(
            {x, baseline - top * size, 0.9 * width, (isDash ? 0.08 : top + (sinks ? 0.21 : 0)) * size});
      }
      x += width;
    }
    return *this;
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

#pragma once
// What is selected, by bytes of the document; knows nothing of lines or pixels.

#include <algorithm>
#include <cstdint>

#include "engine/base/types.h"

namespace tidemark::ui {

/// A selection grows from an anchor: one place, or the word or paragraph that was clicked twice or three times.
class TextSelection {
 public:
  void clear() { *this = TextSelection(); }
  void setCaret(std::uint64_t byte) { select({byte, byte}); }
  /// Selects `range` with the caret at its end; extending keeps all of it.
  void select(ByteRange range) {
    m_anchor = range;
    m_range = range;
    m_caret = range.end;
    m_hasCaret = true;
  }
  /// Extends from the anchor to `unit`: what is under the pointer, an empty range for a plain drag.
  void extendTo(ByteRange unit) {
    m_range = {std::min(m_anchor.begin, unit.begin), std::max(m_anchor.end, unit.end)};
    m_caret = unit.begin < m_anchor.begin ? m_range.begin : m_range.end;
    m_hasCaret = true;
  }

  [[nodiscard]] ByteRange range() const { return m_range; }
  [[nodiscard]] bool isEmpty() const { return m_range.begin >= m_range.end; }
  [[nodiscard]] std::uint64_t caret() const { return m_caret; }
  [[nodiscard]] bool hasCaret() const { return m_hasCaret; }

 private:
  ByteRange m_anchor;
  ByteRange m_range;
  std::uint64_t m_caret = 0;
  bool m_hasCaret = false;
};

}  // namespace tidemark::ui

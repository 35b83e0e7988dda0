#pragma once
// Fonts of the numbers under the cells and how wide they are, kept from frame to frame: making a font, and shaping a
// text to measure it, take longer than copying all cells of a frame.

#include <QFont>
#include <QString>

namespace tidemark::ui {

class LabelFonts {
 public:
  /// Made anew only when `base`, the font of the view, is another one than last time.
  void use(const QFont& base);

  [[nodiscard]] const QFont& plain() const { return m_plain; }
  [[nodiscard]] const QFont& bold() const { return m_bold; }
  [[nodiscard]] double height() const { return m_height; }
  [[nodiscard]] double ascent() const { return m_ascent; }
  /// Room that a number takes, of digits as wide as the widest: it does not jump with them.
  [[nodiscard]] double boldWidth(const QString& number) const;
  /// `form` with its %1 replaced by `number`, in the plain font.
  [[nodiscard]] double plainWidth(const QString& form, const QString& number);

 private:
  QFont m_base;
  QFont m_plain;
  QFont m_bold;
  double m_height = -1;  // negative: nothing made yet
  double m_ascent = 0;
  double m_plainDigit = 0;
  double m_boldDigit = 0;
  QString m_form;
  double m_formWidth = 0;  // of m_form without its number
};

}  // namespace tidemark::ui

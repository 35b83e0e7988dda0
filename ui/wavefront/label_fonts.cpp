#include "ui/wavefront/label_fonts.h"

#include <QFontMetricsF>
#include <algorithm>

namespace tidemark::ui {
namespace {

double widestDigit(const QFontMetricsF& metrics) {
  double widest = 0;
  for (char digit = '0'; digit <= '9'; ++digit) {
    widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
  }
  return widest;
}

}  // namespace

void LabelFonts::use(const QFont& base) {
  if (m_height >= 0 && base == m_base) return;
  m_base = base;
  m_plain = base;
  m_plain.setPointSizeF(base.pointSizeF() * 0.88);
  m_bold = m_plain;
  m_bold.setWeight(QFont::DemiBold);
  const QFontMetricsF metrics(m_plain);
  m_height = metrics.height();
  m_ascent = metrics.ascent();
  m_plainDigit = widestDigit(metrics);
  m_boldDigit = widestDigit(QFontMetricsF(m_bold));
  m_form.clear();
}

double LabelFonts::boldWidth(const QString& number) const {
  return m_boldDigit * static_cast<double>(number.size());
}

double LabelFonts::plainWidth(const QString& form, const QString& number) {
  if (form != m_form) {
    m_form = form;
    m_formWidth = QFontMetricsF(m_plain).horizontalAdvance(QString(form).remove(QStringLiteral("%1")));
  }
  return m_formWidth + m_plainDigit * static_cast<double>(number.size());
}

}  // namespace tidemark::ui

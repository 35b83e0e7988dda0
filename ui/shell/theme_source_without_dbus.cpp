// Stands in for theme_source.cpp where Qt was built without D-Bus: the palette of the start is all there is.
#include "ui/shell/theme_source.h"

namespace tidemark::ui {

std::optional<bool> darkFromPortal(const QVariant& value, bool withoutPreference) {
  bool isNumber = false;
  const uint scheme = value.toUInt(&isNumber);
  if (!isNumber || scheme > 2) return std::nullopt;
  return scheme == 0 ? withoutPreference : scheme == 1;
}

ThemeSource::ThemeSource(bool startedDark, QObject* parent)
    : QObject(parent), m_startedDark(startedDark), m_isDark(startedDark) {}

void ThemeSource::askDesktop() {}

void ThemeSource::takeChange(const QDBusMessage& /*message*/) {}

void ThemeSource::takeSetting(const QString& /*group*/, const QString& /*key*/, const QVariant& value) {
  const std::optional<bool> dark = darkFromPortal(value, m_startedDark);
  if (!dark || *dark == m_isDark) return;
  m_isDark = *dark;
  Q_EMIT darkChanged(m_isDark);
}

}  // namespace tidemark::ui

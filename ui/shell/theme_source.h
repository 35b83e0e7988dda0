#pragma once
// Whether the desktop prefers dark, for ThemeChoice::kSystem; Qt 6.4 cannot tell.

#include <QObject>
#include <QVariant>
#include <optional>

class QDBusMessage;

namespace tidemark::ui {

/// The value of org.freedesktop.appearance color-scheme: 1 dark, 2 light, 0 no preference; wrapped in variants or not.
/// Nothing if it is anything else.
[[nodiscard]] std::optional<bool> darkFromPortal(const QVariant& value, bool withoutPreference);

/// Starts with the palette that the application started with, asks the desktop portal over the session bus without
/// waiting, and follows its changes. Without QtDBus, bus or portal the first answer stays. GUI thread.
class ThemeSource : public QObject {
  Q_OBJECT

 public:
  /// `startedDark`: isDark() of the palette before applyAppearance().
  explicit ThemeSource(bool startedDark, QObject* parent = nullptr);

  [[nodiscard]] bool isDark() const { return m_isDark; }

 public Q_SLOTS:
  /// Asks the portal; may be called again.
  void askDesktop();

 Q_SIGNALS:
  void darkChanged(bool dark);

 private Q_SLOTS:
  // Connected by name: QtDBus unpacks the message, and takes none whose arguments do not fit.
  void takeChange(const QDBusMessage& message);

 private:
  void takeSetting(const QString& group, const QString& key, const QVariant& value);

  bool m_startedDark;
  bool m_isDark;
  bool m_isListening = false;
};

}  // namespace tidemark::ui

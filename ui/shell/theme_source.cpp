#include "ui/shell/theme_source.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusVariant>

namespace tidemark::ui {
namespace {

const QString& service() {
  static const QString kService = QStringLiteral("org.freedesktop.portal.Desktop");
  return kService;
}
const QString& path() {
  static const QString kPath = QStringLiteral("/org/freedesktop/portal/desktop");
  return kPath;
}
const QString& interface() {
  static const QString kInterface = QStringLiteral("org.freedesktop.portal.Settings");
  return kInterface;
}
const QString& group() {
  static const QString kGroup = QStringLiteral("org.freedesktop.appearance");
  return kGroup;
}
const QString& key() {
  static const QString kKey = QStringLiteral("color-scheme");
  return kKey;
}

constexpr int kPatienceMs = 3000;

}  // namespace

std::optional<bool> darkFromPortal(const QVariant& value, bool withoutPreference) {
  QVariant inner = value;
  for (int depth = 0; depth < 4 && inner.userType() == qMetaTypeId<QDBusVariant>(); ++depth) {
    inner = inner.value<QDBusVariant>().variant();
  }
  bool isNumber = false;
  const uint scheme = inner.toUInt(&isNumber);
  if (!isNumber || scheme > 2) return std::nullopt;
  return scheme == 0 ? withoutPreference : scheme == 1;
}

ThemeSource::ThemeSource(bool startedDark, QObject* parent)
    : QObject(parent), m_startedDark(startedDark), m_isDark(startedDark) {}

void ThemeSource::askDesktop() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  if (!m_isListening) {
    m_isListening = bus.connect(service(), path(), interface(), QStringLiteral("SettingChanged"), this,
                                SLOT(takeChange(QDBusMessage)));
  }
  QDBusMessage call = QDBusMessage::createMethodCall(service(), path(), interface(), QStringLiteral("Read"));
  call << group() << key();
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(call, kPatienceMs), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* finished) {
    finished->deleteLater();
    const QDBusMessage reply = finished->reply();
    if (reply.type() == QDBusMessage::ReplyMessage) takeSetting(group(), key(), reply.arguments().value(0));
  });
}

void ThemeSource::takeChange(const QDBusMessage& message) {
  const QVariantList arguments = message.arguments();
  takeSetting(arguments.value(0).toString(), arguments.value(1).toString(), arguments.value(2));
}

void ThemeSource::takeSetting(const QString& changedGroup, const QString& changedKey, const QVariant& value) {
  if (changedGroup != group() || changedKey != key()) return;
  const std::optional<bool> dark = darkFromPortal(value, m_startedDark);
  if (!dark || *dark == m_isDark) return;
  m_isDark = *dark;
  Q_EMIT darkChanged(m_isDark);
}

}  // namespace tidemark::ui

#include "ui/shell/window_state.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>
#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr int kSessionsKept = 200;
constexpr int kRecentFiles = 12;
constexpr int kRecentCommands = 20;
constexpr int kLongestDraft = 100000;
constexpr int kFilesKept = 1000;  // of a session
constexpr int kWriteEveryMs = 1000;

QString key(const char* name) {
  return QString::fromLatin1(name);
}

QStringList shortList(const QVariant& value, int most) {
  QStringList list = value.toStringList();
  list.removeAll(QString());
  list.removeDuplicates();
  return list.mid(0, most);
}

void readSessions(QSettings& file, WindowState* state) {
  const int count = std::clamp(file.beginReadArray(key("sessions")), 0, kSessionsKept);
  for (int i = 0; i < count; ++i) {
    file.setArrayIndex(i);
    const QString session = file.value(key("path")).toString();
    if (session.isEmpty() || state->sessions.contains(session)) continue;
    state->sessionOrder += session;
    state->sessions.insert(session, {std::max<qint64>(0, file.value(key("topByte")).toLongLong()),
                                     file.value(key("draft")).toString().left(kLongestDraft),
                                     shortList(file.value(key("kept")), kFilesKept)});
  }
  file.endArray();
}

}  // namespace

QString defaultWindowStatePath() {
  QString folder = qEnvironmentVariable("XDG_STATE_HOME");
  if (!QDir::isAbsolutePath(folder)) folder = QDir::homePath() + QStringLiteral("/.local/state");
  return folder + QStringLiteral("/tidemark/window.ini");
}

WindowState loadWindowState(const QString& path) {
  WindowState state;
  if (!QFileInfo::exists(path)) return state;
  QSettings file(path, QSettings::IniFormat);
  if (file.status() != QSettings::NoError) return state;
  state.geometry = file.value(key("window/geometry")).toByteArray();
  state.docks = file.value(key("window/docks")).toByteArray();
  state.openSession = file.value(key("window/openSession")).toString();
  const int zoom = file.value(key("window/zoomPercent"), 100).toInt();
  if (zoom >= 30 && zoom <= 500) state.zoomPercent = zoom;
  state.pagesShown = file.value(key("pages/shown"), true).toBool();
  state.darkPages = file.value(key("pages/dark"), false).toBool();
  state.pagesSplit = file.value(key("pages/split")).toByteArray();
  state.recentFiles = shortList(file.value(key("recent/files")), kRecentFiles);
  state.recentCommands = shortList(file.value(key("recent/commands")), kRecentCommands);
  readSessions(file, &state);
  return state;
}

bool saveWindowState(const QString& path, const WindowState& state) {
  QDir().mkpath(QFileInfo(path).absolutePath());
  QSettings file(path, QSettings::IniFormat);
  file.setValue(key("window/geometry"), state.geometry);
  file.setValue(key("window/docks"), state.docks);
  file.setValue(key("window/openSession"), state.openSession);
  file.setValue(key("window/zoomPercent"), state.zoomPercent);
  file.setValue(key("pages/shown"), state.pagesShown);
  file.setValue(key("pages/dark"), state.darkPages);
  file.setValue(key("pages/split"), state.pagesSplit);
  file.setValue(key("recent/files"), state.recentFiles);
  file.setValue(key("recent/commands"), state.recentCommands);
  file.remove(key("sessions"));
  file.beginWriteArray(key("sessions"), static_cast<int>(state.sessionOrder.size()));
  for (int i = 0; i < state.sessionOrder.size(); ++i) {
    file.setArrayIndex(i);
    const SessionView view = state.sessions.value(state.sessionOrder[i]);
    file.setValue(key("path"), state.sessionOrder[i]);
    file.setValue(key("topByte"), view.topByte);
    file.setValue(key("draft"), view.draft);
    if (!view.kept.isEmpty()) file.setValue(key("kept"), view.kept);
  }
  file.endArray();
  file.sync();
  return file.status() == QSettings::NoError;
}

WindowStateStore::WindowStateStore(QString path, QObject* parent)
    : QObject(parent), m_path(std::move(path)), m_state(loadWindowState(m_path)) {
  m_writer.setMaxThreadCount(1);
  m_timer.setSingleShot(true);
  m_timer.setInterval(kWriteEveryMs);
  connect(&m_timer, &QTimer::timeout, this, &WindowStateStore::writeInBackground);
}

WindowStateStore::~WindowStateStore() {
  flush();
}

void WindowStateStore::setWindow(const QByteArray& geometry, const QByteArray& docks) {
  if (m_state.geometry == geometry && m_state.docks == docks) return;
  m_state.geometry = geometry;
  m_state.docks = docks;
  markChanged();
}

void WindowStateStore::setOpenSession(const QString& session) {
  if (m_state.openSession == session) return;
  m_state.openSession = session;
  markChanged();
}

SessionView& WindowStateStore::touch(const QString& session) {
  if (m_state.sessionOrder.value(0) != session) {
    m_state.sessionOrder.removeAll(session);
    m_state.sessionOrder.prepend(session);
    while (m_state.sessionOrder.size() > kSessionsKept) m_state.sessions.remove(m_state.sessionOrder.takeLast());
  }
  return m_state.sessions[session];
}

void WindowStateStore::setTopByte(const QString& session, qint64 byte) {
  if (session.isEmpty() || (m_state.sessions.contains(session) && sessionView(session).topByte == byte)) return;
  touch(session).topByte = std::max<qint64>(0, byte);
  markChanged();
}

void WindowStateStore::setDraft(const QString& session, const QString& draft) {
  if (session.isEmpty() || sessionView(session).draft == draft) return;
  touch(session).draft = draft.left(kLongestDraft);
  markChanged();
}

void WindowStateStore::setKept(const QString& session, const QStringList& files) {
  if (session.isEmpty() || sessionView(session).kept == files) return;
  touch(session).kept = files.mid(0, kFilesKept);
  markChanged();
}

void WindowStateStore::forgetSession(const QString& session) {
  if (m_state.sessions.remove(session) == 0 && m_state.openSession != session) return;
  m_state.sessionOrder.removeAll(session);
  if (m_state.openSession == session) m_state.openSession.clear();
  markChanged();
}

void WindowStateStore::moveSession(const QString& from, const QString& to) {
  if (m_state.openSession == from) m_state.openSession = to;
  if (m_state.sessions.contains(from)) {
    const SessionView view = m_state.sessions.take(from);
    m_state.sessionOrder.removeAll(from);
    touch(to) = view;
  }
  markChanged();
}

void WindowStateStore::setZoomPercent(int percent) {
  const int inside = std::clamp(percent, 30, 500);
  if (m_state.zoomPercent == inside) return;
  m_state.zoomPercent = inside;
  markChanged();
}

void WindowStateStore::setPages(bool shown, bool dark, const QByteArray& split) {
  if (m_state.pagesShown == shown && m_state.darkPages == dark && m_state.pagesSplit == split) return;
  m_state.pagesShown = shown;
  m_state.darkPages = dark;
  m_state.pagesSplit = split;
  markChanged();
}

void WindowStateStore::addRecentFile(const QString& path) {
  if (path.isEmpty() || m_state.recentFiles.value(0) == path) return;
  m_state.recentFiles.removeAll(path);
  m_state.recentFiles.prepend(path);
  m_state.recentFiles = m_state.recentFiles.mid(0, kRecentFiles);
  markChanged();
  Q_EMIT recentFilesChanged(m_state.recentFiles);
}

void WindowStateStore::removeRecentFile(const QString& path) {
  if (m_state.recentFiles.removeAll(path) == 0) return;
  markChanged();
  Q_EMIT recentFilesChanged(m_state.recentFiles);
}

void WindowStateStore::clearRecentFiles() {
  if (m_state.recentFiles.isEmpty()) return;
  m_state.recentFiles.clear();
  markChanged();
  Q_EMIT recentFilesChanged(m_state.recentFiles);
}

void WindowStateStore::setRecentCommands(const QStringList& ids) {
  if (m_state.recentCommands == ids) return;
  m_state.recentCommands = ids.mid(0, kRecentCommands);
  markChanged();
}

void WindowStateStore::markChanged() {
  m_isDirty = true;
  if (!m_timer.isActive()) m_timer.start();
}

void WindowStateStore::writeInBackground() {
  m_isDirty = false;
  // The state is a value: the thread has its own. A write that fails is tried again with the next change.
  m_writer.start([path = m_path, state = m_state] { static_cast<void>(saveWindowState(path, state)); });
}

bool WindowStateStore::flush() {
  m_timer.stop();
  m_writer.waitForDone();
  if (!m_isDirty) return true;
  m_isDirty = !saveWindowState(m_path, m_state);
  return !m_isDirty;
}

}  // namespace tidemark::ui

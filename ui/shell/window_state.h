#pragma once
// What the window looked like when it was left, so that it comes back; apart from the settings, in the state folder.

#include <QByteArray>
#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QThreadPool>
#include <QTimer>

namespace tidemark::ui {

struct SessionView {
  qint64 topByte = 0;  // first byte of the document that was visible
  QString draft;       // question that was typed and not asked
  QStringList kept;    // changed files whose older text is to stay, as they were when that was said; at most 1000

  bool operator==(const SessionView&) const = default;
};

struct WindowState {
  QByteArray geometry;                   // QWidget::saveGeometry()
  QByteArray docks;                      // QMainWindow::saveState()
  QString openSession;                   // path; empty: none was open
  QHash<QString, SessionView> sessions;  // by path, at most 200, those touched last
  QStringList sessionOrder;              // the keys of `sessions`, touched last in front
  int zoomPercent = 100;                 // of the document, 30 to 500
  bool pagesShown = true;                // beside the text, where a document has pages of its own
  bool darkPages = false;
  QByteArray pagesSplit;       // QSplitter::saveState() of text and pages
  QStringList recentFiles;     // newest first, at most 12
  QStringList recentCommands;  // Command::id, newest first, at most 20

  bool operator==(const WindowState&) const = default;
};

/// $XDG_STATE_HOME/tidemark/window.ini, mostly ~/.local/state/tidemark/window.ini; a relative $XDG_STATE_HOME is
/// ignored.
[[nodiscard]] QString defaultWindowStatePath();

/// Values of the wrong type or out of range become the default; a file that cannot be parsed gives the default state.
[[nodiscard]] WindowState loadWindowState(const QString& path);
/// Replaces the file at once: a crash leaves the old or the new one. False if it could not be written.
[[nodiscard]] bool saveWindowState(const QString& path, const WindowState& state);

/// The state in memory, written on a thread of its own at most once a second after a change. GUI thread.
class WindowStateStore : public QObject {
  Q_OBJECT

 public:
  /// Reads `path`.
  explicit WindowStateStore(QString path, QObject* parent = nullptr);
  /// Writes what is not written yet.
  ~WindowStateStore() override;

  [[nodiscard]] const WindowState& state() const { return m_state; }
  /// A default for a session that is not known.
  [[nodiscard]] SessionView sessionView(const QString& session) const { return m_state.sessions.value(session); }

  void setWindow(const QByteArray& geometry, const QByteArray& docks);
  void setOpenSession(const QString& session);
  void setTopByte(const QString& session, qint64 byte);
  void setDraft(const QString& session, const QString& draft);
  void setKept(const QString& session, const QStringList& files);
  void forgetSession(const QString& session);
  /// What is known of `from` belongs to `to` from now on.
  void moveSession(const QString& from, const QString& to);
  void setZoomPercent(int percent);
  void setPages(bool shown, bool dark, const QByteArray& split);
  void addRecentFile(const QString& path);
  void removeRecentFile(const QString& path);
  void clearRecentFiles();
  void setRecentCommands(const QStringList& ids);

  /// Writes now and waits for it (a few milliseconds): for the end of the program. False if it failed.
  bool flush();

 Q_SIGNALS:
  void recentFilesChanged(const QStringList& files);

 private:
  SessionView& touch(const QString& session);
  void markChanged();
  void writeInBackground();

  QString m_path;
  WindowState m_state;
  bool m_isDirty = false;
  QTimer m_timer;
  QThreadPool m_writer;  // one thread, so that writes keep their order
};

}  // namespace tidemark::ui

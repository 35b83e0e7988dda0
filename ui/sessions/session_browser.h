#pragma once
// All sessions as a table, and the trash: a page for a dialog or a tab. Like the sidebar it only asks; paths are as
// pathText() makes them. GUI thread.

#include <QWidget>
#include <vector>

#include "engine/session/session_library.h"

class QAbstractItemModel;
class QLineEdit;
class QPushButton;
class QSortFilterProxyModel;
class QTableView;
class QTabWidget;

namespace tidemark::ui {

enum class SessionAction;
class SessionTableModel;
class TrashModel;

class SessionBrowser final : public QWidget {
  Q_OBJECT
 public:
  explicit SessionBrowser(QWidget* parent = nullptr);

  void setSessions(std::vector<SessionSummary> sessions);
  void setCurrentSession(const QString& path);
  void setTrash(std::vector<TrashedSession> sessions);
  /// Path of the selected session; empty without one.
  [[nodiscard]] QString selectedSession() const;

  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  void openRequested(const QString& path);
  void renameRequested(const QString& path, const QString& newName);
  void duplicateRequested(const QString& path);
  void trashRequested(const QString& path);
  void verifyRequested(const QString& path);
  /// With the open session.
  void compareRequested(const QString& path);
  void revealRequested(const QString& path);
  void restoreRequested(const QString& trashedPath);
  void emptyTrashRequested();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeSessionsPage();
  [[nodiscard]] QWidget* makeTrashPage();
  [[nodiscard]] QTableView* makeTable(QAbstractItemModel* model, QSortFilterProxyModel* sorted, const QString& name,
                                      const QString& description);
  void connectTables();
  void run(SessionAction action);
  void restoreSelected();
  void showMenu(const QPoint& position);
  void updateButtons();
  void followTheme();

  QString m_openSession;
  SessionTableModel* m_sessions;
  QSortFilterProxyModel* m_sortedSessions;
  TrashModel* m_trash;
  QSortFilterProxyModel* m_sortedTrash;
  QTabWidget* m_tabs;
  QLineEdit* m_filter = nullptr;
  QTableView* m_table = nullptr;
  QTableView* m_trashTable = nullptr;
  std::vector<QPushButton*> m_forAny;    // need a selected session
  std::vector<QPushButton*> m_forWhole;  // need one that can be opened
  QPushButton* m_restore = nullptr;
  QPushButton* m_empty = nullptr;
};

}  // namespace tidemark::ui

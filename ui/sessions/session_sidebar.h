#pragma once
// The left dock: the sessions above, contents, documents and bookmarks of the open one below. Shows what it is given
// and asks for everything else: no signal here means that anything has happened yet. Paths are as pathText() makes
// them. GUI thread.

#include <QWidget>
#include <vector>

#include "engine/session/session_library.h"
#include "ui/sessions/document_list_model.h"
#include "ui/sessions/outline_model.h"

class QLabel;
class QLineEdit;
class QSortFilterProxyModel;
class QSplitter;

namespace tidemark::ui {

class SessionListModel;
class SidebarList;
class SidebarPlaces;

class SessionSidebar final : public QWidget {
  Q_OBJECT
 public:
  explicit SessionSidebar(QWidget* parent = nullptr);

  void setSessions(std::vector<SessionSummary> sessions);
  /// The open session; an empty path: none.
  void setCurrentSession(const QString& path);
  /// Second line of the open session while it lives: "reading · 14 questions". Empty: what its file says.
  void setCurrentState(const QString& secondLine);
  /// `readUntil` is a session-wide position.
  void setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                    const std::vector<DocumentNote>& notes = {},
                    const std::optional<ImportingDocument>& importing = std::nullopt);
  void setOutline(std::vector<SidebarOutlineEntry> entries);
  void setCurrentByte(quint64 byte);
  void setBookmarks(std::vector<BookmarkRecord> bookmarks);
  /// Whether the menus of headings and documents offer to undo their reading.
  void setCanChangeMemory(bool can);
  [[nodiscard]] SidebarPlaces& places() { return *m_places; }

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
  void documentActivated(qint64 id);
  void byteActivated(quint64 byte);
  void bookmarkRenameRequested(qint64 id, const QString& label);
  void bookmarkRemovalRequested(qint64 id);
  /// Undo reading: of the part under the heading at this place, of a document.
  void chapterRemovalRequested(quint64 byte);
  void documentRemovalRequested(qint64 id);

 protected:
  void changeEvent(QEvent* event) override;
  void showEvent(QShowEvent* event) override;
  /// Hands the focus to the list. (A focus proxy would make Tab come back here from the last child for ever.)
  void focusInEvent(QFocusEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeSessionsHalf();
  void connectSessions();
  void open(const QModelIndex& index);
  void showMenu(const QModelIndex& index, const QPoint& position);
  void followTheme();

  SessionListModel* m_sessions;
  QSortFilterProxyModel* m_filtered;
  QLabel* m_caption;
  QLineEdit* m_filter;
  SidebarList* m_list;
  SidebarPlaces* m_places;
  QSplitter* m_splitter;
};

}  // namespace tidemark::ui

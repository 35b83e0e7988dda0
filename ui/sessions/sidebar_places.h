#pragma once
// The lower half of the sidebar: contents, documents and bookmarks of the open session, one at a time. GUI thread.

#include <QWidget>
#include <vector>

#include "engine/session/session_records.h"
#include "ui/sessions/document_list_model.h"
#include "ui/sessions/outline_model.h"

class QStackedWidget;
class QTabBar;

namespace tidemark::ui {

class BookmarkModel;
class SidebarList;

class SidebarPlaces final : public QWidget {
  Q_OBJECT
 public:
  enum class Tab { kContents, kDocuments, kBookmarks };

  explicit SidebarPlaces(QWidget* parent = nullptr);

  void setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                    const std::vector<DocumentNote>& notes = {},
                    const std::optional<ImportingDocument>& importing = std::nullopt);
  void setOutline(std::vector<SidebarOutlineEntry> entries);
  /// Where the reader is: marks heading and document, and keeps the heading in sight.
  void setCurrentByte(quint64 byte);
  void setBookmarks(std::vector<BookmarkRecord> bookmarks);
  void setCanChangeMemory(bool can) { m_canChangeMemory = can; }
  void showTab(Tab tab);

 Q_SIGNALS:
  void documentActivated(qint64 id);
  void byteActivated(quint64 byte);
  void bookmarkRenameRequested(qint64 id, const QString& label);
  void bookmarkRemovalRequested(qint64 id);
  /// Undo reading: of the part under the heading at this place, of a document.
  void chapterRemovalRequested(quint64 byte);
  void documentRemovalRequested(qint64 id);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  SidebarList* addList(Tab tab, const QString& name, const QString& description, const QString& placeholder);
  void connectLists();
  void showBookmarkMenu(const QModelIndex& index, const QPoint& position);
  void showTextMenu(const QModelIndex& index, const QPoint& position);
  void followFont();

  OutlineModel* m_outline;
  DocumentListModel* m_documents;
  BookmarkModel* m_bookmarks;
  QTabBar* m_tabs;
  QStackedWidget* m_stack;
  SidebarList* m_outlineList;
  SidebarList* m_documentList;
  SidebarList* m_bookmarkList;
  bool m_canChangeMemory = false;
};

}  // namespace tidemark::ui

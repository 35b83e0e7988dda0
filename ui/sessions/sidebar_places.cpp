#include "ui/sessions/sidebar_places.h"

#include <QEvent>
#include <QMenu>
#include <QStackedWidget>
#include <QTabBar>
#include <QVBoxLayout>

#include "ui/sessions/bookmark_model.h"
#include "ui/sessions/document_list_model.h"
#include "ui/sessions/list_roles.h"
#include "ui/sessions/sidebar_list.h"

namespace tidemark::ui {
namespace {

constexpr int kMargin = 8;  // of the rows below

}  // namespace

SidebarPlaces::SidebarPlaces(QWidget* parent)
    : QWidget(parent),
      m_outline(new OutlineModel(this)),
      m_documents(new DocumentListModel(this)),
      m_bookmarks(new BookmarkModel(this)),
      m_tabs(new QTabBar(this)),
      m_stack(new QStackedWidget(this)) {
  m_tabs->setDrawBase(false);
  m_tabs->setExpanding(false);
  m_tabs->setElideMode(Qt::ElideNone);
  m_tabs->setAccessibleName(tr("What to list of the open session"));
  m_tabs->setAccessibleDescription(tr("Contents, documents or bookmarks; the arrow keys change between them"));
  m_outlineList = addList(Tab::kContents, tr("Contents"), tr("Headings of the text; Enter goes to one"),
                          tr("Headings of the text appear here."));
  m_documentList = addList(Tab::kDocuments, tr("Documents"), tr("Documents of the open session; Enter goes to one"),
                           tr("Documents of the open session appear here."));
  m_bookmarkList =
      addList(Tab::kBookmarks, tr("Bookmarks"), tr("Enter goes to a bookmark, F2 renames it, Delete removes it"),
              tr("Places that you mark appear here."));
  m_outlineList->setModel(m_outline);
  m_documentList->setModel(m_documents);
  m_bookmarkList->setModel(m_bookmarks);

  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  auto* tabRow = new QHBoxLayout;
  tabRow->setContentsMargins(kMargin, 2, kMargin, 0);
  tabRow->addWidget(m_tabs);
  layout->addLayout(tabRow);
  layout->addWidget(m_stack, 1);
  connect(m_tabs, &QTabBar::currentChanged, m_stack, &QStackedWidget::setCurrentIndex);
  connectLists();
  followFont();
}

SidebarList* SidebarPlaces::addList(Tab tab, const QString& name, const QString& description,
                                    const QString& placeholder) {
  auto* list = new SidebarList(name, description, m_stack);
  list->setPlaceholder(placeholder);
  m_stack->insertWidget(static_cast<int>(tab), list);
  m_tabs->insertTab(static_cast<int>(tab), name);
  return list;
}

void SidebarPlaces::connectLists() {
  const auto goToByte = [this](const QModelIndex& index) { Q_EMIT byteActivated(index.data(kByteRole).toULongLong()); };
  for (SidebarList* list : {m_outlineList, m_bookmarkList}) {
    connect(list, &QListView::clicked, this, goToByte);
    connect(list, &SidebarList::enterPressed, this, goToByte);
  }
  const auto goToDocument = [this](const QModelIndex& index) {
    Q_EMIT documentActivated(index.data(kIdRole).toLongLong());
  };
  connect(m_documentList, &QListView::clicked, this, goToDocument);
  connect(m_documentList, &SidebarList::enterPressed, this, goToDocument);
  connect(m_bookmarkList, &SidebarList::deletePressed, this,
          [this](const QModelIndex& index) { Q_EMIT bookmarkRemovalRequested(index.data(kIdRole).toLongLong()); });
  connect(m_bookmarkList, &SidebarList::menuRequested, this, &SidebarPlaces::showBookmarkMenu);
  connect(m_outlineList, &SidebarList::menuRequested, this, &SidebarPlaces::showTextMenu);
  connect(m_documentList, &SidebarList::menuRequested, this, &SidebarPlaces::showTextMenu);
  connect(m_bookmarks, &BookmarkModel::renameRequested, this, &SidebarPlaces::bookmarkRenameRequested);
}

void SidebarPlaces::setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                                 const std::vector<DocumentNote>& notes,
                                 const std::optional<ImportingDocument>& importing) {
  m_documents->setDocuments(documents, readUntil, notes, importing);
  m_bookmarks->setDocuments(documents);
}

void SidebarPlaces::setOutline(std::vector<SidebarOutlineEntry> entries) {
  m_outline->setOutline(std::move(entries));
}

void SidebarPlaces::setCurrentByte(quint64 byte) {
  const QModelIndex before = m_outline->current();
  m_outline->setCurrentByte(byte);
  m_documents->setCurrentByte(byte);
  const QModelIndex current = m_outline->current();
  // A list that somebody is using stays where it is.
  if (current.isValid() && current != before && !m_outlineList->hasFocus()) m_outlineList->scrollTo(current);
}

void SidebarPlaces::setBookmarks(std::vector<BookmarkRecord> bookmarks) {
  m_bookmarks->setBookmarks(std::move(bookmarks));
}

void SidebarPlaces::showTab(Tab tab) {
  m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void SidebarPlaces::showBookmarkMenu(const QModelIndex& index, const QPoint& position) {
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("bookmarkMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const qint64 id = index.data(kIdRole).toLongLong();
  const quint64 byte = index.data(kByteRole).toULongLong();
  const QPersistentModelIndex row = index;
  menu->addAction(tr("&Go there"), this, [this, byte] { Q_EMIT byteActivated(byte); });
  menu->addAction(tr("&Rename…"), this, [this, row] {
    if (row.isValid()) m_bookmarkList->edit(row);
  });
  menu->addAction(tr("R&emove"), this, [this, id] { Q_EMIT bookmarkRemovalRequested(id); });
  menu->popup(position);
}

/// Of a heading or a document.
void SidebarPlaces::showTextMenu(const QModelIndex& index, const QPoint& position) {
  const bool isDocument = index.model() == m_documents;
  const qint64 id = index.data(kIdRole).toLongLong();
  if (isDocument && id == 0) return;  // a file that is still becoming text
  const quint64 byte = index.data(kByteRole).toULongLong();
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("textMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addAction(tr("&Go there"), this, [this, isDocument, id, byte] {
    isDocument ? Q_EMIT documentActivated(id) : Q_EMIT byteActivated(byte);
  });
  QAction* remove = menu->addAction(tr("&Undo reading of this…"), this, [this, isDocument, id, byte] {
    isDocument ? Q_EMIT documentRemovalRequested(id) : Q_EMIT chapterRemovalRequested(byte);
  });
  remove->setEnabled(m_canChangeMemory);
  menu->popup(position);
}

void SidebarPlaces::followFont() {
  QFont small = font();
  small.setPointSizeF(small.pointSizeF() * 0.92);
  m_tabs->setFont(small);
  // Three words must fit a narrow dock: less room around them than the tabs of a dialog have.
  const int around = qMax(1, fontMetrics().height() * 4 / 16);
  m_tabs->setStyleSheet(QStringLiteral("QTabBar::tab { padding-left: %1px; padding-right: %1px; }").arg(around));
}

void SidebarPlaces::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) followFont();
}

}  // namespace tidemark::ui

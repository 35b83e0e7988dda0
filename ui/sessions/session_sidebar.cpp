#include "ui/sessions/session_sidebar.h"

#include <QClipboard>
#include <QEvent>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QSortFilterProxyModel>
#include <QVBoxLayout>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_list_model.h"
#include "ui/sessions/session_menu.h"
#include "ui/sessions/sidebar_list.h"
#include "ui/sessions/sidebar_places.h"
#include "ui/theme/hairline_splitter.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

// Fewer than this are found faster by looking.
constexpr std::size_t kSessionsWithFilter = 9;
constexpr int kMargin = 8;

}  // namespace

SessionSidebar::SessionSidebar(QWidget* parent)
    : QWidget(parent),
      m_sessions(new SessionListModel(this)),
      m_filtered(new QSortFilterProxyModel(this)),
      m_caption(new QLabel(tr("Sessions"), this)),
      m_filter(new QLineEdit(this)),
      m_list(new SidebarList(tr("Sessions"), tr("Enter opens a session, F2 renames it, Delete moves it to the trash"),
                             this)),
      m_places(new SidebarPlaces(this)),
      m_splitter(new HairlineSplitter(Qt::Vertical, this)) {
  m_splitter->addWidget(makeSessionsHalf());
  m_splitter->addWidget(m_places);
  m_splitter->setStretchFactor(0, 1);
  m_splitter->setStretchFactor(1, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->addWidget(m_splitter);
  connectSessions();
  connect(m_places, &SidebarPlaces::documentActivated, this, &SessionSidebar::documentActivated);
  connect(m_places, &SidebarPlaces::byteActivated, this, &SessionSidebar::byteActivated);
  connect(m_places, &SidebarPlaces::bookmarkRenameRequested, this, &SessionSidebar::bookmarkRenameRequested);
  connect(m_places, &SidebarPlaces::bookmarkRemovalRequested, this, &SessionSidebar::bookmarkRemovalRequested);
  connect(m_places, &SidebarPlaces::chapterRemovalRequested, this, &SessionSidebar::chapterRemovalRequested);
  connect(m_places, &SidebarPlaces::documentRemovalRequested, this, &SessionSidebar::documentRemovalRequested);
  followTheme();
}

QWidget* SessionSidebar::makeSessionsHalf() {
  m_filtered->setSourceModel(m_sessions);
  m_filtered->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_list->setModel(m_filtered);
  m_list->setPlaceholder(tr("Open a document to start the first session."));
  m_caption->setBuddy(m_list);
  m_caption->setContentsMargins(2 * kMargin, kMargin + 4, kMargin, 4);
  m_filter->setPlaceholderText(tr("Filter sessions"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setAccessibleName(tr("Filter sessions"));
  m_filter->setAccessibleDescription(tr("Shows only sessions whose name holds this text"));
  m_filter->hide();

  auto* half = new QWidget(this);
  auto* layout = new QVBoxLayout(half);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addWidget(m_caption);
  auto* filterRow = new QVBoxLayout;
  filterRow->setContentsMargins(kMargin, 0, kMargin, 4);
  filterRow->addWidget(m_filter);
  layout->addLayout(filterRow);
  layout->addWidget(m_list, 1);
  return half;
}

void SessionSidebar::connectSessions() {
  connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& text) {
    m_filtered->setFilterFixedString(text.trimmed());
    m_list->setPlaceholder(text.isEmpty() ? tr("Open a document to start the first session.")
                                          : tr("No session has this in its name."));
  });
  connect(m_list, &QListView::doubleClicked, this, &SessionSidebar::open);
  connect(m_list, &SidebarList::enterPressed, this, &SessionSidebar::open);
  connect(m_list, &SidebarList::deletePressed, this,
          [this](const QModelIndex& index) { Q_EMIT trashRequested(index.data(kPathRole).toString()); });
  connect(m_list, &SidebarList::menuRequested, this, &SessionSidebar::showMenu);
  connect(m_sessions, &SessionListModel::renameRequested, this, &SessionSidebar::renameRequested);
}

void SessionSidebar::open(const QModelIndex& index) {
  if (index.data(kProblemRole).toString().isEmpty()) Q_EMIT openRequested(index.data(kPathRole).toString());
}

void SessionSidebar::showMenu(const QModelIndex& index, const QPoint& position) {
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("sessionMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const QString path = index.data(kPathRole).toString();
  const QPersistentModelIndex row = index;
  const QString open = m_sessions->currentSession();
  const bool isBroken = !index.data(kProblemRole).toString().isEmpty();
  fillSessionMenu(*menu, isBroken, !open.isEmpty() && open != path, [this, path, row](SessionAction action) {
    switch (action) {
      case SessionAction::kOpen:
        return Q_EMIT openRequested(path);
      case SessionAction::kRename:
        if (row.isValid()) m_list->edit(row);
        return;
      case SessionAction::kDuplicate:
        return Q_EMIT duplicateRequested(path);
      case SessionAction::kVerify:
        return Q_EMIT verifyRequested(path);
      case SessionAction::kCompare:
        return Q_EMIT compareRequested(path);
      case SessionAction::kReveal:
        return Q_EMIT revealRequested(path);
      case SessionAction::kCopyPath:
        return QGuiApplication::clipboard()->setText(path);
      case SessionAction::kTrash:
        return Q_EMIT trashRequested(path);
    }
  });
  menu->popup(position);
}

void SessionSidebar::setSessions(std::vector<SessionSummary> sessions) {
  const bool many = sessions.size() >= kSessionsWithFilter;
  m_sessions->setSessions(std::move(sessions));
  if (!many) m_filter->clear();
  m_filter->setVisible(many);
}

void SessionSidebar::setCurrentSession(const QString& path) {
  m_sessions->setCurrentSession(path);
  const QModelIndex index = m_filtered->mapFromSource(m_sessions->indexOf(path));
  if (!index.isValid() || m_list->hasFocus()) return;
  m_list->setCurrentIndex(index);
  m_list->scrollTo(index);
}

void SessionSidebar::setCurrentState(const QString& secondLine) {
  m_sessions->setCurrentState(secondLine);
}
void SessionSidebar::setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                                  const std::vector<DocumentNote>& notes,
                                  const std::optional<ImportingDocument>& importing) {
  m_places->setDocuments(documents, readUntil, notes, importing);
}
void SessionSidebar::setOutline(std::vector<SidebarOutlineEntry> entries) {
  m_places->setOutline(std::move(entries));
}
void SessionSidebar::setCurrentByte(quint64 byte) {
  m_places->setCurrentByte(byte);
}
void SessionSidebar::setBookmarks(std::vector<BookmarkRecord> bookmarks) {
  m_places->setBookmarks(std::move(bookmarks));
}
void SessionSidebar::setCanChangeMemory(bool can) {
  m_places->setCanChangeMemory(can);
}

QSize SessionSidebar::sizeHint() const {
  return {fontMetrics().height() * 16, fontMetrics().height() * 40};
}

void SessionSidebar::followTheme() {
  m_caption->setFont(captionFont(font()));
  QPalette captionPalette = palette();
  captionPalette.setColor(QPalette::WindowText, themeColors(palette()).dim);
  m_caption->setPalette(captionPalette);
}

void SessionSidebar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) followTheme();
}

/// The style sheet gives labels their fonts and colours back when it first meets them.
void SessionSidebar::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  followTheme();
}

void SessionSidebar::focusInEvent(QFocusEvent* event) {
  m_list->setFocus(event->reason());
}

}  // namespace tidemark::ui

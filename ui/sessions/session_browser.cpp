#include "ui/sessions/session_browser.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QShortcut>
#include <QSortFilterProxyModel>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_menu.h"
#include "ui/sessions/session_table_model.h"
#include "ui/sessions/trash_model.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

SessionBrowser::SessionBrowser(QWidget* parent)
    : QWidget(parent),
      m_sessions(new SessionTableModel(this)),
      m_sortedSessions(new QSortFilterProxyModel(this)),
      m_trash(new TrashModel(this)),
      m_sortedTrash(new QSortFilterProxyModel(this)),
      m_tabs(new QTabWidget(this)) {
  m_tabs->setDocumentMode(true);
  m_tabs->tabBar()->setDrawBase(false);
  m_tabs->addTab(makeSessionsPage(), tr("Sessions"));
  m_tabs->addTab(makeTrashPage(), tr("Trash"));
  auto* layout = new QVBoxLayout(this);
  layout->addWidget(m_tabs);
  connectTables();
  followTheme();
  updateButtons();
}

QTableView* SessionBrowser::makeTable(QAbstractItemModel* model, QSortFilterProxyModel* sorted, const QString& name,
                                      const QString& description) {
  sorted->setSourceModel(model);
  sorted->setSortRole(kSortRole);
  sorted->setSortLocaleAware(true);
  sorted->setSortCaseSensitivity(Qt::CaseInsensitive);
  auto* table = new QTableView(this);
  table->setModel(sorted);
  table->setAccessibleName(name);
  table->setAccessibleDescription(description);
  table->setSortingEnabled(true);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->setSelectionMode(QAbstractItemView::SingleSelection);
  table->setEditTriggers(QAbstractItemView::EditKeyPressed);
  table->setShowGrid(false);
  table->setWordWrap(false);
  table->setTabKeyNavigation(false);
  table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table->verticalHeader()->hide();
  table->horizontalHeader()->setHighlightSections(false);
  return table;
}

QWidget* SessionBrowser::makeSessionsPage() {
  auto* page = new QWidget(this);
  m_filter = new QLineEdit(page);
  m_filter->setPlaceholderText(tr("Filter by name or document"));
  m_filter->setClearButtonEnabled(true);
  m_filter->setAccessibleName(tr("Filter sessions"));
  m_filter->setAccessibleDescription(tr("Shows only sessions whose name or documents hold this text"));
  m_sortedSessions->setFilterRole(kFilterRole);
  m_sortedSessions->setFilterCaseSensitivity(Qt::CaseInsensitive);
  m_table = makeTable(m_sessions, m_sortedSessions, tr("Sessions"),
                      tr("Enter opens a session, F2 renames it, Delete moves it to the trash"));
  m_table->sortByColumn(SessionTableModel::kLastUse, Qt::DescendingOrder);
  m_table->setContextMenuPolicy(Qt::CustomContextMenu);

  auto* buttons = new QHBoxLayout;
  const auto add = [&](const QString& text, SessionAction action, std::vector<QPushButton*>& needs) {
    auto* button = new QPushButton(text, page);
    connect(button, &QPushButton::clicked, this, [this, action] { run(action); });
    buttons->addWidget(button);
    needs.push_back(button);
    return button;
  };
  add(tr("Open"), SessionAction::kOpen, m_forWhole)->setProperty("primary", true);
  buttons->addSpacing(8);
  add(tr("Rename"), SessionAction::kRename, m_forAny);
  add(tr("Duplicate"), SessionAction::kDuplicate, m_forWhole);
  add(tr("Verify"), SessionAction::kVerify, m_forWhole);
  add(tr("Show file"), SessionAction::kReveal, m_forAny);
  buttons->addStretch(1);
  add(tr("Move to trash"), SessionAction::kTrash, m_forAny);

  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 12, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_filter);
  layout->addWidget(m_table, 1);
  layout->addLayout(buttons);
  return page;
}

QWidget* SessionBrowser::makeTrashPage() {
  auto* page = new QWidget(this);
  m_trashTable =
      makeTable(m_trash, m_sortedTrash, tr("Trash"), tr("Sessions that were thrown away; Enter brings one back"));
  m_trashTable->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_trashTable->sortByColumn(TrashModel::kDeleted, Qt::DescendingOrder);
  m_restore = new QPushButton(tr("Restore"), page);
  m_restore->setProperty("primary", true);
  m_empty = new QPushButton(tr("Empty trash"), page);
  m_empty->setAccessibleDescription(tr("Removes everything in the trash for good"));
  auto* buttons = new QHBoxLayout;
  buttons->addWidget(m_restore);
  buttons->addStretch(1);
  buttons->addWidget(m_empty);
  auto* layout = new QVBoxLayout(page);
  layout->setContentsMargins(0, 12, 0, 0);
  layout->setSpacing(8);
  layout->addWidget(m_trashTable, 1);
  layout->addLayout(buttons);
  return page;
}

void SessionBrowser::connectTables() {
  connect(m_filter, &QLineEdit::textChanged, this,
          [this](const QString& text) { m_sortedSessions->setFilterFixedString(text.trimmed()); });
  connect(m_table, &QTableView::activated, this, [this] { run(SessionAction::kOpen); });
  connect(m_table, &QTableView::customContextMenuRequested, this, &SessionBrowser::showMenu);
  auto* trashKey = new QShortcut(QKeySequence::Delete, m_table, nullptr, nullptr, Qt::WidgetShortcut);
  connect(trashKey, &QShortcut::activated, this, [this] { run(SessionAction::kTrash); });
  connect(m_sessions, &SessionTableModel::renameRequested, this, &SessionBrowser::renameRequested);
  connect(m_trashTable, &QTableView::activated, this, &SessionBrowser::restoreSelected);
  connect(m_restore, &QPushButton::clicked, this, &SessionBrowser::restoreSelected);
  connect(m_empty, &QPushButton::clicked, this, &SessionBrowser::emptyTrashRequested);
  for (const QTableView* table : {m_table, m_trashTable}) {
    connect(table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &SessionBrowser::updateButtons);
  }
  for (const QAbstractItemModel* model :
       {static_cast<QAbstractItemModel*>(m_sortedSessions), static_cast<QAbstractItemModel*>(m_sortedTrash)}) {
    connect(model, &QAbstractItemModel::dataChanged, this, &SessionBrowser::updateButtons);
    connect(model, &QAbstractItemModel::rowsRemoved, this, &SessionBrowser::updateButtons);
    connect(model, &QAbstractItemModel::rowsInserted, this, &SessionBrowser::updateButtons);
  }
}

void SessionBrowser::run(SessionAction action) {
  const QString path = selectedSession();
  if (path.isEmpty()) return;
  const QModelIndex row = m_table->selectionModel()->selectedRows().constFirst();
  const bool isBroken = !row.data(kProblemRole).toString().isEmpty();
  switch (action) {
    case SessionAction::kOpen:
      if (!isBroken) Q_EMIT openRequested(path);
      return;
    case SessionAction::kRename:
      return m_table->edit(row.siblingAtColumn(SessionTableModel::kName));
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
}

void SessionBrowser::restoreSelected() {
  const QModelIndexList rows = m_trashTable->selectionModel()->selectedRows();
  if (!rows.isEmpty()) Q_EMIT restoreRequested(rows.constFirst().data(kPathRole).toString());
}

void SessionBrowser::showMenu(const QPoint& position) {
  const QString path = selectedSession();
  if (path.isEmpty()) return;
  const QModelIndex row = m_table->selectionModel()->selectedRows().constFirst();
  auto* menu = new QMenu(this);
  menu->setObjectName(QStringLiteral("sessionMenu"));
  menu->setAttribute(Qt::WA_DeleteOnClose);
  const bool isBroken = !row.data(kProblemRole).toString().isEmpty();
  const bool isOther = !m_openSession.isEmpty() && m_openSession != path;
  fillSessionMenu(*menu, isBroken, isOther, [this](SessionAction action) { run(action); });
  menu->popup(m_table->viewport()->mapToGlobal(position));
}

void SessionBrowser::setSessions(std::vector<SessionSummary> sessions) {
  m_sessions->setSessions(std::move(sessions));
}
void SessionBrowser::setCurrentSession(const QString& path) {
  m_openSession = path;
  m_sessions->setCurrentSession(path);
}
void SessionBrowser::setTrash(std::vector<TrashedSession> sessions) {
  m_trash->setTrash(std::move(sessions));
}

QString SessionBrowser::selectedSession() const {
  const QModelIndexList rows = m_table->selectionModel()->selectedRows();
  return rows.isEmpty() ? QString() : rows.constFirst().data(kPathRole).toString();
}

void SessionBrowser::updateButtons() {
  const QModelIndexList rows = m_table->selectionModel()->selectedRows();
  const bool any = !rows.isEmpty();
  const bool whole = any && rows.constFirst().data(kProblemRole).toString().isEmpty();
  for (QPushButton* button : m_forAny) button->setEnabled(any);
  for (QPushButton* button : m_forWhole) button->setEnabled(whole);
  m_restore->setEnabled(m_trashTable->selectionModel()->hasSelection());
  m_empty->setEnabled(m_sortedTrash->rowCount() > 0);  // ours still counts a row that is on its way out
}

QSize SessionBrowser::sizeHint() const {
  return {fontMetrics().height() * 56, fontMetrics().height() * 32};
}

void SessionBrowser::followTheme() {
  const int line = fontMetrics().height();
  const ThemeColors& colors = themeColors(palette());
  const QString rules = QStringLiteral(
                            "QTableView::item { border: 0px; padding-left: %1px; padding-right: %1px; }"
                            "QTableView::item:selected { background: %2; color: %3; }")
                            .arg(QString::number(qMax(1, line * 5 / 16)), colors.accent.name(), colors.onAccent.name());
  for (QTableView* table : {m_table, m_trashTable}) {
    table->setStyleSheet(rules);
    table->verticalHeader()->setDefaultSectionSize(line * 9 / 4);
    table->horizontalHeader()->setMinimumSectionSize(line * 4);
  }
  const int widths[SessionTableModel::kColumns] = {13, 14, 5, 10, 5, 6, 6};
  for (int column = 0; column < SessionTableModel::kColumns; ++column) {
    m_table->setColumnWidth(column, widths[column] * line);
  }
  m_table->horizontalHeader()->setSectionResizeMode(SessionTableModel::kDocuments, QHeaderView::Stretch);
  m_trashTable->setColumnWidth(TrashModel::kDeleted, 10 * line);
  m_trashTable->horizontalHeader()->setSectionResizeMode(TrashModel::kName, QHeaderView::Stretch);
}

void SessionBrowser::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::PaletteChange) followTheme();
}

}  // namespace tidemark::ui

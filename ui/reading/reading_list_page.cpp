#include "ui/reading/reading_list_page.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/reading/reading_list_view.h"
#include "ui/theme/icon.h"

namespace tidemark::ui {
namespace {

QPushButton* makeButton(const QString& text, const QString& description, const QString& icon = {}) {
  auto* button = new QPushButton(text);
  button->setAutoDefault(false);
  button->setToolTip(description);
  button->setAccessibleDescription(description);
  if (!icon.isEmpty()) button->setIcon(themedIcon(icon));
  return button;
}

}  // namespace

ReadingListPage::ReadingListPage(QWidget* parent)
    : QWidget(parent),
      m_model(new ReadingListModel(this)),
      m_list(new ReadingListView),
      m_title(new QLabel),
      m_note(new QLabel),
      m_up(makeButton(tr("&Up"), tr("Read this file earlier (Alt+Up)"), QStringLiteral("move-up"))),
      m_down(makeButton(tr("Do&wn"), tr("Read this file later (Alt+Down)"), QStringLiteral("move-down"))),
      m_remove(makeButton(tr("Re&move"), tr("Take this file out of the list (Delete)"))),
      m_force(makeButton(tr("Read all the &same"),
                         tr("Read what little text there is, although most pages are images (space bar)"))),
      m_cancel(makeButton(tr("Cancel"), tr("Read none of them (Esc)"))),
      m_read(makeButton({}, tr("Read the files of the list in this order"))) {
  setBackgroundRole(QPalette::Base);
  setAutoFillBackground(true);
  m_list->setModel(m_model);
  m_force->setCheckable(true);
  m_read->setProperty("primary", true);
  m_note->setForegroundRole(QPalette::PlaceholderText);
  m_note->setWordWrap(true);
  m_title->setTextFormat(Qt::PlainText);

  auto* order = new QHBoxLayout;
  order->setSpacing(8);
  for (QPushButton* each : {m_up, m_down, m_remove, m_force}) order->addWidget(each);
  order->addStretch(1);
  auto* decide = new QHBoxLayout;
  decide->setSpacing(8);
  decide->addStretch(1);
  decide->addWidget(m_cancel);
  decide->addWidget(m_read);
  auto* column = new QVBoxLayout;
  column->setSpacing(12);
  column->addWidget(m_title);
  column->addWidget(m_note);
  column->addWidget(m_list, 1);
  column->addLayout(order);
  column->addLayout(decide);
  auto* inner = new QWidget;
  inner->setLayout(column);
  inner->setObjectName(QStringLiteral("readingListColumn"));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(24, 24, 24, 24);
  row->addStretch(1);
  row->addWidget(inner, 1000);
  row->addStretch(1);
  column->setContentsMargins(0, 0, 0, 0);
  setFocusProxy(m_list);
  connectParts();
  followFont();
  showState();
}

void ReadingListPage::connectParts() {
  connect(m_model, &ReadingListModel::listChanged, this, &ReadingListPage::showState);
  connect(m_model, &QAbstractItemModel::dataChanged, this, &ReadingListPage::showRow);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &ReadingListPage::showRow);
  connect(m_list, &ReadingListView::moveRequested, this, &ReadingListPage::moveCurrent);
  connect(m_list, &ReadingListView::removeRequested, this, &ReadingListPage::removeCurrent);
  connect(m_list, &ReadingListView::forceRequested, this, &ReadingListPage::toggleForce);
  connect(m_up, &QPushButton::clicked, this, [this] { moveCurrent(-1); });
  connect(m_down, &QPushButton::clicked, this, [this] { moveCurrent(1); });
  connect(m_remove, &QPushButton::clicked, this, &ReadingListPage::removeCurrent);
  connect(m_force, &QPushButton::clicked, this, &ReadingListPage::toggleForce);
  connect(m_cancel, &QPushButton::clicked, this, &ReadingListPage::cancelled);
  connect(m_read, &QPushButton::clicked, this, &ReadingListPage::read);
}

void ReadingListPage::begin(const QStringList& paths, bool append, bool startsByItself) {
  m_append = append;
  m_startsByItself = startsByItself;
  m_model->begin(paths);
  if (m_model->rowCount() > 0) m_list->setCurrentIndex(m_model->index(0));
}

int ReadingListPage::currentRow() const {
  return m_list->currentIndex().isValid() ? m_list->currentIndex().row() : -1;
}

void ReadingListPage::showState() {
  const auto wanted = static_cast<int>(m_model->wantedIds().size());
  const bool isSettled = m_model->isSettled();
  const auto& rows = m_model->rows();
  const auto leftOut = static_cast<int>(rows.size()) - wanted;
  if (!isSettled) {
    m_title->setText(tr("Looking at %Ln file(s)…", nullptr, static_cast<int>(rows.size())));
    m_note->setText(m_startsByItself ? tr("It is read at once unless something is missing.")
                                     : tr("Nothing is read before you say so."));
  } else if (wanted == 0) {
    m_title->setText(tr("None of these files can be read"));
    m_note->setText(tr("Choose others, or read a scan all the same."));
  } else {
    m_title->setText(m_append ? tr("%Ln document(s) will be added, in this order", nullptr, wanted)
                              : tr("%Ln document(s) will be read, in this order", nullptr, wanted));
    m_note->setText(leftOut == 0 ? tr("What comes later is read with the memory of what came before.")
                                 : tr("%Ln file(s) will be left out.", nullptr, leftOut));
  }
  m_read->setText(wanted == 0 ? tr("&Read") : tr("&Read %Ln document(s)", nullptr, wanted));
  m_read->setEnabled(isSettled && wanted > 0);
  showRow();
}

void ReadingListPage::showRow() {
  const int row = currentRow();
  const bool isRow = row >= 0;
  m_up->setEnabled(isRow && row > 0);
  m_down->setEnabled(isRow && row + 1 < m_model->rowCount());
  m_remove->setEnabled(isRow);
  const bool isScan = isRow && m_model->rows()[static_cast<std::size_t>(row)].state == ReadingFileState::kMostlyImages;
  m_force->setEnabled(isScan);
  m_force->setChecked(isScan && m_model->rows()[static_cast<std::size_t>(row)].force);
  m_force->setVisible(std::any_of(m_model->rows().begin(), m_model->rows().end(), [](const ReadingListRow& each) {
    return each.state == ReadingFileState::kMostlyImages;
  }));
}

void ReadingListPage::moveCurrent(int places) {
  const int row = currentRow();
  if (row < 0) return;
  m_list->setCurrentIndex(m_model->index(m_model->moveBy(row, places)));
  m_list->scrollTo(m_list->currentIndex());
}

void ReadingListPage::removeCurrent() {
  const int row = currentRow();
  if (row < 0) return;
  m_model->removeRows(row, 1);
  if (m_model->rowCount() == 0) {
    Q_EMIT cancelled();
    return;
  }
  m_list->setCurrentIndex(m_model->index(std::min(row, m_model->rowCount() - 1)));
}

void ReadingListPage::toggleForce() {
  const int row = currentRow();
  if (row >= 0) m_model->setForce(row, !m_model->rows()[static_cast<std::size_t>(row)].force);
  showRow();
}

void ReadingListPage::read() {
  if (m_read->isEnabled()) Q_EMIT readRequested(m_model->wantedIds(), m_model->isForced());
}

void ReadingListPage::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    Q_EMIT cancelled();
  } else if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    read();
  } else {
    QWidget::keyPressEvent(event);
  }
}

void ReadingListPage::followFont() {
  QFont large = font();
  large.setPointSizeF(font().pointSizeF() * 1.35);
  large.setWeight(QFont::DemiBold);
  m_title->setFont(large);
  if (auto* column = findChild<QWidget*>(QStringLiteral("readingListColumn"))) {
    column->setMaximumWidth(fontMetrics().averageCharWidth() * 110);
  }
}

void ReadingListPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) followFont();
}

}  // namespace tidemark::ui

#include "ui/models/model_manager.h"

#include <QEvent>
#include <QFileDialog>
#include <QFrame>
#include <QHBoxLayout>
#include <QListView>
#include <QPushButton>
#include <QShortcut>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_delegate.h"

namespace tidemark::ui {

ModelManager::ModelManager(QWidget* parent)
    : QDialog(parent),
      m_model(new ModelListModel(this)),
      m_list(new QListView),
      m_pages(new QStackedWidget),
      m_inspection(new InspectionPage),
      m_download(new DownloadPage),
      m_messages(new MessageBar) {
  setWindowTitle(tr("Models"));
  setModal(false);
  m_pages->addWidget(m_inspection);
  m_pages->addWidget(m_download);
  auto* separator = new QFrame;
  separator->setFrameShape(QFrame::VLine);
  separator->setFrameShadow(QFrame::Plain);
  separator->setForegroundRole(QPalette::Mid);
  m_side = makeList();
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(m_side);
  row->addWidget(separator);
  row->addWidget(m_pages, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addWidget(m_messages);
  layout->addLayout(row, 1);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] {
    m_pages->setCurrentWidget(m_inspection);
    Q_EMIT selectionChanged(selected());
  });
  connect(m_download, &DownloadPage::leaveRequested, this, [this] {
    m_pages->setCurrentWidget(m_inspection);
    m_list->setFocus(Qt::OtherFocusReason);
  });
  fitList();
  resize(fontMetrics().averageCharWidth() * 132, fontMetrics().height() * 36);
}

QWidget* ModelManager::makeList() {
  m_list->setModel(m_model);
  m_list->setItemDelegate(new SessionDelegate(m_list));
  m_list->setAccessibleName(tr("Models"));
  m_list->setAccessibleDescription(tr("Enter makes a model the default, Delete takes it out of the list"));
  m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  m_list->setFrameShape(QFrame::NoFrame);
  m_list->setMouseTracking(true);
  connect(m_list, &QListView::activated, this, [this](const QModelIndex& index) {
    const ModelRow* row = m_model->rowAt(index);
    if (row != nullptr && !row->isDefault && row->check != CheckState::kBad) {
      Q_EMIT m_inspection->defaultRequested(row->path);
    }
  });
  auto* removeKey = new QShortcut(QKeySequence::Delete, m_list, nullptr, nullptr, Qt::WidgetShortcut);
  connect(removeKey, &QShortcut::activated, this, [this] {
    const ModelRow* row = m_model->rowAt(m_list->currentIndex());
    if (row != nullptr && !row->isBuiltin) Q_EMIT m_inspection->removeRequested(row->path);
  });
  auto* add = new QPushButton(tr("&Add folder…"));
  add->setAccessibleDescription(tr("Adds a folder with a model to the list; nothing is copied"));
  auto* fetch = new QPushButton(tr("D&ownload…"));
  fetch->setAccessibleDescription(tr("Fetches a model from the hub or another address"));
  connect(add, &QPushButton::clicked, this, &ModelManager::chooseFolder);
  connect(fetch, &QPushButton::clicked, this, &ModelManager::openDownloadPage);
  for (QPushButton* button : {add, fetch}) {
    button->setAutoDefault(false);
    button->setToolTip(button->accessibleDescription());
  }
  auto* side = new QWidget;
  auto* buttons = new QHBoxLayout;
  buttons->setContentsMargins(12, 0, 12, 0);
  buttons->setSpacing(8);
  buttons->addWidget(add, 1);
  buttons->addWidget(fetch, 1);
  auto* column = new QVBoxLayout(side);
  column->setContentsMargins(0, 8, 0, 12);
  column->setSpacing(12);
  column->addWidget(m_list, 1);
  column->addLayout(buttons);
  return side;
}

void ModelManager::setModels(std::vector<ModelRow> models) {
  m_model->setModels(std::move(models));
  if (!m_list->currentIndex().isValid() && m_model->rowCount() > 0) m_list->setCurrentIndex(m_model->index(0));
}

void ModelManager::select(const QString& path) {
  if (const int row = m_model->rowOf(path); row >= 0) {
    m_list->setCurrentIndex(m_model->index(row));
    m_pages->setCurrentWidget(m_inspection);
  }
}

QString ModelManager::selected() const {
  return m_list->currentIndex().data(kPathRole).toString();
}

void ModelManager::showDetails(const ModelDetails& details) {
  if (details.path == selected()) m_inspection->show(details);
}

void ModelManager::openDownloadPage() {
  m_pages->setCurrentWidget(m_download);
  m_download->focusSource();
}

void ModelManager::chooseFolder() {
  auto* dialog = new QFileDialog(this, tr("Folder of a model"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::Directory);
  dialog->setOption(QFileDialog::ShowDirsOnly);
  connect(dialog, &QFileDialog::fileSelected, this, &ModelManager::folderChosen);
  dialog->open();
}

void ModelManager::fitList() {
  m_side->setFixedWidth(fontMetrics().averageCharWidth() * 42);
}

void ModelManager::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::FontChange && m_side != nullptr) fitList();
}

}  // namespace tidemark::ui

#include "ui/shell/preferences_dialog.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QListWidget>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/shell/preferences_pages.h"
#include "ui/theme/icon.h"

namespace tidemark::ui {

PreferencesDialog::PreferencesDialog(QWidget* parent)
    : QDialog(parent), m_list(new QListWidget), m_stack(new QStackedWidget) {
  setWindowTitle(tr("Preferences"));
  setModal(false);
  m_list->setObjectName(QStringLiteral("pageList"));  // for the style sheet
  m_list->setAccessibleName(tr("Pages"));
  m_list->setAccessibleDescription(tr("Pages of the preferences"));
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  auto* models = new ModelPage;
  connect(models, &ModelPage::modelsRequested, this, &PreferencesDialog::modelsRequested);
  addPage(QStringLiteral("wavefront"), models);
  addPage(QStringLiteral("document"), new ReadingPage);
  addPage(QStringLiteral("theme"), new AppearancePage);
  addPage(QStringLiteral("sessions"), new SessionsPage);
  addPage(QStringLiteral("keyboard"), new AccessibilityPage);

  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  QPushButton* reset = buttons->addButton(tr("&Reset this page"), QDialogButtonBox::ResetRole);
  reset->setAutoDefault(false);
  reset->setAccessibleDescription(tr("Gives the settings on this page their default values"));
  buttons->setContentsMargins(16, 8, 16, 12);
  auto* row = new QHBoxLayout;
  row->setSpacing(0);
  row->addWidget(m_list);
  row->addWidget(m_stack, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  layout->addLayout(row, 1);
  layout->addWidget(buttons);
  connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(reset, &QPushButton::clicked, this, &PreferencesDialog::resetPage);
  m_list->setCurrentRow(0);
  setSettings(Settings());
  fitList();
  resize(fontMetrics().averageCharWidth() * 104, fontMetrics().height() * 30);
}

void PreferencesDialog::addPage(const QString& iconName, PreferencesPage* page) {
  auto* area = new QScrollArea;  // large type on a small screen
  area->setWidgetResizable(true);
  area->setFrameShape(QFrame::NoFrame);
  area->setFocusPolicy(Qt::NoFocus);
  area->setWidget(page);
  m_stack->addWidget(area);
  m_pages.push_back(page);
  m_list->addItem(new QListWidgetItem(pageIcon(iconName), page->title()));
  connect(page, &PreferencesPage::edited, this, [this, page] { takeChange(page); });
}

void PreferencesDialog::fitList() {
  const int line = fontMetrics().height();
  m_list->setIconSize(QSize(line + 2, line + 2));
  int widest = 0;
  for (int i = 0; i < m_list->count(); ++i) {
    widest = std::max(widest, fontMetrics().horizontalAdvance(m_list->item(i)->text()));
    m_list->item(i)->setSizeHint(QSize(0, line * 5 / 2));
  }
  m_list->setFixedWidth(widest + line * 5);
}

void PreferencesDialog::setSettings(const Settings& settings) {
  m_settings = settings;
  for (PreferencesPage* page : m_pages) page->load(settings);
}

void PreferencesDialog::setFacts(const PreferencesFacts& facts) {
  for (PreferencesPage* page : m_pages) page->setFacts(facts);
}

void PreferencesDialog::showPage(Page page) {
  m_list->setCurrentRow(page);
}

void PreferencesDialog::resetPage() {
  PreferencesPage* page = m_pages[static_cast<std::size_t>(m_stack->currentIndex())];
  page->load(Settings());
  takeChange(page);
}

void PreferencesDialog::takeChange(PreferencesPage* page) {
  Settings changed = m_settings;
  page->store(&changed);
  if (changed == m_settings) return;
  m_settings = changed;
  Q_EMIT settingsChanged(m_settings);
}

void PreferencesDialog::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::FontChange) fitList();
}

}  // namespace tidemark::ui

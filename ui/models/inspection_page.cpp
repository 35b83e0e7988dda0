#include "ui/models/inspection_page.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/models/hints_form.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

/// Text from files: never markup, broken where it has no spaces, selectable for copying.
QLabel* makeText(const QString& text) {
  auto* label = new QLabel(text);
  label->setTextFormat(Qt::PlainText);
  label->setWordWrap(true);
  label->setTextInteractionFlags(Qt::TextSelectableByMouse);
  label->setMinimumWidth(1);
  label->setAlignment(Qt::AlignTop | Qt::AlignLeading);
  return label;
}

QString spoken(const ModelDetails& details) {
  QStringList parts{details.headline};
  parts += details.problems;
  for (const InspectionRow& row : details.rows) parts += InspectionText::tr("%1: %2").arg(row.label, row.value);
  parts += details.notes;
  return parts.join(QLatin1Char('\n'));
}

}  // namespace

InspectionPage::InspectionPage(QWidget* parent)
    : QWidget(parent),
      m_name(makeText({})),
      m_path(makeText({})),
      m_headlineIcon(new QLabel),
      m_headline(makeText({})),
      m_area(new QScrollArea),
      m_hintsToggle(new QToolButton),
      m_hints(new HintsForm) {
  m_path->setForegroundRole(QPalette::PlaceholderText);
  auto* headline = new QHBoxLayout;
  headline->setSpacing(8);
  headline->addWidget(m_headlineIcon, 0, Qt::AlignTop);
  headline->addWidget(m_headline, 1);

  auto* content = new QWidget;
  m_column = new QVBoxLayout(content);
  m_column->setContentsMargins(20, 0, 20, 12);
  m_column->setSpacing(12);
  m_hintsToggle->setText(tr("What the folder does not say"));
  m_hintsToggle->setProperty("flat", true);
  m_hintsToggle->setCheckable(true);
  m_hintsToggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_hintsToggle->setFocusPolicy(Qt::StrongFocus);
  m_hintsToggle->setArrowType(Qt::RightArrow);
  m_hintsToggle->setAccessibleDescription(tr("Shows fields for hints: base config, segment size, LoRA, chat template"));
  m_column->addWidget(m_hintsToggle, 0, Qt::AlignLeading);
  m_column->addWidget(m_hints);
  m_column->addStretch(1);
  m_hints->hide();
  m_area->setWidget(content);
  m_area->setWidgetResizable(true);
  m_area->setFrameShape(QFrame::NoFrame);
  m_area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_area->setFocusPolicy(Qt::StrongFocus);
  m_area->setAccessibleName(tr("What was found"));

  auto* head = new QVBoxLayout;
  head->setContentsMargins(20, 16, 20, 0);
  head->setSpacing(4);
  head->addWidget(m_name);
  head->addWidget(m_path);
  head->addSpacing(8);
  head->addLayout(headline);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(12);
  layout->addLayout(head);
  layout->addWidget(m_area, 1);
  layout->addWidget(makeButtons());

  connect(m_hintsToggle, &QToolButton::toggled, this, [this](bool on) {
    m_hints->setVisible(on);
    m_hintsToggle->setArrowType(on ? Qt::DownArrow : Qt::RightArrow);
  });
  connect(m_hints, &HintsForm::applied, this,
          [this](const ModelHints& hints) { Q_EMIT hintsApplied(m_details.path, hints); });
  followTheme();
  show(ModelDetails{});
}

QWidget* InspectionPage::makeButtons() {
  auto* bar = new QWidget;
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(20, 0, 20, 12);
  row->setSpacing(8);
  const auto add = [&](const QString& text, const QString& description,
                       void (InspectionPage::*signal)(const QString&)) {
    auto* button = new QPushButton(text);
    button->setAutoDefault(false);
    button->setAccessibleDescription(description);
    button->setToolTip(description);
    connect(button, &QPushButton::clicked, this, [this, signal] { Q_EMIT(this->*signal)(m_details.path); });
    row->addWidget(button);
    return button;
  };
  m_default = add(tr("&Use as default"), tr("Sessions are read and asked with this model from now on"),
                  &InspectionPage::defaultRequested);
  m_default->setProperty("primary", true);
  m_check = add(tr("C&heck again"), tr("Reads the folder and every weight again"), &InspectionPage::checkRequested);
  m_reveal = add(tr("Show &folder"), tr("Opens the folder in the file manager"), &InspectionPage::revealRequested);
  row->addStretch(1);
  m_remove =
      add(tr("Re&move"), tr("Takes the model out of the list; its files stay"), &InspectionPage::removeRequested);
  m_trash =
      add(tr("Move files to &trash"), tr("Takes the model out of the list and moves the downloaded files to the trash"),
          &InspectionPage::trashRequested);
  return bar;
}

void InspectionPage::show(const ModelDetails& details) {
  const bool isSame = details.path == m_details.path;
  const bool hadHints = !details.hints.empty() || !details.problems.isEmpty();
  if (!isSame || details.hints != m_details.hints) m_hints->setHints(details.hints);
  m_details = details;
  m_name->setText(details.name);
  m_path->setText(details.isBuiltin ? tr("The model that comes with the program") : details.path);
  m_headline->setText(details.isChecking          ? tr("Checking …")
                      : details.failure.isEmpty() ? details.headline
                                                  : details.failure);
  m_headlineIcon->setVisible(!details.isChecking && !m_headline->text().isEmpty());
  if (!isSame) m_hintsToggle->setChecked(false);
  if (hadHints && !details.isBuiltin) m_hintsToggle->setChecked(true);
  m_hintsToggle->setVisible(!details.isBuiltin && !details.path.isEmpty());
  if (details.isBuiltin) m_hintsToggle->setChecked(false);
  m_default->setEnabled(!details.isDefault && !details.isChecking && details.canRun);
  m_default->setText(details.isDefault ? tr("Is the default") : tr("&Use as default"));
  m_check->setEnabled(!details.isChecking && !details.path.isEmpty());
  m_reveal->setEnabled(!details.path.isEmpty());
  m_remove->setVisible(!details.isBuiltin);
  m_remove->setEnabled(!details.path.isEmpty());
  m_trash->setVisible(details.isDownloaded);
  m_area->setAccessibleDescription(spoken(details));
  fillFindings();
  followTheme();
}

void InspectionPage::fillFindings() {
  delete m_findings;
  m_findings = new QWidget;
  auto* column = new QVBoxLayout(m_findings);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(12);
  m_column->insertWidget(0, m_findings);
  if (m_details.isChecking) return;
  addSentences(QStringLiteral("error"), tr("In the way"), m_details.problems);
  if (!m_details.rows.empty()) {
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(16);
    grid->setVerticalSpacing(8);
    grid->setColumnStretch(1, 1);
    int at = 0;
    for (const InspectionRow& row : m_details.rows) {
      auto* label = new QLabel(row.label);
      label->setForegroundRole(QPalette::PlaceholderText);
      grid->addWidget(label, at, 0, Qt::AlignTop);
      grid->addWidget(makeText(row.value), at, 1);
      ++at;
    }
    column->addLayout(grid);
  }
  addSentences(QStringLiteral("information"), tr("Worth knowing"), m_details.notes);
}

void InspectionPage::addSentences(const QString& icon, const QString& caption, const QStringList& sentences) {
  if (sentences.isEmpty()) return;
  auto* grid = new QGridLayout;
  grid->setContentsMargins(0, 4, 0, 0);
  grid->setHorizontalSpacing(8);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  auto* title = new QLabel(caption.toUpper());
  title->setFont(captionFont(font()));
  title->setForegroundRole(QPalette::PlaceholderText);
  grid->addWidget(title, 0, 0, 1, 2);
  const int size = fontMetrics().height();
  for (int i = 0; i < sentences.size(); ++i) {
    auto* sign = new QLabel;
    sign->setPixmap(themedIcon(icon).pixmap(QSize(size, size), devicePixelRatioF()));
    grid->addWidget(sign, i + 1, 0, Qt::AlignTop);
    grid->addWidget(makeText(sentences[i]), i + 1, 1);
  }
  static_cast<QVBoxLayout*>(m_findings->layout())->addLayout(grid);
}

void InspectionPage::followTheme() {
  QFont large = font();
  large.setWeight(QFont::DemiBold);
  large.setPointSizeF(large.pointSizeF() * 1.15);
  m_name->setFont(large);
  const bool isGood = m_details.canRun && m_details.failure.isEmpty();
  const int size = fontMetrics().height();
  m_hintsToggle->setIconSize(QSize(size, size));
  m_headlineIcon->setPixmap(themedIcon(isGood ? QStringLiteral("check") : QStringLiteral("warning"))
                                .pixmap(QSize(size, size), devicePixelRatioF()));
}

void InspectionPage::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() != QEvent::PaletteChange && event->type() != QEvent::FontChange) return;
  // Later: Qt goes through all widgets while it changes the style, and ours must not go away under its hands.
  QTimer::singleShot(0, this, [this] {
    fillFindings();
    followTheme();
  });
}

}  // namespace tidemark::ui

#include "ui/memory/memory_panel.h"

#include <QClipboard>
#include <QEvent>
#include <QFocusEvent>
#include <QGuiApplication>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/memory/chart_accessible.h"
#include "ui/memory/flow_row.h"
#include "ui/memory/result_table.h"
#include "ui/theme/hairline_splitter.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

QVBoxLayout* makeColumn(QWidget* parent) {
  auto* column = new QVBoxLayout(parent);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  return column;
}

}  // namespace

void MemoryPanel::makeFrame(const Texts& texts, std::initializer_list<QWidget*> fields, QLabel* note) {
  m_fields = fields;
  m_form = new FlowRow;
  m_caption = new QLabel(texts.caption, this);
  m_start = new QPushButton(texts.start, this);
  m_stop = new QPushButton(texts.stop, this);
  m_progress = new QProgressBar(this);
  m_progressText = new QLabel(this);
  m_problem = new QLabel(this);
  m_stack = new QStackedWidget(this);
  m_placeholder = new QLabel(texts.purpose, this);
  m_summary = new QLabel(this);
  m_copy = new QToolButton(this);
  m_splitter = new HairlineSplitter(Qt::Horizontal, this);
  m_start->setProperty("primary", true);
  m_progress->setTextVisible(false);
  m_progress->setAccessibleName(texts.progress);
  m_form->addWidget(m_caption);
  for (QWidget* field : fields) m_form->addWidget(field);
  for (QWidget* each : std::initializer_list<QWidget*>{m_start, m_stop, m_progress, m_progressText}) {
    m_form->addWidget(each);
  }
  for (QLabel* each : {m_placeholder, m_problem, m_summary}) {
    each->setWordWrap(true);
    each->setTextFormat(Qt::PlainText);
  }
  m_placeholder->setAlignment(Qt::AlignCenter);
  for (QLabel* each : {m_problem, m_summary}) each->setTextInteractionFlags(Qt::TextSelectableByMouse);
  m_copy->setIcon(themedIcon(QStringLiteral("copy")));
  m_copy->setProperty("flat", true);
  m_copy->setToolTip(texts.copy);
  m_copy->setAccessibleName(texts.copyName);
  m_stack->addWidget(m_placeholder);
  m_stack->addWidget(makeResult());
  QVBoxLayout* column = makeColumn(this);
  column->addLayout(m_form);
  if (note != nullptr) column->addWidget(note);
  column->addWidget(m_problem);
  column->addWidget(makeScrolling(m_stack, this), 1);
  connect(m_stop, &QPushButton::clicked, this, &MemoryPanel::stopRequested);
  connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(asText()); });
}

QWidget* MemoryPanel::makeResult() {
  auto* result = new QWidget(this);
  auto* row = new QHBoxLayout;
  row->addWidget(m_summary, 1);
  row->addWidget(m_copy, 0, Qt::AlignTop);
  row->addSpacing(8);
  QVBoxLayout* column = makeColumn(result);
  column->addLayout(row);
  // Only its least height counts: the scroll area would ask for what all parts like best.
  m_splitter->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Ignored);
  column->addWidget(m_splitter, 1);
  return result;
}

void MemoryPanel::addPart(const QString& caption, QWidget* content) {
  auto* side = new QWidget(this);
  auto* label = new QLabel(caption, side);
  label->setBuddy(content);
  label->setWordWrap(true);
  m_partCaptions.push_back(label);
  QVBoxLayout* column = makeColumn(side);
  column->addWidget(label);
  column->addWidget(content, 1);
  m_splitter->addWidget(side);
  m_splitter->setCollapsible(m_splitter->count() - 1, false);
}

void MemoryPanel::begin() {
  m_isBusy = true;
  m_problem->clear();
  m_progressText->clear();
}

void MemoryPanel::leave() {
  m_isBusy = false;
  m_problem->clear();
}

void MemoryPanel::end() {
  m_isBusy = false;
  showState();
}

void MemoryPanel::finish() {
  end();
  sayAloud(m_summary, m_summary->text());
}

void MemoryPanel::showProblem(const QString& sentence) {
  m_problem->setText(sentence);
  end();
  sayAloud(m_problem, sentence);
}

QString MemoryPanel::problem() const {
  return m_problem->text();
}

void MemoryPanel::showProgress(const QString& text) {
  m_progressText->setText(text);
  m_form->invalidate();
}

void MemoryPanel::showFrame(bool canStart, bool hasResult) {
  for (QWidget* field : m_fields) field->setEnabled(canStart && !m_isBusy);
  m_start->setEnabled(canStart);
  showInstead(m_isBusy ? m_stop : m_start, m_isBusy ? m_start : m_stop);
  if (!m_isBusy) m_progress->hide();
  m_progressText->setVisible(m_isBusy);
  m_problem->setVisible(!m_problem->text().isEmpty());
  m_stack->setCurrentIndex(hasResult ? 1 : 0);
  m_summary->setText(summary());
  m_form->invalidate();
}

void MemoryPanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  const bool isLook = event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange;
  if (isLook && m_form != nullptr) applyColors();
}

void MemoryPanel::focusInEvent(QFocusEvent* event) {
  if (m_isBusy) return m_stop->setFocus(event->reason());
  const auto takesFocus = [](const QWidget* field) {
    return field->focusPolicy() != Qt::NoFocus || field->focusProxy() != nullptr;
  };
  const auto first = std::find_if(m_fields.begin(), m_fields.end(), takesFocus);
  if (first != m_fields.end()) (*first)->setFocus(event->reason());
}

/// At the side of a window the parts stand below each other.
void MemoryPanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  const bool isWide = width() > height();
  m_splitter->setOrientation(isWide ? Qt::Horizontal : Qt::Vertical);
  m_splitter->setMinimumHeight(fontMetrics().height() * (isWide ? 6 : m_tallLines));
}

/// The style sheet gives labels their fonts and colours back when it first meets them.
void MemoryPanel::showEvent(QShowEvent* event) {
  QWidget::showEvent(event);
  applyColors();
}

int MemoryPanel::step() const {
  return std::max(4, fontMetrics().height() / 4);
}

void MemoryPanel::dim(QLabel& label) const {
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, themeColors(palette()).dim);
  label.setPalette(dim);
}

void MemoryPanel::applyColors() {
  const int step = this->step();
  m_form->setContentsMargins(4 * step, 2 * step, 4 * step, step);
  m_form->setSpacing(2 * step);
  m_problem->setContentsMargins(4 * step, step, 4 * step, step);
  m_summary->setContentsMargins(4 * step, step, step, step);
  m_placeholder->setContentsMargins(4 * step, 0, 4 * step, 4 * step);
  m_copy->setIconSize({fontMetrics().height(), fontMetrics().height()});
  m_progress->setFixedWidth(fontMetrics().height() * 8);
  m_caption->setFont(captionFont(font()));
  for (QLabel* each : {m_caption, m_progressText, m_placeholder}) dim(*each);
  for (QLabel* each : m_partCaptions) {
    each->setContentsMargins(4 * step, step, step, step / 2);
    each->setFont(captionFont(font()));
    dim(*each);
  }
  QPalette alarm = palette();
  alarm.setColor(QPalette::WindowText, themeColors(palette()).error);
  m_problem->setPalette(alarm);
}

}  // namespace tidemark::ui

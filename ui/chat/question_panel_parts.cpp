#include "ui/chat/question_panel_parts.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/chat/text_block.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr qreal kLineFactor = 1.15;

}  // namespace

ExampleButton::ExampleButton(const QString& question, QWidget* parent) : QAbstractButton(parent) {
  // Not setText: an ampersand in a question is no shortcut.
  setAccessibleName(question);
  setAccessibleDescription(tr("Example question; puts it into the field below."));
  setFocusPolicy(Qt::StrongFocus);
  setCursor(Qt::PointingHandCursor);
  setAttribute(Qt::WA_Hover);
  QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
  policy.setHeightForWidth(true);
  setSizePolicy(policy);
}

int ExampleButton::padding() const {
  return fontMetrics().height() * 2 / 3;
}

int ExampleButton::heightForWidth(int width) const {
  TextBlock block;
  block.set(accessibleName(), font(), width - 2 * padding(), kLineFactor);
  return static_cast<int>(std::ceil(block.height())) + padding() * 3 / 2;
}

QSize ExampleButton::sizeHint() const {
  const int width = fontMetrics().averageCharWidth() * 30;
  return {width, heightForWidth(width)};
}

QSize ExampleButton::minimumSizeHint() const {
  return {fontMetrics().averageCharWidth() * 8, fontMetrics().height() + padding() * 3 / 2};
}

void ExampleButton::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) {
    click();
  } else {
    QAbstractButton::keyPressEvent(event);
  }
}

void ExampleButton::paintEvent(QPaintEvent* /*event*/) {
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  const ThemeColors& colors = themeColors(palette());
  const qreal radius = std::min(padding() * 1.2, height() / 2.0);
  const bool lit = underMouse() || hasFocus();
  painter.setBrush(isDown() ? colors.line : colors.raised);
  painter.setPen(QPen(lit ? colors.accent : colors.line, hasFocus() ? 2 : 1));
  painter.drawRoundedRect(QRectF(rect()).adjusted(1, 1, -1, -1), radius, radius);
  painter.setPen(colors.text);
  TextBlock block;
  block.set(accessibleName(), font(), width() - 2 * padding(), kLineFactor);
  block.draw(painter, QPointF(padding(), (height() - block.height()) / 2), rect());
}

EmptyConversation::EmptyConversation(QWidget* parent) : QWidget(parent) {
  m_title = new QLabel(tr("Nothing has been asked yet"), this);
  m_title->setWordWrap(true);
  m_text = new QLabel(tr("Answers come from the memory of what has been read, without reading it again. "
                         "You can ask while the reading goes on."),
                      this);
  m_text->setWordWrap(true);
  m_examples = new QVBoxLayout;
  m_examples->setSpacing(8);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(16, 16, 16, 16);
  column->setSpacing(8);
  column->addWidget(m_title);
  column->addWidget(m_text);
  column->addSpacing(8);
  column->addLayout(m_examples);
  column->addStretch(1);
  applyColors();
}

void EmptyConversation::setExamples(const QStringList& questions) {
  while (QLayoutItem* item = m_examples->takeAt(0)) {
    // Later: one of them may be the sender of the click that led here.
    if (item->widget() != nullptr) {
      item->widget()->hide();
      item->widget()->deleteLater();
    }
    delete item;
  }
  for (const QString& question : questions) {
    auto* button = new ExampleButton(question, this);
    connect(button, &QAbstractButton::clicked, this, [this, question] { Q_EMIT exampleChosen(question); });
    m_examples->addWidget(button);
  }
}

void EmptyConversation::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
}

void EmptyConversation::applyColors() {
  QFont strong = font();
  if (strong.pointSizeF() > 0) strong.setPointSizeF(strong.pointSizeF() * 1.12);
  strong.setWeight(QFont::DemiBold);
  m_title->setFont(strong);
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, themeColors(palette()).dim);
  m_text->setPalette(dim);
}

HistorySearch::HistorySearch(QWidget* parent) : QWidget(parent) {
  m_field = new QLineEdit(this);
  m_field->setPlaceholderText(tr("Search in questions and answers"));
  m_field->setAccessibleName(tr("Search in questions and answers"));
  m_field->setAccessibleDescription(tr("Shows only the exchanges that contain this text. Escape shows all."));
  m_field->setClearButtonEnabled(true);
  m_count = new QLabel(this);
  m_count->setTextFormat(Qt::PlainText);
  m_close = new QToolButton(this);
  m_close->setIcon(themedIcon(QStringLiteral("close")));
  m_close->setProperty("flat", true);
  m_close->setToolTip(tr("Close the search"));
  m_close->setAccessibleName(tr("Close the search"));
  m_close->setAccessibleDescription(tr("Shows all exchanges again."));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_field, 1);
  row->addWidget(m_count);
  row->addWidget(m_close);
  setFocusProxy(m_field);
  hide();
  connect(m_field, &QLineEdit::textChanged, this, &HistorySearch::textChanged);
  connect(m_close, &QToolButton::clicked, this, &HistorySearch::close);
}

void HistorySearch::open() {
  show();
  m_field->setFocus(Qt::ShortcutFocusReason);
  m_field->selectAll();
}

void HistorySearch::close() {
  if (isHidden()) return;
  m_field->clear();
  hide();
  Q_EMIT closed();
}

QString HistorySearch::text() const {
  return m_field->text();
}

void HistorySearch::setCount(int found, int all) {
  const QLocale locale;
  m_count->setText(m_field->text().isEmpty() ? QString()
                                             : tr("%1 of %2").arg(locale.toString(found), locale.toString(all)));
  m_count->setAccessibleName(tr("%Ln exchange(s) found", "", found));
}

QString HistorySearch::countText() const {
  return m_count->text();
}

void HistorySearch::keyPressEvent(QKeyEvent* event) {
  if (event->key() == Qt::Key_Escape) {
    close();
  } else {
    QWidget::keyPressEvent(event);
  }
}

}  // namespace tidemark::ui

#include "ui/chat/question_input.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>
#include <limits>

#include "ui/chat/question_editor.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

int clampedToInt(qint64 value) {
  return static_cast<int>(std::clamp<qint64>(value, -1, std::numeric_limits<int>::max()));
}

}  // namespace

QuestionInput::QuestionInput(QWidget* parent) : QWidget(parent) {
  m_editor = new QuestionEditor(this);
  m_caption = new QLabel(this);
  m_caption->setWordWrap(true);
  m_caption->setTextFormat(Qt::PlainText);
  m_caption->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  m_button = new QPushButton(this);
  m_button->setProperty("primary", true);
  buildAsOfChip();

  auto* bottom = new QHBoxLayout;
  bottom->setSpacing(8);
  bottom->addWidget(m_caption, 1);
  bottom->addWidget(m_button, 0, Qt::AlignTop);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(8);
  column->addWidget(m_asOfChip, 0, Qt::AlignLeft);
  column->addWidget(m_editor);
  column->addLayout(bottom);
  setTabOrder(m_editor, m_button);
  setTabOrder(m_button, m_asOfSpin);
  setTabOrder(m_asOfSpin, m_asOfClear);

  connect(m_editor, &QuestionEditor::askPressed, this, &QuestionInput::ask);
  connect(m_editor, &QPlainTextEdit::textChanged, this, [this] {
    refresh();
    Q_EMIT textChanged();
  });
  connect(m_button, &QPushButton::clicked, this, [this] {
    if (m_answering) {
      Q_EMIT stopRequested();
    } else {
      ask();
    }
  });
  applyColors();
  refresh();
}

void QuestionInput::buildAsOfChip() {
  m_asOfChip = new QWidget(this);
  m_asOfChip->setObjectName(QStringLiteral("asOfChip"));
  m_asOfChip->setAttribute(Qt::WA_StyledBackground);
  m_asOfSpin = new QSpinBox(m_asOfChip);
  //: before the number of a segment: the memory after it is asked
  m_asOfSpin->setPrefix(tr("as of segment "));
  m_asOfSpin->setFrame(false);
  m_asOfSpin->setButtonSymbols(QAbstractSpinBox::NoButtons);
  m_asOfSpin->setRange(0, 0);
  m_asOfSpin->setAccessibleName(tr("Segment to ask as of"));
  m_asOfSpin->setAccessibleDescription(tr("The question is answered from the memory after this segment."));
  m_asOfClear = new QToolButton(m_asOfChip);
  m_asOfClear->setIcon(themedIcon(QStringLiteral("close")));
  m_asOfClear->setProperty("flat", true);
  m_asOfClear->setToolTip(tr("Ask the newest memory"));
  m_asOfClear->setAccessibleName(tr("Ask the newest memory"));
  m_asOfClear->setAccessibleDescription(
      tr("Takes the segment away, so the question is answered from everything read."));
  auto* row = new QHBoxLayout(m_asOfChip);
  row->setContentsMargins(10, 1, 4, 1);
  row->setSpacing(2);
  row->addWidget(m_asOfSpin);
  row->addWidget(m_asOfClear);
  m_asOfChip->hide();
  connect(m_asOfClear, &QToolButton::clicked, this, [this] {
    setAsOf({});
    focusEditor();
  });
}

QString QuestionInput::text() const {
  return m_editor->toPlainText();
}

void QuestionInput::setText(const QString& text) {
  if (text == m_editor->toPlainText()) return;
  m_editor->setPlainText(text);
  m_editor->moveCursor(QTextCursor::End);
}

void QuestionInput::clearText() {
  m_editor->clear();
}

std::optional<qint64> QuestionInput::asOf() const {
  if (m_asOfChip->isHidden()) return {};
  return m_asOfSpin->value();
}

void QuestionInput::setAsOf(std::optional<qint64> segment) {
  if (segment) {
    const int value = clampedToInt(std::max<qint64>(0, *segment));
    m_asOfSpin->setMaximum(std::max(m_asOfSpin->maximum(), value));
    m_asOfSpin->setValue(value);
  }
  m_asOfChip->setVisible(segment.has_value());
  refresh();
}

void QuestionInput::setAvailability(const QString& reason, qint64 segmentsRead) {
  m_reason = reason;
  m_segmentsRead = segmentsRead;
  m_asOfSpin->setMaximum(std::max(0, clampedToInt(segmentsRead - 1)));
  refresh();
}

void QuestionInput::setAnswering(bool answering) {
  m_answering = answering;
  refresh();
}

void QuestionInput::setCharacterLimit(int characters) {
  m_characterLimit = characters;
  refresh();
}

void QuestionInput::setHistory(const QStringList& questions) {
  m_editor->setHistory(questions);
}

void QuestionInput::focusEditor() {
  m_editor->setFocus(Qt::OtherFocusReason);
}

QString QuestionInput::caption() const {
  return m_caption->text();
}

void QuestionInput::ask() {
  const QString question = m_editor->toPlainText().trimmed();
  if (question.isEmpty() || !m_reason.isEmpty()) return;
  Q_EMIT askRequested(question, asOf());
}

void QuestionInput::refresh() {
  const qsizetype length = m_editor->toPlainText().size();
  const bool blank = m_editor->toPlainText().trimmed().isEmpty();
  //: placeholder of the field where questions are written
  m_editor->setHint(m_segmentsRead > 0
                        ? tr("Ask about the first %Ln segment(s)\u2026", "", clampedToInt(m_segmentsRead))
                        : tr("Ask about the document\u2026"));
  m_button->setText(m_answering ? tr("Stop") : tr("Ask"));
  m_button->setEnabled(m_answering || (m_reason.isEmpty() && !blank));
  m_button->setAccessibleName(m_button->text());
  m_button->setAccessibleDescription(m_answering ? tr("Stops the answer that is being written.")
                                                 : tr("Asks the question in the field above."));
  if (!m_reason.isEmpty()) {
    m_caption->setText(m_reason);
  } else if (m_characterLimit > 0 && length > m_characterLimit) {
    m_caption->setText(tr("%Ln character(s) more than a question should have. Shorten it, or it may be refused.", "",
                          clampedToInt(length - m_characterLimit)));
  } else if (m_answering && !blank) {
    m_caption->setText(tr("Enter puts the question behind the one being answered"));
  } else {
    m_caption->setText(tr("Enter asks, Shift+Enter starts a new line"));
  }
}

void QuestionInput::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange) applyColors();
  if (event->type() == QEvent::LanguageChange) refresh();
}

void QuestionInput::applyColors() {
  const ThemeColors& colors = themeColors(palette());
  QFont small = font();
  if (small.pointSizeF() > 0) small.setPointSizeF(small.pointSizeF() * 0.88);
  m_caption->setFont(small);
  QPalette dim = palette();
  dim.setColor(QPalette::WindowText, colors.dim);
  m_caption->setPalette(dim);
  m_asOfSpin->setFont(small);
  const int side = QFontMetrics(small).ascent();
  m_asOfClear->setIconSize({side, side});
  // A radius above half of the height would draw square corners.
  const int radius = QFontMetrics(small).height() / 2;
  m_asOfChip->setStyleSheet(
      QStringLiteral("#asOfChip { background: %1; border: 1px solid %2; border-radius: %3px; }"
                     "#asOfChip QSpinBox { background: transparent; border: none; padding: 0; }"
                     "#asOfChip QSpinBox:focus { border: none; border-bottom: 1px solid %4; }"
                     "#asOfChip QToolButton { padding: 0 4px; }")
          .arg(colors.raised.name(), colors.line.name(), QString::number(radius), colors.accent.name()));
}

}  // namespace tidemark::ui

#include "ui/chat/question_editor.h"

#include <QFontMetrics>
#include <QKeyEvent>
#include <QMimeData>
#include <QScrollBar>
#include <QTextDocument>
#include <algorithm>
#include <cmath>

namespace tidemark::ui {

QuestionEditor::QuestionEditor(QWidget* parent) : QPlainTextEdit(parent) {
  setTabChangesFocus(true);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  setWordWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
  setAccessibleName(tr("Question"));
  setAccessibleDescription(
      tr("Enter asks, Shift and Enter start a new line, Up in an empty field brings back the previous question."));
  connect(this, &QPlainTextEdit::textChanged, this, [this] {
    if (!m_recalling) m_recalled = -1;
    fitHeight();
  });
}

void QuestionEditor::setHistory(const QStringList& questions) {
  m_history = questions;
  m_recalled = -1;
}

void QuestionEditor::setHint(const QString& text) {
  if (text == placeholderText()) return;
  setPlaceholderText(text);
  viewport()->update();  // of itself it is painted anew only when it comes or goes
  fitHeight();
}

int QuestionEditor::visualLines() const {
  if (document()->isEmpty()) {
    const int margin = static_cast<int>(std::ceil(document()->documentMargin()));
    const QRect room(0, 0, std::max(1, viewport()->width() - margin), 100000);
    const int needed = fontMetrics().boundingRect(room, Qt::TextWordWrap, placeholderText()).height();
    return std::max(1, static_cast<int>(std::lround(needed / QFontMetricsF(font()).lineSpacing())));
  }
  // The layout of plain text documents counts its height in lines.
  return std::max(1, static_cast<int>(std::lround(document()->size().height())));
}

int QuestionEditor::heightOf(int lines) const {
  const int around = height() - viewport()->height();
  const qreal margins = 2 * document()->documentMargin();
  return static_cast<int>(std::ceil(lines * QFontMetricsF(font()).lineSpacing() + margins)) + std::max(around, 2);
}

void QuestionEditor::fitHeight() {
  const int lines = visualLines();
  setVerticalScrollBarPolicy(lines > kMostLines ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
  const int wanted = heightOf(std::min(lines, kMostLines));
  if (wanted == minimumHeight() && wanted == maximumHeight()) return;
  setFixedHeight(wanted);
  if (lines <= kMostLines) verticalScrollBar()->setValue(0);
}

QSize QuestionEditor::sizeHint() const {
  return {QFontMetrics(font()).averageCharWidth() * 30, heightOf(std::min(visualLines(), kMostLines))};
}

QSize QuestionEditor::minimumSizeHint() const {
  return {QFontMetrics(font()).averageCharWidth() * 10, heightOf(1)};
}

bool QuestionEditor::recall(int step) {
  const bool untouched = m_recalled >= 0;
  if (m_history.isEmpty() || (!untouched && (step > 0 || !toPlainText().isEmpty()))) return false;
  const qsizetype wanted = (untouched ? m_recalled : m_history.size()) + step;
  if (wanted < 0) return true;
  m_recalling = true;
  m_recalled = wanted < m_history.size() ? wanted : -1;
  setPlainText(m_recalled < 0 ? QString() : m_history[m_recalled]);
  m_recalling = false;
  moveCursor(QTextCursor::End);
  return true;
}

void QuestionEditor::keyPressEvent(QKeyEvent* event) {
  const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
  if (isEnter && !(event->modifiers() & (Qt::ShiftModifier | Qt::AltModifier))) {
    Q_EMIT askPressed();
    event->accept();
    return;
  }
  if (isEnter) {
    // Left alone, Shift+Enter would put a line separator into the text.
    textCursor().insertBlock();
    ensureCursorVisible();
    return;
  }
  const bool plain = !(event->modifiers() & ~Qt::KeypadModifier);
  if (plain && event->key() == Qt::Key_Up && recall(-1)) return;
  if (plain && event->key() == Qt::Key_Down && recall(1)) return;
  QPlainTextEdit::keyPressEvent(event);
}

void QuestionEditor::resizeEvent(QResizeEvent* event) {
  QPlainTextEdit::resizeEvent(event);
  fitHeight();
}

void QuestionEditor::changeEvent(QEvent* event) {
  QPlainTextEdit::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange) {
    fitHeight();
    updateGeometry();
  }
}

void QuestionEditor::insertFromMimeData(const QMimeData* source) {
  // Files dropped here are meant for the window, not as the text of a question.
  if (source->hasText() && !source->hasUrls()) insertPlainText(source->text());
}

}  // namespace tidemark::ui

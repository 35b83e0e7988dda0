#pragma once
// Where a question is written: grows with its text to six lines, Enter asks, Shift+Enter starts a new line, Up in an
// empty editor brings back earlier questions. GUI thread.

#include <QPlainTextEdit>
#include <QStringList>

namespace tidemark::ui {

class QuestionEditor final : public QPlainTextEdit {
  Q_OBJECT

 public:
  static constexpr int kMostLines = 6;

  explicit QuestionEditor(QWidget* parent = nullptr);

  /// Earlier questions, oldest first.
  void setHistory(const QStringList& questions);
  /// Placeholder; an empty editor is as tall as it needs.
  void setHint(const QString& text);
  [[nodiscard]] int visualLines() const;  // of the text, or of the placeholder while there is none

  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;

 Q_SIGNALS:
  void askPressed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
  void insertFromMimeData(const QMimeData* source) override;

 private:
  void fitHeight();
  [[nodiscard]] int heightOf(int lines) const;
  bool recall(int step);

  QStringList m_history;
  qsizetype m_recalled = -1;  // index in m_history of what stands in the editor, -1: it was typed
  bool m_recalling = false;
};

}  // namespace tidemark::ui

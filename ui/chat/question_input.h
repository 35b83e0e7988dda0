#pragma once
// The editor with what belongs to asking: the memory to ask ("as of segment 120"), the button that asks or stops, and a
// line that says why nothing can be asked or that the question is long. GUI thread.

#include <QStringList>
#include <QWidget>
#include <optional>

class QLabel;
class QPushButton;
class QSpinBox;
class QToolButton;

namespace tidemark::ui {

class QuestionEditor;

class QuestionInput final : public QWidget {
  Q_OBJECT

 public:
  explicit QuestionInput(QWidget* parent = nullptr);

  [[nodiscard]] QString text() const;
  void setText(const QString& text);
  void clearText();

  /// The segment whose memory is asked, counted from 0; empty: the newest.
  [[nodiscard]] std::optional<qint64> asOf() const;
  void setAsOf(std::optional<qint64> segment);

  /// Why nothing can be asked; empty: it can. The editor stays open for writing.
  void setAvailability(const QString& reason, qint64 segmentsRead);
  void setAnswering(bool answering);
  /// Longer questions get a hint; 0: none.
  void setCharacterLimit(int characters);
  void setHistory(const QStringList& questions);
  void focusEditor();

  [[nodiscard]] QString caption() const;

 Q_SIGNALS:
  void askRequested(const QString& question, std::optional<qint64> asOfSegment);
  void stopRequested();
  void textChanged();

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void buildAsOfChip();
  void applyColors();
  void refresh();
  void ask();

  QuestionEditor* m_editor = nullptr;
  QWidget* m_asOfChip = nullptr;
  QSpinBox* m_asOfSpin = nullptr;
  QToolButton* m_asOfClear = nullptr;
  QLabel* m_caption = nullptr;
  QPushButton* m_button = nullptr;
  QString m_reason;
  qint64 m_segmentsRead = 0;
  int m_characterLimit = 0;
  bool m_answering = false;
};

}  // namespace tidemark::ui

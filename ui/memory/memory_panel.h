#pragma once
// What the panels of both memory tools are: a form with the button that starts, and progress and a way to stop in its
// place; a sentence about what went wrong; below, what the panel is for, or the parts of what came of it side by side.
// GUI thread.

#include <QWidget>
#include <initializer_list>
#include <vector>

class QLabel;
class QProgressBar;
class QPushButton;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace tidemark::ui {

class FlowRow;

class MemoryPanel : public QWidget {
  Q_OBJECT

 public:
  [[nodiscard]] bool isBusy() const { return m_isBusy; }
  /// The last result stays when the work is stopped.
  void end();
  /// One sentence; the last result stays below it.
  void showProblem(const QString& sentence);
  [[nodiscard]] QString problem() const;
  /// What came of it, in a few sentences; empty: nothing did yet.
  [[nodiscard]] virtual QString summary() const = 0;
  /// All of it, to be copied.
  [[nodiscard]] virtual QString asText() const = 0;

 Q_SIGNALS:
  void stopRequested();

 protected:
  struct Texts {
    QString caption;
    QString start;
    QString stop;
    QString progress;  // what the bar is called
    QString purpose;   // shown until there is a result
    QString copy;      // of the button
    QString copyName;  // of the same, for screen readers
  };
  using QWidget::QWidget;

  /// Once, after `fields`, which stand between caption and button: the keyboard goes through a panel in the order in
  /// which its parts were made. `note` stands below the form; null: there is none.
  void makeFrame(const Texts& texts, std::initializer_list<QWidget*> fields, QLabel* note);
  /// Beside the last one.
  void addPart(const QString& caption, QWidget* content);
  /// Below each other the parts take at least so many lines.
  void setTallLines(int lines) { m_tallLines = lines; }
  [[nodiscard]] QPushButton& startButton() { return *m_start; }
  [[nodiscard]] QProgressBar& progress() { return *m_progress; }
  [[nodiscard]] QSplitter& parts() { return *m_splitter; }

  /// Work begins: the last problem goes.
  void begin();
  /// Another session: nothing of the last one is going on.
  void leave();
  void showProgress(const QString& text);
  /// A result is there; it is also said aloud.
  void finish();
  /// What there is now; calls showFrame.
  virtual void showState() = 0;
  void showFrame(bool canStart, bool hasResult);
  /// Colours, and what depends on the font.
  virtual void applyColors();
  /// About a quarter of a line, of which margins are made.
  [[nodiscard]] int step() const;
  void dim(QLabel& label) const;

  void changeEvent(QEvent* event) override;
  void focusInEvent(QFocusEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void showEvent(QShowEvent* event) override;

 private:
  [[nodiscard]] QWidget* makeResult();

  bool m_isBusy = false;
  int m_tallLines = 0;
  std::vector<QWidget*> m_fields;
  std::vector<QLabel*> m_partCaptions;
  FlowRow* m_form = nullptr;
  QLabel* m_caption = nullptr;
  QPushButton* m_start = nullptr;
  QPushButton* m_stop = nullptr;
  QProgressBar* m_progress = nullptr;
  QLabel* m_progressText = nullptr;
  QLabel* m_problem = nullptr;
  QStackedWidget* m_stack = nullptr;
  QLabel* m_placeholder = nullptr;
  QLabel* m_summary = nullptr;
  QToolButton* m_copy = nullptr;
  QSplitter* m_splitter = nullptr;
};

}  // namespace tidemark::ui

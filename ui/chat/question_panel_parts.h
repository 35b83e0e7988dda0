#pragma once
// Small parts of the questions panel: what it shows before the first question, and the search in the history. GUI
// thread.

#include <QAbstractButton>
#include <QStringList>
#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;
class QVBoxLayout;

namespace tidemark::ui {

/// An example question in a bubble; wraps.
class ExampleButton final : public QAbstractButton {
  Q_OBJECT

 public:
  ExampleButton(const QString& question, QWidget* parent);
  [[nodiscard]] QSize sizeHint() const override;
  [[nodiscard]] QSize minimumSizeHint() const override;
  [[nodiscard]] bool hasHeightForWidth() const override { return true; }
  [[nodiscard]] int heightForWidth(int width) const override;

 protected:
  void paintEvent(QPaintEvent* event) override;
  void keyPressEvent(QKeyEvent* event) override;

 private:
  [[nodiscard]] int padding() const;
};

class EmptyConversation final : public QWidget {
  Q_OBJECT

 public:
  explicit EmptyConversation(QWidget* parent = nullptr);
  void setExamples(const QStringList& questions);

 Q_SIGNALS:
  void exampleChosen(const QString& question);

 protected:
  void changeEvent(QEvent* event) override;

 private:
  void applyColors();

  QLabel* m_title = nullptr;
  QLabel* m_text = nullptr;
  QVBoxLayout* m_examples = nullptr;
};

/// A field with a count; Escape closes it.
class HistorySearch final : public QWidget {
  Q_OBJECT

 public:
  explicit HistorySearch(QWidget* parent = nullptr);
  void open();
  void close();
  [[nodiscard]] QString text() const;
  /// `found` of `all` exchanges contain the text.
  void setCount(int found, int all);
  [[nodiscard]] QString countText() const;

 Q_SIGNALS:
  void textChanged(const QString& text);
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;

 private:
  QLineEdit* m_field = nullptr;
  QLabel* m_count = nullptr;
  QToolButton* m_close = nullptr;
};

}  // namespace tidemark::ui

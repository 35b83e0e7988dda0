#pragma once
// The row under the text that takes "p. 12", "segment 41", "38 %" or "byte 1000". GUI thread.

#include <QWidget>

#include "ui/document/go_to.h"

class QLabel;
class QLineEdit;

namespace tidemark::ui {

class GoToBar : public QWidget {
  Q_OBJECT

 public:
  explicit GoToBar(QWidget* parent = nullptr);

  void open();
  /// The words of the program's language and the English ones.
  [[nodiscard]] static GoToWords words();
  void showError(GoToError error, const DocumentText& text, const SegmentList& segments);
  /// What was entered is neither a place nor the label of a page.
  void showNotUnderstood();
  [[nodiscard]] QString errorText() const;

 Q_SIGNALS:
  void targetEntered(const tidemark::ui::GoToTarget& target);
  /// Something that is no number: it may be printed on a page.
  void labelEntered(const QString& label);
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void sizeIcons();
  void enter();

  QLineEdit* m_edit;
  QLabel* m_error;
};

}  // namespace tidemark::ui

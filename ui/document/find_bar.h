#pragma once
// The row under the text that finds words in it. GUI thread; holds no matches itself.

#include <QWidget>

#include "ui/document/find_session.h"
#include "ui/document/text_search.h"

class QLabel;
class QLineEdit;
class QToolButton;

namespace tidemark::ui {

class FindBar : public QWidget {
  Q_OBJECT

 public:
  explicit FindBar(QWidget* parent = nullptr);

  /// Shows the bar and puts the cursor into it; `text` replaces what was looked for, if it is not empty.
  void open(const QString& text);
  [[nodiscard]] SearchQuery query() const;
  /// "3 of 128", "128+" while the search runs, "no match".
  void showCount(const FindSession& session);
  [[nodiscard]] QString countText() const;

 Q_SIGNALS:
  /// Text or options changed.
  void queryChanged();
  void nextRequested();
  void previousRequested();
  void closed();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void sizeIcons();
  QLineEdit* m_edit;
  QLabel* m_count;
  QToolButton* m_matchCase;
  QToolButton* m_wholeWords;
};

}  // namespace tidemark::ui

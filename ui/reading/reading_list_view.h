#pragma once
// The list itself: rows are dragged, or moved with Alt and the arrow keys. GUI thread.

#include <QListView>

namespace tidemark::ui {

class ReadingListView final : public QListView {
  Q_OBJECT
 public:
  explicit ReadingListView(QWidget* parent = nullptr);

 Q_SIGNALS:
  void moveRequested(int places);
  void removeRequested();
  void forceRequested();

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void changeEvent(QEvent* event) override;
};

}  // namespace tidemark::ui

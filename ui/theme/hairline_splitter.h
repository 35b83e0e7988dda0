#pragma once
// Parts of a window with a hairline between them, like docks. GUI thread.

#include <QSplitter>

namespace tidemark::ui {

class HairlineSplitter final : public QSplitter {
  Q_OBJECT

 public:
  explicit HairlineSplitter(Qt::Orientation orientation, QWidget* parent = nullptr);

 protected:
  QSplitterHandle* createHandle() override;
};

}  // namespace tidemark::ui

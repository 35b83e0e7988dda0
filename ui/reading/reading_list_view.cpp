#include "ui/reading/reading_list_view.h"

#include <QKeyEvent>

#include "ui/reading/reading_list_delegate.h"

namespace tidemark::ui {

ReadingListView::ReadingListView(QWidget* parent) : QListView(parent) {
  setItemDelegate(new ReadingListDelegate(this));
  setAccessibleName(tr("Files to be read"));
  setAccessibleDescription(
      tr("In the order in which they will be read. Alt with the arrow keys moves a file, Delete "
         "takes it out of the list, the space bar reads a scan all the same."));
  setFrameShape(QFrame::NoFrame);
  setMouseTracking(true);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  setDragDropMode(QAbstractItemView::InternalMove);
  setDefaultDropAction(Qt::MoveAction);
  setDropIndicatorShown(true);
  viewport()->setAttribute(Qt::WA_Hover);
}

void ReadingListView::keyPressEvent(QKeyEvent* event) {
  const bool alt =
      event->modifiers() == Qt::AltModifier || event->modifiers() == (Qt::AltModifier | Qt::KeypadModifier);
  if (alt && (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down)) {
    Q_EMIT moveRequested(event->key() == Qt::Key_Up ? -1 : 1);
  } else if (event->key() == Qt::Key_Delete && event->modifiers() == Qt::NoModifier) {
    Q_EMIT removeRequested();
  } else if (event->key() == Qt::Key_Space && event->modifiers() == Qt::NoModifier) {
    Q_EMIT forceRequested();
  } else {
    QListView::keyPressEvent(event);
  }
}

void ReadingListView::resizeEvent(QResizeEvent* event) {
  QListView::resizeEvent(event);
  scheduleDelayedItemsLayout();  // sentences wrap elsewhere
}

void ReadingListView::changeEvent(QEvent* event) {
  QListView::changeEvent(event);
  if (event->type() == QEvent::FontChange) scheduleDelayedItemsLayout();
}

}  // namespace tidemark::ui

#include "ui/sessions/sidebar_list.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QPainter>

#include "ui/sessions/session_delegate.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {

SidebarList::SidebarList(const QString& name, const QString& description, QWidget* parent) : QListView(parent) {
  setAccessibleName(name);
  setAccessibleDescription(description);
  setItemDelegate(new SessionDelegate(this));
  setFrameShape(QFrame::NoFrame);
  setUniformItemSizes(true);
  setMouseTracking(true);
  setEditTriggers(QAbstractItemView::EditKeyPressed);
  setSelectionMode(QAbstractItemView::SingleSelection);
  setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
  setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  viewport()->setAttribute(Qt::WA_Hover);
}

void SidebarList::setPlaceholder(const QString& text) {
  m_placeholder = text;
  viewport()->update();
}

void SidebarList::keyPressEvent(QKeyEvent* event) {
  const QModelIndex index = currentIndex();
  if (index.isValid() && state() != QAbstractItemView::EditingState && event->modifiers() == Qt::NoModifier) {
    if (event->key() == Qt::Key_Delete) {
      Q_EMIT deletePressed(index);
      return;
    }
  }
  if (index.isValid() && state() != QAbstractItemView::EditingState &&
      (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)) {
    Q_EMIT enterPressed(index);
    return;
  }
  QListView::keyPressEvent(event);
}

void SidebarList::contextMenuEvent(QContextMenuEvent* event) {
  const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
  const QModelIndex index = byKey ? currentIndex() : indexAt(event->pos());
  if (!index.isValid()) return;
  setCurrentIndex(index);
  Q_EMIT menuRequested(index, byKey ? viewport()->mapToGlobal(visualRect(index).center()) : event->globalPos());
  event->accept();
}

void SidebarList::paintEvent(QPaintEvent* event) {
  QListView::paintEvent(event);
  if (m_placeholder.isEmpty() || (model() != nullptr && model()->rowCount(rootIndex()) > 0)) return;
  QPainter painter(viewport());
  painter.setPen(themeColors(palette()).dim);
  const int margin = fontMetrics().height();
  painter.drawText(viewport()->rect().adjusted(margin, margin / 2, -margin, 0), Qt::TextWordWrap | Qt::AlignLeading,
                   m_placeholder);
}

void SidebarList::changeEvent(QEvent* event) {
  QListView::changeEvent(event);
  if (event->type() == QEvent::FontChange) scheduleDelayedItemsLayout();
  if (event->type() == QEvent::PaletteChange) viewport()->update();
}

}  // namespace tidemark::ui

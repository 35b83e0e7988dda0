#pragma once
// A list of the sidebar: keys, context menu, and words where there is nothing to list. GUI thread.

#include <QListView>

namespace tidemark::ui {

class SidebarList final : public QListView {
  Q_OBJECT
 public:
  /// `name` and `description` are for screen readers.
  SidebarList(const QString& name, const QString& description, QWidget* parent = nullptr);

  /// What is written where the list is empty.
  void setPlaceholder(const QString& text);

 Q_SIGNALS:
  void enterPressed(const QModelIndex& index);
  void deletePressed(const QModelIndex& index);
  /// By mouse on a row, or by key for the current one.
  void menuRequested(const QModelIndex& index, const QPoint& globalPosition);

 protected:
  void keyPressEvent(QKeyEvent* event) override;
  void contextMenuEvent(QContextMenuEvent* event) override;
  void paintEvent(QPaintEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  QString m_placeholder;
};

}  // namespace tidemark::ui

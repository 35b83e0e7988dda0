#pragma once
// Makes a whole window take files, folders and text that are dropped on it, and shows that it would.

#include <QObject>
#include <QPointer>
#include <QString>
#include <QStringList>

class QDropEvent;
class QMimeData;
class QWidget;

namespace tidemark::ui {

/// What a drop would bring: local paths (each once, in order; folders as they are), or text if there are none. Links to
/// other machines are not followed and bring nothing.
struct DropContents {
  QStringList paths;
  QString text;

  [[nodiscard]] bool isEmpty() const { return paths.isEmpty() && text.isEmpty(); }
};
[[nodiscard]] DropContents dropContents(const QMimeData* data);

/// Watches `window` (a top level widget) and the drags that reach it anywhere. Drags that began inside the program, and
/// text over a field that takes text, are left alone. Nothing is read or listed here. GUI thread.
class DropTarget : public QObject {
  Q_OBJECT

 public:
  explicit DropTarget(QWidget* window);
  /// E.g. while a modal dialog is open.
  void setEnabled(bool enabled) { m_isEnabled = enabled; }
  [[nodiscard]] bool isOverlayVisible() const;

 Q_SIGNALS:
  void filesDropped(const QStringList& paths);
  void textDropped(const QString& text);

 protected:
  bool eventFilter(QObject* watched, QEvent* event) override;

 private:
  [[nodiscard]] bool wants(const QDropEvent* event) const;
  void watchHandle();
  bool drop(QDropEvent* event);
  void showOverlay(const QMimeData* data);
  void hideOverlay();

  QPointer<QWidget> m_window;
  QPointer<QWidget> m_overlay;
  bool m_isEnabled = true;
};

}  // namespace tidemark::ui

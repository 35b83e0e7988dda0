#include "ui/shell/drop_target.h"

#include <QDropEvent>
#include <QMimeData>
#include <QPainter>
#include <QSet>
#include <QTimer>
#include <QUrl>
#include <QWidget>
#include <QWindow>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kFrameMargin = 16;
constexpr int kFrameRadius = 12;
constexpr qsizetype kMostText = 64 * 1024 * 1024;

class DropOverlay final : public QWidget {
 public:
  explicit DropOverlay(QWidget* parent) : QWidget(parent) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
  }

  void setText(const QString& text) {
    m_text = text;
    setAccessibleName(text);
    update();
  }

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    const ThemeColors& colors = themeColors(palette());
    QColor veil = colors.background;
    veil.setAlpha(225);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), veil);
    painter.setPen(QPen(colors.accent, 2, Qt::DashLine, Qt::RoundCap));
    painter.drawRoundedRect(QRectF(rect()).adjusted(kFrameMargin, kFrameMargin, -kFrameMargin, -kFrameMargin),
                            kFrameRadius, kFrameRadius);
    QFont large = font();
    large.setPointSizeF(font().pointSizeF() * 1.6);
    large.setWeight(QFont::DemiBold);
    painter.setFont(large);
    painter.setPen(colors.text);
    painter.drawText(rect().adjusted(2 * kFrameMargin, 2 * kFrameMargin, -2 * kFrameMargin, -2 * kFrameMargin),
                     static_cast<int>(Qt::AlignCenter) | static_cast<int>(Qt::TextWordWrap), m_text);
  }

 private:
  QString m_text;
};

bool takesText(const QWidget* widget) {
  return widget != nullptr && widget->isEnabled() && widget->acceptDrops() &&
         widget->testAttribute(Qt::WA_InputMethodEnabled);
}

}  // namespace

DropContents dropContents(const QMimeData* data) {
  DropContents contents;
  if (data == nullptr) return contents;
  if (data->hasUrls()) {
    QSet<QString> seen;
    for (const QUrl& url : data->urls()) {
      if (!url.isLocalFile()) continue;
      const QString path = url.toLocalFile();
      if (path.isEmpty() || seen.contains(path)) continue;
      seen.insert(path);
      contents.paths += path;
    }
    return contents;  // the text beside links is only their addresses
  }
  if (data->hasText() && data->text().size() <= kMostText) contents.text = data->text();
  if (contents.text.trimmed().isEmpty()) contents.text.clear();
  return contents;
}

DropTarget::DropTarget(QWidget* window) : QObject(window), m_window(window), m_overlay(new DropOverlay(window)) {
  window->setAcceptDrops(true);
  window->installEventFilter(this);
  watchHandle();
}

bool DropTarget::isOverlayVisible() const {
  return !m_overlay.isNull() && !m_overlay->isHidden();
}

void DropTarget::watchHandle() {
  // Drags reach the native window before any widget in it: editors inside do not get to swallow files.
  if (m_window.isNull() || m_window->windowHandle() == nullptr) return;
  m_window->windowHandle()->removeEventFilter(this);
  m_window->windowHandle()->installEventFilter(this);
}

bool DropTarget::wants(const QDropEvent* event) const {
  if (!m_isEnabled || m_window.isNull() || !m_window->isEnabled() || event->source() != nullptr) return false;
  const QMimeData* data = event->mimeData();
  if (data->hasUrls()) {
    for (const QUrl& url : data->urls()) {
      if (url.isLocalFile()) return true;
    }
    return false;
  }
  return data->hasText() && !takesText(m_window->childAt(event->position().toPoint()));
}

void DropTarget::showOverlay(const QMimeData* data) {
  if (m_window.isNull() || m_overlay.isNull()) return;
  auto* overlay = static_cast<DropOverlay*>(m_overlay.data());
  overlay->setText(data->hasUrls() ? tr("Drop to open %Ln item(s)", nullptr, static_cast<int>(data->urls().size()))
                                   : tr("Drop to read this text as a new document"));
  overlay->setGeometry(m_window->rect());
  overlay->show();
  overlay->raise();
}

void DropTarget::hideOverlay() {
  if (!m_overlay.isNull()) m_overlay->hide();
}

bool DropTarget::drop(QDropEvent* event) {
  hideOverlay();
  if (!wants(event)) return false;
  const DropContents contents = dropContents(event->mimeData());
  if (contents.isEmpty()) return false;
  event->setDropAction(Qt::CopyAction);  // never "move": the source would delete the file
  event->accept();
  // Queued: the program that the drag comes from waits until this event returns.
  QTimer::singleShot(0, this, [this, contents] {
    if (!contents.paths.isEmpty()) {
      Q_EMIT filesDropped(contents.paths);
    } else {
      Q_EMIT textDropped(contents.text);
    }
  });
  return true;
}

bool DropTarget::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::Show:
    case QEvent::WinIdChange:
      watchHandle();
      break;
    case QEvent::Resize:
      if (isOverlayVisible()) m_overlay->setGeometry(m_window->rect());
      break;
    case QEvent::DragEnter:
    case QEvent::DragMove: {
      auto* drag = static_cast<QDropEvent*>(event);
      if (!wants(drag)) {
        hideOverlay();
        break;
      }
      if (!isOverlayVisible()) showOverlay(drag->mimeData());
      drag->setDropAction(Qt::CopyAction);
      drag->accept();
      return true;
    }
    case QEvent::DragLeave:
      hideOverlay();
      break;
    case QEvent::Drop:
      if (drop(static_cast<QDropEvent*>(event))) return true;
      break;
    default:
      break;
  }
  return QObject::eventFilter(watched, event);
}

}  // namespace tidemark::ui

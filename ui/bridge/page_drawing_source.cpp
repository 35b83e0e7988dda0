#include "ui/bridge/page_drawing_source.h"

#include <algorithm>
#include <utility>

namespace tidemark::ui {

PageDrawingSource::PageDrawingSource(std::unique_ptr<PageDrawer> drawer, Sentence sentence, QObject* parent)
    : PageSource(parent), m_drawer(std::move(drawer)), m_sentence(std::move(sentence)) {
  m_thread = std::jthread([this](const std::stop_token& stop) { threadMain(stop); });
}

PageDrawingSource::~PageDrawingSource() {
  m_thread.request_stop();
  {
    const std::lock_guard lock(m_mutex);
    m_drawingStop.request_stop();
  }
  m_thread.join();
}

void PageDrawingSource::open() {
  const std::lock_guard lock(m_mutex);
  m_opens = true;
  m_changed.notify_all();
}

void PageDrawingSource::want(std::vector<PageRequest> requests) {
  m_awaited = requests;
  const std::lock_guard lock(m_mutex);
  m_waiting = std::move(requests);
  if (m_drawing) {
    // What is being drawn goes on if it is still wanted, however far down the list; it must not be drawn twice.
    if (std::erase(m_waiting, *m_drawing) == 0) {
      m_drawingStop.request_stop();
      m_drawing.reset();  // given up: wanted again, it is drawn anew
    }
  }
  m_changed.notify_all();
}

/// Posted to the source itself: events for an object that is gone are dropped by Qt.
void PageDrawingSource::post(std::function<void()> action) {
  QMetaObject::invokeMethod(this, std::move(action), Qt::QueuedConnection);
}

bool PageDrawingSource::isWanted(const PageRequest& request) const {
  return std::find(m_awaited.begin(), m_awaited.end(), request) != m_awaited.end();
}

void PageDrawingSource::deliver(const PageRequest& request, Result<PagePicture> drawn) {
  if (!isWanted(request)) return;
  std::erase(m_awaited, request);
  if (drawn) {
    Q_EMIT pictureReady(*drawn);
  } else {
    Q_EMIT pageFailed(request.page, QString::fromStdString(drawn.error().message));
  }
}

void PageDrawingSource::threadMain(const std::stop_token& stop) {
  {
    std::unique_lock lock(m_mutex);
    if (!m_changed.wait(lock, stop, [this] { return m_opens; })) return;
  }
  auto sizes = m_drawer->open();
  if (!sizes) {
    post([this, error = sizes.error()] { Q_EMIT unavailable(m_sentence(error)); });
    return;
  }
  post([this, points = std::move(*sizes)] { Q_EMIT opened(points); });
  while (true) {
    PageRequest request;
    std::stop_token drawingStop;
    {
      std::unique_lock lock(m_mutex);
      m_drawing.reset();
      if (!m_changed.wait(lock, stop, [this] { return !m_waiting.empty(); }) || stop.stop_requested()) return;
      request = std::move(m_waiting.front());
      m_waiting.erase(m_waiting.begin());
      m_drawing = request;
      m_drawingStop = std::stop_source();
      drawingStop = m_drawingStop.get_token();
    }
    auto drawn = m_drawer->draw(request, drawingStop);
    if (stop.stop_requested()) return;
    if (!drawn && drawn.error().code == ErrorCode::kCancelled) continue;
    if (drawn) {
      drawn->request = request;
      recolor(drawn->image, request.colors);
    }
    post([this, request, drawn = std::move(drawn)]() mutable { deliver(request, std::move(drawn)); });
  }
}

}  // namespace tidemark::ui

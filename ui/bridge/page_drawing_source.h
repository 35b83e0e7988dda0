#pragma once
// Pictures of pages, drawn on a thread of their own: always the page that is wanted most, and none that nobody wants
// any more. What is drawn when it stops being wanted is given up.

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>
#include <vector>

#include "engine/base/result.h"
#include "ui/pages/page_source.h"

namespace tidemark::ui {

/// Draws pages; called on the source's thread only, and may block.
class PageDrawer {
 public:
  PageDrawer() = default;
  PageDrawer(const PageDrawer&) = delete;
  PageDrawer& operator=(const PageDrawer&) = delete;
  virtual ~PageDrawer() = default;

  /// The sizes of all pages, in points.
  [[nodiscard]] virtual Result<std::vector<QSizeF>> open() = 0;
  /// Black on white; the colours of the request are not its business.
  [[nodiscard]] virtual Result<PagePicture> draw(const PageRequest& request, const std::stop_token& stop) = 0;
};

class PageDrawingSource final : public PageSource {
  Q_OBJECT

 public:
  using Sentence = std::function<QString(const Error&)>;

  /// `sentence` puts the error of open() into words, on the GUI thread.
  PageDrawingSource(std::unique_ptr<PageDrawer> drawer, Sentence sentence, QObject* parent = nullptr);
  /// Gives up what is being drawn and waits for that.
  ~PageDrawingSource() override;

  void open() override;
  void want(std::vector<PageRequest> requests) override;

 private:
  void threadMain(const std::stop_token& stop);
  void post(std::function<void()> action);
  void deliver(const PageRequest& request, Result<PagePicture> drawn);
  [[nodiscard]] bool isWanted(const PageRequest& request) const;

  std::unique_ptr<PageDrawer> m_drawer;  // the thread's
  Sentence m_sentence;
  std::vector<PageRequest> m_awaited;  // GUI thread: wanted and not delivered

  std::mutex m_mutex;
  std::condition_variable_any m_changed;
  bool m_opens = false;                  // guarded by m_mutex
  std::vector<PageRequest> m_waiting;    // guarded by m_mutex: the first one is drawn next
  std::optional<PageRequest> m_drawing;  // guarded by m_mutex
  std::stop_source m_drawingStop;        // guarded by m_mutex
  std::jthread m_thread;                 // last: joined before the rest goes away
};

}  // namespace tidemark::ui

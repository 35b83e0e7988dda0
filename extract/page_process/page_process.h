#pragma once
// A second process of the same program that reads pages ahead of the first: fork() while there is one thread and no
// library has been started, then nothing until it is told to begin.

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

#include "extract/page_process/page_messages.h"

namespace tidemark {

/// Used by one thread.
class PageProcess {
 public:
  /// Makes it. It is a copy of this process as it is now, so it stands inside whatever walls there are already; its
  /// standard input and output are not ours. `work` gets its end of a socket once start() is called here, and the
  /// process ends when `work` returns. It does not outlive this one: the system kills it when the calling thread, which
  /// must be the last to end, is gone. From here on, writing to what nobody reads is an error and no signal.
  /// Only while this process has one thread. Errors: kIo.
  [[nodiscard]] static Result<PageProcess> prepare(const std::function<void(int socket)>& work);
  PageProcess(PageProcess&& other) noexcept;
  PageProcess& operator=(PageProcess&&) = delete;
  ~PageProcess() { end(); }

  /// Tells it to begin, once.
  void start();
  /// False: it is gone, or takes nothing any more.
  [[nodiscard]] bool ask(PageRange range);
  /// The next answer, waiting at most so long for it. Nothing: it has not come. Errors: kCorrupt (not an answer), kIo
  /// (there will be none).
  [[nodiscard]] Result<std::optional<PageMessage>> receive(std::chrono::milliseconds wait);
  /// Lets it go: it ends by itself then, meanwhile.
  void close();
  /// Lets it go and waits for its end; not for long, since it may have been taken over.
  void end();

 private:
  PageProcess(pid_t process, int socket);
  [[nodiscard]] bool write(std::string_view bytes) const;

  pid_t m_process;
  int m_socket;
  bool m_isStarted = false;
  PageMessageReader m_messages;
  std::vector<char> m_buffer;
};

}  // namespace tidemark

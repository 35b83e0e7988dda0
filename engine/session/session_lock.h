#pragma once
// One writer per session, across processes: an exclusive lock on a side file PATH-lock that holds the writer's process
// id. The system frees it however the process ends, so a file left behind by a crash locks nothing.

#include <filesystem>

#include "engine/base/result.h"

namespace tidemark {

class SessionLock {
 public:
  /// Errors: kBusy naming the process that holds it, kIo if the side file cannot be made.
  [[nodiscard]] static Result<SessionLock> acquire(const std::filesystem::path& session);

  SessionLock(SessionLock&& other) noexcept;
  SessionLock& operator=(SessionLock&& other) noexcept;
  SessionLock(const SessionLock&) = delete;
  SessionLock& operator=(const SessionLock&) = delete;
  /// Removes the side file while still holding it.
  ~SessionLock();

 private:
  SessionLock(std::filesystem::path path, int descriptor) : m_path(std::move(path)), m_descriptor(descriptor) {}
  void release() noexcept;

  std::filesystem::path m_path;
  int m_descriptor;  // -1: moved from
};

}  // namespace tidemark

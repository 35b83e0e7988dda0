#include "engine/session/session_forks.h"

#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/session/session_library.h"
#include "engine/session/session_lock.h"
#include "engine/session/session_move.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kForkEnding = "-fork";

fs::path forkName(const fs::path& target) {
  fs::path name = target;
  name += kForkEnding;
  return name;
}

/// Another name than the session's own, whose lock comes and goes with every step of making it.
fs::path nameOfGuard(const fs::path& fork) {
  fs::path name = fork;
  name += "-guard";
  return name;
}

void removeForkFiles(const fs::path& fork) {
  removeSessionFiles(fork);
  fs::path copying = fork;  // of the copy that it begins with
  copying += "-new";
  removeSessionFiles(copying);
  std::error_code ignored;
  for (const fs::path& file : {fork, copying}) fs::remove(file.string() + "-journal", ignored);
}

/// NAME.tidemark-fork, if the file belongs to such a one.
fs::path forkOf(const fs::path& file) {
  const std::string name = file.filename().string();
  const std::string whole = std::string(kSessionSuffix) + std::string(kForkEnding);
  const std::size_t at = name.rfind(whole);
  if (at == std::string::npos || at == 0) return {};
  const std::string_view rest = std::string_view(name).substr(at + whole.size());
  if (!rest.empty() && rest.front() != '-') return {};
  return file.parent_path() / name.substr(0, at + whole.size());
}

}  // namespace

Result<UnfinishedFork> UnfinishedFork::begin(const fs::path& target) {
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) {
    return makeError(ErrorCode::kInvalidArgument, target.string() + " exists already: choose another name");
  }
  const fs::path path = forkName(target);
  Result<SessionLock> lock = SessionLock::acquire(nameOfGuard(path));
  if (!lock) return lock.error().withContext("the fork was not made");
  removeForkFiles(path);
  return UnfinishedFork(target, path, std::make_shared<const SessionLock>(std::move(lock).value()));
}

UnfinishedFork::UnfinishedFork(UnfinishedFork&& other) noexcept
    : m_target(std::move(other.m_target)),
      m_path(std::exchange(other.m_path, fs::path())),
      m_guard(std::move(other.m_guard)) {}

UnfinishedFork::~UnfinishedFork() {
  if (!m_path.empty()) removeForkFiles(m_path);  // while it is still held
}

Status UnfinishedFork::publish() {
  return moveSession(m_path, m_target, "give its name to");
}

void removeUnfinishedForks(const fs::path& folder) {
  std::set<fs::path> forks;
  std::error_code failure;
  fs::directory_iterator entry(folder, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    if (const fs::path fork = forkOf(entry->path()); !fork.empty()) forks.insert(fork);
  }
  for (const fs::path& fork : forks) {
    const auto guard = SessionLock::acquire(nameOfGuard(fork));
    if (!guard) continue;
    // An older Tidemark that makes one knows of no guard, but has the session locked most of the time.
    const auto lock = SessionLock::acquire(fork);
    if (lock) removeForkFiles(fork);
  }
}

}  // namespace tidemark

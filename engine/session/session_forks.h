#pragma once
// A fork while it is being made: a session beside its place, under a name that no folder lists. Blocks: for workers.

#include <filesystem>
#include <memory>

#include "engine/base/result.h"

namespace tidemark {

/// Held from beginning to end, also between the steps in which nobody has the file open, so that nobody else makes a
/// fork of this name or takes it for a leftover. Destroyed unpublished it removes what there is.
class UnfinishedFork {
 public:
  /// Replaces what a killed fork left under this name. Errors: kInvalidArgument (`target` exists), kBusy (somebody is
  /// making it), kIo.
  [[nodiscard]] static Result<UnfinishedFork> begin(const std::filesystem::path& target);

  UnfinishedFork(UnfinishedFork&& other) noexcept;
  UnfinishedFork& operator=(UnfinishedFork&&) = delete;
  ~UnfinishedFork();

  /// Where the session is to be made.
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }
  /// Gives it its name, under which it appears whole. Nobody may have it open. Errors: those of moveSession.
  [[nodiscard]] Status publish();

 private:
  UnfinishedFork(std::filesystem::path target, std::filesystem::path path, std::shared_ptr<const void> guard)
      : m_target(std::move(target)), m_path(std::move(path)), m_guard(std::move(guard)) {}

  std::filesystem::path m_target;
  std::filesystem::path m_path;         // empty: moved from
  std::shared_ptr<const void> m_guard;  // a lock that lasts as long as this
};

/// Removes what forks have left in a folder whose programs were killed; those that somebody is still making stay.
void removeUnfinishedForks(const std::filesystem::path& folder);

}  // namespace tidemark

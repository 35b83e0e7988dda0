#pragma once
// tidemark-cli as a process of its own that can be watched, signalled and put under limits.

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "tests/cli/run_program.h"

namespace tidemark::testing {

// Sanitizers map terabytes, keep freed memory and take their time: limits on those mean nothing under them.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool kSanitized = true;
#else
inline constexpr bool kSanitized = false;
#endif

struct SpawnOptions {
  std::filesystem::path folder;               // to run in; empty: this process's
  std::optional<std::uint64_t> largestFile;   // RLIMIT_FSIZE
  std::optional<std::uint64_t> addressSpace;  // RLIMIT_AS
  bool unprivileged = false;                  // as nobody when the tests run as root, whom no permission stops
  bool closeOutput = false;                   // no descriptor 1 at all
  bool closeErrors = false;                   // no descriptor 2 at all
  bool brokenOutput = false;                  // stdout is a pipe that nobody reads any more
  bool brokenErrors = false;                  // the same for stderr
};

class SpawnedProgram {
 public:
  explicit SpawnedProgram(const std::vector<std::string>& arguments, const SpawnOptions& options = {});
  SpawnedProgram(const SpawnedProgram&) = delete;
  SpawnedProgram& operator=(const SpawnedProgram&) = delete;
  ~SpawnedProgram();

  [[nodiscard]] pid_t id() const { return m_process; }
  /// False when it was over already.
  bool signal(int number) const;
  [[nodiscard]] bool isRunning();
  /// Waits for the end; fails the test and kills the program when it takes longer than `limit`.
  ProgramRun wait(std::chrono::milliseconds limit = std::chrono::seconds(60));
  /// What it has printed so far.
  [[nodiscard]] std::string output() const;
  [[nodiscard]] std::string errors() const;

 private:
  bool reap();

  std::filesystem::path m_folder;
  pid_t m_process = -1;
  std::optional<int> m_ended;  // as waitpid says it
};

/// Runs it to its end.
[[nodiscard]] ProgramRun runLimited(const std::vector<std::string>& arguments, const SpawnOptions& options);

}  // namespace tidemark::testing

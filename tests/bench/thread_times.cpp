#include "tests/bench/thread_times.h"

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>

namespace tidemark::bench {

std::map<int, double> threadSeconds() {
  std::map<int, double> seconds;
  std::error_code error;
  for (const auto& task : std::filesystem::directory_iterator("/proc/self/task", error)) {
    std::ifstream file(task.path() / "schedstat");
    double nanoseconds = 0;
    if (file >> nanoseconds) seconds[std::stoi(task.path().filename().string())] = nanoseconds * 1e-9;
  }
  return seconds;
}

int mainThread() {
  return static_cast<int>(getpid());
}

TimeShares sharesBetween(const std::map<int, double>& known, const std::map<int, double>& before,
                         const std::map<int, double>& after) {
  TimeShares shares;
  for (const auto& [thread, end] : after) {
    const auto start = before.find(thread);
    const double spent = end - (start == before.end() ? 0 : start->second);
    (thread == mainThread() ? shares.gui : known.contains(thread) ? shares.workers : shares.engine) += spent;
  }
  return shares;
}

}  // namespace tidemark::bench

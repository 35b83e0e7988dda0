#pragma once
// Processor time of the threads of this process, as the kernel counts it (Linux).

#include <map>

namespace tidemark::bench {

/// Seconds of processor time so far, by thread. A thread that ended is missing.
[[nodiscard]] std::map<int, double> threadSeconds();

/// Thread id of the thread that runs main().
[[nodiscard]] int mainThread();

/// Who spent the processor time between two looks at the threads.
struct TimeShares {
  double engine = 0;   // threads that came after `known`: the engine and its pool
  double gui = 0;      // the thread of main()
  double workers = 0;  // the other threads of `known`: loading text, listing sessions, opening them
  [[nodiscard]] double total() const { return engine + gui + workers; }
};
[[nodiscard]] TimeShares sharesBetween(const std::map<int, double>& known, const std::map<int, double>& before,
                                       const std::map<int, double>& after);

}  // namespace tidemark::bench

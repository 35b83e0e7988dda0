#pragma once
// Timed reads of random tokens, schedule against schedule, with what the machine can do measured beside them.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cuda/cuda_module.h"
#include "engine/executor/executor.h"

namespace tidemark::cli {

struct BenchRequest {
  std::span<const TokenId> tokens;  // full segments only
  std::vector<Schedule> schedules;
  int runs = 1;
  int warmUpSegments = 0;
  int threads = 0;  // for the machine's own rates
  /// The module that made the backend: then the device's own clock counts, and rates are the device's. Null: the CPU's.
  const CudaModule* cuda = nullptr;
  bool fullAttention = false;                        // the same tokens also without memory and segments
  std::function<bool()> cancelled;                   // asked between two groups; may be empty
  std::function<void(const std::string&)> progress;  // one line per run; may be empty
};

/// Seconds of each run, and what a device says of the last one.
struct RunTimes {
  std::vector<double> seconds;
  std::optional<CudaTimes> device;
  [[nodiscard]] double median() const;
};

struct ScheduleTimes : RunTimes {
  Schedule schedule = Schedule::kDiagonal;
  std::int64_t launches = 0;  // groups of one run
  std::string stateHash;
};

struct FullAttentionTimes : RunTimes {
  std::string failure;  // why there are no times
};

struct BenchTimes {
  std::vector<ScheduleTimes> schedules;  // in the order of the request
  std::optional<FullAttentionTimes> fullAttention;
  CpuRates rates;                        // the better of before and after
  std::optional<CudaCeilings> ceilings;  // instead
};

/// Runs take turns between the schedules, so that a slow minute of the machine meets both. On a device every schedule
/// first reads everything once without being timed, and nothing is timed unless the memories are equal. Full attention
/// that does not fit is no error. Errors: kCancelled; kInternal if the memory is not finite or two runs do not leave
/// the same bits; those of the backend.
[[nodiscard]] Result<BenchTimes> runBenchmark(Backend& backend, const BenchRequest& request);

[[nodiscard]] const char* scheduleName(Schedule schedule);

}  // namespace tidemark::cli

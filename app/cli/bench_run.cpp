#include "app/cli/bench_run.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "app/cli/token_segments.h"
#include "engine/base/check.h"
#include "engine/base/run_clock.h"
#include "engine/memory/memory_snapshot.h"

namespace tidemark::cli {
namespace {

struct OneRun {
  double seconds = 0;
  std::int64_t launches = 0;
  std::string stateHash;
};

Status checkFinite(const MemorySnapshot& snapshot) {
  for (const LayerMemory& layer : snapshot.layers) {
    if (std::all_of(layer.values.begin(), layer.values.end(), [](float value) { return std::isfinite(value); }))
      continue;
    return makeError(ErrorCode::kInternal,
                     "the random model ran into NaN or infinity, so its times mean nothing; choose "
                     "another --segment or --memory-tokens");
  }
  return {};
}

Result<OneRun> readOnce(Backend& backend, Schedule schedule, std::span<const TokenId> tokens,
                        const BenchRequest& request) {
  const auto memory = backend.createMemory();
  if (!memory) return memory.error();
  auto executor = makeExecutor(schedule, backend, **memory, 0);
  if (!executor) return executor.error();
  TokenSegments source(tokens, backend.config().memory->segmentSize);
  OneRun run;
  const RunClock clock;
  while (true) {
    if (request.cancelled && request.cancelled()) return makeError(ErrorCode::kCancelled, "cancelled");
    const auto step = (*executor)->step(source);
    if (!step) return step.error();
    if (!step->has_value()) break;
    ++run.launches;
  }
  run.seconds = clock.seconds();
  const auto snapshot = captureMemory(backend, **memory, 0);
  if (!snapshot) return snapshot.error();
  if (Status finite = checkFinite(*snapshot); !finite) return finite.error();
  run.stateHash = hashMemory(*snapshot);
  return run;
}

Status measureRates(int threads, CpuRates& best) {
  const auto rates = measureCpuRates(threads);
  if (!rates) return rates.error();
  best.gemmGflops = std::max(best.gemmGflops, rates->gemmGflops);
  best.peakGflops = std::max(best.peakGflops, rates->peakGflops);
  return {};
}

void report(const BenchRequest& request, Schedule schedule, int run, double seconds) {
  if (!request.progress) return;
  char line[96];
  std::snprintf(line, sizeof line, "%s, run %d of %d: %.3f s", scheduleName(schedule), run + 1, request.runs, seconds);
  request.progress(line);
}

Status timeRun(Backend& backend, const BenchRequest& request, int number, ScheduleTimes& times) {
  auto run = readOnce(backend, times.schedule, request.tokens, request);
  if (!run) return run.error();
  report(request, times.schedule, number, run->seconds);
  times.seconds.push_back(run->seconds);
  times.launches = run->launches;
  if (number > 0 && run->stateHash != times.stateHash) {
    return makeError(ErrorCode::kInternal, std::string("two ") + scheduleName(times.schedule) +
                                               " runs left different memories (" + times.stateHash + ", " +
                                               run->stateHash + "); please report this");
  }
  times.stateHash = std::move(run->stateHash);
  return {};
}

}  // namespace

const char* scheduleName(Schedule schedule) {
  return schedule == Schedule::kDiagonal ? "diagonal" : "sequential";
}

double ScheduleTimes::median() const {
  TM_CHECK(!seconds.empty(), "no run was timed");
  std::vector<double> sorted = seconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

Result<BenchTimes> runBenchmark(Backend& backend, const BenchRequest& request) {
  BenchTimes times;
  if (Status measured = measureRates(request.threads, times.rates); !measured) return measured.error();
  for (const Schedule schedule : request.schedules) {
    times.schedules.emplace_back().schedule = schedule;
    if (request.warmUpSegments == 0) continue;
    const std::size_t warmUp = static_cast<std::size_t>(request.warmUpSegments) *
                               static_cast<std::size_t>(backend.config().memory->segmentSize);
    const auto done =
        readOnce(backend, schedule, request.tokens.first(std::min(warmUp, request.tokens.size())), request);
    if (!done) return done.error();
  }
  for (int run = 0; run < request.runs; ++run) {
    for (ScheduleTimes& schedule : times.schedules) {
      if (Status timed = timeRun(backend, request, run, schedule); !timed) return timed.error();
    }
  }
  if (Status measured = measureRates(request.threads, times.rates); !measured) return measured.error();
  for (const ScheduleTimes& schedule : times.schedules) {
    if (schedule.stateHash == times.schedules.front().stateHash) continue;
    return makeError(ErrorCode::kInternal, "the schedules left different memories (" +
                                               times.schedules.front().stateHash + ", " + schedule.stateHash +
                                               "); please report this");
  }
  return times;
}

}  // namespace tidemark::cli

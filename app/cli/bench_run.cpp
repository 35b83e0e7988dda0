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

/// Of full attention: a long one takes seconds, and they hardly differ.
constexpr int kMostFullAttentionRuns = 2;

struct OneRun {
  double seconds = 0;
  std::optional<CudaTimes> device;
  std::int64_t launches = 0;
  std::string stateHash;
};

/// The clock that counts: the device's, or this machine's.
class Stopwatch {
 public:
  Stopwatch(Backend& backend, const CudaModule* cuda)
      : m_instruments(cuda != nullptr ? &cuda->instruments(backend) : nullptr) {}

  Status start() {
    m_clock = RunClock();
    return m_instruments != nullptr ? m_instruments->start() : Status{};
  }
  /// Fills `run.seconds` and `run.device`.
  Status stop(OneRun& run) {
    run.seconds = m_clock.seconds();
    if (m_instruments == nullptr) return {};
    auto times = m_instruments->stop();
    if (!times) return times.error();
    run.seconds = times->seconds;
    run.device = *times;
    return {};
  }

 private:
  CudaInstruments* m_instruments;
  RunClock m_clock;
};

bool isCancelled(const BenchRequest& request) {
  return request.cancelled && request.cancelled();
}

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
  auto executor = makeExecutor(schedule, backend, **memory, 0, backend.lookAhead());
  if (!executor) return executor.error();
  TokenSegments source(tokens, backend.config().memory->segmentSize);
  OneRun run;
  Stopwatch watch(backend, request.cuda);
  if (Status started = watch.start(); !started) return started.error();
  while (true) {
    if (isCancelled(request)) return makeError(ErrorCode::kCancelled, "cancelled");
    const auto step = (*executor)->step(source);
    if (!step) return step.error();
    if (!step->has_value()) break;
    ++run.launches;
  }
  if (Status stopped = watch.stop(run); !stopped) return stopped.error();
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

void report(const BenchRequest& request, const char* what, int run, int runs, double seconds) {
  if (!request.progress) return;
  char line[96];
  std::snprintf(line, sizeof line, "%s, run %d of %d: %.3f s", what, run + 1, runs, seconds);
  request.progress(line);
}

/// The hash of a run joins those of the earlier runs of this schedule. Errors: kInternal if it is another one.
Status keepHash(ScheduleTimes& times, const std::string& hash) {
  if (!times.stateHash.empty() && times.stateHash != hash) {
    return makeError(ErrorCode::kInternal, std::string("two ") + scheduleName(times.schedule) +
                                               " runs left different memories (" + times.stateHash + ", " + hash +
                                               "); please report this");
  }
  times.stateHash = hash;
  return {};
}

Status timeRun(Backend& backend, const BenchRequest& request, int number, ScheduleTimes& times) {
  auto run = readOnce(backend, times.schedule, request.tokens, request);
  if (!run) return run.error();
  report(request, scheduleName(times.schedule), number, request.runs, run->seconds);
  times.seconds.push_back(run->seconds);
  times.device = run->device;
  times.launches = run->launches;
  return keepHash(times, run->stateHash);
}

/// Reads what is read before the clock starts: on a device all of it, once.
Status warmUp(Backend& backend, const BenchRequest& request, ScheduleTimes& times) {
  std::size_t tokens = request.tokens.size();
  if (request.cuda == nullptr) {
    const std::size_t segmentSize = static_cast<std::size_t>(backend.config().memory->segmentSize);
    tokens = std::min(tokens, static_cast<std::size_t>(request.warmUpSegments) * segmentSize);
  }
  if (tokens == 0) return {};
  const auto done = readOnce(backend, times.schedule, request.tokens.first(tokens), request);
  if (!done) return done.error();
  return request.cuda == nullptr ? Status{} : keepHash(times, done->stateHash);
}

Status compareHashes(const std::vector<ScheduleTimes>& schedules) {
  for (const ScheduleTimes& schedule : schedules) {
    if (schedule.stateHash == schedules.front().stateHash) continue;
    return makeError(ErrorCode::kInternal, "the schedules left different memories (" + schedules.front().stateHash +
                                               ", " + schedule.stateHash + "); please report this");
  }
  return {};
}

Result<OneRun> prefillOnce(Backend& backend, Workspace& workspace, const BenchRequest& request) {
  if (isCancelled(request)) return makeError(ErrorCode::kCancelled, "cancelled");
  OneRun run;
  Stopwatch watch(backend, request.cuda);
  if (Status started = watch.start(); !started) return started.error();
  const auto logits = prefillFullAttention(backend, workspace, request.tokens);
  if (!logits) return logits.error();
  if (Status stopped = watch.stop(run); !stopped) return stopped.error();
  return run;
}

Status timeFullAttention(Backend& backend, const BenchRequest& request, FullAttentionTimes& times) {
  auto workspace = backend.createWorkspace({static_cast<int>(request.tokens.size()), 1});
  if (!workspace) return workspace.error();
  const int runs = std::min(request.runs, kMostFullAttentionRuns);
  for (int number = request.cuda != nullptr ? -1 : 0; number < runs; ++number) {
    const auto run = prefillOnce(backend, **workspace, request);
    if (!run) return run.error();
    if (number < 0) continue;  // products are chosen at a first use
    report(request, "full attention", number, runs, run->seconds);
    times.seconds.push_back(run->seconds);
    times.device = run->device;
  }
  return {};
}

/// What full attention cannot do is a result, too.
Status tryFullAttention(Backend& backend, const BenchRequest& request, FullAttentionTimes& times) {
  const Status done = timeFullAttention(backend, request, times);
  if (done) return done;
  const ErrorCode code = done.error().code;
  const bool tooLong =
      code == ErrorCode::kOutOfMemory || code == ErrorCode::kUnsupported || code == ErrorCode::kInvalidArgument;
  if (!tooLong) return done;
  times = {};
  times.failure = done.error().message;
  return {};
}

}  // namespace

const char* scheduleName(Schedule schedule) {
  return schedule == Schedule::kDiagonal ? "diagonal" : "sequential";
}

double RunTimes::median() const {
  TM_CHECK(!seconds.empty(), "no run was timed");
  std::vector<double> sorted = seconds;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t middle = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

Result<BenchTimes> runBenchmark(Backend& backend, const BenchRequest& request) {
  BenchTimes times;
  const bool onCpu = request.cuda == nullptr;
  // First, because it also shows within one read that the request cannot be done, or is cancelled.
  for (const Schedule schedule : request.schedules) {
    times.schedules.emplace_back().schedule = schedule;
    if (Status done = warmUp(backend, request, times.schedules.back()); !done) return done.error();
  }
  if (onCpu) {
    if (Status measured = measureRates(request.threads, times.rates); !measured) return measured.error();
  } else {
    if (Status equal = compareHashes(times.schedules); !equal) return equal.error();
    auto ceilings = request.cuda->measureCeilings(backend);
    if (!ceilings) return ceilings.error();
    times.ceilings = std::move(ceilings).value();
  }
  for (int run = 0; run < request.runs; ++run) {
    for (ScheduleTimes& schedule : times.schedules) {
      if (Status timed = timeRun(backend, request, run, schedule); !timed) return timed.error();
    }
  }
  if (onCpu) {
    if (Status measured = measureRates(request.threads, times.rates); !measured) return measured.error();
  }
  if (Status equal = compareHashes(times.schedules); !equal) return equal.error();
  if (request.fullAttention) {
    times.fullAttention.emplace();
    if (Status tried = tryFullAttention(backend, request, *times.fullAttention); !tried) return tried.error();
  }
  return times;
}

}  // namespace tidemark::cli

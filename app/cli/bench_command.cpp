// bench: how fast this machine reads with a model of a given shape, and how near that is to what it can compute at all.

#include <algorithm>
#include <cstdio>
#include <string>
#include <thread>

#include "app/cli/arguments.h"
#include "app/cli/bench_model.h"
#include "app/cli/bench_run.h"
#include "app/cli/commands.h"
#include "app/cli/flop_count.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/model_inspection.h"
#include "app/cli/open_model.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

constexpr int kDefaultSegments = 20;
constexpr std::uint64_t kWeightSeed = 1;
constexpr std::uint64_t kTokenSeed = 2;

struct BenchSettings {
  std::string preset = "mini";
  int segmentSize = 0;      // 0: the preset's
  int memoryTokens = 0;     // 0: the preset's
  std::int64_t tokens = 0;  // 0: kDefaultSegments segments
  std::string schedule = "both";
  BackendRequest backend;
  int runs = 0;  // 0: the preset's
  bool json = false;
};

CommandSyntax syntaxOf(BenchSettings& s) {
  CommandSyntax syntax;
  syntax.name = "bench";
  syntax.summary =
      "Reads random tokens with random weights and says how fast: median of the runs, beside the rate of this "
      "machine's\n"
      "own matrix products and of its arithmetic units, measured in the same minute.";
  std::vector<std::string> presets;
  for (const BenchPreset& preset : benchPresets()) presets.push_back(preset.name);
  syntax.options = {
      choice("preset", presets, &s.preset, "shape of the model (default mini, the built-in one)"),
      integer("segment", "T", &s.segmentSize, 1, 65536, "tokens of a segment (default: the preset's)"),
      integer("memory-tokens", "M", &s.memoryTokens, 1, 65536, "memory tokens of a segment (default: the preset's)"),
      integer("tokens", "N", &s.tokens, 1, 1'000'000'000, "tokens to read, in full segments (default: 20 segments)"),
      choice("schedule", {"both", "diagonal", "sequential"}, &s.schedule, "order of the cells (default both)"),
      choice("backend", {"auto", "cpu", "cuda"}, &s.backend.backend, "what computes (default auto)"),
      integer("threads", "N", &s.backend.threads, 1, kMostThreads, "compute threads (default: all cores)"),
      integer("runs", "R", &s.runs, 1, 1000, "timed runs (default 3; llama-1b: 1)"),
      flag("json", &s.json, "print one JSON object"),
  };
  return syntax;
}

/// The chosen preset with the settings laid over it.
BenchPreset presetOf(const BenchSettings& s) {
  auto presets = benchPresets();
  BenchPreset preset = *std::find_if(presets.begin(), presets.end(), [&](const auto& p) { return p.name == s.preset; });
  if (s.segmentSize > 0) preset.config.memory->segmentSize = s.segmentSize;
  if (s.memoryTokens > 0) preset.config.memory->memoryTokens = s.memoryTokens;
  if (s.runs > 0) preset.runs = s.runs;
  return preset;
}

int threadsOf(const BenchSettings& s) {
  return s.backend.threads > 0 ? s.backend.threads : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
}

/// Says what will be allocated before anything is. Errors: kOutOfMemory.
Result<std::uint64_t> checkMemory(const BenchSettings& s, const ModelConfig& config) {
  const MemoryNeed need = memoryNeedOf(config, s.backend.threads);
  const std::uint64_t source = randomWeightBytes(config);
  // While layers are packed, each thread holds plain copies of the one it works on.
  const auto layersAtOnce = static_cast<std::uint64_t>(std::min(threadsOf(s), config.layers));
  const std::uint64_t packing = 2 * need.weights / static_cast<std::uint64_t>(config.layers) * layersAtOnce;
  const std::uint64_t total = source + need.weights + std::max(packing, need.workspace + need.state);
  reportProgress("memory needed: " + std::to_string(total) + " bytes = " + formatBytes(total) + " (weights " +
                 formatBytes(need.weights) + ", random source " + formatBytes(source) + ", packing " +
                 formatBytes(packing) + " or workspace " + formatBytes(need.workspace) + " and state " +
                 formatBytes(need.state) + "); free: " + formatBytes(availableMemoryBytes()));
  if (Status enough = requireMemory(total, "preset " + s.preset); !enough) return enough.error();
  return total;
}

struct BenchReport {
  BenchPreset preset;
  std::int64_t segments = 0;
  std::int64_t tokens = 0;
  std::uint64_t flops = 0;
  std::uint64_t memoryBytes = 0;
  std::string backend, backendDescription, precision, backendNote;
  BenchTimes times;

  [[nodiscard]] double gflops(const ScheduleTimes& t) const { return static_cast<double>(flops) * 1e-9 / t.median(); }
  [[nodiscard]] double tokensPerSecond(const ScheduleTimes& t) const {
    return static_cast<double>(tokens) / t.median();
  }
  /// Tokens per second, diagonal over sequential; 0 unless both ran.
  [[nodiscard]] double ratio() const {
    return times.schedules.size() == 2 ? times.schedules[1].median() / times.schedules[0].median() : 0;
  }
};

void addTimes(const BenchReport& r, const ScheduleTimes& t, Json& json) {
  json["seconds"] = t.median();
  json["runs"] = t.seconds.size();
  json["run_seconds"] = t.seconds;
  json["tokens_per_second"] = r.tokensPerSecond(t);
  json["gflops"] = r.gflops(t);
  json["fraction_of_gemm_rate"] = r.gflops(t) / r.times.rates.gemmGflops;
  json["fraction_of_peak"] = r.gflops(t) / r.times.rates.peakGflops;
  json["launches"] = t.launches;
  json["state_hash"] = t.stateHash;
}

/// The fields of the first schedule (diagonal, if both ran) stand at the top, and every schedule has an object of its
/// own.
Json jsonOf(const BenchReport& r) {
  const ModelConfig& c = r.preset.config;
  Json json;
  json["preset"] = r.preset.name;
  json["shape"] = {{"layers", c.layers},
                   {"hidden_size", c.hiddenSize},
                   {"intermediate_size", c.intermediateSize},
                   {"heads", c.heads},
                   {"key_value_heads", c.keyValueHeads},
                   {"head_dim", c.headDim},
                   {"vocabulary_size", c.vocabularySize},
                   {"segment_size", c.memory->segmentSize},
                   {"memory_tokens", c.memory->memoryTokens},
                   {"d_mem", c.memory->dMem}};
  json["backend"] = r.backend;
  json["backend_description"] = r.backendDescription;
  json["backend_note"] = r.backendNote;
  json["precision"] = r.precision;
  json["tokens"] = r.tokens;
  json["segments"] = r.segments;
  json["flops"] = r.flops;
  json["gemm_rate_gflops"] = r.times.rates.gemmGflops;
  json["peak_gflops"] = r.times.rates.peakGflops;
  json["schedule"] = scheduleName(r.times.schedules.front().schedule);
  addTimes(r, r.times.schedules.front(), json);
  for (const ScheduleTimes& t : r.times.schedules) addTimes(r, t, json["schedules"][scheduleName(t.schedule)]);
  json["ratio"] = r.ratio() > 0 ? Json(r.ratio()) : Json();
  json["memory_bytes"] = r.memoryBytes;
  json["peak_rss_bytes"] = peakResidentBytes();
  return json;
}

template <typename... Values>
std::string line(const char* format, Values... values) {
  char text[256];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

std::string textOf(const BenchReport& r) {
  std::string out =
      line("%s: %lld tokens in %lld segments of %d + %d, %.1f GFLOP; %s\n", r.preset.name.c_str(),
           static_cast<long long>(r.tokens), static_cast<long long>(r.segments), r.preset.config.memory->segmentSize,
           r.preset.config.memory->memoryTokens, static_cast<double>(r.flops) * 1e-9, r.backendDescription.c_str());
  if (!r.backendNote.empty()) out += r.backendNote + "\n";
  const CpuRates& rates = r.times.rates;
  out += line("this machine: %.1f GFLOP/s matrix products, %.1f GFLOP/s arithmetic peak\n", rates.gemmGflops,
              rates.peakGflops);
  out += "schedule      seconds   tokens/s   GFLOP/s  of products  of peak  launches\n";
  for (const ScheduleTimes& t : r.times.schedules) {
    out += line("%-11s %9.3f %10.0f %9.1f %11.1f%% %7.1f%% %9lld\n", scheduleName(t.schedule), t.median(),
                r.tokensPerSecond(t), r.gflops(t), 100 * r.gflops(t) / rates.gemmGflops,
                100 * r.gflops(t) / rates.peakGflops, static_cast<long long>(t.launches));
  }
  if (r.ratio() > 0) out += line("diagonal is %.2f times as fast as sequential\n", r.ratio());
  out += "state hash " + r.times.schedules.front().stateHash + "\n";
  return out + "peak memory " + formatBytes(peakResidentBytes()) + "\n";
}

std::vector<Schedule> schedulesOf(const BenchSettings& s) {
  if (s.schedule == "diagonal") return {Schedule::kDiagonal};
  if (s.schedule == "sequential") return {Schedule::kSequential};
  return {Schedule::kDiagonal, Schedule::kSequential};
}

Status bench(const BenchSettings& s, BenchReport report) {
  if (Status possible = checkBackend(s.backend); !possible) return possible;
  const ModelConfig& config = report.preset.config;
  const auto memory = checkMemory(s, config);
  if (!memory) return memory.error();
  report.memoryBytes = *memory;
  const auto chosen = openBackend(s.backend, config, makeRandomWeights(config, kWeightSeed));
  if (!chosen) return chosen.error();
  Backend& backend = *chosen->backend;
  report.backend = backend.name();
  report.backendDescription = backend.description();
  report.precision = backend.precision();
  report.backendNote = chosen->note;
  report.flops = countReadFlops(config, report.segments);

  const auto tokens = makeRandomTokens(config.vocabularySize, static_cast<std::size_t>(report.tokens), kTokenSeed);
  BenchRequest request;
  request.tokens = tokens;
  request.schedules = schedulesOf(s);
  request.runs = report.preset.runs;
  request.warmUpSegments = report.preset.warmUpSegments;
  request.threads = threadsOf(s);
  request.cancelled = interrupted;
  request.progress = reportProgress;
  auto times = runBenchmark(backend, request);
  if (!times) return times.error();
  report.times = std::move(times).value();
  return s.json ? printJson(jsonOf(report)) : writeOutput(textOf(report));
}

}  // namespace

int runBench(std::span<char* const> arguments) {
  BenchSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  BenchReport report;
  report.preset = presetOf(settings);
  const std::int64_t segmentSize = report.preset.config.memory->segmentSize;
  report.segments = settings.tokens > 0 ? settings.tokens / segmentSize : kDefaultSegments;
  if (report.segments == 0) {
    return reportUsage("bench", makeError(ErrorCode::kInvalidArgument, "--tokens " + std::to_string(settings.tokens) +
                                                                           " do not fill one segment of " +
                                                                           std::to_string(segmentSize)));
  }
  report.tokens = report.segments * segmentSize;
  catchInterrupts();
  const Status done = bench(settings, std::move(report));
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli

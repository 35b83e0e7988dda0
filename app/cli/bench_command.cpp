// bench: how fast this machine reads with a model of a given shape, and how near that is to what it can compute at all.

#include <algorithm>
#include <string>
#include <thread>

#include "app/cli/arguments.h"
#include "app/cli/bench_model.h"
#include "app/cli/bench_report.h"
#include "app/cli/bench_run.h"
#include "app/cli/commands.h"
#include "app/cli/flop_count.h"
#include "app/cli/interrupt.h"
#include "app/cli/open_model.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "engine/backend/cuda/cuda_shape.h"
#include "engine/backend/cuda_loader/cuda_loader.h"
#include "engine/base/system_memory.h"
#include "engine/inspect/model_inspection.h"

namespace tidemark::cli {
namespace {

constexpr int kDefaultSegments = 20;
constexpr std::uint64_t kWeightSeed = 1;
constexpr std::uint64_t kTokenSeed = 2;
constexpr int kRunsOnGpu = 5;

struct BenchSettings {
  std::string preset = "mini";
  int segmentSize = 0;      // 0: the preset's
  int memoryTokens = 0;     // 0: the preset's
  std::int64_t tokens = 0;  // 0: kDefaultSegments segments
  std::string schedule = "both";
  BackendRequest backend;
  int runs = 0;  // 0: the preset's, or kRunsOnGpu
  bool fullAttention = false;
  bool json = false;
};

CommandSyntax syntaxOf(BenchSettings& s) {
  CommandSyntax syntax;
  syntax.name = "bench";
  syntax.summary =
      "Reads random tokens with random weights and says how fast: median of the runs, beside the rate of this "
      "machine's\n"
      "own matrix products and of its arithmetic units, measured in the same minute. On a GPU also what every part of\n"
      "a diagonal takes by itself, and full attention over the same tokens.";
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
      integer("runs", "R", &s.runs, 1, 1000, "timed runs (default 3; llama-1b: 1; on a GPU: 5)"),
      flag("full-attention", &s.fullAttention, "also without memory and segments, in one piece (on a GPU: always)"),
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

/// The module whose backend will read; null: the CPU will. The GPU that is only preferred has to have room.
const CudaModule* cudaModuleFor(const BackendRequest& request, const ModelConfig& config) {
  if (request.backend == "cpu") return nullptr;
  const auto module = loadCudaModule();
  if (!module) return nullptr;
  if (request.backend == "cuda") return *module;
  const auto shape = makeCudaShape(config);
  const auto device = (*module)->describeDevice(0);
  if (!shape || !device) return nullptr;
  const int rows = config.memory->segmentSize + config.memory->memoryTokens;
  const bool fits = planCudaMemory(config, *shape, {rows, config.layers}).total() <= device->freeBytes;
  return fits ? *module : nullptr;
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

/// The same where a GPU reads: weights are made here, padded a layer at a time and sent there.
Result<std::uint64_t> checkMemoryBesideGpu(const BenchSettings& s, const ModelConfig& config) {
  const auto shape = makeCudaShape(config);
  if (!shape) return shape.error();
  const std::uint64_t layer =
      2 * static_cast<std::uint64_t>(shape->hidden) * static_cast<std::uint64_t>(shape->mlpInWidth);
  const std::uint64_t total = randomWeightBytes(config) + layer;
  const int rows = config.memory->segmentSize + config.memory->memoryTokens;
  const CudaMemoryPlan plan = planCudaMemory(config, *shape, {rows, config.layers});
  reportProgress("memory needed: " + formatBytes(total) + " (random source), and " + formatBytes(plan.total()) +
                 " on the GPU (weights " + formatBytes(plan.weights) + ", workspace " + formatBytes(plan.workspace) +
                 ", state " + formatBytes(plan.state) + "); free here: " + formatBytes(availableMemoryBytes()));
  if (Status enough = requireMemory(total, "preset " + s.preset); !enough) return enough.error();
  return total;
}

std::vector<Schedule> schedulesOf(const BenchSettings& s) {
  if (s.schedule == "diagonal") return {Schedule::kDiagonal};
  if (s.schedule == "sequential") return {Schedule::kSequential};
  return {Schedule::kDiagonal, Schedule::kSequential};
}

BenchRequest requestOf(const BenchSettings& s, const BenchPreset& preset, const CudaModule* cuda) {
  BenchRequest request;
  request.schedules = schedulesOf(s);
  request.runs = cuda != nullptr && s.runs == 0 ? kRunsOnGpu : preset.runs;
  request.warmUpSegments = preset.warmUpSegments;
  request.threads = threadsOf(s);
  request.cuda = cuda;
  request.fullAttention = s.fullAttention || cuda != nullptr;
  request.cancelled = interrupted;
  request.progress = reportProgress;
  return request;
}

Status bench(const BenchSettings& s, BenchReport report) {
  if (Status possible = checkBackend(s.backend); !possible) return possible;
  const ModelConfig& config = report.preset.config;
  const CudaModule* cuda = cudaModuleFor(s.backend, config);
  const auto memory = cuda != nullptr ? checkMemoryBesideGpu(s, config) : checkMemory(s, config);
  if (!memory) return memory.error();
  report.memoryBytes = *memory;
  const auto chosen = openBackend(s.backend, config, makeRandomWeights(config, kWeightSeed));
  if (!chosen) return chosen.error();
  Backend& backend = *chosen->backend;
  if (backend.name() != "cuda") cuda = nullptr;
  report.backend = backend.name();
  report.backendDescription = backend.description();
  report.precision = backend.precision();
  report.backendNote = chosen->note;
  report.flops = countReadFlops(config, report.segments);
  report.prefillFlops = countPrefillFlops(config, report.tokens);

  const auto tokens = makeRandomTokens(config.vocabularySize, static_cast<std::size_t>(report.tokens), kTokenSeed);
  BenchRequest request = requestOf(s, report.preset, cuda);
  request.tokens = tokens;
  auto times = runBenchmark(backend, request);
  if (!times) return times.error();
  report.times = std::move(times).value();
  return s.json ? printJson(benchJson(report)) : writeOutput(benchText(report));
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

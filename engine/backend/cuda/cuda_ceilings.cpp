#include "engine/backend/cuda/cuda_ceilings.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>

#include "engine/backend/cuda/cuda_backend_impl.h"
#include "engine/backend/cuda/cuda_prediction.h"

namespace tidemark {
namespace cuda {
namespace {

constexpr int kWarmUps = 2;
constexpr int kRuns = 9;
constexpr int kRepeats = 4;  // of a part between two events, which cost some microseconds themselves

/// Milliseconds of what `work` queues, median.
class Stopwatch {
 public:
  static Result<Stopwatch> make(LaunchTarget target) {
    Stopwatch watch(target);
    if (Status made = makeEvent(watch.m_start, EventUse::kTiming); !made) return made.error();
    if (Status made = makeEvent(watch.m_stop, EventUse::kTiming); !made) return made.error();
    return watch;
  }

  Result<double> median(const std::function<Status()>& work) {
    std::array<float, kRuns> times{};
    for (int run = -kWarmUps; run < kRuns; ++run) {
      if (Status done = record(m_start, m_target.stream); !done) return done.error();
      if (Status done = work(); !done) return done.error();
      if (Status done = record(m_stop, m_target.stream); !done) return done.error();
      if (Status done = checkCuda(cudaEventSynchronize(m_stop.get()), "measuring"); !done) return done.error();
      float& time = times[at(std::max(run, 0))];
      if (Status done = checkCuda(cudaEventElapsedTime(&time, m_start.get(), m_stop.get()), "measuring"); !done) {
        return done.error();
      }
    }
    std::nth_element(times.begin(), times.begin() + kRuns / 2, times.end());
    return static_cast<double>(times[kRuns / 2]);
  }

 private:
  explicit Stopwatch(LaunchTarget target) : m_target(target) {}
  LaunchTarget m_target;
  Event m_start, m_stop;
};

/// Pseudo-random bf16 in [-1, 1): a product of zeros runs faster than one of numbers.
Status fillRandom(DeviceBuffer<Bf16>& buffer) {
  std::vector<std::uint16_t> bits(std::min<std::size_t>(buffer.size(), std::size_t{1} << 20));
  std::uint32_t state = 1;
  for (std::uint16_t& value : bits) {
    state = state * 1664525u + 1013904223u;
    value = static_cast<std::uint16_t>((state >> 16 & 0x807fu) | 0x3f00u);
  }
  for (std::size_t first = 0; first < buffer.size(); first += bits.size()) {
    const std::size_t count = std::min(bits.size(), buffer.size() - first);
    if (Status done = checkCuda(cudaMemcpy(buffer.data() + first, bits.data(), 2 * count, cudaMemcpyHostToDevice),
                                "copying numbers");
        !done) {
      return done;
    }
  }
  return {};
}

Status measureGemm(CudaBackend& backend, Stopwatch& watch, CudaCeilings& out) {
  constexpr int kSize = 8192;
  Products products;
  DeviceBytes bytes;
  if (Status made = products.open(bytes); !made) return made;
  DeviceBuffer<Bf16> x, weights, result;
  for (DeviceBuffer<Bf16>* buffer : {&x, &weights, &result}) {
    if (Status made = buffer->allocate(at(kSize) * at(kSize), bytes, "measuring"); !made) return made;
    if (Status filled = fillRandom(*buffer); !filled) return filled;
  }
  ProductSpec spec;
  spec.rows = spec.columns = spec.depth = kSize;
  spec.xRow = spec.weightsRow = spec.outRow = kSize;
  auto plan = products.plan(spec, 1);
  if (!plan) return plan.error();
  ProductOperands operands;
  operands.x = x.data();
  operands.weights = weights.data();
  operands.out = result.data();
  auto time = watch.median([&] { return products.run(backend.computeTarget(), **plan, operands, 1); });
  if (!time) return time.error();
  out.gemmTeraflops = 2.0 * kSize * kSize * kSize / (*time * 1e9);

  const std::size_t half = x.bytes();
  time = watch.median([&] {
    return checkCuda(
        cudaMemcpyAsync(result.data(), x.data(), half, cudaMemcpyDeviceToDevice, backend.computeTarget().stream),
        "measuring");
  });
  if (!time) return time.error();
  out.copyTerabytesPerSecond = 2.0 * static_cast<double>(half) / (*time * 1e9);
  return {};
}

/// Activations that measured operations find, instead of what they would compute from each other.
Status fillActivations(CudaWorkspace& w) {
  for (DeviceBuffer<Bf16>* buffer : {&w.hidden[0], &w.hidden[1], &w.normed, &w.qkv, &w.attended, &w.mlp}) {
    if (Status filled = fillRandom(*buffer); !filled) return filled;
  }
  return {};
}

/// Milliseconds of one part of a diagonal by itself, or nothing if the operation has no launches of this kind.
Result<std::optional<double>> measurePart(CudaBackend& backend, Stopwatch& watch, CudaWorkspace& workspace,
                                          const CellGroup& group, std::optional<LaunchKind> kind) {
  LaunchCounts counts;
  const LaunchTarget target{backend.computeTarget().stream, &counts, kind};
  const auto time = watch.median([&]() -> Status {
    for (int repeat = 0; repeat < kRepeats; ++repeat) {
      if (Status done = backend.runner().run(target, workspace, group); !done) return done;
    }
    return {};
  });
  if (!time) return time.error();
  if (counts.kernels + counts.products == 0) return std::optional<double>{};
  return std::optional<double>(*time / kRepeats);
}

/// The operations of one steady diagonal, each by itself over all layers.
Status measureParts(CudaBackend& backend, Stopwatch& watch, CudaCeilings& out) {
  const ModelConfig& config = backend.config();
  const int rows = config.memory->segmentSize + config.memory->memoryTokens;
  auto workspace = backend.createWorkspace({rows, config.layers});
  if (!workspace) return workspace.error();
  auto memory = backend.createMemory();
  if (!memory) return memory.error();
  auto& w = static_cast<CudaWorkspace&>(**workspace);
  if (Status filled = fillActivations(w); !filled) return filled;
  const bool llama = config.family == ModelFamily::kLlama;
  LayerPlan plan;
  plan.norm = llama ? NormKind::kRms : NormKind::kLayer;
  plan.activation = llama ? Activation::kSwiGlu : Activation::kGelu;
  plan.rotary = llama;
  CellGroup group;
  group.plan = &plan;
  group.count = config.layers;
  group.rows = rows;
  group.memory = memory->get();
  for (const CudaPart& part : countCudaParts(config, backend.shape())) {
    plan.ops = {part.op};
    const auto time = measurePart(backend, watch, w, group, part.kind);
    if (!time) return time.error();
    if (!time->has_value()) continue;
    out.parts.push_back({part.name, **time, part.operations() / (**time * 1e9)});
  }
  return {};
}

}  // namespace
}  // namespace cuda

Result<CudaCeilings> measureCudaCeilings(Backend& backend) {
  auto& cudaBackend = static_cast<cuda::CudaBackend&>(backend);
  auto watch = cuda::Stopwatch::make(cudaBackend.computeTarget());
  if (!watch) return watch.error();
  CudaCeilings ceilings;
  if (Status done = cuda::measureGemm(cudaBackend, *watch, ceilings); !done) return done.error();
  if (Status done = cuda::measureParts(cudaBackend, *watch, ceilings); !done) return done.error();
  return ceilings;
}

}  // namespace tidemark

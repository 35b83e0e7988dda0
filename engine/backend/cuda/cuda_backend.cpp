#include "engine/backend/cuda/cuda_backend.h"

#include <algorithm>
#include <new>

#include "engine/backend/cuda/cuda_backend_impl.h"
#include "engine/backend/cuda/kernels/embed.h"
#include "engine/backend/rotary_frequencies.h"
#include "engine/base/check.h"
#include "engine/base/system_memory.h"

namespace tidemark {
namespace cuda {

CudaBackend::CudaBackend(const ModelConfig& config, const CudaShape& shape, CudaDeviceInfo device, int deviceIndex)
    : m_config(config), m_shape(shape), m_device(std::move(device)), m_deviceIndex(deviceIndex) {
  if (config.family == ModelFamily::kLlama) m_rotaryFrequencies = rotaryFrequencies(config);
}

CudaBackend::~CudaBackend() {
  if (m_compute) (void)cudaStreamSynchronize(m_compute.get());
  if (m_side) (void)cudaStreamSynchronize(m_side.get());
}

Status CudaBackend::open(const ModelWeights& weights) {
  if (Status set = checkCuda(cudaSetDevice(m_deviceIndex), "choosing the device"); !set) return set;
  WorkspaceSpec spec{1, 1};
  if (m_config.memory) {
    spec = {m_config.memory->segmentSize + m_config.memory->memoryTokens, m_config.layers};
  }
  // Said before anything is allocated: a model that fits but leaves no room to read is of no use.
  if (Status enough = checkRoom(planCudaMemory(m_config, m_shape, spec).total(), "this model"); !enough) return enough;
  if (Status made = makeStream(m_compute); !made) return made;
  if (Status made = makeStream(m_side); !made) return made;
  if (Status made = makeEvent(m_startEvent, EventUse::kTiming); !made) return made;
  if (Status made = makeEvent(m_stopEvent, EventUse::kTiming); !made) return made;
  if (Status made = m_products.open(m_bytes); !made) return made;
  if (Status done = uploadWeights(m_config, m_shape, weights, m_bytes, m_weights); !done) return done;
  if (Status made = m_chosen.allocate(1, "a chosen token"); !made) return made;
  m_runner = std::make_unique<CellRunner>(m_config, m_shape, m_weights, m_products);
  return {};
}

std::string CudaBackend::description() const {
  return m_device.name + ", bf16";
}

Status CudaBackend::keep(Status status) {
  if (!status && status.error().code == ErrorCode::kDeviceLost) m_lost = status;
  return status;
}

Status CudaBackend::checkRoom(std::uint64_t bytes, const std::string& purpose) const {
  std::size_t free = 0;
  std::size_t total = 0;
  if (Status asked = checkCuda(cudaMemGetInfo(&free, &total), "asking for free memory"); !asked) return asked;
  if (bytes <= free) return {};
  return makeError(ErrorCode::kOutOfMemory, purpose + " needs " + std::to_string(bytes) + " bytes (" +
                                                formatBytes(bytes) + ") on the GPU and " + std::to_string(free) + " (" +
                                                formatBytes(free) +
                                                ") are free; close other programs that use it, or use --backend cpu");
}

std::uint64_t CudaBackend::workspaceBytes(const WorkspaceSpec& spec) const {
  return planCudaMemory(m_config, m_shape, spec).workspace;
}

Result<std::unique_ptr<Workspace>> CudaBackend::createWorkspace(const WorkspaceSpec& spec) {
  if (!m_lost) return m_lost.error();
  TM_CHECK(spec.rows > 0 && spec.cells > 0, std::to_string(spec.rows));
  if (Status enough = checkRoom(workspaceBytes(spec), "the working memory of a run"); !enough) return enough.error();
  auto workspace = std::make_unique<CudaWorkspace>();
  if (Status made = keep(makeWorkspace(m_shape, spec, m_bytes, *workspace)); !made) return made.error();
  if (Status made = keep(makeRotaryTable(m_rotaryFrequencies, spec.rows, m_bytes, workspace->rotary)); !made) {
    return made.error();
  }
  workspace->users[0] = m_side.get();
  workspace->users[1] = m_compute.get();
  return std::unique_ptr<Workspace>(std::move(workspace));
}

Result<std::unique_ptr<DeviceMemory>> CudaBackend::createMemory() {
  if (!m_lost) return m_lost.error();
  auto memory = std::make_unique<CudaMemory>();
  memory->id = ++m_memories;
  if (!m_config.memory) return std::unique_ptr<DeviceMemory>(std::move(memory));
  const std::size_t layers = at(m_shape.layers);
  const char* what = "the associative memory";
  if (Status made = keep(memory->state.allocate(layers * m_shape.stateSize(), m_bytes, what)); !made)
    return made.error();
  if (Status made = keep(memory->readWeights.allocate(layers * m_shape.stateWeights(), m_bytes, what)); !made) {
    return made.error();
  }
  if (Status made = keep(memory->written.allocate(layers, m_bytes, what)); !made) return made.error();
  const auto clear = [&](auto& buffer) {
    return keep(checkCuda(cudaMemsetAsync(buffer.data(), 0, buffer.bytes(), m_compute.get()), "clearing the memory"));
  };
  if (Status done = clear(memory->state); !done) return done.error();
  if (Status done = clear(memory->readWeights); !done) return done.error();
  if (Status done = clear(memory->written); !done) return done.error();
  while (m_staging.size() < kStagingSlots) {
    auto slot = std::make_unique<StagingSlot>();
    if (Status made = keep(makeStaging(m_shape, m_bytes, *slot)); !made) return made.error();
    m_staging.push_back(std::move(slot));
  }
  return std::unique_ptr<DeviceMemory>(std::move(memory));
}

Result<std::unique_ptr<KeyValueCache>> CudaBackend::createCache(int positions) {
  if (!m_lost) return m_lost.error();
  auto cache = std::make_unique<CudaCache>();
  cache->capacity = positions;
  const std::size_t size = at(m_shape.layers) * at(positions) * at(m_shape.keyValueHeads) * at(m_shape.headWidth);
  const char* what = "the question's keys and values";
  if (Status made = keep(cache->keys.allocate(size, m_bytes, what)); !made) return made.error();
  if (Status made = keep(cache->values.allocate(size, m_bytes, what)); !made) return made.error();
  if (Status made = keep(makeRotaryTable(m_rotaryFrequencies, positions, m_bytes, cache->rotary)); !made) {
    return made.error();
  }
  return std::unique_ptr<KeyValueCache>(std::move(cache));
}

Status CudaBackend::checkTokens(const EmbedArgs& args, int memoryRows) const {
  for (const TokenId token : args.tokens) {
    if (token >= 0 && token < m_config.vocabularySize) continue;
    return makeError(ErrorCode::kInvalidArgument, "token " + std::to_string(token) +
                                                      " is outside the model's vocabulary of " +
                                                      std::to_string(m_config.vocabularySize));
  }
  if (m_weights.positions.size() == 0) return {};
  const int tableRows = positionRows();
  const bool wrapped = memoryRows > 0 && m_config.memory->wrapPositions;
  const int last = args.firstPosition + static_cast<int>(args.tokens.size()) + (wrapped ? 0 : memoryRows) - 1;
  if (last < tableRows) return {};
  return makeError(ErrorCode::kInvalidArgument, "position " + std::to_string(last) +
                                                    " is past the model's last position " +
                                                    std::to_string(tableRows - 1) + "; ask something shorter");
}

Status CudaBackend::embed(Workspace& workspace, int parity, const EmbedArgs& args) {
  if (!m_lost) return m_lost;
  auto& w = static_cast<CudaWorkspace&>(workspace);
  EmbedArguments a;
  a.textRows = static_cast<int>(args.tokens.size());
  a.memoryRows = args.memoryTokens ? m_config.memory->memoryTokens : 0;
  TM_CHECK(a.textRows + a.memoryRows <= w.rows, std::to_string(a.textRows));
  if (Status valid = checkTokens(args, a.memoryRows); !valid) return valid;
  const std::size_t place = w.nextTokens++ % std::size(w.tokens);
  // The kernel reads the tokens from here; this place was last used several groups ago.
  if (Status free = keep(checkCuda(cudaEventSynchronize(w.tokensRead[place].get()), "waiting for an embedding"));
      !free) {
    return free;
  }
  std::copy(args.tokens.begin(), args.tokens.end(), w.tokens[place].data());
  a.tokens = w.tokens[place].data();
  a.embedding = m_weights.embedding.data();
  a.memoryTokens = m_weights.memoryTokens.data();
  a.positions = m_weights.positions.data();
  a.out = w.slot(m_shape, parity, 0);
  a.width = m_shape.hidden;
  a.firstPosition = args.firstPosition;
  const bool wrapped = a.memoryRows > 0 && m_config.memory->wrapPositions;
  a.firstMemoryPosition = wrapped ? positionRows() - a.memoryRows : args.firstPosition + a.textRows;
  if (Status waits = keep(waitOn(m_side.get(), w.slotFree[parity])); !waits) return waits;
  if (Status done = keep(launchEmbed({m_side.get(), &m_counts}, a)); !done) return done;
  if (Status done = keep(record(w.tokensRead[place], m_side.get())); !done) return done;
  if (Status done = keep(record(w.embedded, m_side.get())); !done) return done;
  w.embedPending = true;
  return {};
}

Status CudaBackend::submitGroup(Workspace& workspace, const CellGroup& group) {
  if (!group.writes.empty() || !group.reads.empty()) {
    return makeError(ErrorCode::kUnsupported,
                     "the cuda backend does not trace what memory is made of; use --backend cpu for evidence");
  }
  if (!m_lost) return m_lost;
  auto& w = static_cast<CudaWorkspace&>(workspace);
  TM_CHECK(group.firstLayer + group.count <= m_config.layers, std::to_string(group.firstLayer));
  TM_CHECK(group.rows <= w.rows && group.count <= w.cells, std::to_string(group.rows));
  if (w.embedPending) {
    if (Status waits = keep(waitOn(m_compute.get(), w.embedded)); !waits) return waits;
    w.embedPending = false;
  }
  if (Status queued = keep(queueGroup(w, group)); !queued) return queued;
  ++m_counts.groups;
  if (group.plan->writesMemory()) {
    if (Status queued = keep(queueMetrics(w, group)); !queued) return queued;
  }
  return keep(markSlots(w, group));
}

/// A diagonal with all layers is the same work every time: it becomes a graph.
Status CudaBackend::queueGroup(CudaWorkspace& w, const CellGroup& group) {
  const bool steady = group.count == m_shape.layers && group.count > 1 && group.plan->writesMemory() &&
                      group.cache == nullptr && group.rows == w.rows;
  if (!steady) return m_runner->run(computeTarget(), w, group);
  auto graph = steadyGraph(w, group);
  if (!graph) return graph.error();
  if (Status launched = checkCuda(cudaGraphLaunch((*graph)->exec.get(), m_compute.get()), "a steady diagonal");
      !launched) {
    return launched;
  }
  ++m_counts.graphReplays;
  m_counts.kernels += (*graph)->kernels;
  m_counts.products += (*graph)->products;
  return {};
}

Result<SteadyGraph*> CudaBackend::steadyGraph(CudaWorkspace& w, const CellGroup& group) {
  const std::uint64_t memory = static_cast<CudaMemory*>(group.memory)->id;
  const auto known = std::find_if(w.graphs.begin(), w.graphs.end(), [&](const SteadyGraph& graph) {
    return graph.parity == group.parity && graph.memory == memory;
  });
  if (known != w.graphs.end()) return &*known;
  // What is chosen or asked of the driver at a first use must not happen while a graph is recorded: plans are made by
  // the ramp, which ran the same operations on fewer cells.
  auto captured = captureGroup(w, group);
  if (!captured) return captured.error();
  w.graphs.push_back(std::move(captured).value());
  return &w.graphs.back();
}

Result<SteadyGraph> CudaBackend::captureGroup(CudaWorkspace& w, const CellGroup& group) {
  LaunchCounts counts;
  if (Status begun =
          checkCuda(cudaStreamBeginCapture(m_compute.get(), cudaStreamCaptureModeThreadLocal), "recording a diagonal");
      !begun) {
    return begun.error();
  }
  const Status ran = m_runner->run({m_compute.get(), &counts}, w, group);
  cudaGraph_t recorded = nullptr;
  const Status ended = checkCuda(cudaStreamEndCapture(m_compute.get(), &recorded), "recording a diagonal");
  const Graph graph(recorded);
  if (!ran) return ran.error();
  if (!ended) return ended.error();
  cudaGraphExec_t exec = nullptr;
  if (Status made = checkCuda(cudaGraphInstantiate(&exec, graph.get(), 0), "preparing a diagonal"); !made) {
    return made.error();
  }
  SteadyGraph steady;
  steady.parity = group.parity;
  steady.memory = static_cast<CudaMemory*>(group.memory)->id;
  steady.exec = GraphExec(exec);
  steady.kernels = counts.kernels;
  steady.products = counts.products;
  return steady;
}

Status CudaBackend::queueMetrics(CudaWorkspace& w, const CellGroup& group) {
  const std::size_t place = w.nextGroup++ % std::size(w.groupDone);
  TM_CHECK(w.underWay.size() < std::size(w.groupDone), std::to_string(w.underWay.size()));
  const std::size_t bytes = 3 * at(group.count) * sizeof(float);
  if (Status copied = checkCuda(cudaMemcpyAsync(w.groupMetrics[place].data(), w.metrics.data(), bytes,
                                                cudaMemcpyDeviceToHost, m_compute.get()),
                                "copying metrics");
      !copied) {
    return copied;
  }
  if (Status done = record(w.groupDone[place], m_compute.get()); !done) return done;
  w.underWay.push_back({group.count, place});
  return {};
}

Status CudaBackend::markSlots(CudaWorkspace& w, const CellGroup& group) {
  for (int buffer = 0; buffer < 2; ++buffer) {
    // With one slot per buffer every group reads one and writes the other.
    const bool touched = w.cells == 1 || (group.firstLayer == 0 && buffer == group.parity);
    if (!touched) continue;
    if (Status done = record(w.slotFree[buffer], m_compute.get()); !done) return done;
  }
  return {};
}

Status CudaBackend::awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) {
  if (!m_lost) return m_lost;
  auto& w = static_cast<CudaWorkspace&>(workspace);
  TM_CHECK(!w.underWay.empty(), "no group is under way");
  const GroupTicket ticket = w.underWay.front();
  w.underWay.pop_front();
  if (Status done = keep(checkCuda(cudaEventSynchronize(w.groupDone[ticket.place].get()), "reading")); !done) {
    return done;
  }
  TM_CHECK(metrics.empty() || static_cast<int>(metrics.size()) >= ticket.cells, std::to_string(metrics.size()));
  const float* values = w.groupMetrics[ticket.place].data();
  for (int cell = 0; cell < ticket.cells && !metrics.empty(); ++cell) {
    metrics[at(cell)] = {values[3 * cell], values[3 * cell + 1], values[3 * cell + 2]};
  }
  return {};
}

Status CudaBackend::start() {
  m_countsAtStart = m_counts;
  return keep(record(m_startEvent, m_compute.get()));
}

Result<CudaTimes> CudaBackend::stop() {
  if (Status done = keep(record(m_stopEvent, m_compute.get())); !done) return done.error();
  if (Status done = keep(checkCuda(cudaEventSynchronize(m_stopEvent.get()), "timing")); !done) return done.error();
  float milliseconds = 0;
  const Status measured =
      checkCuda(cudaEventElapsedTime(&milliseconds, m_startEvent.get(), m_stopEvent.get()), "timing");
  if (!keep(measured)) return measured.error();
  CudaTimes times;
  times.seconds = milliseconds * 1e-3;
  times.groups = m_counts.groups - m_countsAtStart.groups;
  times.kernelLaunches = m_counts.kernels - m_countsAtStart.kernels;
  times.gemmLaunches = m_counts.products - m_countsAtStart.products;
  times.graphReplays = m_counts.graphReplays - m_countsAtStart.graphReplays;
  times.deviceBytes = m_bytes.now;
  return times;
}

}  // namespace cuda

Result<CudaDeviceInfo> describeCudaDevice(int device) {
  cudaDeviceProp properties{};
  if (const cudaError_t asked = cudaGetDeviceProperties(&properties, device); asked != cudaSuccess) {
    return makeError(ErrorCode::kUnsupported, std::string("no GPU can be used (") + cudaGetErrorString(asked) + ")");
  }
  CudaDeviceInfo info;
  info.name = properties.name;
  info.capabilityMajor = properties.major;
  info.capabilityMinor = properties.minor;
  info.multiprocessors = properties.multiProcessorCount;
  std::size_t free = 0;
  std::size_t total = 0;
  if (Status chosen = cuda::checkCuda(cudaSetDevice(device), "choosing the device"); !chosen) return chosen.error();
  if (Status asked = cuda::checkCuda(cudaMemGetInfo(&free, &total), "asking for free memory"); !asked) {
    return asked.error();
  }
  info.freeBytes = free;
  info.totalBytes = total;
  return info;
}

Result<std::unique_ptr<Backend>> createCudaBackend(const ModelConfig& config, ModelWeights weights,
                                                   const CudaOptions& options) {
  auto shape = makeCudaShape(config);
  if (!shape) return shape.error();
  auto device = describeCudaDevice(options.device);
  if (!device) return device.error();
  if (device->capabilityMajor < kLeastCudaCapability) {
    return makeError(ErrorCode::kUnsupported,
                     device->name + " has compute capability " + std::to_string(device->capabilityMajor) + "." +
                         std::to_string(device->capabilityMinor) + " and 8.0 is needed; use --backend cpu");
  }
  try {
    auto backend = std::make_unique<cuda::CudaBackend>(config, *shape, std::move(device).value(), options.device);
    if (Status opened = backend->open(weights); !opened) return opened.error();
    return std::unique_ptr<Backend>(std::move(backend));
  } catch (const std::bad_alloc&) {  // on the host, where weights are padded on their way
    return makeError(ErrorCode::kOutOfMemory,
                     "the model's weights could not be prepared for the GPU: the machine's own memory is full; close "
                     "other programs");
  }
}

CudaInstruments& cudaInstruments(Backend& backend) {
  return static_cast<cuda::CudaBackend&>(backend);
}

}  // namespace tidemark

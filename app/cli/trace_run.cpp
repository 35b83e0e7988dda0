#include "app/cli/trace_run.h"

#include <algorithm>
#include <optional>

#include "app/cli/token_segments.h"
#include "engine/base/check.h"
#include "engine/base/numeric.h"
#include "engine/base/system_memory.h"
#include "engine/generate/answer_generator.h"
#include "engine/memory/memory_snapshot.h"

namespace tidemark::cli {
namespace {

std::size_t size(std::int64_t n) {
  return static_cast<std::size_t>(n);
}

Tensor tensorOf(std::span<const TokenId> ids) {
  Tensor tensor(DType::kI32, {static_cast<std::int64_t>(ids.size())});
  std::copy(ids.begin(), ids.end(), tensor.ints().begin());
  return tensor;
}

Tensor tensorOf(std::span<const float> values, Shape shape) {
  Tensor tensor(DType::kF32, std::move(shape));
  TM_CHECK(tensor.floats().size() == values.size(), std::to_string(values.size()));
  std::copy(values.begin(), values.end(), tensor.floats().begin());
  return tensor;
}

/// Carries one request out.
class Tracer {
 public:
  Tracer(Backend& backend, const TraceRequest& request)
      : m_backend(backend), m_config(backend.config()), m_request(request) {}

  Result<Trace> run() {
    add("input_ids", tensorOf(m_request.tokens));
    if (m_config.memory) {
      if (Status done = read(); !done) return done.error();
      if (Status done = ask(); !done) return done.error();
    } else if (!m_request.fullAttention || !m_request.question.empty()) {
      return makeError(ErrorCode::kUnsupported,
                       "this model has no associative memory, so it cannot read or answer segment by segment; trace it "
                       "with --full-attention and without --question");
    }
    if (m_request.fullAttention) {
      if (Status done = computeBaseline(); !done) return done.error();
    }
    return std::move(m_trace);
  }

 private:
  void add(const std::string& name, Tensor tensor) { m_trace.tensors.emplace_back(name, std::move(tensor)); }

  [[nodiscard]] Status checkCancelled() const {
    if (!m_request.cancelled || !m_request.cancelled()) return {};
    return makeError(ErrorCode::kCancelled, "cancelled; nothing was written");
  }

  Status read();
  Status finishRead(Executor& executor, DeviceMemory& memory, std::span<const TokenId> ragged);
  Status takeLogits(Workspace& workspace, int parity, int rows);
  /// Room for logits [N, V] and the memory after every segment.
  Status reserve();
  void makeSnapshotTensors();
  Status captureInto(std::int64_t segment, int layer);
  Status ask();
  Status computeBaseline();

  Backend& m_backend;
  const ModelConfig& m_config;
  const TraceRequest& m_request;
  Trace m_trace;
  std::unique_ptr<DeviceMemory> m_memory;
  Tensor m_logits;
  std::size_t m_logitsDone = 0;
  std::vector<std::pair<Tensor, Tensor>> m_memories;  // W_mem and z after each segment
  std::vector<float> m_layer;                         // one layer on its way into them
};

Status Tracer::reserve() {
  const auto tokens = static_cast<std::int64_t>(m_request.tokens.size());
  m_trace.segments = ceilDiv<std::int64_t>(tokens, m_config.memory->segmentSize);
  const std::uint64_t stateBytes = m_backend.layerMemoryFloats() * size(m_config.layers) * sizeof(float);
  const std::uint64_t logitBytes = m_request.tokens.size() * size(m_config.vocabularySize) * sizeof(float);
  if (Status enough = requireMemory(logitBytes + size(m_trace.segments) * stateBytes, "the tensors of this trace");
      !enough) {
    return enough;
  }
  m_logits = Tensor(DType::kF32, {tokens, m_config.vocabularySize});
  m_layer.resize(m_backend.layerMemoryFloats());
  makeSnapshotTensors();
  return {};
}

void Tracer::makeSnapshotTensors() {
  const MemoryConfig& memory = *m_config.memory;
  const std::int64_t layers = m_config.layers;
  const std::int64_t heads = memory.heads;
  const std::int64_t keys = memory.keyWidth() / heads;
  const std::int64_t values = m_config.hiddenSize / heads;
  for (std::int64_t s = 0; s < m_trace.segments; ++s) {
    if (heads == 1) {
      m_memories.emplace_back(Tensor(DType::kF32, {layers, keys, values}), Tensor(DType::kF32, {layers, keys}));
    } else {
      m_memories.emplace_back(Tensor(DType::kF32, {layers, heads, keys, values}),
                              Tensor(DType::kF32, {layers, heads, keys}));
    }
  }
}

Status Tracer::captureInto(std::int64_t segment, int layer) {
  if (const auto copied = m_backend.exportMemory(*m_memory, layer, m_layer); !copied) return copied.error();
  auto& [weights, normalizer] = m_memories[size(segment)];
  const std::size_t keys = size(m_config.memory->keyWidth());
  const std::size_t weightFloats = m_layer.size() - keys;
  std::copy_n(m_layer.begin(), weightFloats,
              weights.floats().begin() + static_cast<std::ptrdiff_t>(size(layer) * weightFloats));
  std::copy_n(m_layer.end() - static_cast<std::ptrdiff_t>(keys), keys,
              normalizer.floats().begin() + static_cast<std::ptrdiff_t>(size(layer) * keys));
  return {};
}

Status Tracer::takeLogits(Workspace& workspace, int parity, int rows) {
  const std::size_t count = size(rows) * size(m_config.vocabularySize);
  Status done = m_backend.computeLogits(workspace, parity, 0, rows, m_logits.floats().subspan(m_logitsDone, count));
  m_logitsDone += count;
  return done;
}

Status Tracer::read() {
  if (Status reserved = reserve(); !reserved) return reserved;
  auto memory = m_backend.createMemory();
  if (!memory) return memory.error();
  m_memory = std::move(memory).value();
  auto executor = makeExecutor(m_request.schedule, m_backend, *m_memory, 0);
  if (!executor) return executor.error();
  const int segmentSize = m_config.memory->segmentSize;
  TokenSegments source(m_request.tokens, segmentSize);
  while (true) {
    if (Status goOn = checkCancelled(); !goOn) return goOn;
    const auto step = (*executor)->step(source);
    if (!step) return step.error();
    if (!step->has_value()) break;
    const GroupReport& report = **step;
    // Layer l stands after its segment now; the next group changes it again.
    for (int layer = report.firstLayer; layer < report.firstLayer + report.count; ++layer) {
      if (Status copied = captureInto(report.segmentOf(layer), layer); !copied) return copied;
    }
    if (!report.finishedSegment) continue;
    if (Status taken = takeLogits((*executor)->workspace(), report.parity, segmentSize); !taken) return taken;
  }
  return finishRead(**executor, *m_memory, source.rest());
}

Status Tracer::finishRead(Executor& executor, DeviceMemory& memory, std::span<const TokenId> ragged) {
  if (!ragged.empty()) {
    const auto parity = commitSegment(m_backend, executor.workspace(), memory, ragged);
    if (!parity) return parity.error();
    if (Status taken = takeLogits(executor.workspace(), *parity, static_cast<int>(ragged.size())); !taken) return taken;
    for (int layer = 0; layer < m_config.layers; ++layer) {
      if (Status copied = captureInto(m_trace.segments - 1, layer); !copied) return copied;
    }
  }
  const auto last = captureMemory(m_backend, memory, m_trace.segments - 1);
  if (!last) return last.error();
  m_trace.stateHash = hashMemory(*last);
  add("logits", std::move(m_logits));
  for (std::size_t s = 0; s < m_memories.size(); ++s) {
    const std::string suffix = ".after_segment_" + std::to_string(s);
    add("W_mem" + suffix, std::move(m_memories[s].first));
    add("z" + suffix, std::move(m_memories[s].second));
  }
  return {};
}

Status Tracer::ask() {
  if (m_request.question.empty()) return {};
  AnswerOptions options;
  options.maxTokens = m_request.maxTokens;
  options.keepLogits = true;
  auto generator = AnswerGenerator::create(m_backend, *m_memory, m_request.question, options);
  if (!generator) return generator.error();
  std::vector<TokenId> ids;
  std::vector<float> logits;
  while (true) {
    if (Status goOn = checkCancelled(); !goOn) return goOn;
    const auto token = generator->next();
    if (!token) return token.error();
    if (!token->has_value()) break;
    ids.push_back(**token);
    logits.insert(logits.end(), generator->logits().begin(), generator->logits().end());
  }
  add("question_ids", tensorOf(m_request.question));
  add("generated_ids", tensorOf(ids));
  add("generated_logits", tensorOf(logits, {static_cast<std::int64_t>(ids.size()), m_config.vocabularySize}));
  return {};
}

Status Tracer::computeBaseline() {
  if (Status goOn = checkCancelled(); !goOn) return goOn;
  const auto tokens = baselineTokens(m_config, m_request.tokens);
  const auto logits = computeFullAttention(m_backend, tokens);
  if (!logits) return logits.error();
  add("full_attention_logits", tensorOf(*logits, {static_cast<std::int64_t>(tokens.size()), m_config.vocabularySize}));
  return {};
}

}  // namespace

std::span<const TokenId> baselineTokens(const ModelConfig& config, std::span<const TokenId> tokens) {
  if (config.family != ModelFamily::kGpt2) return tokens;
  return tokens.first(std::min(tokens.size(), size(config.maxPositions)));
}

Result<Trace> runTrace(Backend& backend, const TraceRequest& request) {
  TM_CHECK(!request.tokens.empty(), "a trace needs tokens");
  return Tracer(backend, request).run();
}

}  // namespace tidemark::cli

#include "tests/support/read_log.h"

#include <gtest/gtest.h>

#include "tests/support/compare.h"
#include "tests/support/vector_source.h"

namespace tidemark::testing {

std::vector<std::string> ReadLog::hashes() const {
  std::vector<std::string> all;
  for (const auto& [segment, snapshot] : memories) all.push_back(std::to_string(segment) + ": " + hashMemory(snapshot));
  return all;
}

void expectSameRead(const ReadLog& log, const ReadLog& expected) {
  EXPECT_EQ(log.hashes(), expected.hashes());
  EXPECT_TRUE(sameBits(log.lastLogits, expected.lastLogits));
  ASSERT_EQ(log.metrics.size(), expected.metrics.size());
  for (const auto& [cell, metrics] : log.metrics) {
    const CellMetrics& other = expected.metrics.at(cell);
    EXPECT_TRUE(metrics.novelty == other.novelty && metrics.writeStrength == other.writeStrength &&
                metrics.relativeChange == other.relativeChange)
        << "segment " << cell.first << ", layer " << cell.second;
  }
}

namespace {

/// Collects the memory that every group leaves behind: between two steps, or with look-ahead from copies that are
/// queued as the groups are submitted.
class MemoryCollector final : public GroupObserver {
 public:
  MemoryCollector(Backend& backend, const DeviceMemory& memory, bool queued)
      : m_backend(backend), m_memory(memory), m_queued(queued) {}

  [[nodiscard]] Status groupSubmitted(const GroupReport& report) override {
    for (int layer = report.firstLayer; m_queued && layer < report.firstLayer + report.count; ++layer) {
      auto copy = m_backend.queueMemoryCopy(m_memory, layer);
      if (!copy) return copy.error();
      m_copies[{report.segmentOf(layer), layer}] = std::move(copy).value();
    }
    return {};
  }

  [[nodiscard]] Status take(std::int64_t segment, int layer) {
    MemorySnapshot& snapshot = m_open[segment];
    snapshot.segment = segment;
    snapshot.layers.resize(static_cast<std::size_t>(m_backend.config().layers));
    LayerMemory& into = snapshot.layers[static_cast<std::size_t>(layer)];
    if (!m_queued) return captureLayer(m_backend, m_memory, layer, into);
    const auto copy = m_copies.extract({segment, layer});
    return finishCapture(m_backend, *copy.mapped(), into);
  }

  [[nodiscard]] auto finished(std::int64_t segment) { return m_open.extract(segment); }

 private:
  Backend& m_backend;
  const DeviceMemory& m_memory;
  bool m_queued;
  std::map<std::int64_t, MemorySnapshot> m_open;
  std::map<std::pair<std::int64_t, int>, std::unique_ptr<MemoryCopy>> m_copies;
};

}  // namespace

ReadLog readTokens(Backend& backend, DeviceMemory& memory, std::span<const TokenId> tokens,
                   const ReadOptions& options) {
  ReadLog log;
  const ModelConfig& config = backend.config();
  const int size = config.memory->segmentSize;
  log.lastLogits.resize(static_cast<std::size_t>(size) * static_cast<std::size_t>(config.vocabularySize));
  MemoryCollector collector(backend, memory, options.lookAhead > 0);
  auto executor = makeExecutor(options.schedule, backend, memory, options.firstSegment, options.lookAhead);
  EXPECT_TRUE(executor.ok());
  (*executor)->setObserver(&collector);
  VectorSource source(tokens, size);
  std::optional<int> lastParity;
  double lastEnd = 0;
  bool drained = false;
  while (!options.steps || log.steps < *options.steps) {
    auto step = (*executor)->step(source);
    EXPECT_TRUE(step.ok());
    drained = step.ok() && !step->has_value();
    if (!step.ok() || drained) break;
    const GroupReport& report = **step;
    EXPECT_EQ(report.index, log.steps);
    EXPECT_TRUE(report.startSeconds >= lastEnd && report.endSeconds >= report.startSeconds) << "group " << log.steps;
    lastEnd = report.endSeconds;
    ++log.steps;
    for (int layer = report.firstLayer; layer < report.firstLayer + report.count; ++layer) {
      const std::int64_t segment = report.segmentOf(layer);
      EXPECT_TRUE(collector.take(segment, layer).ok());
      log.metrics[{segment, layer}] = report.metrics[static_cast<std::size_t>(layer - report.firstLayer)];
    }
    if (!report.finishedSegment) continue;
    log.memories.insert(collector.finished(*report.finishedSegment));
    lastParity = report.parity;
    if (options.lookAhead > 0) continue;
    EXPECT_TRUE(backend.computeLogits((*executor)->workspace(), report.parity, 0, size, log.lastLogits).ok());
  }
  // With look-ahead only the rows of the very last group stand still.
  if (options.lookAhead > 0 && drained && lastParity) {
    EXPECT_TRUE(backend.computeLogits((*executor)->workspace(), *lastParity, 0, size, log.lastLogits).ok());
  }
  return log;
}

std::unique_ptr<DeviceMemory> makeMemory(Backend& backend) {
  auto memory = backend.createMemory();
  EXPECT_TRUE(memory.ok());
  return std::move(memory).value();
}

MemorySnapshot takeMemory(Backend& backend, const DeviceMemory& memory, std::int64_t segment) {
  auto snapshot = captureMemory(backend, memory, segment);
  EXPECT_TRUE(snapshot.ok());
  return std::move(snapshot).value();
}

std::string memoryHash(Backend& backend, const DeviceMemory& memory) {
  return hashMemory(takeMemory(backend, memory));
}

std::unique_ptr<Backend> makeCpuBackend(const ModelConfig& config, const ModelWeights& weights,
                                        const CpuOptions& options) {
  auto backend = createCpuBackend(config, weights, options);
  EXPECT_TRUE(backend.ok());
  return std::move(backend).value();
}

}  // namespace tidemark::testing

#include "tests/support/read_log.h"

#include <gtest/gtest.h>

#include "tests/support/vector_source.h"

namespace tidemark::testing {

std::vector<std::string> ReadLog::hashes() const {
  std::vector<std::string> all;
  for (const auto& [segment, snapshot] : memories) all.push_back(std::to_string(segment) + ": " + hashMemory(snapshot));
  return all;
}

ReadLog readTokens(Backend& backend, DeviceMemory& memory, std::span<const TokenId> tokens,
                   const ReadOptions& options) {
  ReadLog log;
  const ModelConfig& config = backend.config();
  const int size = config.memory->segmentSize;
  auto executor = makeExecutor(options.schedule, backend, memory, options.firstSegment);
  EXPECT_TRUE(executor.ok());
  VectorSource source(tokens, size);
  std::map<std::int64_t, MemorySnapshot> open;
  while (!options.steps || log.steps < *options.steps) {
    auto step = (*executor)->step(source);
    EXPECT_TRUE(step.ok());
    if (!step.ok() || !step->has_value()) break;
    const GroupReport& report = **step;
    ++log.steps;
    for (int layer = report.firstLayer; layer < report.firstLayer + report.count; ++layer) {
      const std::int64_t segment = report.segmentOf(layer);
      MemorySnapshot& snapshot = open[segment];
      snapshot.segment = segment;
      snapshot.layers.resize(static_cast<std::size_t>(config.layers));
      captureLayer(backend, memory, layer, snapshot.layers[static_cast<std::size_t>(layer)]);
      log.metrics[{segment, layer}] = report.metrics[static_cast<std::size_t>(layer - report.firstLayer)];
    }
    if (!report.finishedSegment) continue;
    log.memories.insert(open.extract(*report.finishedSegment));
    log.lastLogits.resize(static_cast<std::size_t>(size) * static_cast<std::size_t>(config.vocabularySize));
    EXPECT_TRUE(backend.computeLogits((*executor)->workspace(), report.parity, 0, size, log.lastLogits).ok());
  }
  return log;
}

std::string memoryHash(const Backend& backend, const DeviceMemory& memory) {
  return hashMemory(captureMemory(backend, memory, 0));
}

std::unique_ptr<Backend> makeCpuBackend(const ModelConfig& config, const ModelWeights& weights,
                                        const CpuOptions& options) {
  auto backend = createCpuBackend(config, weights, options);
  EXPECT_TRUE(backend.ok());
  return std::move(backend).value();
}

}  // namespace tidemark::testing

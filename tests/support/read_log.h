#pragma once
// A whole read, with everything that two reads are compared by.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/backend/cpu/cpu_backend.h"
#include "engine/executor/executor.h"
#include "engine/memory/memory_snapshot.h"

namespace tidemark::testing {

struct ReadLog {
  std::map<std::int64_t, MemorySnapshot>
      memories;  // complete ones, by segment; layer l's part taken when it was written
  std::map<std::pair<std::int64_t, int>, CellMetrics> metrics;  // by (segment, layer)
  std::vector<float> lastLogits;                                // [T, V] of the last segment that was finished
  int steps = 0;

  [[nodiscard]] std::vector<std::string> hashes() const;
};

struct ReadOptions {
  Schedule schedule = Schedule::kDiagonal;
  std::int64_t firstSegment = 0;
  std::optional<int> steps = {};  // stop after so many
  int lookAhead = 0;              // larger than 0: the memory is copied as the groups are submitted
};

/// Reads all full segments of `tokens` into `memory` with a new executor. A failure fails the test.
[[nodiscard]] ReadLog readTokens(Backend& backend, DeviceMemory& memory, std::span<const TokenId> tokens,
                                 const ReadOptions& options = {});

/// Same memories, logits and metrics, bit for bit, or a failed test.
void expectSameRead(const ReadLog& log, const ReadLog& expected);

/// A memory, or a failed test.
[[nodiscard]] std::unique_ptr<DeviceMemory> makeMemory(Backend& backend);

/// What is in it, or a failed test.
[[nodiscard]] MemorySnapshot takeMemory(Backend& backend, const DeviceMemory& memory, std::int64_t segment = 0);
[[nodiscard]] std::string memoryHash(Backend& backend, const DeviceMemory& memory);

/// The backend, or a failed test.
[[nodiscard]] std::unique_ptr<Backend> makeCpuBackend(const ModelConfig& config, const ModelWeights& weights,
                                                      const CpuOptions& options);

}  // namespace tidemark::testing

#pragma once
// What the associative memory is made of. W_mem after segment s is W_mem after segment s - 1 plus the sum over memory
// tokens of phi(key)^T value, so whoever keeps keys and values of every segment can take any later read apart into what
// each segment contributed, exactly. Keys are kept before phi, which makes them six times shorter.
//
// Packed, a row is its largest number (float32) and 16-bit fractions of it: a share computed from packed rows differs
// from the exact one by some 1e-5, where float16 of the same size differs ten times as much.

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "engine/backend/backend.h"

namespace tidemark {

/// What one segment wrote: keys [L, M, d_mem] before phi, values [L, M, D].
struct SegmentWrites {
  SegmentWrites() = default;
  explicit SegmentWrites(const ModelConfig& config);

  /// Where layer `layer` leaves its part.
  [[nodiscard]] MemoryWriteTrace place(const ModelConfig& config, int layer);

  std::vector<float> keys;
  std::vector<float> values;
};

/// Bytes of one segment's packed trace: a few KiB for a small model, megabytes for one of a billion weights.
[[nodiscard]] std::uint64_t traceBytes(const ModelConfig& config);
[[nodiscard]] std::vector<std::byte> packWrites(const ModelConfig& config, const SegmentWrites& writes);
/// Errors: kMismatch if `packed` is not of this model's size.
[[nodiscard]] Result<SegmentWrites> unpackWrites(const ModelConfig& config, std::span<const std::byte> packed);

/// phi of one row, all memory heads one behind the other: [d_mem] -> [keyWidth]. The arithmetic of the backends up to
/// rounding, the same on every machine.
void memoryFeatures(const MemoryConfig& memory, std::span<const float> row, std::span<float> features);

/// Gives cells room for what they write to memory while a document is read.
class MemoryWriteSink {
 public:
  MemoryWriteSink() = default;
  MemoryWriteSink(const MemoryWriteSink&) = delete;
  MemoryWriteSink& operator=(const MemoryWriteSink&) = delete;
  virtual ~MemoryWriteSink() = default;

  /// Called as the cell's group is submitted; the room is needed until that group was reported.
  [[nodiscard]] virtual MemoryWriteTrace roomFor(std::int64_t segment, int layer) = 0;
};

/// Collects and packs the traces of the segments of a read. Engine thread.
class TraceCollector final : public MemoryWriteSink {
 public:
  struct Trace {
    std::int64_t segment = 0;
    std::vector<std::byte> packed;
  };

  explicit TraceCollector(const ModelConfig& config) : m_config(config) {}

  [[nodiscard]] MemoryWriteTrace roomFor(std::int64_t segment, int layer) override;
  /// The segment left the last layer.
  void segmentFinished(std::int64_t segment);
  /// Traces of finished segments up to and with `last`, in order.
  [[nodiscard]] std::vector<Trace> take(std::int64_t last);

 private:
  const ModelConfig& m_config;
  std::map<std::int64_t, SegmentWrites> m_open;
  std::vector<SegmentWrites> m_free;
  std::deque<Trace> m_packed;
};

}  // namespace tidemark

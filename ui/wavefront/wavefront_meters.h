#pragma once
// The figures beside the wavefront: how fast it reads, and what its memory weighs beside a key/value cache. Pure.

#include <QString>
#include <cstdint>
#include <vector>

#include "ui/wavefront/wavefront_data.h"

namespace tidemark::ui {

/// Tokens per second over windows of time. Work counts by cells (a cell is T / L tokens), so the ramps of the front
/// show as what they are.
class ThroughputMeter {
 public:
  static constexpr double kWindowSeconds = 0.25;
  static constexpr std::size_t kKeptWindows = 240;
  static constexpr std::size_t kMedianWindows = 16;

  void reset(int layers, int segmentTokens);
  void add(const GroupRecord& group);
  /// Median over the newest windows; before the first is full, the rate so far; 0 before any group.
  [[nodiscard]] double tokensPerSecond() const;
  [[nodiscard]] const std::vector<float>& windows() const { return m_windows; }  // oldest first

 private:
  double m_tokensPerCell = 0;
  double m_windowStart = 0;
  double m_windowEnd = 0;
  double m_windowTokens = 0;
  std::vector<float> m_windows;
};

struct MemoryFigures {
  std::uint64_t stateBytes = 0;  // the same for any length
  std::uint64_t cacheBytes = 0;  // what a key/value cache would take for the tokens read
};

[[nodiscard]] MemoryFigures memoryFigures(std::uint64_t stateBytes, std::uint64_t kvBytesPerToken,
                                          std::int64_t segments, int segmentTokens);

/// "3,214 tokens/s · memory 0.59 MB · a KV cache would be 412 MB"; parts without a figure are left out.
[[nodiscard]] QString figuresText(double tokensPerSecond, const MemoryFigures& memory);

}  // namespace tidemark::ui

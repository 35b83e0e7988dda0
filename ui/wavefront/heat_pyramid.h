#pragma once
// Mean and maximum of a metric over 2^k segments, per layer, kept up to date cell by cell: what a picture needs when
// many segments share a pixel. Values are 0..1, kept in 16 bits.

#include <cstdint>
#include <span>
#include <vector>

namespace tidemark::ui {

struct HeatSample {
  float mean = 0;
  float maximum = 0;
  std::uint32_t count = 0;  // cells with a value; 0: mean and maximum mean nothing
};

class HeatPyramid {
 public:
  explicit HeatPyramid(int layers = 0) : m_layers(layers) {}

  void clear(int layers);
  /// O(levels). Values are clamped; NaN is no value.
  void set(std::int64_t segment, int layer, float value);
  /// Forgets all columns at or after `segment`.
  void truncate(std::int64_t segment);

  [[nodiscard]] int layers() const { return m_layers; }
  [[nodiscard]] int levels() const { return static_cast<int>(m_levels.size()); }
  /// Column c of level k covers segments [c 2^k, (c + 1) 2^k). Levels beyond the last repeat the last.
  [[nodiscard]] HeatSample sample(int level, std::int64_t column, int layer) const;

 private:
  struct Node {
    std::uint32_t count = 0;
    std::uint16_t mean = 0;
    std::uint16_t maximum = 0;
  };
  [[nodiscard]] std::int64_t columns(int level) const;
  void refresh(int level, std::int64_t column, int layer);

  int m_layers = 0;
  std::vector<std::vector<Node>> m_levels;  // [level][column * layers + layer]
};

}  // namespace tidemark::ui

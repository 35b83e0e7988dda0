#pragma once
// Mean and maximum of a metric over 2^k segments, per layer: what a picture needs when many segments share a pixel.
// Setting a value only stores it; settle() then brings all levels up to date at a cost of two nodes a value, however
// many levels there are. Values are 0..1, kept in 16 bits.

#include <cstdint>
#include <vector>

namespace tidemark::ui {

struct HeatSample {
  float mean = 0;
  float maximum = 0;
  std::uint32_t count = 0;  // cells with a value; 0: mean and maximum mean nothing
};

class HeatPyramid {
 public:
  explicit HeatPyramid(int layers = 0) { clear(layers); }

  void clear(int layers);
  /// O(1). Values are clamped; NaN is no value. Samples above level 0 are stale until settle().
  void set(std::int64_t segment, int layer, float value);
  void settle();
  /// Forgets all columns at or after `segment`; settles.
  void truncate(std::int64_t segment);

  [[nodiscard]] int layers() const { return static_cast<int>(m_rows.size()); }
  [[nodiscard]] int levels() const;
  /// Of one segment; NaN where there is none.
  [[nodiscard]] float value(std::int64_t segment, int layer) const;
  /// Column c of level k covers segments [c 2^k, (c + 1) 2^k). Levels beyond the last repeat the last.
  [[nodiscard]] HeatSample sample(int level, std::int64_t column, int layer) const;

 private:
  struct Node {
    std::uint32_t count = 0;
    std::uint16_t mean = 0;
    std::uint16_t maximum = 0;
  };
  struct Row {
    std::vector<std::uint16_t> leaves;     // [segment]
    std::vector<std::vector<Node>> above;  // [level - 1][column]
    std::int64_t dirtyFirst = 0;           // leaves [dirtyFirst, dirtyEnd) changed since the last settle()
    std::int64_t dirtyEnd = 0;
  };
  [[nodiscard]] static Node nodeAt(const Row& row, int level, std::int64_t column);
  static void settle(Row& row);

  std::vector<Row> m_rows;  // [layer]
};

}  // namespace tidemark::ui

#pragma once
// Which cells run together. Cell (segment s, layer l) needs (s, l - 1) and (s - 1, l), so all cells with equal s + l
// can run as one group: S + L - 1 groups instead of S L single cells. Pure integers.

#include <cstdint>
#include <optional>

namespace tidemark {

/// Layers [firstLayer, firstLayer + count) run together; layer l works on segment index - l.
struct Diagonal {
  std::int64_t index = 0;
  int firstLayer = 0;
  int count = 0;
  [[nodiscard]] std::int64_t segmentOf(int layer) const { return index - layer; }
  friend bool operator==(const Diagonal&, const Diagonal&) = default;
};

/// Diagonals of a stream of segments whose number is not known in advance. Segments count from 0 in each schedule.
class DiagonalSchedule {
 public:
  explicit DiagonalSchedule(int layers) : m_layers(layers) {}

  /// The next diagonal. `segmentEnters`: a new segment starts at layer 0. Once a diagonal ran without one, the front
  /// drains and nothing may enter any more. Nothing when all segments have left the last layer.
  [[nodiscard]] std::optional<Diagonal> next(bool segmentEnters);

  /// True while next(true) is allowed.
  [[nodiscard]] bool accepts() const { return m_index == m_entered; }
  [[nodiscard]] std::int64_t entered() const { return m_entered; }

 private:
  int m_layers;
  std::int64_t m_index = 0;    // of the next diagonal
  std::int64_t m_entered = 0;  // segments so far
};

}  // namespace tidemark

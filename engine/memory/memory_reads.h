#pragma once
// What the rows of a question segment read from memory, layer by layer, as a backend leaves it while an answer is
// decoded.

#include <vector>

#include "engine/backend/backend.h"

namespace tidemark {

class MemoryReads {
 public:
  struct Layer {
    std::vector<float> queries;       // [rows, d_mem], before phi
    std::vector<float> denominators;  // [rows, heads]
    std::vector<float> readouts;      // [rows, D]
    std::vector<float> rows;          // [rows, D], before the readout was added
  };

  /// Forgets all rows.
  void reset(const ModelConfig& config);
  /// Makes room for more rows in every layer.
  void grow(const ModelConfig& config, int rows);
  /// Where layer `layer` leaves what the rows from `firstRow` on read.
  [[nodiscard]] MemoryReadTrace place(const ModelConfig& config, int layer, int firstRow);

  [[nodiscard]] int rows() const { return m_rows; }
  [[nodiscard]] const std::vector<Layer>& layers() const { return m_layers; }

 private:
  int m_rows = 0;
  std::vector<Layer> m_layers;
};

}  // namespace tidemark

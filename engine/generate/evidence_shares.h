#pragma once
// Takes what rows of a question read from memory apart into what each segment contributed. A read is linear in W_mem:
// readout = sum over segments of c_s, with c_s = sum over memory tokens m of (phi(q) . phi(k_{s,m})) u_{s,m} / (phi(q)
// . z + eps). A segment's share is <c_s, readout> / |readout|^2: signed (a later segment may take back what an earlier
// one wrote), and all shares of a read sum to 1 up to the rounding of the packed traces.

#include <span>
#include <vector>

#include "engine/memory/memory_reads.h"
#include "engine/memory/memory_trace.h"

namespace tidemark {

/// A read of one row in one layer by one memory head.
struct ReadPlace {
  int row = 0;
  int layer = 0;
  int head = 0;
};

class ShareCalculator {
 public:
  /// Of the rows [firstRow, endRow) of `reads`. Nothing of the arguments is kept but the configuration.
  ShareCalculator(const ModelConfig& config, const MemoryReads& reads, int firstRow, int endRow);

  /// Reads by row, layer and head, in this order; as many as sharesOf gives numbers.
  [[nodiscard]] const std::vector<ReadPlace>& places() const { return m_places; }
  /// |readout| of each place, and that of the row before it was added.
  [[nodiscard]] std::span<const double> readoutNorms() const { return m_readoutNorms; }
  [[nodiscard]] std::span<const double> rowNorms() const { return m_rowNorms; }

  /// The share of one segment in every read; 0 where nothing was read. Same bits on every machine.
  void sharesOf(const SegmentWrites& writes, std::span<double> shares) const;

 private:
  const ModelConfig& m_config;
  int m_rows;
  std::vector<ReadPlace> m_places;
  std::vector<float> m_features;  // phi(q) [layers, rows, keyWidth]
  std::vector<float> m_readouts;  // [layers, rows, D]
  std::vector<double> m_factors;  // per place: 1 / (denominator |readout|^2), or 0
  std::vector<double> m_readoutNorms;
  std::vector<double> m_rowNorms;
};

}  // namespace tidemark

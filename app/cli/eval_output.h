#pragma once
// What `eval` says: how far it is on stderr, and the results as a table or as JSON.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/cli/json_output.h"
#include "app/cli/progress_line.h"
#include "engine/evaluation/evaluation.h"

namespace tidemark::cli {

/// Tasks in rows, lengths in columns: right answers in percent with their 95 % interval, and of how many. `cells` go
/// length by length.
[[nodiscard]] std::string evaluationTable(std::span<const EvaluationCell> cells);

/// Accuracy is null for a cell without samples.
[[nodiscard]] Json evaluationJson(std::span<const EvaluationCell> cells);

/// One line that is redrawn on a terminal, a line now and then elsewhere.
class EvalProgress {
 public:
  EvalProgress(bool terminal, std::size_t samples) : m_line(terminal), m_samples(samples) {}

  void sampleBegins(const PlannedSample& sample, std::size_t done);
  void tokensRead(std::int64_t tokens);
  void sampleEnds(const SampleRecord& record);
  /// ProgressLine::close().
  void close() { m_line.close(); }

 private:
  void show();

  ProgressLine m_line;
  std::size_t m_samples;
  std::string m_sample;  // "qa1 4k"
  std::size_t m_done = 0;
  std::int64_t m_tokens = 0;  // of the sample, read so far
  std::int64_t m_asked = 0;   // in this run
  std::int64_t m_right = 0;
};

}  // namespace tidemark::cli

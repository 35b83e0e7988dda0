#pragma once
// What `eval` says: how far it is on stderr, and the results as a table or as JSON.

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "app/cli/json_output.h"
#include "engine/base/run_clock.h"
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
  EvalProgress(bool terminal, std::size_t samples) : m_terminal(terminal), m_samples(samples) {}

  void sampleBegins(const PlannedSample& sample, std::size_t done);
  void tokensRead(std::int64_t tokens);
  void sampleEnds(const SampleRecord& record);
  /// Ends the redrawn line, so that what follows starts on its own.
  void close();

 private:
  void show();

  bool m_terminal;
  std::size_t m_samples;
  bool m_drawn = false;
  RunClock m_clock;
  double m_lastShown = 0;
  std::string m_sample;  // "qa1 4k"
  std::size_t m_done = 0;
  std::int64_t m_tokens = 0;  // of the sample, read so far
  std::int64_t m_asked = 0;   // in this run
  std::int64_t m_right = 0;
};

}  // namespace tidemark::cli

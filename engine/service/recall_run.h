#pragma once
// measureRecall step by step, so that other work of the engine thread goes on in between.

#include <memory>

#include "engine/base/run_clock.h"
#include "engine/service/marked_run.h"
#include "engine/service/model_recall.h"

namespace tidemark {

class ModelReader;

class RecallRun {
 public:
  /// Both must outlive the run.
  RecallRun(const SessionStore& session, const LoadedModel& model, const RecallRequest& request);
  ~RecallRun();
  RecallRun(const RecallRun&) = delete;
  RecallRun& operator=(const RecallRun&) = delete;

  /// A group of a reading or a token of an answer. Errors: those of measureRecall but kCancelled; the run is over then.
  [[nodiscard]] Result<JobStep> step();
  [[nodiscard]] MeterProgress progress() const;
  /// Each fact is asked for twice.
  [[nodiscard]] int answersAll() const { return 2 * m_request.meter.facts; }
  /// Once it is done.
  [[nodiscard]] ModelRecall take() { return std::move(m_recall); }

 private:
  [[nodiscard]] Status beginGuesses();
  [[nodiscard]] Result<JobStep> guess();

  const SessionStore& m_session;
  const LoadedModel& m_model;
  const RecallRequest m_request;
  RunClock m_clock;
  std::unique_ptr<ModelReader> m_reader;
  MarkedRun m_marked;
  bool m_isChecked = false;
  bool m_isGuessing = false;
  bool m_isAsking = false;
  std::size_t m_reading = 0;  // and the fact of it that is guessed
  std::size_t m_fact = 0;
  int m_guessed = 0;
  ModelRecall m_recall;
};

}  // namespace tidemark

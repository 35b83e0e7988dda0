#pragma once
// Answers one question from the session's memory, token by token, and keeps it in the session file while it streams.
// Works on a memory of its own, so a read that goes on at the same time is not disturbed. Engine thread.

#include <memory>
#include <optional>
#include <stop_token>

#include "engine/base/run_clock.h"
#include "engine/generate/answer_generator.h"
#include "engine/service/engine_state.h"
#include "engine/service/requests.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

class AskJob {
 public:
  AskJob(EngineState& state, RunId run, AskRequest request, std::stop_token stop);

  /// First call: finds the memory and runs the prompt; then one token a call. Errors end the job, and the question is
  /// kept with what was answered so far.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Result<JobStep> advance();
  [[nodiscard]] Status begin();
  [[nodiscard]] Status restoreAsOf(std::int64_t segment);
  [[nodiscard]] Status addText(std::string_view text, bool keepNow);
  [[nodiscard]] Status finish(QuestionState state);

  EngineState& m_state;
  RunId m_run;
  AskRequest m_request;
  std::stop_token m_stop;
  RunClock m_clock;
  double m_lastKept = 0;

  std::unique_ptr<DeviceMemory> m_memory;
  std::optional<AnswerGenerator> m_generator;
  Utf8Stream m_text;
  QuestionRecord m_record;
};

}  // namespace tidemark

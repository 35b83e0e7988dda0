#pragma once
// Answers one question from the session's memory, token by token, and keeps it in the session file while it streams.
// Works on a memory of its own, so a read that goes on at the same time is not disturbed. Engine thread.

#include <memory>
#include <optional>
#include <stop_token>

#include "engine/base/run_clock.h"
#include "engine/generate/answer_generator.h"
#include "engine/service/engine_state.h"
#include "engine/service/evidence_search.h"
#include "engine/service/requests.h"
#include "engine/service/trace_replay.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

class AskJob {
 public:
  AskJob(EngineState& state, RunId run, AskRequest request, std::stop_token stop);

  /// First call: finds the memory and runs the prompt; then one token a call, and after the last one the steps of the
  /// search for evidence if it was asked for. Errors end the job, and the question is kept with what was answered so
  /// far. An answer that is complete stays one: what goes wrong with its evidence is said in AnswerFinished.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Result<JobStep> advance();
  [[nodiscard]] Result<JobStep> nextToken();
  [[nodiscard]] Status begin();
  /// Why no evidence can be looked for, part of a sentence; empty: it can.
  [[nodiscard]] Result<std::string> obstacleToEvidence();
  void beginEvidence();
  [[nodiscard]] Result<JobStep> searchEvidence();
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
  std::vector<TokenId> m_prompt;
  std::optional<TailTrace> m_tail;
  std::string m_noEvidence;
  bool m_seeksEvidence = false;
  std::uint64_t m_textChanges = 0;       // when the answer began: what it came from is looked for in that text
  std::vector<std::int64_t> m_untraced;  // segments that are read again for it
  std::unique_ptr<TraceReplay> m_replay;
  std::unique_ptr<EvidenceSearch> m_search;  // once the answer is complete
  Utf8Stream m_text;
  QuestionRecord m_record;
};

}  // namespace tidemark

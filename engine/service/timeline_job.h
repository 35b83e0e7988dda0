#pragma once
// Asks one question of the memory as it was at many places, and keeps the answers as a timeline. Engine thread; takes
// turns with a read, a token or a segment that is read again at a time.

#include <optional>
#include <stop_token>

#include "engine/base/run_clock.h"
#include "engine/generate/answer_generator.h"
#include "engine/service/memory_replay.h"
#include "engine/service/requests.h"
#include "engine/tokenizer/utf8_stream.h"

namespace tidemark {

class TimelineJob {
 public:
  TimelineJob(EngineState& state, RunId run, TimelineRequest request, std::stop_token stop)
      : m_state(state), m_run(run), m_request(std::move(request)), m_stop(std::move(stop)), m_replay(state) {}

  /// Errors end the job, and the timeline is kept with the places that were asked so far: kInvalidArgument (the
  /// question; nothing was read), kBusy (the text was changed meanwhile), those of the replay, kCancelled.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Result<JobStep> advance();
  [[nodiscard]] Status begin();
  [[nodiscard]] Result<std::vector<std::int64_t>> places() const;
  [[nodiscard]] Status beginPoint();
  [[nodiscard]] Status nextToken();
  [[nodiscard]] Status endPoint();
  [[nodiscard]] Status finish(QuestionState state);

  EngineState& m_state;
  RunId m_run;
  TimelineRequest m_request;
  std::stop_token m_stop;
  RunClock m_clock;
  MemoryReplay m_replay;
  std::vector<TokenId> m_prompt;
  std::vector<std::int64_t> m_places;
  std::size_t m_next = 0;  // of the places
  std::uint64_t m_textChanges = 0;
  TimelineRecord m_record;
  TimelinePoint m_point;
  Utf8Stream m_text;
  std::optional<AnswerGenerator> m_generator;
};

}  // namespace tidemark

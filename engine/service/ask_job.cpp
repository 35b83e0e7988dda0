#include "engine/service/ask_job.h"

#include <algorithm>

#include "engine/service/memory_answer.h"
#include "engine/service/memory_replay.h"
#include "engine/service/question_segment.h"

namespace tidemark {
namespace {

constexpr double kKeepSeconds = 0.5;  // a crash loses at most this much of an answer

}  // namespace

AskJob::AskJob(EngineState& state, RunId run, AskRequest request, std::stop_token stop)
    : m_state(state), m_run(run), m_request(std::move(request)), m_stop(std::move(stop)) {}

Result<JobStep> AskJob::step() {
  auto result = advance();
  if (!result && m_record.id != 0 && m_record.state == QuestionState::kRunning) {
    // The error that ended the answer is the one to report, not a second one from keeping it.
    (void)finish(result.error().code == ErrorCode::kCancelled ? QuestionState::kCancelled : QuestionState::kFailed);
  }
  return result;
}

Result<JobStep> AskJob::advance() {
  if (m_replay || m_search) return searchEvidence();
  if (m_stop.stop_requested()) return makeError(ErrorCode::kCancelled, "the answer was stopped");
  return nextToken();
}

Result<JobStep> AskJob::nextToken() {
  const bool first = !m_generator;
  if (first) {
    if (Status begun = begin(); !begun) return begun.error();
  }
  auto token = m_generator->next();
  if (!token) return token.error();
  if (first) m_record.firstTokenMs = m_clock.seconds() * 1000;
  if (token->has_value()) {
    m_record.tokens.push_back(**token);
    if (Status added = addText(m_text.push(m_state.model.tokenizer->bytes(**token)), first); !added)
      return added.error();
    return JobStep::kMore;
  }
  if (Status added = addText(m_text.finish(), false); !added) return added.error();
  if (m_seeksEvidence && !m_record.tokens.empty()) {
    beginEvidence();
    return JobStep::kMore;
  }
  if (Status finished = finish(QuestionState::kDone); !finished) return finished.error();
  return JobStep::kDone;
}

Status AskJob::begin() {
  auto question = encodeQuestion(m_state.model, m_request.question);
  if (!question) return question.error();
  const std::int64_t newest = m_state.newest ? m_state.newest->segment : -1;
  auto tail = m_state.store.loadTail(newest + 1);
  if (!tail) return tail.error();
  if (newest < 0 && (!tail->has_value() || (*tail)->tokens.ids.empty())) {
    return makeError(ErrorCode::kInvalidArgument,
                     "nothing has been read into " + m_state.store.path().string() + " yet; read a document first");
  }
  const std::int64_t asOf = m_request.asOfSegment.value_or(newest);
  if (asOf < -1 || asOf > newest) {
    return makeError(ErrorCode::kInvalidArgument, "segment " + std::to_string(asOf) +
                                                      " is not in memory; segments 0 to " + std::to_string(newest) +
                                                      " have been read");
  }
  m_record.question = m_request.question;
  m_record.asOfSegment = asOf;
  m_textChanges = m_state.textChanges;
  auto obstacle = obstacleToEvidence();
  if (!obstacle) return obstacle.error();
  m_noEvidence = std::move(obstacle).value();
  m_seeksEvidence = m_request.evidence != EvidenceChoice::kNone && m_noEvidence.empty();
  auto id = m_state.store.beginQuestion(m_record);
  if (!id) return id.error();
  m_record.id = *id;
  m_state.send(AnswerStarted{m_run, m_record.id, asOf, tail->has_value()});

  if (Status restored = restoreAsOf(asOf); !restored) return restored;
  if (!m_request.asOfSegment && tail->has_value()) {
    TailTrace trace;
    if (!(*tail)->tokens.bytes.empty()) {
      trace.bytes = {(*tail)->tokens.bytes.front().begin, (*tail)->tokens.bytes.back().end};
    }
    auto joined =
        placeTail(m_state.model, *m_memory, std::move((*tail)->tokens.ids), m_seeksEvidence ? &trace.writes : nullptr);
    if (!joined) return joined.error();
    m_prompt = std::move(joined).value();
    if (!trace.writes.keys.empty()) m_tail = std::move(trace);
  }
  m_prompt.insert(m_prompt.end(), question->begin(), question->end());
  AnswerOptions options = answerOptions(m_state.model, m_request.maxTokens, m_request.sampling);
  options.keepReads = m_seeksEvidence;
  auto generator = AnswerGenerator::create(*m_state.model.backend, *m_memory, m_prompt, options);
  if (!generator) return generator.error();
  m_generator.emplace(std::move(generator).value());
  return {};
}

Result<std::string> AskJob::obstacleToEvidence() {
  if (m_request.evidence == EvidenceChoice::kNone) return std::string();
  const Backend& backend = *m_state.model.backend;
  if (!backend.tracesMemory()) {
    return "the " + backend.name() + " backend does not trace what it reads from memory; ask with --backend cpu";
  }
  auto missing = m_state.store.segmentsWithoutTrace(m_record.asOfSegment + 1);
  if (!missing) return missing.error();
  if (missing->empty()) return std::string();
  const auto leftOut = m_state.store.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (*leftOut) return std::string("this session holds a memory without the text that it came from");
  const std::string lacking = std::to_string(missing->size()) + " segments were read without keeping memory traces";
  if (m_request.evidence == EvidenceChoice::kStored) return lacking;
  const auto precision = m_state.store.precision();
  if (!precision) return precision.error();
  if (*precision != backend.precision()) {
    return lacking + " in " + *precision + " arithmetic, which the " + backend.name() +
           " backend cannot repeat; read the document again with --backend cpu --traces yes";
  }
  m_untraced = std::move(*missing);
  return std::string();
}

void AskJob::beginEvidence() {
  if (!m_untraced.empty()) {
    m_replay = std::make_unique<TraceReplay>(m_state, std::move(m_untraced));
    return;
  }
  m_search = std::make_unique<EvidenceSearch>(
      m_state, std::move(m_memory), m_generator->reads(),
      EvidenceQuestion{m_prompt, m_record.tokens, m_record.asOfSegment, std::move(m_tail)});
}

Result<JobStep> AskJob::searchEvidence() {
  if (m_stop.stop_requested()) {
    m_noEvidence = "the search for it was stopped";
  } else if (m_textChanges != m_state.textChanges) {
    m_noEvidence = "the text was changed meanwhile; ask again";
  } else {
    const auto step = m_replay ? m_replay->step() : m_search->step();
    if (step && *step == JobStep::kMore) return JobStep::kMore;
    if (!step && step.error().code == ErrorCode::kDeviceLost) return step.error();
    if (step && m_replay) {
      m_record.tokensReread += m_replay->tokensReread();
      m_replay.reset();
      beginEvidence();
      return JobStep::kMore;
    }
    if (step) m_record.evidence = m_search->takeEvidence();
    if (!step) m_noEvidence = step.error().message;
    if (step && m_record.evidence.empty()) m_noEvidence = "no segment stands out in the memory trace of this answer";
  }
  if (Status finished = finish(QuestionState::kDone); !finished) return finished.error();
  return JobStep::kDone;
}

Status AskJob::restoreAsOf(std::int64_t segment) {
  MemoryReplay replay(m_state);
  if (Status aimed = replay.goTo(segment); !aimed) return aimed;
  while (true) {
    const auto step = replay.step();
    if (!step) return step.error();
    if (*step == JobStep::kDone) break;
    if (m_stop.stop_requested()) return makeError(ErrorCode::kCancelled, "the answer was stopped");
  }
  m_record.tokensReread = replay.tokensReread();
  m_memory = replay.takeMemory();
  return {};
}

Status AskJob::addText(std::string_view text, bool keepNow) {
  if (m_record.answer.empty()) text = withoutWordMark(text);
  if (!text.empty()) {
    m_record.answer += text;
    m_state.send(AnswerDelta{m_run, std::string(text)});
  }
  if (!keepNow && m_clock.seconds() - m_lastKept < kKeepSeconds) return {};
  m_lastKept = m_clock.seconds();
  return m_state.store.updateQuestion(m_record);
}

Status AskJob::finish(QuestionState state) {
  m_record.state = state;
  if (state == QuestionState::kDone) m_record.noEvidence = m_noEvidence;
  if (Status kept = m_state.store.updateQuestion(m_record); !kept) return kept;
  if (state == QuestionState::kDone) m_state.send(AnswerFinished{m_run, m_record, m_clock.seconds()});
  return {};
}

}  // namespace tidemark

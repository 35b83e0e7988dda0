#include "engine/service/memory_comparison.h"

#include <algorithm>

#include "engine/service/memory_replay.h"
#include "engine/service/question_segment.h"

namespace tidemark {

/// One of the two memories, on its way from the file to the comparison.
struct ComparedSide {
  explicit ComparedSide(SessionStore opened) : store(std::move(opened)) {}
  SessionStore store;
  ComparedMemory memory;
  MemorySnapshot snapshot;
  std::optional<SnapshotInfo> nearest;  // at the place or before it
  std::vector<TokenId> tail;            // behind the place, if that is the end
  std::unique_ptr<MemoryReplay> replay;
  std::unique_ptr<DeviceMemory> device;  // that is asked
  std::vector<TokenId> tailTokens;       // in front of every question
  std::optional<GreedyAnswer> said;      // after the memory that it reads
  [[nodiscard]] bool mustReplay() const { return (nearest ? nearest->segment : -1) != memory.segment; }
};

namespace {

/// What of the memory is wanted, and what there is.
Status findMemory(const MemoryPlace& place, ComparedSide& side) {
  const auto newest = side.store.newestSnapshot();
  if (!newest) return newest.error();
  const std::int64_t end = newest->has_value() ? (*newest)->segment : -1;
  if (end < 0) {
    return makeError(ErrorCode::kInvalidArgument,
                     place.session.string() + " has no memory to compare: no full segment was read into it yet");
  }
  const std::int64_t segment = place.segment.value_or(end);
  if (segment < -1 || segment > end) {
    return makeError(ErrorCode::kInvalidArgument, "segment " + std::to_string(segment) + " is not in the memory of " +
                                                      place.session.string() + "; segments 0 to " +
                                                      std::to_string(end) + " have been read");
  }
  side.memory.session = place.session;
  side.memory.segment = segment;
  side.memory.atEnd = !place.segment;
  auto nearest = side.store.newestSnapshot(segment);
  if (!nearest) return nearest.error();
  side.nearest = std::move(*nearest);
  if (!side.memory.atEnd) return {};
  auto tail = side.store.loadTail(segment + 1);
  if (!tail) return tail.error();
  if (tail->has_value()) side.tail = std::move((*tail)->tokens.ids);
  return {};
}

/// A memory that came without its text has its snapshots and nothing in between.
Status checkReplay(const ComparedSide& side) {
  if (!side.mustReplay()) return {};
  const auto leftOut = side.store.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (!*leftOut) return {};
  const std::string before = side.nearest ? "; the nearest one before it is after segment " +
                                                std::to_string(side.nearest->segment) + ": name that place"
                                          : " or before it; name a later place";
  return makeError(ErrorCode::kInvalidArgument, side.store.path().string() +
                                                    " holds a memory without its text, and no snapshot after segment " +
                                                    std::to_string(side.memory.segment) + before);
}

Status checkSameKind(const ComparedSide& first, const ComparedSide& second) {
  if (Status same = first.store.requireModel(second.store.model()); !same) {
    return same.error().withContext("the two memories cannot be compared");
  }
  const auto one = first.store.precision();
  if (!one) return one.error();
  const auto other = second.store.precision();
  if (!other) return other.error();
  if (*one == *other) return {};
  return makeError(ErrorCode::kMismatch, "the two memories cannot be compared: " + first.store.path().string() +
                                             " was read with " + *one + " arithmetic and " +
                                             second.store.path().string() + " with " + *other +
                                             "; read one of them again in the precision of the other");
}

Status loadStored(ComparedSide& side) {
  if (side.mustReplay()) return {};
  if (!side.nearest) {  // the empty memory
    side.snapshot.layers.resize(static_cast<std::size_t>(std::max(side.store.model().layers, 0)));
    return {};
  }
  auto memory = loadMemory(side.store, side.nearest->id);
  if (!memory) return memory.error();
  side.snapshot = std::move(*memory);
  return {};
}

/// What both sessions were asked, each question once, in the order in which they were asked.
Result<std::vector<QuestionDifference>> storedQuestions(const ComparedSide& first, const ComparedSide& second) {
  std::vector<QuestionDifference> all;
  for (const ComparedSide* side : {&first, &second}) {
    const auto questions = side->store.questions();
    if (!questions) return questions.error();
    for (const QuestionRecord& record : *questions) {
      const bool known = std::any_of(all.begin(), all.end(),
                                     [&](const QuestionDifference& each) { return each.question == record.question; });
      if (!known) all.emplace_back().question = record.question;
    }
  }
  return all;
}

}  // namespace

MemoryComparison::MemoryComparison(MemoryDiffRequest request, FindModel findModel)
    : m_request(std::move(request)), m_findModel(std::move(findModel)) {}

MemoryComparison::~MemoryComparison() = default;

Result<JobStep> MemoryComparison::step() {
  switch (m_phase) {
    case Phase::kOpen:
      if (Status opened = open(); !opened) return opened.error();
      m_phase = Phase::kReplay;
      return JobStep::kMore;
    case Phase::kReplay:
    case Phase::kAnswer: {
      const bool replays = m_phase == Phase::kReplay;
      const auto step = replays ? replay(side()) : answer(side());
      if (!step) return step.error();
      if (*step == JobStep::kDone) nextSide(replays ? Phase::kAnswer : Phase::kCompare);
      return JobStep::kMore;
    }
    case Phase::kCompare:
      break;
  }
  if (Status compared = compare(); !compared) return compared.error();
  return JobStep::kDone;
}

void MemoryComparison::nextSide(Phase next) {
  m_question = 0;
  if (++m_side < m_sides.size()) return;
  m_side = 0;
  m_phase = next;
}

Status MemoryComparison::open() {
  const std::array<const MemoryPlace*, 2> places{&m_request.first, &m_request.second};
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto store = SessionStore::open(places[i]->session, SessionAccess::kRead);
    if (!store) return store.error();
    m_sides[i] = std::make_unique<ComparedSide>(std::move(*store));
  }
  ComparedSide& first = *m_sides[0];
  ComparedSide& second = *m_sides[1];
  if (Status same = checkSameKind(first, second); !same) return same;
  for (std::size_t i = 0; i < places.size(); ++i) {
    if (Status found = findMemory(*places[i], *m_sides[i]); !found) return found;
  }
  for (const auto& side : m_sides) {
    if (Status possible = checkReplay(*side); !possible) return possible;
    if (Status loaded = loadStored(*side); !loaded) return loaded;
    if (side->mustReplay()) {
      m_progress.segmentsAll += side->memory.segment - (side->nearest ? side->nearest->segment : -1);
    }
  }
  m_diff.model = first.store.model();
  if (m_request.questions) {
    auto questions = storedQuestions(first, second);
    if (!questions) return questions.error();
    m_diff.questions = std::move(*questions);
    m_progress.answersAll = static_cast<std::int64_t>(2 * m_diff.questions.size());
  }
  return m_progress.segmentsAll > 0 || m_progress.answersAll > 0 ? findModel() : Status();
}

Status MemoryComparison::findModel() {
  const SessionStore& store = m_sides[0]->store;
  const auto precision = store.precision();
  if (!precision) return precision.error();
  const auto model = m_findModel(*precision);
  if (!model) return model.error();
  m_model = *model;
  return store.requireModel(m_model->identity);
}

/// Reads again, a segment a step, what lies between the nearest snapshot and the place.
Result<JobStep> MemoryComparison::replay(ComparedSide& side) {
  if (!side.mustReplay()) return JobStep::kDone;
  Backend& backend = *m_model->backend;
  if (!side.replay) {
    const auto precision = side.store.precision();
    if (!precision) return precision.error();
    if (*precision != "mixed" && *precision != backend.precision()) {
      return makeError(ErrorCode::kMismatch,
                       side.store.path().string() + " has no snapshot after segment " +
                           std::to_string(side.memory.segment) + ", was read with " + *precision +
                           " arithmetic and would be read again with " + backend.precision() +
                           "; choose a place with a snapshot (sessions show lists them) or the other --backend");
    }
    side.replay = std::make_unique<MemoryReplay>(*m_model, side.store);
    if (Status aimed = side.replay->goTo(side.memory.segment); !aimed) return aimed.error();
  }
  const std::int64_t before = side.replay->segmentsReread();
  const auto step = side.replay->step();
  if (!step) return step.error();
  m_progress.segments += side.replay->segmentsReread() - before;
  if (*step == JobStep::kMore) return JobStep::kMore;
  side.memory.segmentsReread = side.replay->segmentsReread();
  auto captured = captureMemory(backend, side.replay->memory(), side.memory.segment);
  if (!captured) return captured.error();
  side.snapshot = std::move(*captured);
  side.replay.reset();
  return JobStep::kDone;
}

Status MemoryComparison::beginAnswers(ComparedSide& side) {
  auto memory = m_model->backend->createMemory();
  if (!memory) return memory.error();
  side.device = std::move(*memory);
  if (Status restored = restoreMemory(*m_model->backend, *side.device, side.snapshot); !restored) return restored;
  auto tail = placeTail(*m_model, *side.device, side.tail);
  if (!tail) return tail.error();
  side.tailTokens = std::move(*tail);
  return {};
}

/// Greedy answers of one side, as a session gives them: behind the tail at its end, and without one before.
Result<JobStep> MemoryComparison::answer(ComparedSide& side) {
  if (m_question < m_diff.questions.size()) {
    if (!side.device) {
      if (Status begun = beginAnswers(side); !begun) return begun.error();
    }
    const auto step = ask(side, m_diff.questions[m_question]);
    if (!step) return step.error();
    if (*step == JobStep::kDone) {
      ++m_question;
      ++m_progress.answers;
    }
  }
  if (m_question < m_diff.questions.size()) return JobStep::kMore;
  side.said.reset();
  side.device.reset();
  return JobStep::kDone;
}

Result<JobStep> MemoryComparison::ask(ComparedSide& side, QuestionDifference& question) {
  if (!side.said) {
    const auto prompt = encodeQuestionBehind(*m_model, side.tailTokens, question.question);
    if (!prompt) {  // one that another version let through does not hide the others
      question.problem = prompt.error().message;
      return JobStep::kDone;
    }
    auto begun = GreedyAnswer::begin(*m_model, *side.device, *prompt, m_request.maxTokens);
    if (!begun) return begun.error();
    side.said.emplace(std::move(*begun));
  }
  const auto step = side.said->step();
  if (!step) return step.error();
  if (*step == JobStep::kMore) return JobStep::kMore;
  (m_side == 0 ? question.first : question.second) = side.said->take();
  side.said.reset();
  return JobStep::kDone;
}

Status MemoryComparison::compare() {
  ComparedSide& first = *m_sides[0];
  ComparedSide& second = *m_sides[1];
  auto layers = compareMemories(m_diff.model, first.snapshot, second.snapshot);
  if (!layers) return layers.error();
  m_diff.layers = std::move(*layers);
  const ReadingPart one{first.store, first.memory.segment + 1};
  const ReadingPart other{second.store, second.memory.segment + 1};
  const auto reading = compareReadings(one, other);
  if (!reading) return reading.error();
  m_diff.reading = *reading;
  const std::int64_t all = std::max(one.segments, other.segments);
  const std::int64_t from = reading->firstSegment.value_or(reading->basis == ReadingBasis::kUnknown ? 0 : all);
  auto segments = compareWrites(one, other, from);
  if (!segments) return segments.error();
  m_diff.segments = std::move(*segments);
  m_diff.tailsDiffer = first.memory.atEnd && second.memory.atEnd && first.tail != second.tail;
  for (const auto& side : m_sides) side->memory.stateHash = hashMemory(side->snapshot);
  m_diff.first = std::move(first.memory);
  m_diff.second = std::move(second.memory);
  return {};
}

}  // namespace tidemark

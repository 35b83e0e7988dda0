#include "engine/service/memory_diff_job.h"

#include <algorithm>

#include "engine/service/memory_replay.h"
#include "engine/service/question_segment.h"

namespace tidemark {
namespace {

Error diffCancelled() {
  return makeError(ErrorCode::kCancelled, "the comparison was stopped; nothing was changed");
}

/// One of the two memories, on its way from the file to the comparison.
struct Side {
  explicit Side(SessionStore opened) : store(std::move(opened)) {}
  SessionStore store;
  ComparedMemory memory;
  MemorySnapshot snapshot;
  std::optional<SnapshotInfo> nearest;  // at the place or before it
  std::vector<TokenId> tail;            // behind the place, if that is the end
  [[nodiscard]] bool mustReplay() const { return (nearest ? nearest->segment : -1) != memory.segment; }
};

/// What of the memory is wanted, and what there is.
Status findMemory(const MemoryPlace& place, Side& side) {
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
Status checkReplay(const Side& side) {
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

Status checkSameKind(const Side& first, const Side& second) {
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

Status loadStored(Side& side) {
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

/// Reads again what lies between the nearest snapshot and the place.
Status replay(const EngineState& state, Side& side, const MemoryDiffHooks& hooks) {
  const auto precision = state.store.precision();
  if (!precision) return precision.error();
  const Backend& backend = *state.model.backend;
  if (*precision != "mixed" && *precision != backend.precision()) {
    return makeError(ErrorCode::kMismatch,
                     state.store.path().string() + " has no snapshot after segment " +
                         std::to_string(side.memory.segment) + ", was read with " + *precision +
                         " arithmetic and would be read again with " + backend.precision() +
                         "; choose a place with a snapshot (sessions show lists them) or the other --backend");
  }
  MemoryReplay memory(state);
  if (Status aimed = memory.goTo(side.memory.segment); !aimed) return aimed;
  const std::int64_t all = side.memory.segment - (side.nearest ? side.nearest->segment : -1);
  while (true) {
    if (hooks.cancelled && hooks.cancelled()) return diffCancelled();
    const auto step = memory.step();
    if (!step) return step.error();
    if (hooks.segmentRead) hooks.segmentRead(memory.segmentsReread(), all);
    if (*step == JobStep::kDone) break;
  }
  side.memory.segmentsReread = memory.segmentsReread();
  auto captured = captureMemory(*state.model.backend, memory.memory(), side.memory.segment);
  if (!captured) return captured.error();
  side.snapshot = std::move(*captured);
  return {};
}

/// What both sessions were asked, each question once, in the order in which they were asked.
Result<std::vector<QuestionDifference>> storedQuestions(const Side& first, const Side& second) {
  std::vector<QuestionDifference> all;
  for (const Side* side : {&first, &second}) {
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

/// Greedy answers of one side, as a session gives them: behind the tail at its end, and without one before.
Status answerAll(const LoadedModel& model, const Side& side, MemoryAnswer QuestionDifference::*answer,
                 std::vector<QuestionDifference>& questions, const MemoryDiffRequest& request,
                 const MemoryDiffHooks& hooks) {
  auto memory = model.backend->createMemory();
  if (!memory) return memory.error();
  if (Status restored = restoreMemory(*model.backend, **memory, side.snapshot); !restored) return restored;
  const auto tail = placeTail(model, **memory, side.tail);
  if (!tail) return tail.error();
  for (std::size_t i = 0; i < questions.size(); ++i) {
    QuestionDifference& question = questions[i];
    const auto words = encodeQuestion(model, question.question);
    if (!words) {  // one that another version let through does not hide the others
      question.problem = words.error().message;
      continue;
    }
    std::vector<TokenId> prompt = *tail;
    prompt.insert(prompt.end(), words->begin(), words->end());
    auto said = answerFrom(model, **memory, prompt, request.maxTokens, hooks.cancelled);
    if (!said && said.error().code == ErrorCode::kCancelled) return diffCancelled();
    if (!said) return said.error();
    question.*answer = std::move(*said);
    if (!hooks.answered) continue;
    const std::size_t before = answer == &QuestionDifference::second ? questions.size() : 0;
    hooks.answered(static_cast<std::int64_t>(before + i + 1), static_cast<std::int64_t>(2 * questions.size()));
  }
  return {};
}

/// All that takes a model.
Status compute(Side& first, Side& second, std::vector<QuestionDifference>& questions, const MemoryDiffRequest& request,
               const MemoryDiffHooks& hooks) {
  const auto precision = first.store.precision();
  if (!precision) return precision.error();
  auto model = hooks.loadModel(*precision);
  if (!model) return model.error();
  if (Status same = first.store.requireModel(model->identity); !same) return same;
  for (Side* side : {&first, &second}) {
    if (!side->mustReplay()) continue;
    EngineState state{std::move(*model), std::move(side->store), [](const Event&) {}};
    Status replayed = replay(state, *side, hooks);
    *model = std::move(state.model);
    side->store = std::move(state.store);
    if (!replayed) return replayed;
  }
  if (Status done = answerAll(*model, first, &QuestionDifference::first, questions, request, hooks); !done) return done;
  return answerAll(*model, second, &QuestionDifference::second, questions, request, hooks);
}

}  // namespace

Result<MemoryDiff> diffMemories(const MemoryDiffRequest& request, const MemoryDiffHooks& hooks) {
  auto firstStore = SessionStore::open(request.first.session, SessionAccess::kRead);
  if (!firstStore) return firstStore.error();
  auto secondStore = SessionStore::open(request.second.session, SessionAccess::kRead);
  if (!secondStore) return secondStore.error();
  Side first(std::move(*firstStore));
  Side second(std::move(*secondStore));
  if (Status same = checkSameKind(first, second); !same) return same.error();
  if (Status found = findMemory(request.first, first); !found) return found.error();
  if (Status found = findMemory(request.second, second); !found) return found.error();
  for (Side* side : {&first, &second}) {
    if (Status possible = checkReplay(*side); !possible) return possible.error();
    if (Status loaded = loadStored(*side); !loaded) return loaded.error();
  }
  MemoryDiff diff;
  diff.model = first.store.model();
  if (request.questions) {
    auto questions = storedQuestions(first, second);
    if (!questions) return questions.error();
    diff.questions = std::move(*questions);
  }
  if (first.mustReplay() || second.mustReplay() || !diff.questions.empty()) {
    if (Status computed = compute(first, second, diff.questions, request, hooks); !computed) return computed.error();
  }
  auto layers = compareMemories(diff.model, first.snapshot, second.snapshot);
  if (!layers) return layers.error();
  diff.layers = std::move(*layers);
  const ReadingPart one{first.store, first.memory.segment + 1};
  const ReadingPart other{second.store, second.memory.segment + 1};
  const auto reading = compareReadings(one, other);
  if (!reading) return reading.error();
  diff.reading = *reading;
  const std::int64_t all = std::max(one.segments, other.segments);
  const std::int64_t from = reading->firstSegment.value_or(reading->basis == ReadingBasis::kUnknown ? 0 : all);
  auto segments = compareWrites(one, other, from);
  if (!segments) return segments.error();
  diff.segments = std::move(*segments);
  diff.tailsDiffer = first.memory.atEnd && second.memory.atEnd && first.tail != second.tail;
  for (Side* side : {&first, &second}) side->memory.stateHash = hashMemory(side->snapshot);
  diff.first = std::move(first.memory);
  diff.second = std::move(second.memory);
  return diff;
}

}  // namespace tidemark

#include "engine/service/model_recall.h"

#include "engine/base/run_clock.h"
#include "engine/service/engine_state.h"
#include "engine/service/memory_answer.h"
#include "engine/service/question_segment.h"

namespace tidemark {
namespace {

Error recallCancelled() {
  return makeError(ErrorCode::kCancelled, "the measurement was stopped; nothing of it was kept");
}

/// A memory of its own that a model fills and answers from.
class ModelReader final : public MarkedReader {
 public:
  ModelReader(const LoadedModel& model, int maxTokens, const MeterHooks& hooks, int answers)
      : m_model(model), m_maxTokens(maxTokens), m_hooks(hooks), m_answers(answers) {}

  /// Takes this memory instead of reading.
  Status restore(const MemorySnapshot& snapshot, std::vector<TokenId> tail) {
    if (Status made = makeMemory(); !made) return made;
    if (Status done = restoreMemory(*m_model.backend, *m_memory, snapshot); !done) return done;
    return readTail(std::move(tail));
  }

  Status read(SegmentSource& segments) override {
    if (Status made = makeMemory(); !made) return made;
    Backend& backend = *m_model.backend;
    auto executor = makeExecutor(Schedule::kDiagonal, backend, *m_memory, 0, backend.lookAhead());
    if (!executor) return executor.error();
    const int layers = backend.config().layers;
    m_novelty.clear();
    while (true) {
      if (isCancelled()) return recallCancelled();
      const auto step = (*executor)->step(segments);
      if (!step) return step.error();
      if (!step->has_value()) break;
      for (int i = 0; i < (*step)->count; ++i) {
        const auto segment = static_cast<std::size_t>((*step)->segmentOf((*step)->firstLayer + i));
        if (m_novelty.size() <= segment) m_novelty.resize(segment + 1);
        m_novelty[segment] += static_cast<double>((*step)->metrics[static_cast<std::size_t>(i)].novelty) / layers;
      }
    }
    return {};
  }

  Status readTail(std::vector<TokenId> tail) override {
    auto rest = placeTail(m_model, *m_memory, std::move(tail));
    if (!rest) return rest.error();
    m_tail = std::move(*rest);
    return {};
  }

  Result<std::string> answer(const std::string& question) override {
    const auto words = encodeQuestion(m_model, question);
    if (!words) return words.error();
    std::vector<TokenId> prompt = m_tail;
    prompt.insert(prompt.end(), words->begin(), words->end());
    auto said = answerFrom(m_model, *m_memory, prompt, m_maxTokens, m_hooks.cancelled);
    if (!said && said.error().code == ErrorCode::kCancelled) return recallCancelled();
    if (!said) return said.error();
    if (m_hooks.answered) m_hooks.answered(++m_answered, m_answers);
    return std::move(said->text);
  }

  [[nodiscard]] std::span<const double> novelty() const override { return m_novelty; }

 private:
  [[nodiscard]] bool isCancelled() const { return m_hooks.cancelled && m_hooks.cancelled(); }
  Status makeMemory() {
    auto memory = m_model.backend->createMemory();
    if (!memory) return memory.error();
    m_memory = std::move(*memory);
    return {};
  }

  const LoadedModel& m_model;
  int m_maxTokens;
  const MeterHooks& m_hooks;
  int m_answers;  // that there will be in all
  int m_answered = 0;
  std::unique_ptr<DeviceMemory> m_memory;
  std::vector<TokenId> m_tail;
  std::vector<double> m_novelty;
};

/// Asks the session, which never read the facts.
Status guess(const SessionStore& session, ModelReader& reader, std::vector<MarkedReading>& readings) {
  const auto info = session.newestSnapshot();
  if (!info) return info.error();
  if (!info->has_value()) {
    return makeError(ErrorCode::kCorrupt,
                     session.path().string() + " has lost its newest memory; read the text into a new session");
  }
  const auto memory = loadMemory(session, (*info)->id);
  if (!memory) return memory.error();
  auto tail = session.loadTail((*info)->segment + 1);
  if (!tail) return tail.error();
  std::vector<TokenId> tokens;
  if (tail->has_value()) tokens = std::move((*tail)->tokens.ids);
  if (Status done = reader.restore(*memory, std::move(tokens)); !done) return done;
  for (MarkedReading& reading : readings) {
    for (MarkerOutcome& outcome : reading.outcomes) {
      const auto answer = reader.answer(outcome.fact.question);
      if (!answer) return answer.error();
      outcome.guessed = isRecalled(outcome.fact, *answer);
    }
  }
  return {};
}

}  // namespace

Result<ModelRecall> measureRecall(const SessionStore& session, const LoadedModel& model, const RecallRequest& request,
                                  const MeterHooks& hooks) {
  if (Status same = session.requireModel(model.identity); !same) return same.error();
  const RunClock clock;
  ModelRecall recall;
  ModelReader reader(model, request.maxTokens, hooks, 2 * request.meter.facts);
  auto readings = readMarked(session, *model.tokenizer, request.meter, reader, hooks);
  if (!readings) return readings.error();
  recall.readings = std::move(*readings);
  if (Status guessed = guess(session, reader, recall.readings); !guessed) return guessed.error();
  recall.buckets = countByDistance(recall.readings, request.buckets);
  recall.seconds = clock.seconds();
  return recall;
}

}  // namespace tidemark

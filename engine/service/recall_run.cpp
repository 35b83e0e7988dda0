#include "engine/service/recall_run.h"

#include "engine/service/engine_state.h"
#include "engine/service/memory_answer.h"
#include "engine/service/question_segment.h"

namespace tidemark {

/// A memory of its own that a model fills and answers from.
class ModelReader final : public MarkedReader {
 public:
  ModelReader(const LoadedModel& model, int maxTokens) : m_model(model), m_maxTokens(maxTokens) {}

  /// Takes this memory instead of reading.
  Status restore(const MemorySnapshot& snapshot, std::vector<TokenId> tail) {
    if (Status made = makeMemory(); !made) return made;
    if (Status done = restoreMemory(*m_model.backend, *m_memory, snapshot); !done) return done;
    return readTail(std::move(tail));
  }

  Status begin() override {
    if (Status made = makeMemory(); !made) return made;
    Backend& backend = *m_model.backend;
    auto executor = makeExecutor(Schedule::kDiagonal, backend, *m_memory, 0, backend.lookAhead());
    if (!executor) return executor.error();
    m_executor = std::move(executor).value();
    m_novelty.clear();
    return {};
  }

  Result<JobStep> read(SegmentSource& segments) override {
    const auto step = m_executor->step(segments);
    if (!step) return step.error();
    if (!step->has_value()) {
      m_executor.reset();
      return JobStep::kDone;
    }
    const int layers = m_model.config().layers;
    for (int i = 0; i < (*step)->count; ++i) {
      const auto segment = static_cast<std::size_t>((*step)->segmentOf((*step)->firstLayer + i));
      if (m_novelty.size() <= segment) m_novelty.resize(segment + 1);
      m_novelty[segment] += static_cast<double>((*step)->metrics[static_cast<std::size_t>(i)].novelty) / layers;
    }
    return JobStep::kMore;
  }

  Status readTail(std::vector<TokenId> tail) override {
    auto rest = placeTail(m_model, *m_memory, std::move(tail));
    if (!rest) return rest.error();
    m_tail = std::move(*rest);
    return {};
  }

  Status ask(const std::string& question) override {
    const auto prompt = encodeQuestionBehind(m_model, m_tail, question);
    if (!prompt) return prompt.error();
    auto begun = GreedyAnswer::begin(m_model, *m_memory, *prompt, m_maxTokens);
    if (!begun) return begun.error();
    m_answer.emplace(std::move(*begun));
    return {};
  }

  Result<std::optional<std::string>> answer() override {
    const auto step = m_answer->step();
    if (!step) return step.error();
    if (*step == JobStep::kMore) return std::optional<std::string>();
    std::string text = m_answer->take().text;
    m_answer.reset();
    return std::optional(std::move(text));
  }

  [[nodiscard]] std::span<const double> novelty() const override { return m_novelty; }

 private:
  Status makeMemory() {
    m_answer.reset();  // they look at the memory
    m_executor.reset();
    auto memory = m_model.backend->createMemory();
    if (!memory) return memory.error();
    m_memory = std::move(*memory);
    return {};
  }

  const LoadedModel& m_model;
  int m_maxTokens;
  std::unique_ptr<DeviceMemory> m_memory;
  std::unique_ptr<Executor> m_executor;
  std::optional<GreedyAnswer> m_answer;
  std::vector<TokenId> m_tail;
  std::vector<double> m_novelty;
};

RecallRun::RecallRun(const SessionStore& session, const LoadedModel& model, const RecallRequest& request)
    : m_session(session),
      m_model(model),
      m_request(request),
      m_reader(std::make_unique<ModelReader>(model, request.maxTokens)),
      m_marked(session, *model.tokenizer, m_request.meter, *m_reader) {}

RecallRun::~RecallRun() = default;

MeterProgress RecallRun::progress() const {
  MeterProgress progress = m_marked.progress();
  progress.answered += m_guessed;
  return progress;
}

Result<JobStep> RecallRun::step() {
  if (!m_isChecked) {
    m_isChecked = true;
    if (Status same = m_session.requireModel(m_model.identity); !same) return same.error();
    return JobStep::kMore;
  }
  if (!m_isGuessing) {
    const auto step = m_marked.step();
    if (!step) return step.error();
    if (*step == JobStep::kMore) return JobStep::kMore;
    m_recall.readings = m_marked.take();
    m_isGuessing = true;
    if (Status begun = beginGuesses(); !begun) return begun.error();
    return JobStep::kMore;
  }
  const auto step = guess();
  if (!step) return step.error();
  if (*step == JobStep::kMore) return JobStep::kMore;
  m_recall.buckets = countByDistance(m_recall.readings, m_request.buckets);
  m_recall.seconds = m_clock.seconds();
  return JobStep::kDone;
}

/// The session's newest memory, which never read the facts.
Status RecallRun::beginGuesses() {
  const auto info = m_session.newestSnapshot();
  if (!info) return info.error();
  if (!info->has_value()) {
    return makeError(ErrorCode::kCorrupt,
                     m_session.path().string() + " has lost its newest memory; read the text into a new session");
  }
  const auto memory = loadMemory(m_session, (*info)->id);
  if (!memory) return memory.error();
  auto tail = m_session.loadTail((*info)->segment + 1);
  if (!tail) return tail.error();
  std::vector<TokenId> tokens;
  if (tail->has_value()) tokens = std::move((*tail)->tokens.ids);
  return m_reader->restore(*memory, std::move(tokens));
}

Result<JobStep> RecallRun::guess() {
  while (m_reading < m_recall.readings.size() && m_fact == m_recall.readings[m_reading].outcomes.size()) {
    ++m_reading;
    m_fact = 0;
  }
  if (m_reading == m_recall.readings.size()) return JobStep::kDone;
  MarkerOutcome& outcome = m_recall.readings[m_reading].outcomes[m_fact];
  if (!m_isAsking) {
    m_isAsking = true;
    if (Status asked = m_reader->ask(outcome.fact.question); !asked) return asked.error();
  }
  const auto answer = m_reader->answer();
  if (!answer) return answer.error();
  if (!answer->has_value()) return JobStep::kMore;
  outcome.guessed = isRecalled(outcome.fact, **answer);
  m_isAsking = false;
  ++m_guessed;
  ++m_fact;
  return JobStep::kMore;
}

}  // namespace tidemark

#include "tests/support/evidence_trial.h"

#include <algorithm>
#include <fstream>

#include "engine/base/split_mix.h"
#include "engine/generate/answer_score.h"
#include "engine/memory/traced_memory.h"
#include "engine/service/engine_service.h"
#include "engine/service/question_segment.h"
#include "tests/support/event_log.h"

namespace tidemark::testing {
namespace {

Error failed(const std::string& what) {
  return makeError(ErrorCode::kInternal, what + " failed");
}

Result<EvidenceTrial> askFor(EngineService& service, EventLog& log, const PlantedFact& fact) {
  AskRequest request;
  request.question = fact.question;
  request.maxTokens = 16;
  request.evidence = EvidenceChoice::kStored;
  const auto run = service.ask(request);
  if (!run) return run.error();
  const auto finished = log.wait<AnswerFinished>(*run);
  if (!finished) return failed("asking '" + fact.question + "'");
  EvidenceTrial trial;
  trial.fact = fact;
  trial.answer = finished->question.answer;
  trial.right = trial.answer == fact.answer;
  trial.evidence = finished->question.evidence;
  trial.seconds = finished->seconds;
  return trial;
}

/// Segments that hold a part of the fact.
std::vector<std::int64_t> segmentsOf(const std::vector<SegmentRecord>& segments, const PlantedFact& fact) {
  std::vector<std::int64_t> holding;
  for (const SegmentRecord& segment : segments) {
    if (segment.bytes.begin < fact.bytes.end && segment.bytes.end > fact.bytes.begin) holding.push_back(segment.index);
  }
  return holding;
}

/// Leaves random segments out of the memory that answered.
class RandomLeaver {
 public:
  static Result<RandomLeaver> open(LoadedModel& model, const SessionStore& store) {
    RandomLeaver leaver(model, store);
    const auto info = store.newestSnapshot();
    if (!info) return info.error();
    if (!info->has_value()) return failed("finding the last snapshot");
    auto record = store.loadSnapshot((*info)->id);
    if (!record) return record.error();
    leaver.m_last = toMemorySnapshot(std::move(record).value());
    auto memory = model.backend->createMemory();
    if (!memory) return memory.error();
    leaver.m_memory = std::move(memory).value();
    return leaver;
  }

  /// What the answer's log-probability loses.
  Result<double> dropWithout(std::int64_t segment, const std::string& question, const std::vector<TokenId>& answer) {
    const auto traces = m_store->traces(segment, segment + 1);
    if (!traces) return traces.error();
    if (traces->empty()) return failed("finding a trace");
    const auto writes = unpackWrites(m_model->config(), traces->front().packed);
    if (!writes) return writes.error();
    MemorySnapshot without = m_last;
    addWrites(m_model->config(), *writes, -1.0f, without);
    const auto whole = score(m_last, question, answer);
    const auto part = score(without, question, answer);
    if (!whole) return whole.error();
    if (!part) return part.error();
    return *whole - *part;
  }

 private:
  RandomLeaver(LoadedModel& model, const SessionStore& store) : m_model(&model), m_store(&store) {}

  Result<double> score(const MemorySnapshot& memory, const std::string& question, const std::vector<TokenId>& answer) {
    const auto prompt = encodeQuestion(*m_model, question);
    if (!prompt) return prompt.error();
    auto workspace = m_model->backend->createWorkspace({answerRows(*prompt, answer), 1});
    if (!workspace) return workspace.error();
    if (Status restored = restoreMemory(*m_model->backend, *m_memory, memory); !restored) return restored.error();
    return scoreAnswer(*m_model->backend, **workspace, *m_memory, *prompt, answer);
  }

  LoadedModel* m_model;
  const SessionStore* m_store;
  MemorySnapshot m_last;
  std::unique_ptr<DeviceMemory> m_memory;
};

Status judge(LoadedModel& model, const std::filesystem::path& session, std::uint64_t seed,
             std::vector<EvidenceTrial>& trials) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto segments = store->segments(0, INT64_MAX);
  if (!segments) return segments.error();
  const auto questions = store->questions();
  if (!questions) return questions.error();
  auto leaver = RandomLeaver::open(model, *store);
  if (!leaver) return leaver.error();
  SplitMix64 random(seed);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    EvidenceTrial& trial = trials[i];
    const auto holding = segmentsOf(*segments, trial.fact);
    if (!holding.empty()) trial.distance = static_cast<std::int64_t>(segments->size()) - holding.back();
    for (std::size_t rank = 0; rank < trial.evidence.size() && trial.rank < 0; ++rank) {
      const bool found = std::find(holding.begin(), holding.end(), trial.evidence[rank].segment) != holding.end();
      if (found) trial.rank = static_cast<int>(rank);
    }
    if (!trial.evidence.empty()) {
      trial.quoteHoldsFact = trial.evidence.front().quote.find(trial.fact.sentence) != std::string::npos;
    }
    const QuestionRecord& kept = (*questions)[i];
    if (kept.evidence != trial.evidence) return failed("keeping the evidence");
    if (kept.tokens.empty()) continue;
    std::int64_t other = 0;
    do {
      other = static_cast<std::int64_t>(random.below(segments->size()));
    } while (!trial.evidence.empty() && other == trial.evidence.front().segment);
    const auto drop = leaver->dropWithout(other, trial.fact.question, kept.tokens);
    if (!drop) return drop.error();
    trial.randomDrop = *drop;
  }
  return {};
}

}  // namespace

Result<std::vector<EvidenceTrial>> tryEvidence(LoadedModel& model, const std::filesystem::path& folder,
                                               const PlantedDocument& document, std::uint64_t seed,
                                               bool askNeverPlanted) {
  std::filesystem::create_directories(folder);
  const auto text = folder / "document.txt";
  std::ofstream(text, std::ios::binary) << document.text;
  const auto session = folder / "trial.tidemark";
  auto store = SessionStore::create(session, model.identity);
  if (!store) return store.error();
  EventLog log;
  auto service = EngineService::start(std::move(model), std::move(store).value(), log.sink());
  if (!service) return service.error();
  ReadRequest read;
  read.files = {text};
  read.keepTraces = true;
  const auto run = (*service)->read(read);
  if (!run) return run.error();
  if (!log.wait<ReadFinished>(*run)) return failed("reading");
  std::vector<EvidenceTrial> trials;
  const auto askAll = [&](const std::vector<PlantedFact>& facts, bool planted) -> Status {
    for (const PlantedFact& fact : facts) {
      auto trial = askFor(**service, log, fact);
      if (!trial) return trial.error();
      trial->planted = planted;
      trials.push_back(std::move(trial).value());
    }
    return {};
  };
  if (Status asked = askAll(document.facts, true); !asked) return asked.error();
  if (askNeverPlanted) {
    if (Status asked = askAll(document.neverPlanted, false); !asked) return asked.error();
  }
  auto back = EngineService::stop(std::move(service).value());
  if (!back) return failed("getting the model back");
  model = std::move(*back);
  if (Status judged = judge(model, session, seed, trials); !judged) return judged.error();
  std::filesystem::remove_all(folder);
  return trials;
}

}  // namespace tidemark::testing

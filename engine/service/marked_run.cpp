#include "engine/service/marked_run.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr std::size_t kMostSearchedBytes = 256 * 1024;
constexpr std::uint64_t kScanBytes = 512 * 1024;  // of text in one step

/// Where a fact goes that is meant for this segment.
Result<SentencePlace> placeIn(const SessionStore& session, std::int64_t index) {
  const auto segment = session.segments(index, index + 1);
  if (!segment) return segment.error();
  if (segment->empty()) {
    return makeError(ErrorCode::kCorrupt, session.path().string() + " lacks segment " + std::to_string(index) +
                                              "; read the text into a new session");
  }
  const ByteRange bytes = segment->front().bytes;
  if (bytes.end < bytes.begin) {
    return makeError(ErrorCode::kCorrupt, session.path().string() + " has a segment " + std::to_string(index) +
                                              " that ends before it begins; read the text into a new session");
  }
  // A segment may have a lot of white space in it; a place near its beginning is as good.
  std::string text(static_cast<std::size_t>(std::min<std::uint64_t>(bytes.end - bytes.begin, kMostSearchedBytes)),
                   '\0');
  const auto count = session.readText(bytes.begin, text);
  if (!count) return count.error();
  text.resize(*count);
  const SentencePlace found = findSentencePlace(text);
  return SentencePlace{bytes.begin + found.at, found.isBehindSpace};
}

}  // namespace

/// One text with facts in it, that is read and asked about.
class MarkedRun::Reading {
 public:
  Reading(const SessionStore& session, std::span<const DocumentRecord> documents, std::vector<PlacedFact> facts,
          const Tokenizer& tokenizer, MarkedReader& reader)
      : m_facts(std::move(facts)), m_reader(reader), m_segmentSize(session.model().segmentSize) {
    m_result.outcomes.resize(m_facts.size());
    plant(session, documents);
    std::vector<const TextSource*> texts;
    for (const auto& text : m_planted) texts.push_back(text.get());
    m_segments.emplace(std::move(texts), tokenizer, m_segmentSize,
                       [this](std::int64_t segment, ByteRange bytes) { enter(segment, bytes); });
  }
  Reading(const Reading&) = delete;
  Reading& operator=(const Reading&) = delete;
  ~Reading() = default;

  Result<JobStep> step() {
    if (!m_begun) {
      m_begun = true;
      if (Status begun = m_reader.begin(); !begun) return begun.error();
      return JobStep::kMore;
    }
    if (!m_wasRead) {
      const auto step = m_reader.read(*m_segments);
      if (!step) return step.error();
      if (*step == JobStep::kMore) return JobStep::kMore;
      m_wasRead = true;
      if (Status ended = endReading(); !ended) return ended.error();
      return m_facts.empty() ? JobStep::kDone : JobStep::kMore;
    }
    return ask();
  }

  /// That have begun.
  [[nodiscard]] std::int64_t segments() const { return m_segments->count(); }
  [[nodiscard]] int answered() const { return static_cast<int>(m_asked); }
  [[nodiscard]] MarkedReading take() { return std::move(m_result); }

 private:
  void plant(const SessionStore& session, std::span<const DocumentRecord> documents) {
    std::size_t next = 0;
    std::uint64_t begin = 0;  // of the planted text
    for (const DocumentRecord& document : documents) {
      const bool isLast = document.id == documents.back().id;
      std::vector<Planting> plantings;
      const std::size_t first = next;
      for (; next < m_facts.size() && (m_facts[next].at < document.bytes.end || isLast); ++next) {
        const std::uint64_t at = std::clamp(m_facts[next].at, document.bytes.begin, document.bytes.end);
        plantings.push_back(
            {at - document.bytes.begin, (m_facts[next].isBehindSpace ? "" : " ") + m_facts[next].fact.sentence + " "});
      }
      m_documents.push_back(std::make_unique<StoredText>(session, document.bytes));
      m_planted.push_back(std::make_unique<PlantedText>(*m_documents.back(), std::move(plantings)));
      const PlantedText& text = *m_planted.back();
      for (std::size_t i = first; i < next; ++i) {
        const ByteRange bytes = text.bytesOf(i - first);
        m_places.push_back({begin + bytes.begin + (m_facts[i].isBehindSpace ? 0 : 1), begin + bytes.end - 1});
      }
      begin += text.byteCount();
    }
  }
  void enter(std::int64_t segment, ByteRange bytes) {
    for (std::size_t i = m_next; i < m_facts.size() && m_places[i].begin < bytes.end; ++i) {
      MarkerOutcome& outcome = m_result.outcomes[i];
      if (m_places[i].begin >= bytes.begin) outcome.firstSegment = segment;
      outcome.lastSegment = segment;
      if (m_places[i].end <= bytes.end) m_next = i + 1;
    }
  }
  Status endReading() {
    const TokenRun& tail = m_segments->tail();
    m_result.segments = m_segments->count();
    m_result.tokens = m_result.segments * m_segmentSize + static_cast<std::int64_t>(tail.ids.size());
    for (std::size_t i = m_next; i < m_facts.size(); ++i) {  // those that end in the tail
      const bool startsThere = tail.bytes.empty() || m_places[i].begin >= tail.bytes.front().begin;
      if (startsThere) m_result.outcomes[i].firstSegment = m_result.segments;
      m_result.outcomes[i].lastSegment = m_result.segments;
    }
    m_result.places = m_result.segments + (tail.ids.empty() ? 0 : 1);
    m_result.novelty.assign(m_reader.novelty().begin(), m_reader.novelty().end());
    return m_reader.readTail(tail.ids);
  }
  Result<JobStep> ask() {
    MarkerOutcome& outcome = m_result.outcomes[m_asked];
    if (!m_asking) {
      m_asking = true;
      outcome.fact = m_facts[m_asked].fact;
      outcome.plantedAt = m_facts[m_asked].at;
      outcome.distance = m_result.places - 1 - outcome.lastSegment;
      if (Status asked = m_reader.ask(outcome.fact.question); !asked) return asked.error();
    }
    auto answer = m_reader.answer();
    if (!answer) return answer.error();
    if (!answer->has_value()) return JobStep::kMore;
    outcome.answer = std::move(**answer);
    outcome.recalled = isRecalled(outcome.fact, outcome.answer);
    m_asking = false;
    return ++m_asked < m_facts.size() ? JobStep::kMore : JobStep::kDone;
  }

  std::vector<PlacedFact> m_facts;
  MarkedReader& m_reader;
  int m_segmentSize;
  std::vector<std::unique_ptr<StoredText>> m_documents;
  std::vector<std::unique_ptr<PlantedText>> m_planted;
  std::vector<ByteRange> m_places;  // of the facts, over all planted texts
  std::optional<SegmentsOfTexts> m_segments;
  std::size_t m_next = 0;  // the first fact that does not end before the segment
  bool m_begun = false;
  bool m_wasRead = false;
  bool m_asking = false;
  std::size_t m_asked = 0;
  MarkedReading m_result;
};

MarkedRun::MarkedRun(const SessionStore& session, const Tokenizer& tokenizer, const MeterRequest& request,
                     MarkedReader& reader)
    : m_session(session), m_tokenizer(tokenizer), m_request(request), m_reader(reader) {}

MarkedRun::~MarkedRun() = default;

Result<JobStep> MarkedRun::step() {
  switch (m_phase) {
    case Phase::kPlan:
      if (Status planned = plan(); !planned) return planned.error();
      m_phase = Phase::kScan;
      return JobStep::kMore;
    case Phase::kScan: {
      const auto scanned = scan();
      if (!scanned) return scanned.error();
      if (*scanned == JobStep::kDone) m_phase = Phase::kPlace;
      return JobStep::kMore;
    }
    case Phase::kPlace:
      if (Status placed = place(); !placed) return placed.error();
      m_phase = Phase::kRead;
      return JobStep::kMore;
    case Phase::kRead:
      break;
  }
  return read();
}

Status MarkedRun::plan() {
  auto planned = planMeter(m_session, m_request);
  if (!planned) return planned.error();
  m_progress.plan = *planned;
  auto documents = m_session.documents();
  if (!documents) return documents.error();
  m_documents = std::move(*documents);
  return {};
}

Result<JobStep> MarkedRun::scan() {
  if (m_document == m_documents.size()) return JobStep::kDone;
  const ByteRange all = m_documents[m_document].bytes;
  const std::uint64_t begin = std::min(all.begin + m_scanned, all.end);
  const ByteRange piece{begin, std::min(begin + kScanBytes, all.end)};
  const Status scanned = scanText(m_session, piece, [&](std::uint64_t, std::string_view text) -> Status {
    m_names.scan(text);
    return {};
  });
  if (!scanned) return scanned.error();
  m_scanned += kScanBytes;
  if (piece.end < all.end) return JobStep::kMore;
  m_names.finish();
  m_scanned = 0;
  ++m_document;
  return JobStep::kMore;
}

/// The facts at their places, in the order of the text.
Status MarkedRun::place() {
  auto facts = makeMarkerFacts(m_names, m_progress.plan.facts, m_request.seed);
  if (!facts) return facts.error();
  TokenRun tokens;
  for (const std::int64_t segment : spreadEvenly(m_progress.plan.segments, m_progress.plan.facts)) {
    const auto found = placeIn(m_session, segment);
    if (!found) return found.error();
    MarkerFact& fact = (*facts)[m_facts.size()];
    if (Status encoded = m_tokenizer.encode(fact.sentence, 0, tokens); !encoded) return encoded;
    m_facts.push_back({std::move(fact), found->at, found->isBehindSpace});
  }
  m_progress.plan.tokens += static_cast<std::int64_t>(tokens.ids.size());
  m_progress.isPlanned = true;
  return {};
}

Result<JobStep> MarkedRun::read() {
  const auto readings = static_cast<std::size_t>(m_progress.plan.readings);
  if (m_readings.size() == readings) return JobStep::kDone;
  if (!m_reading) {
    std::vector<PlacedFact> facts;
    for (std::size_t i = m_readings.size(); i < m_facts.size(); i += readings) facts.push_back(m_facts[i]);
    m_reading = std::make_unique<Reading>(m_session, m_documents, std::move(facts), m_tokenizer, m_reader);
  }
  const int answeredBefore = m_reading->answered();
  const auto step = m_reading->step();
  if (!step) return step.error();
  m_progress.segments = m_segmentsBefore + m_reading->segments();
  m_progress.answered += m_reading->answered() - answeredBefore;
  if (*step == JobStep::kMore) return JobStep::kMore;
  m_segmentsBefore = m_progress.segments;
  m_readings.push_back(m_reading->take());
  m_reading.reset();
  return m_readings.size() == readings ? JobStep::kDone : JobStep::kMore;
}

}  // namespace tidemark

#include "engine/service/forgetting_meter.h"

#include <algorithm>

#include "engine/service/planted_text.h"

namespace tidemark {
namespace {

constexpr std::size_t kScanBytes = 256 * 1024;

Error measuringCancelled() {
  return makeError(ErrorCode::kCancelled, "the measurement was stopped; nothing of it was kept");
}

/// The text of one document, as it is stored.
class DocumentText final : public TextSource {
 public:
  DocumentText(const SessionStore& store, ByteRange bytes) : m_store(store), m_bytes(bytes) {}

  [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes.end - m_bytes.begin; }
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
    if (offset >= byteCount()) return std::size_t{0};
    const auto count = std::min<std::uint64_t>(out.size(), byteCount() - offset);
    return m_store.readText(m_bytes.begin + offset, out.first(static_cast<std::size_t>(count)));
  }

 private:
  const SessionStore& m_store;
  ByteRange m_bytes;
};

/// A session's text with the facts in it.
struct MarkedText {
  std::vector<MarkerFact> facts;
  std::vector<std::unique_ptr<DocumentText>> documents;
  std::vector<std::unique_ptr<PlantedText>> planted;
  std::vector<ByteRange> places;  // of the facts, over all planted texts
  MeterPlan plan;
};

Result<NamesInText> scanNames(const SessionStore& session, const std::vector<DocumentRecord>& documents,
                              const MeterHooks& hooks) {
  NamesInText names;
  std::vector<char> piece(kScanBytes);
  for (const DocumentRecord& document : documents) {
    for (std::uint64_t at = document.bytes.begin; at < document.bytes.end;) {
      if (hooks.cancelled && hooks.cancelled()) return measuringCancelled();
      const auto wanted = std::min<std::uint64_t>(piece.size(), document.bytes.end - at);
      const auto count = session.readText(at, std::span(piece).first(static_cast<std::size_t>(wanted)));
      if (!count) return count.error();
      if (*count == 0) break;
      names.scan({piece.data(), *count});
      at += *count;
    }
    names.finish();
  }
  return names;
}

struct FactPlace {
  std::uint64_t at = 0;  // session-wide
  bool isBehindSpace = false;
};

/// Where a fact goes that is meant for this segment.
Result<FactPlace> placeIn(const SessionStore& session, std::int64_t index) {
  const auto segment = session.segments(index, index + 1);
  if (!segment) return segment.error();
  if (segment->empty()) {
    return makeError(ErrorCode::kCorrupt, session.path().string() + " lacks segment " + std::to_string(index) +
                                              "; read the text into a new session");
  }
  const ByteRange bytes = segment->front().bytes;
  std::string text(static_cast<std::size_t>(bytes.end - bytes.begin), '\0');
  const auto count = session.readText(bytes.begin, text);
  if (!count) return count.error();
  text.resize(*count);
  const SentencePlace found = findSentencePlace(text);
  return FactPlace{bytes.begin + found.at, found.isBehindSpace};
}

Result<std::int64_t> countTokens(const Tokenizer& tokenizer, const std::vector<MarkerFact>& facts) {
  TokenRun tokens;
  for (const MarkerFact& fact : facts) {
    if (Status encoded = tokenizer.encode(fact.sentence, 0, tokens); !encoded) return encoded.error();
  }
  return static_cast<std::int64_t>(tokens.ids.size());
}

Result<MarkedText> plant(const SessionStore& session, const Tokenizer& tokenizer, int facts, std::uint64_t seed,
                         const MeterHooks& hooks) {
  auto plan = planMeter(session, facts);
  if (!plan) return plan.error();
  MarkedText marked;
  marked.plan = *plan;
  const auto documents = session.documents();
  if (!documents) return documents.error();
  const auto names = scanNames(session, *documents, hooks);
  if (!names) return names.error();
  auto made = makeMarkerFacts(*names, facts, seed);
  if (!made) return made.error();
  marked.facts = std::move(*made);
  const auto tokens = countTokens(tokenizer, marked.facts);
  if (!tokens) return tokens.error();
  marked.plan.tokens += *tokens;

  std::vector<FactPlace> places;
  for (const std::int64_t segment : spreadEvenly(marked.plan.segments, facts)) {
    const auto place = placeIn(session, segment);
    if (!place) return place.error();
    places.push_back(*place);
  }
  std::size_t next = 0;
  std::uint64_t begin = 0;  // of the planted text
  for (const DocumentRecord& document : *documents) {
    const bool isLast = document.id == documents->back().id;
    std::vector<Planting> plantings;
    const std::size_t first = next;
    for (; next < places.size() && (places[next].at < document.bytes.end || isLast); ++next) {
      const FactPlace& place = places[next];
      plantings.push_back({std::clamp(place.at, document.bytes.begin, document.bytes.end) - document.bytes.begin,
                           (place.isBehindSpace ? "" : " ") + marked.facts[next].sentence + " "});
    }
    marked.documents.push_back(std::make_unique<DocumentText>(session, document.bytes));
    marked.planted.push_back(std::make_unique<PlantedText>(*marked.documents.back(), std::move(plantings)));
    const PlantedText& text = *marked.planted.back();
    for (std::size_t i = first; i < next; ++i) {
      const ByteRange bytes = text.bytesOf(i - first);
      marked.places.push_back({begin + bytes.begin + (places[i].isBehindSpace ? 0 : 1), begin + bytes.end - 1});
    }
    begin += text.byteCount();
  }
  return marked;
}

}  // namespace

Result<MeterPlan> planMeter(const SessionStore& session, int facts) {
  const std::string path = session.path().string();
  const auto leftOut = session.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (*leftOut) {
    return makeError(ErrorCode::kInvalidArgument,
                     path +
                         " holds a memory without its text, which recall has to read again with facts in it; use "
                         "the session that it was exported from");
  }
  MeterPlan plan;
  plan.facts = facts;
  const auto segments = session.segmentCount();
  if (!segments) return segments.error();
  plan.segments = *segments;
  const auto tail = session.loadTail(*segments);
  if (!tail) return tail.error();
  if (!tail->has_value()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "the reading of " + path + " is not finished; read on with: tidemark-cli read --session " + path);
  }
  if (facts < 1 || facts > plan.segments) {
    return makeError(ErrorCode::kInvalidArgument, std::to_string(facts) + " facts cannot be spread over the " +
                                                      std::to_string(plan.segments) + " segments of " + path +
                                                      "; plant at least 1 and at most one in each segment");
  }
  plan.tokens = plan.segments * session.model().segmentSize + static_cast<std::int64_t>((*tail)->tokens.ids.size());
  return plan;
}

std::vector<RecallBucket> countByDistance(std::span<const MarkerOutcome> outcomes, std::span<const double> novelty,
                                          std::int64_t segments, int count) {
  std::vector<RecallBucket> buckets;
  if (segments < 1 || count < 1) return buckets;
  const std::int64_t width = (segments + count - 1) / count;
  for (std::int64_t nearest = 0; nearest < segments; nearest += width) {
    RecallBucket& bucket = buckets.emplace_back();
    bucket.nearest = nearest;
    bucket.farthest = std::min(nearest + width, segments) - 1;
    double sum = 0;
    int cells = 0;
    for (std::int64_t distance = bucket.nearest; distance <= bucket.farthest; ++distance) {
      const auto segment = static_cast<std::size_t>(segments - 1 - distance);
      if (segment >= novelty.size()) continue;
      sum += novelty[segment];
      ++cells;
    }
    if (cells > 0) bucket.novelty = sum / cells;
  }
  for (const MarkerOutcome& outcome : outcomes) {
    const auto last = static_cast<std::int64_t>(buckets.size()) - 1;
    RecallBucket& bucket =
        buckets[static_cast<std::size_t>(std::clamp<std::int64_t>(outcome.distance / width, 0, last))];
    ++bucket.asked;
    bucket.recalled += outcome.recalled ? 1 : 0;
    bucket.guessed += outcome.guessed ? 1 : 0;
  }
  return buckets;
}

Result<MarkedReading> readMarked(const SessionStore& session, const Tokenizer& tokenizer, int facts, std::uint64_t seed,
                                 MarkedReader& reader, const MeterHooks& hooks) {
  auto marked = plant(session, tokenizer, facts, seed, hooks);
  if (!marked) return marked.error();
  if (hooks.planned) hooks.planned(marked->plan);
  MarkedReading reading;
  reading.outcomes.resize(marked->facts.size());
  std::vector<const TextSource*> texts;
  for (const auto& text : marked->planted) texts.push_back(text.get());
  std::size_t next = 0;  // the first fact that does not end before the segment
  const auto entered = [&](std::int64_t segment, ByteRange bytes) {
    for (std::size_t i = next; i < marked->places.size() && marked->places[i].begin < bytes.end; ++i) {
      MarkerOutcome& outcome = reading.outcomes[i];
      if (marked->places[i].begin >= bytes.begin) outcome.firstSegment = segment;
      outcome.lastSegment = segment;
      if (marked->places[i].end <= bytes.end) next = i + 1;
    }
    if (hooks.segmentsRead) hooks.segmentsRead(segment + 1);
  };
  SegmentsOfTexts segments(std::move(texts), tokenizer, session.model().segmentSize, entered);
  if (Status read = reader.read(segments); !read) return read.error();
  reading.segments = segments.count();
  reading.tokens =
      reading.segments * session.model().segmentSize + static_cast<std::int64_t>(segments.tail().ids.size());
  for (std::size_t i = next; i < reading.outcomes.size(); ++i) {  // those that end in the tail
    const bool startsThere =
        segments.tail().bytes.empty() || marked->places[i].begin >= segments.tail().bytes.front().begin;
    if (startsThere) reading.outcomes[i].firstSegment = reading.segments;
    reading.outcomes[i].lastSegment = reading.segments;
  }
  if (Status read = reader.readTail(segments.tail().ids); !read) return read.error();
  reading.places = reading.segments + (segments.tail().ids.empty() ? 0 : 1);
  for (std::size_t i = 0; i < reading.outcomes.size(); ++i) {
    MarkerOutcome& outcome = reading.outcomes[i];
    outcome.fact = marked->facts[i];
    outcome.distance = reading.places - 1 - outcome.lastSegment;
    auto answer = reader.answer(outcome.fact.question);
    if (!answer) return answer.error();
    outcome.answer = std::move(*answer);
    outcome.recalled = isRecalled(outcome.fact, outcome.answer);
  }
  reading.novelty.assign(reader.novelty().begin(), reader.novelty().end());
  return reading;
}

}  // namespace tidemark

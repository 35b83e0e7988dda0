#include "engine/service/forgetting_meter.h"

#include <algorithm>

#include "engine/service/planted_text.h"
#include "engine/service/stored_text.h"

namespace tidemark {
namespace {

constexpr std::size_t kMostSearchedBytes = 256 * 1024;

Error measuringCancelled() {
  return makeError(ErrorCode::kCancelled, "the measurement was stopped; nothing of it was kept");
}

/// A session's text with facts in it.
struct MarkedText {
  std::vector<std::unique_ptr<StoredText>> documents;
  std::vector<std::unique_ptr<PlantedText>> planted;
  std::vector<ByteRange> places;  // of the facts, over all planted texts
};

Result<NamesInText> scanNames(const SessionStore& session, std::span<const DocumentRecord> documents,
                              const MeterHooks& hooks) {
  NamesInText names;
  for (const DocumentRecord& document : documents) {
    const Status scanned = scanText(session, document.bytes, [&](std::uint64_t, std::string_view piece) -> Status {
      if (hooks.cancelled && hooks.cancelled()) return measuringCancelled();
      names.scan(piece);
      return {};
    });
    if (!scanned) return scanned.error();
    names.finish();
  }
  return names;
}

struct PlacedFact {
  MarkerFact fact;
  std::uint64_t at = 0;  // session-wide
  bool isBehindSpace = false;
};

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

Result<std::int64_t> countTokens(const Tokenizer& tokenizer, const std::vector<PlacedFact>& facts) {
  TokenRun tokens;
  for (const PlacedFact& placed : facts) {
    if (Status encoded = tokenizer.encode(placed.fact.sentence, 0, tokens); !encoded) return encoded.error();
  }
  return static_cast<std::int64_t>(tokens.ids.size());
}

/// The facts at their places, in the order of the text.
Result<std::vector<PlacedFact>> placeFacts(const SessionStore& session, std::span<const DocumentRecord> documents,
                                           const MeterPlan& plan, std::uint64_t seed, const MeterHooks& hooks) {
  const auto names = scanNames(session, documents, hooks);
  if (!names) return names.error();
  auto facts = makeMarkerFacts(*names, plan.facts, seed);
  if (!facts) return facts.error();
  std::vector<PlacedFact> placed;
  for (const std::int64_t segment : spreadEvenly(plan.segments, plan.facts)) {
    const auto place = placeIn(session, segment);
    if (!place) return place.error();
    placed.push_back({std::move((*facts)[placed.size()]), place->at, place->isBehindSpace});
  }
  return placed;
}

MarkedText plantFacts(const SessionStore& session, std::span<const DocumentRecord> documents,
                      std::span<const PlacedFact> facts) {
  MarkedText marked;
  std::size_t next = 0;
  std::uint64_t begin = 0;  // of the planted text
  for (const DocumentRecord& document : documents) {
    const bool isLast = document.id == documents.back().id;
    std::vector<Planting> plantings;
    const std::size_t first = next;
    for (; next < facts.size() && (facts[next].at < document.bytes.end || isLast); ++next) {
      const std::uint64_t at = std::clamp(facts[next].at, document.bytes.begin, document.bytes.end);
      plantings.push_back(
          {at - document.bytes.begin, (facts[next].isBehindSpace ? "" : " ") + facts[next].fact.sentence + " "});
    }
    marked.documents.push_back(std::make_unique<StoredText>(session, document.bytes));
    marked.planted.push_back(std::make_unique<PlantedText>(*marked.documents.back(), std::move(plantings)));
    const PlantedText& text = *marked.planted.back();
    for (std::size_t i = first; i < next; ++i) {
      const ByteRange bytes = text.bytesOf(i - first);
      marked.places.push_back({begin + bytes.begin + (facts[i].isBehindSpace ? 0 : 1), begin + bytes.end - 1});
    }
    begin += text.byteCount();
  }
  return marked;
}

/// Reads one text with facts in it and asks for them.
Result<MarkedReading> readOne(const MarkedText& marked, std::span<const PlacedFact> facts, const Tokenizer& tokenizer,
                              int segmentSize, MarkedReader& reader, const std::function<void(std::int64_t)>& hook) {
  MarkedReading reading;
  reading.outcomes.resize(facts.size());
  std::vector<const TextSource*> texts;
  for (const auto& text : marked.planted) texts.push_back(text.get());
  std::size_t next = 0;  // the first fact that does not end before the segment
  const auto entered = [&](std::int64_t segment, ByteRange bytes) {
    for (std::size_t i = next; i < facts.size() && marked.places[i].begin < bytes.end; ++i) {
      MarkerOutcome& outcome = reading.outcomes[i];
      if (marked.places[i].begin >= bytes.begin) outcome.firstSegment = segment;
      outcome.lastSegment = segment;
      if (marked.places[i].end <= bytes.end) next = i + 1;
    }
    if (hook) hook(segment + 1);
  };
  SegmentsOfTexts segments(std::move(texts), tokenizer, segmentSize, entered);
  if (Status read = reader.read(segments); !read) return read.error();
  const TokenRun& tail = segments.tail();
  reading.segments = segments.count();
  reading.tokens = reading.segments * segmentSize + static_cast<std::int64_t>(tail.ids.size());
  for (std::size_t i = next; i < facts.size(); ++i) {  // those that end in the tail
    const bool startsThere = tail.bytes.empty() || marked.places[i].begin >= tail.bytes.front().begin;
    if (startsThere) reading.outcomes[i].firstSegment = reading.segments;
    reading.outcomes[i].lastSegment = reading.segments;
  }
  if (Status read = reader.readTail(tail.ids); !read) return read.error();
  reading.places = reading.segments + (tail.ids.empty() ? 0 : 1);
  for (std::size_t i = 0; i < facts.size(); ++i) {
    MarkerOutcome& outcome = reading.outcomes[i];
    outcome.fact = facts[i].fact;
    outcome.distance = reading.places - 1 - outcome.lastSegment;
    auto answer = reader.answer(outcome.fact.question);
    if (!answer) return answer.error();
    outcome.answer = std::move(*answer);
    outcome.recalled = isRecalled(outcome.fact, outcome.answer);
  }
  reading.novelty.assign(reader.novelty().begin(), reader.novelty().end());
  return reading;
}

}  // namespace

Result<MeterPlan> planMeter(const SessionStore& session, const MeterRequest& request) {
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
  plan.facts = request.facts;
  plan.readings = (request.facts + request.factsPerReading - 1) / std::max(request.factsPerReading, 1);
  const auto segments = session.segmentCount();
  if (!segments) return segments.error();
  plan.segments = *segments;
  const auto tail = session.loadTail(*segments);
  if (!tail) return tail.error();
  if (!tail->has_value()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "the reading of " + path + " is not finished; read on with: tidemark-cli read --session " + path);
  }
  if (request.facts < 1 || request.facts > plan.segments || request.factsPerReading < 1) {
    return makeError(ErrorCode::kInvalidArgument, std::to_string(request.facts) + " facts cannot be spread over the " +
                                                      std::to_string(plan.segments) + " segments of " + path +
                                                      "; plant at least 1 and at most one in each segment");
  }
  plan.tokens = plan.readings *
                (plan.segments * session.model().segmentSize + static_cast<std::int64_t>((*tail)->tokens.ids.size()));
  return plan;
}

Result<std::vector<MarkedReading>> readMarked(const SessionStore& session, const Tokenizer& tokenizer,
                                              const MeterRequest& request, MarkedReader& reader,
                                              const MeterHooks& hooks) {
  auto plan = planMeter(session, request);
  if (!plan) return plan.error();
  const auto documents = session.documents();
  if (!documents) return documents.error();
  const auto placed = placeFacts(session, *documents, *plan, request.seed, hooks);
  if (!placed) return placed.error();
  const auto tokens = countTokens(tokenizer, *placed);
  if (!tokens) return tokens.error();
  plan->tokens += *tokens;
  if (hooks.planned) hooks.planned(*plan);
  std::vector<MarkedReading> readings;
  std::int64_t before = 0;  // segments of earlier readings
  for (int number = 0; number < plan->readings; ++number) {
    std::vector<PlacedFact> facts;
    for (auto i = static_cast<std::size_t>(number); i < placed->size(); i += static_cast<std::size_t>(plan->readings)) {
      facts.push_back((*placed)[i]);
    }
    const auto hook = [&](std::int64_t segments) {
      if (hooks.segmentsRead) hooks.segmentsRead(before + segments);
    };
    const MarkedText marked = plantFacts(session, *documents, facts);
    auto reading = readOne(marked, facts, tokenizer, session.model().segmentSize, reader, hook);
    if (!reading) return reading.error();
    before += reading->segments;
    readings.push_back(std::move(*reading));
  }
  return readings;
}

std::vector<RecallBucket> countByDistance(std::span<const MarkedReading> readings, int count) {
  std::int64_t places = 0;
  for (const MarkedReading& reading : readings) places = std::max(places, reading.places);
  std::vector<RecallBucket> buckets;
  if (places < 1 || count < 1) return buckets;
  const std::int64_t width = (places + count - 1) / count;
  for (std::int64_t nearest = 0; nearest < places; nearest += width) {
    buckets.emplace_back().nearest = nearest;
    buckets.back().farthest = std::min(nearest + width, places) - 1;
  }
  std::vector<std::int64_t> segments(buckets.size());
  for (const MarkedReading& reading : readings) {
    for (std::size_t segment = 0; segment < reading.novelty.size(); ++segment) {
      const std::int64_t distance = reading.places - 1 - static_cast<std::int64_t>(segment);
      const auto i = static_cast<std::size_t>(distance / width);
      buckets[i].novelty = buckets[i].novelty.value_or(0) + reading.novelty[segment];
      ++segments[i];
    }
    for (const MarkerOutcome& outcome : reading.outcomes) {
      RecallBucket& bucket = buckets[static_cast<std::size_t>(outcome.distance / width)];
      ++bucket.asked;
      bucket.recalled += outcome.recalled ? 1 : 0;
      bucket.guessed += outcome.guessed ? 1 : 0;
    }
  }
  for (std::size_t i = 0; i < buckets.size(); ++i) {
    if (buckets[i].novelty) *buckets[i].novelty /= static_cast<double>(segments[i]);
  }
  return buckets;
}

}  // namespace tidemark

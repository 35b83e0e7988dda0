#pragma once
// How far back a memory can be trusted for a text: the text is read again with marker facts planted at known places,
// each is asked for at the end, and what was recalled is counted by distance. Planting and counting do not know what
// reads: MarkedReader does, a model or something whose capacity is known.
//
// All of it happens in a memory of its own that is never stored; the session is looked at only. Blocks: for commands
// and workers.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/executor/executor.h"
#include "engine/service/marker_facts.h"
#include "engine/session/session_store.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

/// One fact and what became of it. Segments are those of the text with the facts in it.
struct MarkerOutcome {
  MarkerFact fact;
  std::int64_t firstSegment = 0;  // that holds a part of its sentence
  std::int64_t lastSegment = 0;
  std::int64_t distance = 0;  // segments read behind that, the tail as one
  std::string answer;
  bool recalled = false;
  bool guessed = false;  // the session, which never read the fact, gives the same answer to its question
};

/// Facts at distances from `nearest` to `farthest` segments from the end, both included.
struct RecallBucket {
  std::int64_t nearest = 0;
  std::int64_t farthest = 0;
  int asked = 0;
  int recalled = 0;
  int guessed = 0;
  std::optional<double> novelty;  // mean over the cells of these segments; nothing without any
};

/// At most `count` buckets of the same width over all `segments`, the tail counted, the nearest first. `novelty` has a
/// number for each segment but the tail. Every outcome is in one bucket.
[[nodiscard]] std::vector<RecallBucket> countByDistance(std::span<const MarkerOutcome> outcomes,
                                                        std::span<const double> novelty, std::int64_t segments,
                                                        int count);

struct MeterPlan {
  int facts = 0;
  std::int64_t segments = 0;  // of the session
  std::int64_t tokens = 0;    // to be read: the text and the facts
};

struct MeterHooks {
  std::function<void(const MeterPlan&)> planned;  // before anything is computed
  std::function<bool()> cancelled;                // asked between groups and tokens
  std::function<void(std::int64_t segments)> segmentsRead;
  std::function<void(int done, int all)> answered;
};

/// What takes in the marked text and is asked afterwards.
class MarkedReader {
 public:
  MarkedReader() = default;
  MarkedReader(const MarkedReader&) = delete;
  MarkedReader& operator=(const MarkedReader&) = delete;
  virtual ~MarkedReader() = default;

  /// Reads to the end of the source.
  [[nodiscard]] virtual Status read(SegmentSource& segments) = 0;
  /// Called once after that: what fills no segment.
  [[nodiscard]] virtual Status readTail(std::vector<TokenId> tail) = 0;
  [[nodiscard]] virtual Result<std::string> answer(const std::string& question) = 0;
  /// Means over the layers, of every segment that was read.
  [[nodiscard]] virtual std::span<const double> novelty() const = 0;
};

struct MarkedReading {
  std::vector<MarkerOutcome> outcomes;  // in the order of the text; nothing guessed yet
  std::int64_t segments = 0;            // that were read, the tail not counted
  std::int64_t places = 0;              // the same with the tail, if there is one: distances are below this
  std::int64_t tokens = 0;
  std::vector<double> novelty;  // of each segment
};

/// What it would cost, without the facts; nothing is read of the text. Errors: kInvalidArgument (a memory without its
/// text, a read that is not finished, more facts than segments), those of the store.
[[nodiscard]] Result<MeterPlan> planMeter(const SessionStore& session, int facts);

/// Plants `facts` facts in the session's text, has it read, and asks. Errors: those of
/// planMeter, kInvalidArgument (more facts than names that the text does not have), kCancelled, those of the reader and
/// the store.
[[nodiscard]] Result<MarkedReading> readMarked(const SessionStore& session, const Tokenizer& tokenizer, int facts,
                                               std::uint64_t seed, MarkedReader& reader, const MeterHooks& hooks);

}  // namespace tidemark

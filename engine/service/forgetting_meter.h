#pragma once
// How far back a memory can be trusted for a text: the text is read again with marker facts planted at known places,
// each is asked for at the end, and what was recalled is counted by distance. Facts take room in a memory and confuse
// each other, so few go into one reading, and there are as many readings as it takes. Planting and counting do not know
// what reads: MarkedReader does, a model or something whose capacity is known.
//
// All of it happens in a memory of its own that is never stored; the session is looked at only. readMarked blocks, for
// commands and workers; marked_run.h does the same step by step.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/executor/executor.h"
#include "engine/service/job_step.h"
#include "engine/service/marker_facts.h"
#include "engine/session/session_store.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

/// One fact and what became of it. Segments are those of the text with the facts in it.
struct MarkerOutcome {
  MarkerFact fact;
  std::int64_t firstSegment = 0;  // that holds a part of its sentence
  std::int64_t lastSegment = 0;
  std::int64_t distance = 0;    // segments read behind that, the tail as one
  std::uint64_t plantedAt = 0;  // session-wide byte of the text, without facts, that it was put before
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

struct MeterRequest {
  int facts = 24;
  int factsPerReading = 6;
  std::uint64_t seed = 0;  // which facts
};

struct MeterPlan {
  int facts = 0;
  int readings = 0;
  std::int64_t segments = 0;  // of the session
  std::int64_t tokens = 0;    // to be read: the text as often as there are readings, and the facts
  friend bool operator==(const MeterPlan&, const MeterPlan&) = default;
};

struct MeterProgress {
  bool isPlanned = false;  // the facts have their places: the plan is complete
  MeterPlan plan;
  std::int64_t segments = 0;  // of all readings so far
  int answered = 0;
  friend bool operator==(const MeterProgress&, const MeterProgress&) = default;
};

struct MeterHooks {
  std::function<void(const MeterPlan&)> planned;            // before anything is computed
  std::function<bool()> cancelled;                          // asked between groups and tokens
  std::function<void(std::int64_t segments)> segmentsRead;  // of all readings so far
  std::function<void(int done, int all)> answered;
};

/// What takes in the marked text and is asked afterwards.
class MarkedReader {
 public:
  MarkedReader() = default;
  MarkedReader(const MarkedReader&) = delete;
  MarkedReader& operator=(const MarkedReader&) = delete;
  virtual ~MarkedReader() = default;

  /// Forgets what it read before.
  [[nodiscard]] virtual Status begin() = 0;
  /// Reads on, a group of cells or as much as it likes; kDone at the end of the source.
  [[nodiscard]] virtual Result<JobStep> read(SegmentSource& segments) = 0;
  /// Called once after that: what fills no segment.
  [[nodiscard]] virtual Status readTail(std::vector<TokenId> tail) = 0;
  [[nodiscard]] virtual Status ask(const std::string& question) = 0;
  /// A token of the answer or as much as it likes; nothing before it is complete.
  [[nodiscard]] virtual Result<std::optional<std::string>> answer() = 0;
  /// Means over the layers, of every segment of the last read.
  [[nodiscard]] virtual std::span<const double> novelty() const = 0;
};

struct MarkedReading {
  std::vector<MarkerOutcome> outcomes;  // in the order of the text; nothing guessed yet
  std::int64_t segments = 0;            // that were read, the tail not counted
  std::int64_t places = 0;              // the same with the tail, if there is one: distances are below this
  std::int64_t tokens = 0;
  std::vector<double> novelty;  // of each segment
};

/// What it would cost, without the facts; numbers only.
[[nodiscard]] MeterPlan planReadings(const MeterRequest& request, std::int64_t segments, int segmentSize,
                                     std::int64_t tailTokens);

/// The same of a session, if it can be measured; nothing is read of the text. Errors: kInvalidArgument (a memory
/// without its text, a read that is not finished, more facts than segments), those of the store.
[[nodiscard]] Result<MeterPlan> planMeter(const SessionStore& session, const MeterRequest& request);

/// Spreads the facts evenly over the session's text, neighbours over different readings, has each reading read, and
/// asks. Errors: those of planMeter, kInvalidArgument (more facts than names that the text does not have), kCancelled,
/// those of the reader and the store.
[[nodiscard]] Result<std::vector<MarkedReading>> readMarked(const SessionStore& session, const Tokenizer& tokenizer,
                                                            const MeterRequest& request, MarkedReader& reader,
                                                            const MeterHooks& hooks);

/// Tells hooks what is new.
class MeterTeller {
 public:
  /// `hooks` must outlive it; `answers` is how many there will be.
  MeterTeller(const MeterHooks& hooks, int answers) : m_hooks(hooks), m_answers(answers) {}
  /// Errors: kCancelled if the hooks say so.
  [[nodiscard]] Status tell(const MeterProgress& now);

 private:
  const MeterHooks& m_hooks;
  int m_answers;
  MeterProgress m_told;
};

/// At most `count` buckets of the same width over the longest reading, the nearest first. Every outcome is in one.
[[nodiscard]] std::vector<RecallBucket> countByDistance(std::span<const MarkedReading> readings, int count);

/// All distances together, without a novelty.
[[nodiscard]] RecallBucket sumOf(std::span<const RecallBucket> buckets);

}  // namespace tidemark

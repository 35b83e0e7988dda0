#pragma once
// The forgetting meter step by step, so that other work of the engine thread goes on in between: a piece of the text
// that is looked through, a group of a reading, a token of an answer.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <vector>

#include "engine/service/forgetting_meter.h"
#include "engine/service/planted_text.h"
#include "engine/service/stored_text.h"

namespace tidemark {

class MarkedRun {
 public:
  /// All must outlive the run.
  MarkedRun(const SessionStore& session, const Tokenizer& tokenizer, const MeterRequest& request, MarkedReader& reader);
  ~MarkedRun();
  MarkedRun(const MarkedRun&) = delete;
  MarkedRun& operator=(const MarkedRun&) = delete;

  /// Errors: those of readMarked but kCancelled; the run is over then.
  [[nodiscard]] Result<JobStep> step();
  [[nodiscard]] const MeterProgress& progress() const { return m_progress; }
  /// Once it is done.
  [[nodiscard]] std::vector<MarkedReading> take() { return std::move(m_readings); }

 private:
  struct PlacedFact {
    MarkerFact fact;
    std::uint64_t at = 0;  // session-wide
    bool isBehindSpace = false;
  };
  class Reading;
  enum class Phase { kPlan, kScan, kPlace, kRead };

  [[nodiscard]] Status plan();
  [[nodiscard]] Result<JobStep> scan();
  [[nodiscard]] Status place();
  [[nodiscard]] Result<JobStep> read();

  const SessionStore& m_session;
  const Tokenizer& m_tokenizer;
  const MeterRequest m_request;
  MarkedReader& m_reader;
  Phase m_phase = Phase::kPlan;
  MeterProgress m_progress;
  std::vector<DocumentRecord> m_documents;
  NamesInText m_names;
  std::size_t m_document = 0;  // that is looked through
  std::uint64_t m_scanned = 0;
  std::vector<PlacedFact> m_facts;
  std::unique_ptr<Reading> m_reading;
  std::int64_t m_segmentsBefore = 0;  // of earlier readings
  std::vector<MarkedReading> m_readings;
};

}  // namespace tidemark

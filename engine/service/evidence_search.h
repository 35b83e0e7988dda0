#pragma once
// Finds where in the text an answer came from, by what the memory is made of:
//
//   1. the shares that every segment has in what the answer's rows read from memory (generate/evidence_shares), each
//      read weighted by |readout| / |row before it|: a read that hardly changes its row says little;
//   2. for the segments with the largest shares, what the answer's log-probability loses when their contribution is
//      taken out of W_mem: this order is the ranking;
//   3. in the segments that stand out, the sentence without which the segment, read again, teaches the answer least.
//
// Nothing is reported where leaving out the best segment hardly changes the answer. How the numbers below were chosen:
// tests/bench/evidence_bench.cpp. Works in small steps, so that a read goes on beside it. Engine thread.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/generate/evidence_shares.h"
#include "engine/memory/memory_snapshot.h"
#include "engine/service/engine_state.h"
#include "engine/service/evidence_sentence.h"

namespace tidemark {

/// The tail that was committed to the copy of the memory which answered: one more segment behind the others.
struct TailTrace {
  SegmentWrites writes;
  ByteRange bytes;
};

struct EvidenceQuestion {
  std::vector<TokenId> prompt;
  std::vector<TokenId> answer;    // without what ended it
  std::int64_t asOfSegment = -1;  // segments 0 .. asOfSegment are in the memory
  std::optional<TailTrace> tail = std::nullopt;
};

class EvidenceSearch {
 public:
  static constexpr int kCandidates = 8;         // segments that are left out, one after the other
  static constexpr int kMostEvidence = 3;       // segments that are reported
  static constexpr double kClearDrop = 1.0;     // of the best segment: the answer becomes e times less likely
  static constexpr double kRelativeDrop = 0.2;  // of the others, against the best

  /// `memory` is the copy that answered; it is changed from now on. `reads` is of the answer's generator.
  EvidenceSearch(EngineState& state, std::unique_ptr<DeviceMemory> memory, const MemoryReads& reads,
                 EvidenceQuestion question);

  /// A batch of traces, one segment left out, or one sentence. Errors: those of the session and the backend, kNotFound
  /// (a segment without trace).
  [[nodiscard]] Result<JobStep> step();

  /// Once it is done: the most important first. Empty: nothing stands out.
  [[nodiscard]] std::vector<EvidenceRecord> takeEvidence() { return std::move(m_evidence); }
  /// Combined share of every segment [0, asOfSegment], and of the tail behind them if there is one; together 1.
  [[nodiscard]] const std::vector<double>& shares() const { return m_shares; }

 private:
  enum class Phase { kShares, kLeaveOut, kSentences, kDone };
  struct Candidate {
    std::int64_t segment = 0;
    double logDrop = 0;
  };

  [[nodiscard]] Status addShares();
  [[nodiscard]] Status chooseCandidates();
  [[nodiscard]] Status leaveOneOut();
  [[nodiscard]] Status keepClearOnes();
  [[nodiscard]] Status findSentence();
  [[nodiscard]] Status findPages();
  void addShareOf(std::int64_t segment, const SegmentWrites& writes);
  [[nodiscard]] Result<SegmentWrites> writesOf(std::int64_t segment) const;
  [[nodiscard]] Result<ByteRange> bytesOf(std::int64_t segment) const;
  [[nodiscard]] const ModelConfig& config() const { return m_state.model.config(); }

  EngineState& m_state;
  std::unique_ptr<DeviceMemory> m_memory;
  EvidenceQuestion m_question;
  ShareCalculator m_calculator;
  std::vector<double> m_weights;   // of the calculator's places; together 1
  std::vector<double> m_ofPlaces;  // one segment's
  Phase m_phase = Phase::kShares;
  std::vector<double> m_shares;
  MemorySnapshot m_answered;  // what answered
  std::unique_ptr<Workspace> m_workspace;
  double m_score = 0;  // of the answer
  std::vector<Candidate> m_candidates;
  std::size_t m_next = 0;  // candidate or evidence to go on with
  std::unique_ptr<SentenceFinder> m_finder;
  std::vector<EvidenceRecord> m_evidence;
};

}  // namespace tidemark

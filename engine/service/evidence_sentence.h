#pragma once
// Finds the sentence of a segment that an answer came from: the segment is read again as a whole and without each of
// its sentences, on the memory that it met, and what it then writes takes the place of what it wrote in the memory that
// answered. The sentence without which the answer loses most log-probability is the one. Only this segment is read
// again: the memory before it is the nearest snapshot and the traces behind that. Engine thread.

#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "engine/memory/memory_snapshot.h"
#include "engine/memory/memory_trace.h"
#include "engine/service/engine_state.h"

namespace tidemark {

struct SentenceQuestion {
  std::span<const TokenId> prompt;
  std::span<const TokenId> answer;
  std::int64_t segment = 0;
  ByteRange bytes;  // of the segment
};

class SentenceFinder {
 public:
  /// The part of the whole segment's effect that must go with the sentence, or none is named.
  static constexpr double kClearPart = 0.5;

  /// `memory` is room to work in, `workspace` has rows for prompt and answer, `answered` is the memory that answered
  /// and `writes` what the segment added to it. All must outlive the finder.
  SentenceFinder(EngineState& state, DeviceMemory& memory, Workspace& workspace, const SentenceQuestion& question,
                 SegmentWrites writes, const MemorySnapshot& answered);

  /// Some traces of the way to the segment, or the segment once.
  [[nodiscard]] Result<JobStep> step();
  /// Once it is done; nothing if the session has no text, or no sentence stands out.
  [[nodiscard]] std::optional<ByteRange> sentence() const;

 private:
  [[nodiscard]] Status begin();
  [[nodiscard]] Status goOn();
  /// The answer's log-probability with the segment read again without the tokens of `sentence`.
  [[nodiscard]] Result<double> scoreWithout(std::optional<ByteRange> sentence);

  EngineState& m_state;
  DeviceMemory& m_memory;
  Workspace& m_workspace;
  SentenceQuestion m_question;
  MemorySnapshot m_without;  // the memory that answered, less what the segment added
  MemorySnapshot m_before;   // what the segment met
  bool m_begun = false;
  TokenRun m_tokens;
  std::vector<ByteRange> m_sentences;
  std::vector<double> m_scores;  // without each of them
  double m_emptyScore = 0;       // without the whole segment
  double m_wholeScore = 0;
  std::unique_ptr<Workspace> m_segmentWorkspace;
};

}  // namespace tidemark

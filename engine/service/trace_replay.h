#pragma once
// Reads segments again that were read without keeping what they write to memory (by an older version, with --traces
// no), from the nearest snapshots on, and keeps their traces. Changes nothing else. Engine thread.

#include <vector>

#include "engine/memory/memory_trace.h"
#include "engine/service/memory_replay.h"

namespace tidemark {

class TraceReplay {
 public:
  /// `missing` ascends. `state` must outlive the replay.
  TraceReplay(EngineState& state, std::vector<std::int64_t> missing)
      : m_state(state), m_missing(std::move(missing)), m_replay(state) {}

  /// One segment. Errors: those of the session and the backend, kCorrupt (a segment without tokens).
  [[nodiscard]] Result<JobStep> step();
  [[nodiscard]] std::int64_t tokensReread() const { return m_replay.tokensReread(); }

 private:
  [[nodiscard]] Status trace(std::int64_t segment);

  EngineState& m_state;
  std::vector<std::int64_t> m_missing;
  std::size_t m_next = 0;
  MemoryReplay m_replay;
  std::vector<TraceRecord> m_traces;  // that are not stored yet
};

}  // namespace tidemark

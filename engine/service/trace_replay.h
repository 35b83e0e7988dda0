#pragma once
// Reads segments again that were read without keeping what they write to memory (by an older version, with --traces
// no), from the nearest snapshots on, and keeps their traces. Changes nothing else. Engine thread.

#include <memory>
#include <vector>

#include "engine/memory/memory_trace.h"
#include "engine/service/engine_state.h"

namespace tidemark {

class TraceReplay {
 public:
  /// `missing` ascends. `state` must outlive the replay.
  TraceReplay(EngineState& state, std::vector<std::int64_t> missing) : m_state(state), m_missing(std::move(missing)) {}

  /// One segment. Errors: those of the session and the backend, kCorrupt (a segment without tokens).
  [[nodiscard]] Result<JobStep> step();
  [[nodiscard]] std::int64_t tokensReread() const { return m_tokensReread; }

 private:
  [[nodiscard]] Status goBefore(std::int64_t segment);
  [[nodiscard]] Status readSegment(std::int64_t segment, bool traced);

  EngineState& m_state;
  std::vector<std::int64_t> m_missing;
  std::size_t m_next = 0;
  std::unique_ptr<DeviceMemory> m_memory;
  std::unique_ptr<Workspace> m_workspace;
  std::int64_t m_after = -1;          // the segment that m_memory stands after
  std::vector<TraceRecord> m_traces;  // that are not stored yet
  std::int64_t m_tokensReread = 0;
};

}  // namespace tidemark

#pragma once
// The memory as it was after an earlier segment: the nearest snapshot before it, and what lies between read again, bit
// for bit as it was read then. Works on a memory of its own and changes nothing. Engine thread.

#include <memory>
#include <span>

#include "engine/backend/backend.h"
#include "engine/service/engine_state.h"

namespace tidemark {

class MemoryReplay {
 public:
  /// `state` must outlive the replay.
  explicit MemoryReplay(const EngineState& state)
      : m_model(state.model), m_store(state.store), m_newest(&state.newest) {}
  /// Of a session that is looked at only; both must outlive the replay.
  MemoryReplay(const LoadedModel& model, const SessionStore& store) : m_model(model), m_store(store) {}

  /// Aims at the memory after `segment` (-1: the empty one), which was read: from where it stands if that is nearer
  /// than any snapshot. Errors: those of the store and the backend.
  [[nodiscard]] Status goTo(std::int64_t segment);
  /// Reads one segment if it does not stand there yet; kDone once it does. Errors: those of the backend, kCorrupt (a
  /// segment without its tokens), kInvalidArgument (a memory that came without its text).
  [[nodiscard]] Result<JobStep> step();
  /// Once there: reads the segment behind it, and what that writes goes to `writes` (one place a layer, or none).
  [[nodiscard]] Status readNext(std::span<const MemoryWriteTrace> writes);

  /// Once there. The second takes it out of the replay, which is over then.
  [[nodiscard]] DeviceMemory& memory() { return *m_memory; }
  [[nodiscard]] std::unique_ptr<DeviceMemory> takeMemory() { return std::move(m_memory); }
  [[nodiscard]] std::int64_t segmentsReread() const { return m_segmentsReread; }
  [[nodiscard]] std::int64_t tokensReread() const { return m_tokensReread; }

 private:
  [[nodiscard]] Status restore(std::int64_t segment);

  const LoadedModel& m_model;
  const SessionStore& m_store;
  const std::shared_ptr<const MemorySnapshot>* m_newest = nullptr;  // replaced while reading goes on; null: unknown
  std::unique_ptr<DeviceMemory> m_memory;
  std::unique_ptr<Workspace> m_workspace;
  std::int64_t m_after = -1;  // the segment that m_memory stands after
  std::int64_t m_aim = -1;
  std::int64_t m_segmentsReread = 0;
  std::int64_t m_tokensReread = 0;
};

}  // namespace tidemark

#pragma once
// What the jobs of the engine thread share: the model, the open session, and the newest complete memory.

#include <functional>
#include <memory>
#include <optional>

#include "engine/memory/memory_snapshot.h"
#include "engine/service/events.h"
#include "engine/service/job_step.h"
#include "engine/service/loaded_model.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// Called on the engine thread; must not block for long.
using EventSink = std::function<void(const Event&)>;

struct EngineState {
  LoadedModel model;
  SessionStore store;
  EventSink send;
  /// Memory after the newest segment that is complete in all layers and stored; never changed, only replaced.
  std::shared_ptr<const MemorySnapshot> newest = {};
  /// Where the token after it starts; nothing before the first segment.
  std::optional<TextCursor> next = {};
  /// Counts what changed text that was read: work that began on an earlier text must not store what came of it.
  std::uint64_t textChanges = 0;
};

/// Takes the memory that the session's newest snapshot holds. Errors: those of the store.
[[nodiscard]] Status loadNewest(EngineState& state);

/// Going on in another precision than the session's mixes two arithmetics in one memory: only for somebody who chose
/// the backend. Errors: kMismatch.
[[nodiscard]] Status checkPrecision(const EngineState& state);
/// What is read again to be stored must give the bits that it gave then: nobody can choose otherwise. Errors:
/// kMismatch.
[[nodiscard]] Status requireSamePrecision(const EngineState& state);
/// kInvalidArgument if the session is a memory that was exported without its text; `purpose` ends the sentence that
/// begins with "it can be asked, and not".
[[nodiscard]] Status requireText(const EngineState& state, const std::string& purpose);

[[nodiscard]] MemorySnapshot toMemorySnapshot(SnapshotRecord record);
/// A stored snapshot. Errors: those of the store.
[[nodiscard]] Result<MemorySnapshot> loadMemory(const SessionStore& store, std::int64_t snapshot);
[[nodiscard]] SnapshotRecord toSnapshotRecord(const MemorySnapshot& snapshot, const TextCursor& next,
                                              SnapshotReason reason);

}  // namespace tidemark

#pragma once
// Undo reading: text is taken out of a session, and its memory becomes the one of a read that never saw it. What was
// read before that text stays; what stands behind it is read again by the next read. Engine thread.

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/service/engine_state.h"
#include "engine/service/memory_replay.h"
#include "engine/service/requests.h"

namespace tidemark {

/// What taking text out of a session comes to.
struct TextRemovalPlan {
  TextRemoval removal;                      // the snapshot is not there yet
  std::uint64_t characters = 0;             // that go
  std::vector<std::int64_t> documentsGone;  // whole ones
  std::optional<TextCursor> next;           // where the token after the last segment that stays starts then
  std::optional<TailRecord> tail;           // if nothing is left to be read
  bool replays = false;                     // the last segments that stay have to be read again for their memory
};

/// `bytes` are session-wide; ends inside a character move behind it. Segments stay up to the first one whose text or
/// tokens are others without the range. Computes tokens, nothing else, and changes nothing. Errors: kInvalidArgument
/// (outside the text, nothing, everything; a memory without its text), kMismatch (this backend cannot repeat what has
/// to be read again), those of the store and of the tokenizer.
[[nodiscard]] Result<TextRemovalPlan> planRemoval(const EngineState& state, ByteRange bytes);

class RemovalJob {
 public:
  RemovalJob(EngineState& state, RunId run, RemoveTextRequest request, std::stop_token stop)
      : m_state(state), m_run(run), m_request(request), m_stop(std::move(stop)), m_replay(state) {}

  /// The plan; then a segment at a time until the memory after the last one that stays is there; then all of it in one
  /// transaction and TextRemoved. Errors end the job and change nothing; kCancelled.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Status begin();
  [[nodiscard]] Status store();

  EngineState& m_state;
  RunId m_run;
  RemoveTextRequest m_request;
  std::stop_token m_stop;
  std::optional<TextRemovalPlan> m_plan;
  MemoryReplay m_replay;
};

}  // namespace tidemark

#pragma once
// Makes a snapshot as of exactly one segment, which is never thinned out. Engine thread; takes turns with a read.

#include <stop_token>

#include "engine/service/memory_replay.h"
#include "engine/service/requests.h"

namespace tidemark {

class PinJob {
 public:
  PinJob(EngineState& state, RunId run, PinRequest request, std::stop_token stop)
      : m_state(state), m_run(run), m_request(request), m_stop(std::move(stop)), m_replay(state) {}

  /// One segment that is read again; at the end the snapshot and SnapshotPinned. Errors: kInvalidArgument (no such
  /// segment), kBusy (the text was changed meanwhile), those of the replay, kCancelled.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Status begin();
  [[nodiscard]] Status store();
  [[nodiscard]] Status pinned();

  EngineState& m_state;
  RunId m_run;
  PinRequest m_request;
  std::stop_token m_stop;
  MemoryReplay m_replay;
  bool m_begun = false;
  bool m_exists = false;
  std::uint64_t m_textChanges = 0;
  TextCursor m_next;
};

}  // namespace tidemark

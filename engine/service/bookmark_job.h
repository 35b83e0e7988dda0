#pragma once
// Changes one bookmark of the open session and says what bookmarks there are then. Engine thread.

#include "engine/service/engine_state.h"
#include "engine/service/requests.h"

namespace tidemark {

class BookmarkJob {
 public:
  BookmarkJob(EngineState& state, RunId run, BookmarkRequest request)
      : m_state(&state), m_run(run), m_request(std::move(request)) {}

  /// One step does it. Errors: those of the session's bookmark functions.
  [[nodiscard]] Result<JobStep> step();

 private:
  /// The number of the bookmark that was changed.
  [[nodiscard]] Result<std::int64_t> apply();

  EngineState* m_state;
  RunId m_run;
  BookmarkRequest m_request;
};

}  // namespace tidemark

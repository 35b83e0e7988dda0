#pragma once
// One open session and the model that answers in it, as the window sees them: requests go in and return at once,
// notices come out. SessionHost is the real one; tests put their own in its place.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/service/events.h"
#include "engine/service/loaded_model.h"
#include "engine/service/requests.h"
#include "engine/session/session_overview.h"

namespace tidemark {

/// Counts the sessions that were opened one after another; notices of an earlier one are stale.
enum class SessionToken : std::uint64_t {};

/// A session that another one is made from (service/session_fork.h).
struct ForkOf {
  std::filesystem::path session;  // is read and stays as it is
  ByteRange removed;              // session-wide text that the fork never saw
};

struct OpenSessionRequest {
  std::filesystem::path session;
  bool create = false;  // the file must not exist yet; it goes away again if nothing comes into it
  std::filesystem::path modelDirectory;
  ModelOptions model;
  std::string withheld =
      {};  // why the model is not to be loaded, one sentence: the session is shown only; empty: it is
  /// The session is made first, under the next free name if this one is taken; SessionShown says which.
  std::optional<ForkOf> fork = {};
};

/// What people want to know of a model that is loaded.
struct ModelSummary {
  ModelIdentity identity;
  std::filesystem::path directory;
  std::string device;      // "AVX-512, 2 threads"
  std::string deviceNote;  // why the GPU is not used; empty: nothing to say
  bool onGpu = false;
  std::uint64_t stateBytes = 0;          // memory of all layers, float32
  std::uint64_t traceBytes = 0;          // of one segment, if what it writes to memory is kept
  bool canTrace = false;                 // the device can keep it
  bool tracesByDefault = false;          // and does unless it is told otherwise
  std::uint64_t cacheBytesPerToken = 0;  // what a 16-bit key/value cache of the same model would take for each token
};

// --- notices ---------------------------------------------------------------------------------------------------------

/// The file was opened for reading: everything it holds can be shown, before any model is loaded.
struct SessionShown {
  SessionToken token{};
  std::filesystem::path path;
  SessionOverview overview;
  std::vector<ByteRange> segments;         // session-wide bytes of every stored segment
  std::vector<CellMetricsRecord> metrics;  // of their cells, by segment
};
/// The model is loaded and the memory restored: reading and asking may begin.
struct SessionReady {
  SessionToken token{};
  ModelSummary model;
  double seconds = 0;  // what loading the model and restoring the memory took
};
/// The session cannot be read on or asked, and why; what SessionShown told stays true. `shown` is false if the file
/// could not be opened at all.
struct SessionUnavailable {
  SessionToken token{};
  bool shown = false;
  Error error;
};
/// Everything is stored and the file is free.
struct SessionClosed {
  SessionToken token{};
  std::filesystem::path path;
};
struct EngineNotice {
  SessionToken token{};
  Event event;
};

using SessionNotice = std::variant<SessionShown, SessionReady, SessionUnavailable, SessionClosed, EngineNotice>;

/// Called on the host's or the engine's thread; must not block for long.
using NoticeSink = std::function<void(SessionNotice)>;

/// All functions may be called from any thread and return at once.
class SessionEngine {
 public:
  SessionEngine() = default;
  SessionEngine(const SessionEngine&) = delete;
  SessionEngine& operator=(const SessionEngine&) = delete;
  virtual ~SessionEngine() = default;

  /// Closes what is open (its runs end as cancelled and stay resumable) and opens another; an open that has not begun
  /// yet is replaced by a newer one.
  virtual SessionToken open(OpenSessionRequest request) = 0;
  /// SessionClosed follows, also when nothing was open (with an empty path).
  virtual SessionToken close() = 0;

  // The following fail with kBusy (queue full) or kInvalidArgument (no session is ready, in one sentence).
  [[nodiscard]] virtual Result<RunId> read(ReadRequest request) = 0;
  [[nodiscard]] virtual Result<RunId> ask(AskRequest request) = 0;
  [[nodiscard]] virtual Result<RunId> work(WorkRequest request) = 0;
  [[nodiscard]] virtual Result<RunId> changeBookmark(BookmarkRequest request) = 0;
  virtual void pause(RunId run) = 0;
  virtual void resume(RunId run) = 0;
  virtual void cancel(RunId run) = 0;
};

}  // namespace tidemark

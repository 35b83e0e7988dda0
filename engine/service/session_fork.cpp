#include "engine/service/session_fork.h"

#include <system_error>

#include "engine/service/text_removal.h"
#include "engine/session/session_library.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// Not a name that a folder of sessions lists; what a killed fork left under it is replaced by the next one.
fs::path unfinishedName(const fs::path& target) {
  fs::path name = target;
  name += "-fork";
  return name;
}

void removeUnfinished(const fs::path& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-lock"}) {
    fs::path file = path;
    file += suffix;
    std::error_code ignored;
    fs::remove(file, ignored);
  }
}

Status removeFrom(const fs::path& path, ByteRange removed, LoadedModel& model, const std::stop_token& stop) {
  auto store = SessionStore::open(path, SessionAccess::kWrite);
  if (!store) return store.error();
  if (Status same = store->requireModel(model.identity); !same) return same;
  EngineState state{std::move(model), std::move(*store), [](const Event&) {}, nullptr, std::nullopt, 0};
  Status done = loadNewest(state);
  if (done) {
    RemovalJob job(state, RunId{}, {removed}, stop);
    while (done) {
      const auto step = job.step();
      if (!step) done = step.error();
      if (step && *step == JobStep::kDone) break;
    }
  }
  model = std::move(state.model);
  return done;
}

}  // namespace

Status forkWithout(const fs::path& session, const fs::path& target, ByteRange removed, LoadedModel& model,
                   const std::stop_token& stop) {
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) {
    return makeError(ErrorCode::kInvalidArgument, target.string() + " exists already: choose another name");
  }
  const fs::path unfinished = unfinishedName(target);
  removeUnfinished(unfinished);
  {
    const auto store = SessionStore::open(session, SessionAccess::kRead);
    if (!store) return store.error();
    if (Status same = store->requireModel(model.identity); !same) return same;
    if (Status copied = store->copyTo(unfinished); !copied) return copied;
  }
  Status forked = removeFrom(unfinished, removed, model, stop);
  if (forked) forked = publishSession(unfinished, target);
  removeUnfinished(unfinished);
  return forked;
}

}  // namespace tidemark

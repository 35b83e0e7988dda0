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

/// Runs `work` on a session with the model, which comes back in any case.
template <typename Work>
Status workOn(SessionStore store, LoadedModel& model, const Work& work) {
  if (Status same = store.requireModel(model.identity); !same) return same;
  EngineState state{std::move(model), std::move(store), [](const Event&) {}};
  const Status done = work(state);
  model = std::move(state.model);
  return done;
}

/// Before anything is copied, and with the name of the session that people know.
Status copyWhatCanBeShortened(const fs::path& session, const fs::path& target, ByteRange removed, LoadedModel& model) {
  auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  return workOn(std::move(store).value(), model, [&](const EngineState& state) -> Status {
    if (const auto plan = planRemoval(state, removed); !plan) return plan.error();
    return state.store.copyTo(target);
  });
}

Status removeFrom(const fs::path& path, ByteRange removed, LoadedModel& model, const std::stop_token& stop) {
  auto store = SessionStore::open(path, SessionAccess::kWrite);
  if (!store) return store.error();
  return workOn(std::move(store).value(), model, [&](EngineState& state) -> Status {
    if (Status loaded = loadNewest(state); !loaded) return loaded;
    RemovalJob job(state, RunId{}, {removed}, stop);
    while (true) {
      const auto step = job.step();
      if (!step) return step.error();
      if (*step == JobStep::kDone) return {};
    }
  });
}

}  // namespace

Status forkWithout(const fs::path& session, const fs::path& target, ByteRange removed, LoadedModel& model,
                   const std::stop_token& stop) {
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) {
    return makeError(ErrorCode::kInvalidArgument, target.string() + " exists already: choose another name");
  }
  const fs::path unfinished = unfinishedName(target);
  removeSessionFiles(unfinished);
  Status forked = copyWhatCanBeShortened(session, unfinished, removed, model);
  if (forked) forked = removeFrom(unfinished, removed, model, stop);
  if (forked) forked = publishSession(unfinished, target);
  removeSessionFiles(unfinished);
  return forked;
}

}  // namespace tidemark

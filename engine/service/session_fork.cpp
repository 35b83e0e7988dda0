#include "engine/service/session_fork.h"

#include "engine/service/text_removal.h"
#include "engine/session/session_forks.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

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
    const auto plan = planRemoval(state, removed);
    if (!plan) return plan.error();
    // What goes anyway is left out: most of a session is snapshots and traces.
    return state.store.copyBeginningTo(target, plan->removal.keptSegments);
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
  auto fork = UnfinishedFork::begin(target);
  if (!fork) return fork.error();
  if (Status copied = copyWhatCanBeShortened(session, fork->path(), removed, model); !copied) return copied;
  if (Status done = removeFrom(fork->path(), removed, model, stop); !done) return done;
  return fork->publish();
}

}  // namespace tidemark

#pragma once
// A session of its own that goes on from an earlier place of another one. Blocks: for workers.

#include <filesystem>
#include <stop_token>

#include "engine/service/loaded_model.h"
#include "engine/service/requests.h"

namespace tidemark {

/// Copies `session`, which is read and never written, takes `removed` out of the copy and puts it at `target`, which
/// appears complete or not at all. `model` comes back in any case. Errors: kInvalidArgument (`target` exists; see
/// planRemoval), those of the store and the engine, kCancelled.
[[nodiscard]] Status forkWithout(const std::filesystem::path& session, const std::filesystem::path& target,
                                 ByteRange removed, LoadedModel& model, const std::stop_token& stop = {});

}  // namespace tidemark

#pragma once
// What the commands that work on a session share: its path, its model, and the service that runs both.

#include <filesystem>
#include <memory>
#include <string>

#include "app/cli/arguments.h"
#include "app/cli/model_options.h"
#include "app/cli/run_watcher.h"
#include "engine/service/loaded_model.h"
#include "engine/session/session_store.h"

namespace tidemark::cli {

struct SessionSettings {
  std::filesystem::path session;
  std::filesystem::path model;  // empty: the built-in one
  std::string backend = "auto";
  int threads = 0;
  ModelSettings hints;
};

/// --session, --model, --backend, --threads, and what a model may need besides.
[[nodiscard]] std::vector<Option> sessionOptions(SessionSettings& settings);
/// The same without --session.
[[nodiscard]] std::vector<Option> computeOptions(SessionSettings& settings);

/// "book" names the file book.tidemark, and so does "book.2" book.2.tidemark; a file that exists is taken as it is.
[[nodiscard]] std::filesystem::path sessionPath(const std::filesystem::path& given);

/// The model that the settings name, for a session of this precision (empty: a new one); says on stderr what was
/// assumed and if there is a GPU that cannot be used.
[[nodiscard]] Result<LoadedModel> loadChosenModel(const SessionSettings& settings, const std::string& precision);

struct StartedService {
  std::unique_ptr<EngineService> service;
  std::string backend;    // "cpu" or "cuda"
  std::string precision;  // that it computes in
};

/// Loads the model, opens the session (or creates it when `mayCreate`), and starts the engine thread on both. The cheap
/// checks come first: a wrong path is not worth loading a model for. Says on stderr if there is a GPU that cannot be
/// used.
[[nodiscard]] Result<StartedService> startService(const SessionSettings& settings, bool mayCreate, RunWatcher& watcher);

}  // namespace tidemark::cli

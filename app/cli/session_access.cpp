#include "app/cli/session_access.h"

#include <system_error>

#include "app/cli/open_model.h"
#include "app/cli/report_error.h"
#include "app/common/resources.h"

namespace tidemark::cli {

std::vector<Option> sessionOptions(SessionSettings& settings) {
  std::vector<Option> options = {
      required(text("session", "FILE", &settings.session, "the session file (.tidemark is added to a bare name)"))};
  append(options, computeOptions(settings));
  return options;
}

std::vector<Option> computeOptions(SessionSettings& settings) {
  std::vector<Option> options = {
      text("model", "DIR", &settings.model, "the model directory (default: the built-in model)"),
      choice("backend", {"auto", "cpu", "cuda"}, &settings.backend, "what computes (default auto)"),
      integer("threads", "N", &settings.threads, 1, kMostThreads, "compute threads (default: all cores)"),
  };
  append(options, modelOptions(settings.hints));
  return options;
}

std::filesystem::path sessionPath(const std::filesystem::path& given) {
  std::error_code ignored;
  if (given.extension() == ".tidemark" || std::filesystem::is_regular_file(given, ignored)) return given;
  std::filesystem::path path = given;
  path += ".tidemark";
  return path;
}

Result<LoadedModel> loadChosenModel(const SessionSettings& settings, const std::string& precision) {
  const auto directory = namedOrBuiltinModel(settings.model);
  if (!directory) return directory.error();
  auto model =
      loadModel(*directory, {backendChoice(settings.backend), settings.threads, precision, hintsOf(settings.hints)});
  if (!model) return model.error();
  reportNotes(model->notes);
  if (model->gpuFound) reportProgress(model->backendNote);
  return model;
}

Result<StartedService> startService(const SessionSettings& settings, bool mayCreate, RunWatcher& watcher) {
  const std::filesystem::path name = settings.session.filename();
  if (name.empty() || name == "." || name == "..") {
    return makeError(ErrorCode::kInvalidArgument, settings.session.string() +
                                                      " names a folder; give --session a file, such as " +
                                                      (settings.session / "book.tidemark").string());
  }
  const std::filesystem::path path = sessionPath(settings.session);
  std::error_code ignored;
  const bool exists = std::filesystem::exists(path, ignored);
  if (!exists && !mayCreate) {
    return makeError(ErrorCode::kNotFound, "there is no session " + path.string() +
                                               "; make one with: tidemark-cli read FILE --session " +
                                               settings.session.string());
  }
  // An existing session is opened before the model is loaded, so that a file that is not one is refused at once.
  Result<SessionStore> store =
      exists ? SessionStore::open(path, SessionAccess::kWrite) : makeError(ErrorCode::kNotFound, "not created yet");
  if (exists && !store) return store.error();

  Result<std::string> precision = std::string();
  if (exists) precision = store->precision();
  if (!precision) return precision.error();
  auto model = loadChosenModel(settings, *precision);
  if (!model) return model.error();
  if (!exists) store = SessionStore::create(path, model->identity);
  if (!store) return store.error();
  StartedService started;
  started.backend = model->backend->name();
  started.precision = model->backend->precision();
  auto service = EngineService::start(std::move(model).value(), std::move(store).value(), watcher.sink());
  if (!service) return service.error();
  started.service = std::move(service).value();
  return started;
}

}  // namespace tidemark::cli

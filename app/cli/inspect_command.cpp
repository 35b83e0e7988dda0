// inspect: what a model directory is, and whether it can run here.

#include <filesystem>
#include <string>
#include <vector>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/inspection_output.h"
#include "app/cli/model_options.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "app/common/resources.h"
#include "engine/weights/config_writer.h"

namespace tidemark::cli {
namespace {

struct InspectSettings {
  std::vector<std::string> model;
  bool tensors = false;
  bool json = false;
  bool writeConfig = false;
  ModelSettings hints;
};

CommandSyntax syntaxOf(InspectSettings& s) {
  CommandSyntax syntax;
  syntax.name = "inspect";
  syntax.summary =
      "Says what a model directory holds, what it needs and whether it can run here; every problem is listed.\n"
      "Exit status 0 if it can run, 1 if not.";
  syntax.positionals = {"MODEL", "the model directory (default: the built-in model)", &s.model, 0, 1};
  syntax.options = {
      flag("tensors", &s.tensors, "list every tensor"),
      flag("json", &s.json, "print one JSON object (always with tensors)"),
      flag("write-config", &s.writeConfig, "write MODEL/config.json, so that the options below need not be repeated"),
  };
  append(syntax.options, modelOptions(s.hints));
  return syntax;
}

int writeConfig(const std::filesystem::path& directory, const ModelInspection& model) {
  if (Status written = writeConfigFile(directory, model.configText); !written) return reportError(written.error());
  reportProgress("wrote " + (directory / "config.json").string());
  return kExitDone;
}

}  // namespace

int runInspect(std::span<char* const> arguments) {
  InspectSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  const auto directory = namedOrBuiltinModel(settings.model.empty() ? std::string() : settings.model.front());
  if (!directory) return reportError(directory.error());
  const auto model = inspectModel(*directory, hintsOf(settings.hints));
  if (!model) return reportError(model.error());
  const bool builtin = isBuiltinModel(*directory);
  const Status written = settings.json ? printJson(inspectionJson(*model, builtin))
                                       : writeOutput(inspectionText(*model, builtin, settings.tensors));
  if (!written) return reportError(written.error());
  if (model->canRun()) return settings.writeConfig ? writeConfig(*directory, *model) : kExitDone;
  const std::size_t others = model->problems.size() - 1;
  return reportError(
      makeError(ErrorCode::kCorrupt, "this model cannot run: " + model->problems.front() +
                                         (others > 0 ? " (and " + std::to_string(others) + " more)" : "")));
}

}  // namespace tidemark::cli

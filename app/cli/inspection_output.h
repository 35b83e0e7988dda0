#pragma once
// A ModelInspection as text for people and as JSON for programs.

#include <string>

#include "app/cli/json_output.h"
#include "engine/inspect/model_inspection.h"

namespace tidemark::cli {

[[nodiscard]] std::string inspectionText(const ModelInspection& model, bool builtin, bool withTensors);

[[nodiscard]] Json inspectionJson(const ModelInspection& model, bool builtin);

}  // namespace tidemark::cli

#pragma once
// One file of weights in either of the forms that are read.

#include <span>
#include <string>

#include "engine/base/result.h"
#include "engine/weights/torch/torch_file.h"

namespace tidemark {

/// Parses a safetensors file (it has no copies and ignores nothing), or a torch file. Errors: those of parseSafetensors
/// and parseTorchFile.
[[nodiscard]] Result<TorchFile> parseWeightFile(std::span<const std::byte> bytes, bool isTorch,
                                                const std::string& source);

}  // namespace tidemark

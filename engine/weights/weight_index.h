#pragma once
// model.safetensors.index.json, pytorch_model.bin.index.json: which shard holds which tensor.

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// Tensor name -> name of the file that holds it, in the model directory.
using WeightMap = std::map<std::string, std::string>;

/// `source` names the text in errors. Whether the shards are there, and hold what is said, is the caller's question.
/// Errors: kCorrupt (too large, not JSON, no "weight_map", a tensor listed twice or not at all, a shard that is not the
/// plain name of a file).
[[nodiscard]] Result<WeightMap> parseWeightIndex(std::string_view text, const std::string& source);

}  // namespace tidemark

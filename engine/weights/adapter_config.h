#pragma once
// adapter_config.json: how strongly the LoRA pairs of a model change its weights. What changes the arithmetic and
// cannot be merged is refused by name.

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

struct AdapterConfig {
  std::optional<int> rank;      // r
  std::optional<double> alpha;  // lora_alpha
  bool rankStabilized = false;  // use_rslora: alpha / sqrt(r) instead of alpha / r
  // Modules with a rank or alpha of their own; a key is the end of a module's name ("q_proj", "layers.3.mlp.up_proj").
  std::map<std::string, int> rankPattern;
  std::map<std::string, double> alphaPattern;
  /// How A, B and the base weights were begun, when that changed the base weights ("pissa"); empty: it did not.
  std::string changedBase;
};

/// `source` names the text in errors. Errors: kCorrupt (not JSON, wrong type, with the key), kUnsupported (another kind
/// of adapter, an option that changes the arithmetic, a pattern that is a regular expression), kMismatch (two patterns
/// that may name one module).
[[nodiscard]] Result<AdapterConfig> parseAdapterConfig(std::string_view text, const std::string& source);

/// Rank and alpha of a module ("memory_cell.model.model.layers.0.layer.self_attn.q_proj"); absent if nothing says them.
[[nodiscard]] std::optional<int> rankOf(const AdapterConfig& config, std::string_view module);
[[nodiscard]] std::optional<double> alphaOf(const AdapterConfig& config, std::string_view module);
/// The factor of B A.
[[nodiscard]] double adapterScale(const AdapterConfig& config, double alpha, int rank);

}  // namespace tidemark

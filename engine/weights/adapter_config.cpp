#include "engine/weights/adapter_config.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/json_reader.h"
#include "engine/weights/config_parts.h"

namespace tidemark {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxPatterns = 100'000;

/// Says nothing: what a key is when the option is not used.
bool isUnused(const json& value) {
  if (value.is_null() || value.is_boolean()) return value.is_null() || value == false;
  if (value.is_number()) return value == 0;
  if (const auto* text = value.get_ptr<const json::string_t*>()) return text->empty();
  return value.empty();
}

/// How the adapter was trained and published: nothing that a merged weight depends on. fan_in_fan_out is not needed,
/// because which way round a weight lies is a property of its module.
bool isHarmless(std::string_view key) {
  constexpr std::array kKeys = {
      "auto_mapping",
      "base_model_name_or_path",
      "bias",
      "exclude_modules",
      "fan_in_fan_out",
      "inference_mode",
      "lora_dropout",
      "layers_pattern",
      "layers_to_transform",
      "megatron_core",
      "modules_to_save",
      "peft_type",
      "peft_version",
      "qalora_group_size",
      "revision",
      "runtime_config",
      "target_modules",
      "task_type",
      "eva_config",
      "init_lora_weights",
      "use_rslora",
      "r",
      "lora_alpha",
      "rank_pattern",
      "alpha_pattern",
      "ensure_weight_tying",
      "corda_config",
  };
  return std::find(kKeys.begin(), kKeys.end(), key) != kKeys.end();
}

std::string changedBaseOf(const json* value) {
  if (value == nullptr) return "";
  const auto* text = value->get_ptr<const json::string_t*>();
  if (text == nullptr || *text == "gaussian" || *text == "eva" || *text == "orthogonal") return "";
  return *text;
}

/// The keys of rank_pattern and alpha_pattern are regular expressions; those that are plain names are understood.
bool isPlainName(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  });
}

template <typename Value, typename Read>
void readPattern(ConfigReader& reader, const std::string& name, std::map<std::string, Value>& pattern,
                 const Read& read) {
  auto block = reader.child(name);
  if (!block) return;
  const auto& object = *reader.find(name)->get_ptr<const json::object_t*>();
  if (object.size() > kMaxPatterns) {
    reader.fail(ErrorCode::kCorrupt, name + " has " + std::to_string(object.size()) + " entries");
    return;
  }
  for (const auto& [key, value] : object) {
    if (!isPlainName(key)) {
      reader.fail(ErrorCode::kUnsupported, name + " has the pattern " + inQuotes(key) +
                                               ", and only plain ends of module names are supported; merge the "
                                               "adapter with the program that made it");
      return;
    }
    pattern.emplace(key, read(*block, key));
  }
  // Which of two patterns counts depends on their order in the file, which a JSON object does not have.
  for (const auto& [key, value] : pattern) {
    for (std::size_t dot = key.find('.'); dot != std::string::npos; dot = key.find('.', dot + 1)) {
      const auto other = pattern.find(key.substr(dot + 1));
      if (other == pattern.end() || other->second == value) continue;
      reader.fail(ErrorCode::kMismatch, name + " has " + inQuotes(key) + " and " + inQuotes(other->first) +
                                            ", which name the same module; keep one of them");
      return;
    }
  }
}

template <typename Value>
std::optional<Value> lookUp(const std::map<std::string, Value>& pattern, std::string_view module) {
  for (std::string_view end = module;;) {
    if (const auto found = pattern.find(std::string(end)); found != pattern.end()) return found->second;
    const std::size_t dot = end.find('.');
    if (dot == std::string_view::npos) return std::nullopt;
    end.remove_prefix(dot + 1);
  }
}

/// In a memory cell the modules of a layer are one name deeper ("layers.3.layer.mlp"), and an adapter that was trained
/// before does not know it.
std::string withoutCellLayer(std::string_view module) {
  std::string name(module);
  const std::size_t at = name.find(".layer.");
  if (at != std::string::npos) name.erase(at, std::string_view(".layer").size());
  return name;
}

}  // namespace

Result<AdapterConfig> parseAdapterConfig(std::string_view text, const std::string& source) {
  const auto object = parseJsonObject(text, source);
  if (!object) return object.error();

  std::optional<Error> firstError;
  ConfigReader reader(*object, source, "", firstError);
  AdapterConfig config;
  const std::string type = reader.text("peft_type", "LORA");
  if (type != "LORA" && type != "lora") reader.refuseValue("peft_type", "LORA is");
  const std::string bias = reader.text("bias", "none");
  if (bias != "none") reader.refuseValue("bias", "none is; merge the adapter with the program that made it");
  for (const auto& [key, value] : *object) {
    if (isHarmless(key) || isUnused(value)) continue;
    reader.refuseValue(key, "it changes what LoRA computes; merge the adapter with the program that made it");
  }
  if (reader.find("r") != nullptr) config.rank = reader.integer("r", 1, kMaxAdapterRank);
  if (reader.find("lora_alpha") != nullptr) config.alpha = reader.number("lora_alpha", 0, 0, kMaxAdapterAlpha);
  config.rankStabilized = reader.flag("use_rslora", false);
  readPattern(reader, "rank_pattern", config.rankPattern,
              [](ConfigReader& block, const std::string& key) { return block.requiredInteger(key, kMaxAdapterRank); });
  readPattern(reader, "alpha_pattern", config.alphaPattern, [](ConfigReader& block, const std::string& key) {
    return block.requiredNumber(key, 0, kMaxAdapterAlpha);
  });
  config.changedBase = changedBaseOf(reader.find("init_lora_weights"));
  if (firstError) return *firstError;
  return config;
}

std::optional<int> rankOf(const AdapterConfig& config, std::string_view module) {
  if (const auto own = lookUp(config.rankPattern, module)) return own;
  if (const auto own = lookUp(config.rankPattern, withoutCellLayer(module))) return own;
  return config.rank;
}

std::optional<double> alphaOf(const AdapterConfig& config, std::string_view module) {
  if (const auto own = lookUp(config.alphaPattern, module)) return own;
  if (const auto own = lookUp(config.alphaPattern, withoutCellLayer(module))) return own;
  return config.alpha;
}

double adapterScale(const AdapterConfig& config, double alpha, int rank) {
  return alpha / (config.rankStabilized ? std::sqrt(static_cast<double>(rank)) : static_cast<double>(rank));
}

}  // namespace tidemark

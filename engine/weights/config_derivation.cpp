#include "engine/weights/config_derivation.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/weights/config_parts.h"
#include "engine/weights/known_configs.h"
#include "engine/weights/mapped_file.h"
#include "engine/weights/run_name.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kConfigFile = "config.json";

/// The options of the authors' own configs ("model_type": "armt") that our armt block knows, or refuses by name.
constexpr std::array kArmtKeys = {
    "segment_size", "num_mem_tokens", "d_mem",    "correction",     "n_heads",
    "use_denom",    "gating",         "wrap_pos", "sliding_window", "attend_to_previous_input",
    "use_sink",     "act_on"};

struct JsonFile {
  std::string text;
  json::object_t object;
};

Result<JsonFile> parseObject(std::string text, const std::string& source) {
  auto object = parseJsonObject(text, source);
  if (!object) return object.error();
  return JsonFile{std::move(text), std::move(object).value()};
}

Result<JsonFile> readObject(const fs::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) return file.error();
  if (file->bytes().size() > kMaxConfigBytes) {
    return makeError(ErrorCode::kCorrupt, path.string() + " has " + std::to_string(file->bytes().size()) +
                                              " bytes; a config has at most " + std::to_string(kMaxConfigBytes));
  }
  return parseObject({reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path.string());
}

const json* memberOf(const json::object_t& object, const std::string& key) {
  const auto found = object.find(key);
  return found != object.end() && !found->second.is_null() ? &found->second : nullptr;
}

std::string joinedNames(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

DecoderShape configShapeOf(const ModelConfig& config) {
  DecoderShape shape;
  shape.family = config.family;
  shape.vocabulary = config.vocabularySize;
  shape.hidden = config.hiddenSize;
  shape.intermediate = config.intermediateSize;
  shape.layers = config.layers;
  if (config.family == ModelFamily::kLlama) {
    shape.keyWidth = static_cast<std::int64_t>(config.keyValueHeads) * config.headDim;
  } else {
    shape.positions = config.maxPositions;
  }
  return shape;
}

class ConfigDerivation {
 public:
  ConfigDerivation(const fs::path& directory, const ModelHints& hints, const std::map<std::string, TensorView>& tensors,
                   bool hasAdapter)
      : m_directory(directory),
        m_hints(hints),
        m_tensors(tensors),
        m_hasAdapter(hasAdapter),
        m_shape(decoderShapeOf(tensors)) {}

  Result<DerivedConfig> run();

 private:
  Status readDirectory();
  Status chooseDecoder();
  Result<json::object_t> decoderNamed(const std::string& name);
  /// The authors' config holds the memory's options beside the name or the config of the base model.
  void takeAuthorsOptions();
  Status fillMemory();
  void describeMemory(json::object_t& armt);
  Status fillSegmentSize(json::object_t& armt);
  Status fillAdapter();
  Status checkBase(const ModelConfig& config) const;
  [[nodiscard]] const TensorView* memoryTensor(const std::string& ending) const;
  [[nodiscard]] Error noConfig(const std::string& problem) const;
  [[nodiscard]] Error fail(ErrorCode code, const std::string& sentence) const {
    return makeError(code, m_directory.string() + ": " + sentence);
  }
  void note(std::string sentence) { m_notes.push_back(std::move(sentence)); }

  const fs::path& m_directory;
  const ModelHints& m_hints;
  const std::map<std::string, TensorView>& m_tensors;
  bool m_hasAdapter;
  DecoderShape m_shape;
  std::optional<JsonFile> m_file;  // the directory's config.json
  json::object_t m_config;         // what is being put together
  std::string m_source;            // names it in errors
  std::vector<std::string> m_notes;
};

Error ConfigDerivation::noConfig(const std::string& problem) const {
  const std::vector<std::string> fitting = fittingConfigs(m_shape);
  const std::string tensors = "the tensors (" + toString(m_shape) + ")";
  if (!fitting.empty()) {
    return fail(ErrorCode::kNotFound, problem + "; " + tensors + " fit the base config " + joinedNames(fitting) +
                                          ": pass --base-config " + fitting.front());
  }
  return fail(ErrorCode::kNotFound, problem + "; " + tensors + " fit none of the base configs that ship (" +
                                        knownConfigNames() +
                                        "): pass --base-config with the path of the base model's config.json");
}

Status ConfigDerivation::readDirectory() {
  const fs::path path = m_directory / kConfigFile;
  auto file = readObject(path);
  if (!file) {
    if (file.error().code == ErrorCode::kNotFound) return {};
    return file.error();
  }
  m_file = std::move(file).value();
  return {};
}

Result<json::object_t> ConfigDerivation::decoderNamed(const std::string& name) {
  m_source = "base config " + name;
  if (const KnownConfig* known = findKnownConfig(name)) {
    auto parsed = parseObject(std::string(known->json), m_source);
    if (!parsed) return parsed.error();
    note("the decoder's config is the published one of " + std::string(known->about));
    return std::move(parsed->object);
  }
  std::error_code ignored;
  fs::path path = name;
  if (fs::is_directory(path, ignored)) path /= kConfigFile;
  if (!fs::exists(path, ignored)) {
    return noConfig("base config " + inQuotes(name) + " neither ships with the program nor is it a file");
  }
  auto file = readObject(path);
  if (!file) return file.error();
  note("the decoder's config is " + path.string());
  return std::move(file->object);
}

Status ConfigDerivation::chooseDecoder() {
  const bool isAuthors =
      m_file && memberOf(m_file->object, "model_type") != nullptr && *memberOf(m_file->object, "model_type") == "armt";
  if (m_hints.baseConfig.empty() && !isAuthors) {
    if (!m_file) return noConfig("there is no config.json");
    m_config = m_file->object;
    m_source = (m_directory / kConfigFile).string();
    return {};
  }
  const json* inner = isAuthors ? memberOf(m_file->object, "base_model_config") : nullptr;
  const json* named = isAuthors ? memberOf(m_file->object, "base_model_name") : nullptr;
  std::string name = m_hints.baseConfig;
  if (name.empty() && inner != nullptr && inner->is_object()) {
    m_config = *inner->get_ptr<const json::object_t*>();
    m_source = (m_directory / kConfigFile).string() + ", base_model_config";
  } else {
    if (name.empty()) {
      const json* given = named != nullptr ? named : inner;
      const auto* text = given != nullptr ? given->get_ptr<const json::string_t*>() : nullptr;
      // A name out of a file is looked up, never opened as a path.
      if (text == nullptr || findKnownConfig(*text) == nullptr) {
        return noConfig("config.json says that the model was made of " +
                        (given != nullptr ? shown(*given) : std::string("nothing")) + ", whose config is not there");
      }
      name = *text;
    }
    auto decoder = decoderNamed(name);
    if (!decoder) return decoder.error();
    m_config = std::move(decoder).value();
  }
  if (isAuthors) {
    takeAuthorsOptions();
  } else if (m_file) {
    for (const char* block : {"armt", "tidemark"}) {
      if (const json* own = memberOf(m_file->object, block)) m_config[block] = *own;
    }
  }
  return {};
}

void ConfigDerivation::takeAuthorsOptions() {
  json::object_t armt;
  for (const char* key : kArmtKeys) {
    if (const json* value = memberOf(m_file->object, key)) armt[key] = *value;
  }
  const json* alignment = memberOf(m_file->object, "segment_alignment");
  if (alignment != nullptr && *alignment != "left") armt["segment_alignment"] = *alignment;
  armt["normalize_keys"] = true;
  m_config["armt"] = std::move(armt);
  if (const json* own = memberOf(m_file->object, "tidemark")) m_config["tidemark"] = *own;
  note("unit-length keys are assumed, as the program that writes such a config.json computes them");
}

const TensorView* ConfigDerivation::memoryTensor(const std::string& ending) const {
  for (auto entry = m_tensors.lower_bound("memory_cell.model."); entry != m_tensors.end(); ++entry) {
    if (!entry->first.starts_with("memory_cell.model.")) break;
    if (entry->first.ends_with(ending) && entry->second.shape.size() == 2) return &entry->second;
  }
  return nullptr;
}

void ConfigDerivation::describeMemory(json::object_t& armt) {
  armt["correction"] = true;
  armt["normalize_keys"] = false;
  armt["use_denom"] = true;
  note(
      "correction = true, normalize_keys = false and use_denom = true are assumed for the memory, because the tensors "
      "do not tell; if answers make no sense, write config.json (inspect --write-config) and try normalize_keys = "
      "true, "
      "which newer models have");
  if (const TensorView* beta = memoryTensor(".W_mb.weight")) {
    const std::int64_t rows = beta->shape[0];
    const bool gating = rows > 1 && rows == beta->shape[1];
    armt["gating"] = gating;
    armt["n_heads"] = gating ? 1 : rows;
    if (gating) note("n_heads = 1 is assumed for the memory, because gated writes do not tell");
  }
  const json* positions = memberOf(m_config, "n_positions");
  const TensorView* memory = nullptr;
  if (const auto found = m_tensors.find("memory_cell.memory"); found != m_tensors.end()) memory = &found->second;
  if (m_shape.family == ModelFamily::kGpt2 && positions != nullptr && memory != nullptr && !memory->shape.empty() &&
      positions->is_number_unsigned()) {
    const std::uint64_t text = positions->get<std::uint64_t>();
    const auto rows = static_cast<std::uint64_t>(m_shape.positions);
    armt["wrap_pos"] = rows > text && rows - text == static_cast<std::uint64_t>(memory->shape[0]);
  }
}

Status ConfigDerivation::fillSegmentSize(json::object_t& armt) {
  if (m_hints.segmentSize) {
    armt["segment_size"] = *m_hints.segmentSize;
    return {};
  }
  if (memberOf(armt, "segment_size") != nullptr) return {};
  std::error_code ignored;
  // A slash behind it or not: one answer.
  const fs::path path = fs::absolute(m_directory, ignored).lexically_normal() / "x";
  const std::string own = path.parent_path().filename().string();
  const std::string parent = path.parent_path().parent_path().filename().string();
  for (const std::string& name : {own, parent}) {
    if (const auto size = segmentSizeOfRunName(name)) {
      armt["segment_size"] = *size;
      note("segments of " + std::to_string(*size) + " tokens are taken from the name " + inQuotes(name));
      return {};
    }
  }
  std::string seen;
  for (const std::string& name : {own, parent}) {
    const auto grid = segmentGridOfRunName(name);
    if (!grid || !seen.empty()) continue;
    const json* memory = memberOf(armt, "num_mem_tokens");
    const bool isNumber = memory != nullptr && memory->is_number_integer();
    const std::int64_t rest = grid->tokens - (isNumber ? memory->get<std::int64_t>() : 0);
    seen = ", which may be " + std::to_string(grid->tokens) +
           (isNumber && rest > 0
                ? " or " + std::to_string(rest) + " (" + std::to_string(grid->tokens) + " with the memory tokens)"
                : "") +
           " by the name " + inQuotes(name);
  }
  return fail(ErrorCode::kNotFound, "nothing says how many text tokens a segment has" + seen +
                                        "; pass --segment-size with the number that the model was trained with");
}

Status ConfigDerivation::fillMemory() {
  const json* block = memberOf(m_config, "armt");
  if (!m_shape.hasMemory) {
    if (m_hints.segmentSize || m_hints.memoryTokens) {
      return fail(ErrorCode::kMismatch,
                  "a segment size or a number of memory tokens was given, but the weights hold a plain decoder without "
                  "memory (no tensor is named memory_cell.*); leave them out");
    }
    if (block == nullptr)
      note(
          "this is a plain decoder without associative memory: it runs as the full-attention baseline only (trace "
          "--full-attention) and cannot read documents");
    return {};
  }
  if (block != nullptr && !block->is_object()) return {};  // the parser says so
  json::object_t armt = block != nullptr ? *block->get_ptr<const json::object_t*>() : json::object_t();
  if (block == nullptr) describeMemory(armt);
  const auto memory = m_tensors.find("memory_cell.memory");
  const std::int64_t rows = memory != m_tensors.end() && memory->second.shape.size() == 2 ? memory->second.shape[0] : 0;
  if (m_hints.memoryTokens && rows != 0 && rows != *m_hints.memoryTokens) {
    return fail(ErrorCode::kMismatch, std::to_string(*m_hints.memoryTokens) +
                                          " memory tokens were asked for, but memory_cell.memory has " +
                                          std::to_string(rows) + " rows; leave the number out");
  }
  if (m_hints.memoryTokens) {
    armt["num_mem_tokens"] = *m_hints.memoryTokens;
  } else if (memberOf(armt, "num_mem_tokens") == nullptr && rows != 0) {
    armt["num_mem_tokens"] = rows;
  }
  const TensorView* query = memoryTensor(".W_mq.weight");
  if (memberOf(armt, "d_mem") == nullptr && query != nullptr) armt["d_mem"] = query->shape[0];
  if (Status sized = fillSegmentSize(armt); !sized) return sized;
  m_config["armt"] = std::move(armt);
  return {};
}

Status ConfigDerivation::fillAdapter() {
  if (!m_hints.loraAlpha && !m_hints.loraRank) return {};
  if (!m_hasAdapter) {
    return fail(ErrorCode::kMismatch,
                "a LoRA alpha or rank was given, but the weights hold no LoRA matrices; leave it out");
  }
  json& block = m_config["tidemark"];
  if (block.is_null()) block = json::object();
  if (!block.is_object()) return {};  // the parser says so
  json& lora = block["lora"];
  if (!lora.is_object()) lora = json::object();
  if (m_hints.loraAlpha) lora["alpha"] = *m_hints.loraAlpha;
  if (m_hints.loraRank) lora["rank"] = *m_hints.loraRank;
  return {};
}

Status ConfigDerivation::checkBase(const ModelConfig& config) const {
  if (m_hints.baseConfig.empty() || fits(config, m_shape)) return {};
  const std::vector<std::string> fitting = fittingConfigs(m_shape);
  return fail(
      ErrorCode::kMismatch,
      "base config " + inQuotes(m_hints.baseConfig) + " (" + toString(configShapeOf(config)) +
          ") does not fit the tensors (" + toString(m_shape) + "); " +
          (fitting.empty() ? "pass the config.json of the model that they come from" : joinedNames(fitting) + " does"));
}

Result<DerivedConfig> ConfigDerivation::run() {
  for (const auto step : {&ConfigDerivation::readDirectory, &ConfigDerivation::chooseDecoder,
                          &ConfigDerivation::fillMemory, &ConfigDerivation::fillAdapter}) {
    if (Status done = (this->*step)(); !done) return done.error();
  }
  DerivedConfig derived;
  const bool isFile = m_file && m_file->object == m_config;
  derived.text = isFile ? m_file->text : json(m_config).dump(1, ' ', false, json::error_handler_t::replace) + "\n";
  auto config = parseModelConfig(derived.text, m_source);
  if (!config) return config.error();
  if (Status fitting = checkBase(*config); !fitting) return fitting.error();
  derived.config = std::move(config).value();
  derived.notes = std::move(m_notes);
  return derived;
}

}  // namespace

Result<DerivedConfig> deriveConfig(const fs::path& directory, const ModelHints& hints,
                                   const std::map<std::string, TensorView>& tensors, bool hasAdapter) {
  return ConfigDerivation(directory, hints, tensors, hasAdapter).run();
}

}  // namespace tidemark

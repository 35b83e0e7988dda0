#include "engine/weights/model_config.h"

#include <utility>

#include "engine/base/json_reader.h"
#include "engine/weights/config_parts.h"
#include "engine/weights/mapped_file.h"

namespace tidemark {
namespace {

using nlohmann::json;

/// The token of a key's value. -1 is an older spelling of "none".
std::optional<TokenId> toToken(ConfigReader& reader, const std::string& key, const json& value, int vocabulary) {
  if (const auto* number = value.get_ptr<const json::number_integer_t*>()) {
    if (*number == -1) return std::nullopt;
    // Numbers above 2^63 show up negative here and are refused like every other negative one.
    if (*number >= 0 && *number < vocabulary) return static_cast<TokenId>(*number);
    reader.fail(ErrorCode::kMismatch, reader.label(key) + " = " + shown(value) + " is not a token; vocab_size is " +
                                          std::to_string(vocabulary));
    return std::nullopt;
  }
  reader.fail(ErrorCode::kCorrupt, reader.label(key) + " must be a token id, found " + shown(value));
  return std::nullopt;
}

void readTokens(ConfigReader& reader, ModelConfig& config) {
  if (const json* value = reader.find("bos_token_id")) {
    config.bos = toToken(reader, "bos_token_id", *value, config.vocabularySize);
  }
  if (const json* value = reader.find("eos_token_id")) {
    const auto* list = value->get_ptr<const json::array_t*>();
    for (const json& entry : list != nullptr ? *list : json::array_t{*value}) {
      const auto token = toToken(reader, "eos_token_id", entry, config.vocabularySize);
      if (token) config.eosTokens.push_back(*token);
    }
    if (!config.eosTokens.empty()) config.eos = config.eosTokens.front();
  }
  // Nothing here is ever padded, and many checkpoints name a padding token one past the table: not worth refusing.
  if (const json* value = reader.find("pad_token_id")) {
    const auto* number = value->get_ptr<const json::number_unsigned_t*>();
    if (number != nullptr && *number < static_cast<std::uint64_t>(config.vocabularySize)) {
      config.pad = static_cast<TokenId>(*number);
    }
  }
}

void refuseQuantized(ConfigReader& reader) {
  if (reader.find("quantization_config") == nullptr) return;
  std::optional<Error> ignored;
  std::string method;
  if (const auto* object = reader.find("quantization_config")->get_ptr<const json::object_t*>()) {
    method = ConfigReader(*object, "", "", ignored).text("quant_method", "");
  }
  reader.fail(ErrorCode::kUnsupported, "quantization_config is not supported" +
                                           (method.empty() ? "" : " (method " + inQuotes(method) + ")") +
                                           "; use the F32, F16 or BF16 weights of this model");
}

void readDecoder(ConfigReader& reader, ModelConfig& config) {
  const std::string type = reader.text("model_type", "");
  if (type == "llama") {
    readLlama(reader, config);
  } else if (type == "gpt2") {
    readGpt2(reader, config);
  } else if (reader.find("model_type") == nullptr) {
    reader.fail(ErrorCode::kCorrupt, "model_type is missing; llama and gpt2 are supported");
  } else {
    reader.refuseValue("model_type", "llama and gpt2 are");
  }
}

}  // namespace

Result<ModelConfig> parseModelConfig(std::string_view text, const std::string& source) {
  const auto object = parseJsonObject(text, source);
  if (!object) return object.error();

  std::optional<Error> firstError;
  ConfigReader reader(*object, source, "", firstError);
  ModelConfig config;
  refuseQuantized(reader);
  readDecoder(reader, config);
  if (!firstError) readTokens(reader, config);
  if (auto armt = reader.child("armt"); armt && !firstError) readMemory(*armt, config);
  if (auto tidemark = reader.child("tidemark"); tidemark && !firstError) {
    readPrompt(*tidemark, config.prompt);
    if (auto lora = tidemark->child("lora")) readLora(*lora, config.lora);
  }
  if (firstError) return *firstError;
  return config;
}

Result<ModelConfig> loadModelConfig(const std::filesystem::path& directory) {
  const std::filesystem::path path = directory / "config.json";
  const auto file = MappedFile::open(path);
  if (!file) {
    if (file.error().code != ErrorCode::kNotFound) return file.error();
    return makeError(ErrorCode::kNotFound,
                     path.string() + ": no such file; a model directory holds config.json beside its weights");
  }
  if (file->bytes().size() > kMaxConfigBytes) {
    return makeError(ErrorCode::kCorrupt, path.string() + " has " + std::to_string(file->bytes().size()) +
                                              " bytes; a config has at most " + std::to_string(kMaxConfigBytes));
  }
  return parseModelConfig({reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path.string());
}

}  // namespace tidemark

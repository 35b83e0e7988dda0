#include "app/cli/inspection_output.h"

#include <cstdio>

#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

const char* familyName(ModelFamily family) {
  return family == ModelFamily::kLlama ? "llama" : "gpt2";
}

const char* useName(TensorUse use) {
  switch (use) {
    case TensorUse::kUsed:
      return "used";
    case TensorUse::kIgnored:
      return "ignored";
    case TensorUse::kUnexpected:
      break;
  }
  return "unexpected";
}

/// "label:          value\n".
std::string row(const std::string& label, const std::string& value) {
  constexpr std::size_t kColumn = 12;
  return label + ":" + std::string(kColumn > label.size() ? kColumn - label.size() : 1, ' ') + oneLine(value) + "\n";
}

std::string count(std::uint64_t n) {
  return withSeparators(static_cast<std::int64_t>(n));
}

std::string decoderText(const ModelConfig& c) {
  return std::to_string(c.layers) + " layers, width " + std::to_string(c.hiddenSize) + ", " + std::to_string(c.heads) +
         " heads of " + std::to_string(c.headDim) +
         (c.keyValueHeads != c.heads ? " (" + std::to_string(c.keyValueHeads) + " for keys and values)" : "") +
         ", feed-forward " + std::to_string(c.intermediateSize) + ", vocabulary " + std::to_string(c.vocabularySize);
}

std::string memoryText(const MemoryConfig& m) {
  std::string text = "segments of " + std::to_string(m.segmentSize) + " tokens + " + std::to_string(m.memoryTokens) +
                     " memory tokens, d_mem " + std::to_string(m.dMem);
  if (m.heads > 1) text += ", " + std::to_string(m.heads) + " memory heads";
  if (!m.correction) text += ", no correction";
  if (m.normalizeKeys) text += ", unit-length keys";
  if (!m.useDenominator) text += ", no denominator";
  if (m.gating) text += ", gated writes";
  if (m.wrapPositions) text += ", memory tokens at their own positions";
  return text;
}

Json memoryConfigJson(const MemoryConfig& m) {
  return {{"segment_size", m.segmentSize},
          {"num_mem_tokens", m.memoryTokens},
          {"d_mem", m.dMem},
          {"n_heads", m.heads},
          {"correction", m.correction},
          {"normalize_keys", m.normalizeKeys},
          {"use_denom", m.useDenominator},
          {"gating", m.gating},
          {"wrap_pos", m.wrapPositions}};
}

Json configJson(const ModelConfig& c) {
  Json json = {{"model_type", familyName(c.family)},
               {"vocab_size", c.vocabularySize},
               {"hidden_size", c.hiddenSize},
               {"intermediate_size", c.intermediateSize},
               {"num_hidden_layers", c.layers},
               {"num_attention_heads", c.heads},
               {"num_key_value_heads", c.keyValueHeads},
               {"head_dim", c.headDim},
               {"norm_epsilon", c.normEpsilon},
               {"tied_head", c.tiedHead},
               {"max_positions", c.maxPositions}};
  if (c.family == ModelFamily::kLlama) {
    json["rope_theta"] = c.rotary.theta;
    json["rope_scaling"] = c.rotary.scaling == RotaryScaling::kLlama3 ? "llama3" : "none";
  }
  json["bos_token_id"] = c.bos ? Json(*c.bos) : Json();
  json["eos_token_ids"] = c.eosTokens;
  json["armt"] = c.memory ? memoryConfigJson(*c.memory) : Json();
  json["tidemark"] = {{"prompt", c.prompt.prompt},
                      {"stop", c.prompt.stop},
                      {"tail", c.prompt.tail == TailPolicy::kJoin ? "join" : "commit-copy"}};
  return json;
}

std::string tensorLine(const InspectedTensor& tensor) {
  char megabytes[32];
  std::snprintf(megabytes, sizeof megabytes, "%.3f MiB", static_cast<double>(tensor.bytes) / (1024.0 * 1024.0));
  return "  " + oneLine(tensor.name) + " " + std::string(name(tensor.dtype)) + " " + toString(tensor.shape) + " " +
         megabytes + (tensor.use == TensorUse::kUsed ? "" : std::string(" (") + useName(tensor.use) + ")") + "\n";
}

/// "BF16 2.30 GiB in 146 tensors, F32 ...".
std::string dtypesText(const std::vector<DTypeTotal>& dtypes) {
  std::string text;
  for (const DTypeTotal& total : dtypes) {
    text += (text.empty() ? "" : ", ") + std::string(name(total.dtype)) + " " + formatBytes(total.bytes) + " in " +
            count(total.tensors) + (total.tensors == 1 ? " tensor" : " tensors");
  }
  return text;
}

constexpr std::size_t kShown = 10;  // of a list, in text; JSON has all of it

/// A row with the first names of a list; nothing for an empty one.
std::string namesRow(const std::string& label, const std::vector<std::string>& names) {
  if (names.empty()) return "";
  std::string text = count(names.size()) + ": ";
  for (std::size_t i = 0; i < names.size() && i < kShown; ++i) text += (i > 0 ? ", " : "") + names[i];
  if (names.size() > kShown) text += ", and " + count(names.size() - kShown) + " more (--json lists them)";
  return row(label, text);
}

std::vector<std::string> extraTensors(const ModelInspection& model) {
  std::vector<std::string> names;
  for (const InspectedTensor& tensor : model.tensors) {
    if (tensor.use == TensorUse::kUnexpected) names.push_back(tensor.name);
  }
  return names;
}

std::string problemRows(const std::vector<std::string>& problems) {
  std::string text;
  for (std::size_t i = 0; i < problems.size() && i < kShown; ++i) text += row("problem", problems[i]);
  if (problems.size() > kShown) {
    text += row("problem", "and " + count(problems.size() - kShown) + " more (--json lists them)");
  }
  return text;
}

std::string needText(const MemoryNeed& need) {
  return formatBytes(need.total()) + " (layers " + formatBytes(need.weights) + ", head " + formatBytes(need.head) +
         ", workspace " + formatBytes(need.workspace) + ", state " + formatBytes(need.state) + "); " +
         formatBytes(availableMemoryBytes()) + " are free";
}

/// What the built-in model is for, so that nobody takes it for more.
std::string builtinText(const ModelInspection& model) {
  return "a small demonstration model that comes with the program, so that everything can be tried at once. It answers "
         "a few forms of question about plainly stated facts, is often wrong about long documents, and knows nothing "
         "else; " +
         (model.directory / "README.md").string() +
         " lists the forms and how often it is right. Use a larger model for work.";
}

}  // namespace

std::string inspectionText(const ModelInspection& model, bool builtin, bool withTensors) {
  std::string out = row("model", model.directory.string() + (builtin ? " (built in)" : ""));
  if (model.config) {
    const ModelConfig& c = *model.config;
    out += row("family", familyName(c.family));
    out += row("decoder", decoderText(c));
    out += row("memory", c.memory ? memoryText(*c.memory) : "none");
  }
  std::uint64_t stored = 0;
  for (const InspectedTensor& tensor : model.tensors) stored += tensor.bytes;
  out += row("parameters", count(model.parameters) + " in " + std::to_string(model.tensors.size()) + " tensors, " +
                               formatBytes(stored) + " as stored");
  if (!model.dtypes.empty()) out += row("stored as", dtypesText(model.dtypes));
  if (model.memory) {
    out += row("needs", needText(*model.memory));
    if (model.config->memory) out += row("snapshot", formatBytes(model.memory->snapshot) + " each in a session file");
  }
  out += row("GPU", (model.gpuBytes ? "needs " + formatBytes(*model.gpuBytes) + "; " : "") + model.cuda.detail);
  out += row("tokenizer", model.tokenizerFile.empty() ? "none" : model.tokenizerFile);
  if (!model.chatTemplate.empty()) out += row("template", model.chatTemplate);
  out += namesRow("missing", model.missing);
  out += namesRow("misshapen", model.misshapen);
  out += namesRow("extra", extraTensors(model));
  if (model.config && !model.config->prompt.about.empty()) out += row("about", model.config->prompt.about);
  if (builtin) out += row("built in", builtinText(model));
  if (withTensors) {
    out += "tensors:\n";
    for (const InspectedTensor& tensor : model.tensors) out += tensorLine(tensor);
  }
  for (const std::string& note : model.notes) out += row("note", note);
  out += problemRows(model.problems);
  return out + row("can run", model.canRun() ? "yes" : "no");
}

Json inspectionJson(const ModelInspection& model, bool builtin) {
  Json json;
  json["model"] = model.directory.string();
  json["builtin"] = builtin;
  json["can_run"] = model.canRun();
  json["family"] = model.config ? Json(familyName(model.config->family)) : Json();
  json["config"] = model.config ? configJson(*model.config) : Json();
  json["parameters"] = model.parameters;
  json["about"] = model.config ? Json(model.config->prompt.about) : Json();
  json["tokenizer"] = model.tokenizerFile.empty() ? Json() : Json(model.tokenizerFile);
  json["memory_bytes"] = model.memory ? Json(model.memory->total()) : Json();
  if (model.memory) {
    json["memory_parts"] = {{"weights", model.memory->weights},
                            {"head", model.memory->head},
                            {"workspace", model.memory->workspace},
                            {"state", model.memory->state}};
    json["snapshot_bytes"] = model.memory->snapshot;
  }
  json["gpu_memory_bytes"] = model.gpuBytes ? Json(*model.gpuBytes) : Json();
  json["template"] = model.chatTemplate.empty() ? Json() : Json(model.chatTemplate);
  json["dtypes"] = Json::array();
  for (const DTypeTotal& total : model.dtypes) {
    json["dtypes"].push_back(
        {{"dtype", tidemark::name(total.dtype)}, {"tensors", total.tensors}, {"bytes", total.bytes}});
  }
  json["missing"] = model.missing;
  json["misshapen"] = model.misshapen;
  json["extra"] = extraTensors(model);
  json["cuda"] = {{"usable", model.cuda.usable}, {"detail", model.cuda.detail}};
  json["problems"] = model.problems;
  json["notes"] = model.notes;
  json["tensors"] = Json::array();
  for (const InspectedTensor& tensor : model.tensors) {
    json["tensors"].push_back({{"name", tensor.name},
                               {"dtype", name(tensor.dtype)},
                               {"shape", tensor.shape},
                               {"bytes", tensor.bytes},
                               {"use", useName(tensor.use)}});
  }
  return json;
}

}  // namespace tidemark::cli

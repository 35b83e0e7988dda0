#include "engine/weights/tensor_names.h"

#include <algorithm>
#include <array>
#include <vector>

namespace tidemark {
namespace {

using Parts = std::vector<std::string_view>;

constexpr std::string_view kCell = "memory_cell";

Parts splitName(std::string_view name) {
  Parts parts;
  while (true) {
    const std::size_t dot = name.find('.');
    parts.push_back(name.substr(0, dot));
    if (dot == std::string_view::npos) return parts;
    name.remove_prefix(dot + 1);
  }
}

std::string joinName(const Parts& parts) {
  std::string name;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) name += '.';
    name += parts[i];
  }
  return name;
}

bool isOneOf(std::string_view part, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), part) != names.end();
}

bool isIndex(std::string_view part) {
  return !part.empty() && std::all_of(part.begin(), part.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool partsStartWith(const Parts& parts, std::size_t at, std::initializer_list<std::string_view> names) {
  return parts.size() >= at + names.size() &&
         std::equal(names.begin(), names.end(), parts.begin() + static_cast<std::ptrdiff_t>(at));
}

void eraseParts(Parts& parts, std::size_t first, std::size_t count) {
  parts.erase(parts.begin() + static_cast<std::ptrdiff_t>(first),
              parts.begin() + static_cast<std::ptrdiff_t>(first + count));
}

void insertParts(Parts& parts, std::size_t at, std::initializer_list<std::string_view> names) {
  parts.insert(parts.begin() + static_cast<std::ptrdiff_t>(at), names);
}

/// What programs put around a module without changing what it computes.
void removeWrappers(Parts& parts) {
  while (parts.size() > 1 && isOneOf(parts[0], {"module", "armt"})) eraseParts(parts, 0, 1);
  for (std::size_t i = 0; i + 1 < parts.size();) {
    if (isOneOf(parts[i], {"_orig_mod", "_fsdp_wrapped_module", "_checkpoint_wrapped_module", "base_layer"})) {
      eraseParts(parts, i, 1);
    } else if (partsStartWith(parts, i, {"base_model", "model"}) && i + 2 < parts.size()) {
      eraseParts(parts, i, 2);
    } else {
      ++i;
    }
    while (i == 0 && parts.size() > 1 && isOneOf(parts[0], {"module", "armt"})) eraseParts(parts, 0, 1);
  }
}

/// Takes "modules_to_save.NAME" and "original_module" out.
void takeCopy(Parts& parts, TensorName& found) {
  for (std::size_t i = 0; i + 1 < parts.size(); ++i) {
    if (parts[i] == "original_module") {
      found.rank = CopyRank::kOriginal;
      eraseParts(parts, i, 1);
      return;
    }
    if (parts[i] == "modules_to_save" && i + 2 < parts.size()) {
      found.rank = CopyRank::kReplacement;
      found.adapter = parts[i + 1];
      eraseParts(parts, i, 2);
      return;
    }
  }
}

/// Takes "lora_A.NAME" or "lora_A" in front of the last part out, and recognises what adapters have besides.
void takeAdapter(Parts& parts, TensorName& found) {
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const bool isA = parts[i] == "lora_A", isB = parts[i] == "lora_B";
    const std::size_t behind = parts.size() - i - 1;
    if ((isA || isB) && (behind == 1 || behind == 2) && parts.back() == "weight") {
      found.part = isA ? TensorPart::kLoraA : TensorPart::kLoraB;
      if (behind == 2) found.adapter = parts[i + 1];
      eraseParts(parts, i, behind);
      return;
    }
    const char* kind = nullptr;
    if (isA || isB) kind = "LoRA with a bias";
    if (isOneOf(parts[i], {"lora_embedding_A", "lora_embedding_B"})) kind = "LoRA of an embedding";
    if (parts[i] == "lora_magnitude_vector") kind = "DoRA";
    if (isOneOf(parts[i], {"lora_variant", "token_adapter", "trainable_tokens_delta"})) kind = "an adapter of tokens";
    if (kind == nullptr) continue;
    found.part = TensorPart::kUnsupported;
    found.unsupported = std::string(kind) + " (" + std::string(parts[i]) + ")";
    return;
  }
}

/// Where the names of the decoder begin: behind "memory_cell.model", or at the front.
std::size_t decoderBegin(const Parts& parts) {
  return partsStartWith(parts, 0, {kCell, "model"}) ? 2 : 0;
}

/// "model." or "transformer." in front of a decoder that was stored without its head.
void nameDecoder(Parts& parts) {
  const std::size_t at = decoderBegin(parts);
  if (at >= parts.size()) return;
  const bool isLayer = parts.size() > at + 2 && isIndex(parts[at + 1]);
  if (isOneOf(parts[at], {"embed_tokens", "norm", "rotary_emb"}) || (parts[at] == "layers" && isLayer)) {
    insertParts(parts, at, {"model"});
  } else if (isOneOf(parts[at], {"wte", "wpe", "ln_f"}) || (parts[at] == "h" && isLayer)) {
    insertParts(parts, at, {"transformer"});
  }
}

/// An adapter of the decoder inside a memory cell: its layers stand one module deeper there.
void moveIntoCell(Parts& parts) {
  if (parts[0] == kCell) return;
  insertParts(parts, 0, {kCell, "model"});
  const bool isLayer =
      (partsStartWith(parts, 2, {"model", "layers"}) || partsStartWith(parts, 2, {"transformer", "h"})) &&
      parts.size() > 6 && isIndex(parts[4]);
  const bool isInside = isLayer && (parts[5] == "layer" || parts[5].starts_with("W_m"));
  if (isLayer && !isInside) insertParts(parts, 5, {"layer"});
}

}  // namespace

TensorName tensorNameOf(std::string_view stored, const NameContext& context) {
  TensorName found;
  Parts parts = splitName(stored);
  removeWrappers(parts);
  takeCopy(parts, found);
  takeAdapter(parts, found);
  if (partsStartWith(parts, 0, {kCell, "layers"}) && parts.size() > 3 && isIndex(parts[2])) {
    eraseParts(parts, 0, 2);
    if (context.family == ModelFamily::kGpt2) {
      insertParts(parts, 0, {kCell, "model", "transformer", "h"});
    } else {
      insertParts(parts, 0, {kCell, "model", "model", "layers"});
    }
    found.rank = CopyRank::kLayerList;
  }
  nameDecoder(parts);
  if (context.memoryModel) moveIntoCell(parts);
  found.name = joinName(parts);
  return found;
}

bool isGpt2Name(std::string_view stored) {
  const Parts parts = splitName(stored);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (parts[i] == "wpe" || partsStartWith(parts, i, {"attn", "c_attn"}) ||
        partsStartWith(parts, i, {"mlp", "c_fc"})) {
      return true;
    }
  }
  return false;
}

}  // namespace tidemark

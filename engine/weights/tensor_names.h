#pragma once
// Names of tensors as other programs store them, brought into ours. Pure string work.
//
// Ours: memory_cell.memory; memory_cell.model. + "model.layers.N.layer.self_attn.q_proj.weight", "lm_head.weight"
// (Llama) or "transformer.h.N.layer.attn.c_attn.weight" (GPT-2), the memory of a layer as "model.layers.N.W_mq.weight";
// without a memory the same less "memory_cell.model." and "layer.".

#include <string>
#include <string_view>

#include "engine/weights/model_config.h"

namespace tidemark {

/// What a stored tensor is to the tensor of its name.
enum class TensorPart {
  kWhole,
  kLoraA,       // [r, in]
  kLoraB,       // [out, r]
  kUnsupported  // of an adapter that cannot be merged; TensorName::unsupported says which
};

/// Which of several copies of one tensor counts: the highest.
enum class CopyRank {
  kLayerList,  // memory_cell.layers.N.*: the same module under a second name
  kOriginal,   // original_module: what an adapter replaced
  kPlain,
  kReplacement,  // modules_to_save: what it was replaced with
};

struct TensorName {
  std::string name;  // in our names; of a LoRA matrix: the name of the weight that it changes
  TensorPart part = TensorPart::kWhole;
  CopyRank rank = CopyRank::kPlain;
  std::string adapter;      // of a LoRA matrix and of a replacement, "" in files of one adapter, mostly "default"
  std::string unsupported;  // "DoRA (lora_magnitude_vector)"
};

/// What one name does not say by itself.
struct NameContext {
  ModelFamily family = ModelFamily::kLlama;  // where memory_cell.layers.N belongs
  bool memoryModel = false;  // names of a decoder (an adapter's) are meant to be those inside memory_cell.model
};

/// Total: any string has a name. Idempotent: a name of ours stays as it is. Removed are "module." and "armt." in front,
/// "base_model.model." and the wrappers of torch.compile, FSDP and activation checkpointing anywhere, ".base_layer",
/// ".original_module" and ".modules_to_save.NAME"; a bare decoder gets its "model." or "transformer.".
[[nodiscard]] TensorName tensorNameOf(std::string_view stored, const NameContext& context);

/// True for a name that only GPT-2 has ("attn.c_attn", "wpe").
[[nodiscard]] bool isGpt2Name(std::string_view stored);

}  // namespace tidemark

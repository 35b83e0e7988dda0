#pragma once
// The tensors of a model directory under our names, adapters sorted out but not merged yet. Private to weights and
// inspect.

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/weights/adapter_config.h"
#include "engine/weights/checkpoint.h"
#include "engine/weights/mapped_file.h"
#include "engine/weights/model_config.h"
#include "engine/weights/tensor_names.h"

namespace tidemark {

/// One side of a LoRA pair; the name is the stored one.
struct LoraSide {
  std::string storedName;
  TensorView view;
};

struct LoraPair {
  std::string target;  // the weight, in our names
  std::string adapter;
  LoraSide a, b;
};

struct CheckpointLayout {
  std::shared_ptr<const Checkpoint> base;
  std::map<std::string, TensorView> tensors;  // our names; copies that do not count keep the name they have
  std::vector<LoraPair> pairs;
  std::vector<std::string> notes;
  bool changed = false;  // `tensors` differ from those of `base`

  // An adapter that lies beside the base weights.
  std::shared_ptr<const MappedFile> adapterFile;
  std::shared_ptr<const std::vector<Tensor>> adapterCopies;  // tensors of it that do not lie in the file as rows
  std::optional<AdapterConfig> adapterConfig;
  std::string adapterIdentity;  // hashes of its bytes and of its config's; empty: none
};

/// Opens weights and adapter of a directory. Errors: those of Checkpoint::open and parseAdapterConfig; kMismatch (two
/// tensors with one name and different bytes, half a LoRA pair, two adapters for one weight), kUnsupported (an adapter
/// or a part of a model that cannot be computed, by name).
[[nodiscard]] Result<CheckpointLayout> openCheckpointLayout(const std::filesystem::path& directory);

/// What adapter_config.json says, where config.json says nothing else.
[[nodiscard]] AdapterConfig adapterSettings(const CheckpointLayout& layout, const ModelConfig& config);
/// ModelFiles::configSha256.
[[nodiscard]] std::string configIdentity(const std::string& configText, const CheckpointLayout& layout);

/// The tensors as a checkpoint, pairs merged with these settings; `tiedHead`: the head may be the only copy of the
/// embedding. Adds notes. Errors: kNotFound (no alpha: says what to pass), kMismatch (rank and shapes), kUnsupported.
[[nodiscard]] Result<std::shared_ptr<const Checkpoint>> mergeLayout(const CheckpointLayout& layout,
                                                                    const AdapterConfig& adapter, bool tiedHead,
                                                                    std::vector<std::string>& notes);

}  // namespace tidemark

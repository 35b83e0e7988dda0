#pragma once
// All tensors of a model directory by name, from model.safetensors or pytorch_model.bin or from the shards that their
// index lists. The files stay mapped while the checkpoint lives.

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"
#include "engine/weights/mapped_file.h"

namespace tidemark {

class Checkpoint {
 public:
  /// Tensors that a shard holds and the index does not list are included. Errors: kNotFound (no weights in the
  /// directory: says which names were looked for), kCorrupt (also an index that does not fit its shards), kUnsupported.
  [[nodiscard]] static Result<std::shared_ptr<const Checkpoint>> open(const std::filesystem::path& directory);

  [[nodiscard]] const std::map<std::string, TensorView>& tensors() const { return m_tensors; }
  /// Tensors of `base` under other names, and tensors of our own (merged, copied out of strides); keeps both alive.
  /// `files` and the SHA-256 stay those of `base`.
  [[nodiscard]] static std::shared_ptr<const Checkpoint> derive(std::shared_ptr<const Checkpoint> base,
                                                                std::map<std::string, TensorView> tensors,
                                                                std::vector<Tensor> owned);

  /// The tensor of that name, or nullptr.
  [[nodiscard]] const TensorView* find(const std::string& name) const;
  [[nodiscard]] const std::vector<std::filesystem::path>& files() const { return m_files; }
  /// SHA-256 over all weight files in name order; reads every byte (about 0.5 GB/s or better).
  [[nodiscard]] std::string computeSha256() const;

 private:
  std::map<std::string, TensorView> m_tensors;
  std::vector<std::filesystem::path> m_files;
  std::vector<MappedFile> m_mappings;
  std::vector<Tensor> m_owned;               // what views point to that are not in a mapping
  std::shared_ptr<const Checkpoint> m_base;  // of a derived one
};

}  // namespace tidemark

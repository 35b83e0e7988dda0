#pragma once
// pytorch_model.bin: a zip archive whose members are stored uncompressed; data.pkl holds a pickle that names tensors,
// and data/KEY the bytes of their storages. The pickle is read by a machine that knows dictionaries, tuples, numbers,
// strings, storages and torch's tensor rebuild calls, and can execute nothing. The parser is total: any byte string
// gives tensors or an Error. It is also a fuzz target.

#include <map>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace tidemark {

struct TorchFile {
  std::map<std::string, TensorView> tensors;  // views into the parsed bytes, or into `copies`
  std::vector<Tensor> copies;                 // tensors whose strides are not those of a row-major array
  /// Entries that no weight is made of, and what they are: "a tensor of torch.uint8" (an attention mask), "a number".
  std::map<std::string, std::string> ignored;
};

/// Parses `bytes`, which must outlive the views; `source` names it in errors. Tensors that share a storage share its
/// bytes. Nested dictionaries ("state_dict", "model_state_dict", "model", "module") are entered when they hold the
/// tensors. Tensors of element types that DType lacks are listed in `ignored`. Copies take at most as many bytes as the
/// file. Errors: kCorrupt (zip, pickle, offsets, sizes, limits); kUnsupported (a legacy file without zip, compressed
/// members, a big-endian file, any name or pickle operation outside the list: each by name, with what to do);
/// kOutOfMemory (a copy).
[[nodiscard]] Result<TorchFile> parseTorchFile(std::span<const std::byte> bytes, const std::string& source);

}  // namespace tidemark

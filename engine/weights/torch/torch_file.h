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
  std::vector<std::string> ignored;           // entries of the state dictionary that are no tensors
};

/// Parses `bytes`, which must outlive the views; `source` names it in errors. Tensors that share a storage share its
/// bytes. Nested dictionaries ("model", "state_dict", "module") are entered when they hold the tensors. Errors:
/// kCorrupt (zip, pickle, offsets, sizes, limits), kUnsupported (a legacy file without zip, compressed members, a
/// dtype, a big-endian file, any call outside the list: each by name, with what to do).
[[nodiscard]] Result<TorchFile> parseTorchFile(std::span<const std::byte> bytes, const std::string& source);

}  // namespace tidemark

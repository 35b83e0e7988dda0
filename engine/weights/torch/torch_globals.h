#pragma once
// The names of Python objects that data.pkl may mention, all of them. Private to weights/torch.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/tensor/tensor.h"

namespace tidemark {

/// An element type of torch.
struct TorchElement {
  std::string_view name;  // "torch.float32"
  std::uint32_t bytes = 0;
  std::optional<DType> dtype;  // ours; nothing for types that weights do not have here
};

enum class TorchRole {
  kOrderedDict,
  kStorageType,       // with the element type of a typed storage
  kElementType,       // torch.float32 and the like
  kRebuildTensor,     // (storage, offset, sizes, strides [, requires_grad, hooks [, metadata]])
  kRebuildTensorV3,   // the same with an element type after the hooks; the storage is untyped
  kRebuildParameter,  // (tensor, requires_grad, hooks [, state])
};

struct TorchGlobal {
  std::string_view name;  // "torch._utils._rebuild_tensor_v2"
  TorchRole role = TorchRole::kOrderedDict;
  TorchElement element;  // of storage and element types; bytes 0: an untyped storage
  // How many arguments the call takes.
  std::size_t fewest = 0;
  std::size_t most = 0;
};

/// The global of that full name, or nullptr: everything else is refused.
[[nodiscard]] const TorchGlobal* findTorchGlobal(std::string_view name);

}  // namespace tidemark

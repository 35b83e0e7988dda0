#pragma once
// How many layers the names of tensors speak of. Private to weights.

#include <cstdint>
#include <map>
#include <string>

#include "engine/tensor/tensor.h"

namespace tidemark {

struct StoredLayers {
  std::int64_t count = 0;  // one more than the largest N of "PREFIXN."
  std::string example;     // a tensor of the last one
};

[[nodiscard]] StoredLayers countStoredLayers(const std::map<std::string, TensorView>& tensors,
                                             const std::string& prefix);

}  // namespace tidemark

#pragma once
// A golden checkpoint as other programs would have stored it.

#include <nlohmann/json.hpp>

#include "tests/support/golden_case.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {

using Tensors = std::map<std::string, Tensor>;

/// Copies of all tensors of a golden checkpoint.
inline Tensors goldenTensors(const std::string& name) {
  Tensors tensors;
  const auto checkpoint = Checkpoint::open(goldenDirectory() / name);
  EXPECT_TRUE(checkpoint) << messageOf(checkpoint);
  for (const auto& [tensorName, view] : (*checkpoint)->tensors()) {
    Tensor copy(view.dtype, view.shape);
    std::ranges::copy(view.bytes, copy.bytes().begin());
    tensors.emplace(tensorName, std::move(copy));
  }
  return tensors;
}

inline nlohmann::json goldenConfig(const std::string& name) {
  return nlohmann::json::parse(readFile(goldenDirectory() / name / "config.json"));
}

inline Tensor copyOf(const Tensor& tensor) {
  Tensor copy(tensor.dtype(), tensor.shape());
  std::ranges::copy(tensor.bytes(), copy.bytes().begin());
  return copy;
}

/// The same tensors under the names that `rename` gives.
template <typename Rename>
Tensors renamed(Tensors tensors, const Rename& rename) {
  Tensors result;
  for (auto& [name, tensor] : tensors) result.emplace(rename(name), std::move(tensor));
  return result;
}

inline std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

inline void writeTensors(const std::filesystem::path& path, const Tensors& tensors) {
  std::vector<std::pair<std::string, TensorView>> views;
  for (const auto& [name, tensor] : tensors) views.emplace_back(name, tensor.view());
  const Status written = writeSafetensors(path, views);
  ASSERT_TRUE(written) << messageOf(written);
}

/// Small numbers, the same for the same seed.
inline Tensor smallTensor(Shape shape, int seed) {
  Tensor tensor(DType::kF32, std::move(shape));
  int i = seed;
  for (float& value : tensor.floats()) value = 0.01f * static_cast<float>((i += 37) % 19 - 9);
  return tensor;
}

}  // namespace tidemark::testing

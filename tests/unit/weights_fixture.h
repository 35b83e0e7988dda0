#pragma once
// What the tests of engine/weights share: a directory that goes away, safetensors bytes from a header, tiny models.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/weights/safetensors.h"

namespace tidemark::testing {

/// An empty directory below the system's temporary one, removed with everything in it.
class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    std::string name = (std::filesystem::temp_directory_path() / "tidemark-test-XXXXXX").string();
    const char* made = ::mkdtemp(name.data());
    EXPECT_NE(made, nullptr) << name;
    m_path = name;
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  ~TemporaryDirectory() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
  }
  [[nodiscard]] const std::filesystem::path& path() const { return m_path; }

 private:
  std::filesystem::path m_path;
};

inline void writeFile(const std::filesystem::path& path, std::string_view text) {
  std::ofstream(path, std::ios::binary) << text;
}

inline std::string readFile(const std::filesystem::path& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

inline std::span<const std::byte> bytesOf(std::string_view text) {
  return std::as_bytes(std::span(text.data(), text.size()));
}

/// The file that a header and `dataBytes` zero bytes make.
inline std::string safetensorsBytes(std::string_view header, std::size_t dataBytes) {
  std::string file;
  for (std::size_t i = 0; i < 8; ++i) file += static_cast<char>((header.size() >> (8 * i)) & 255);
  file += header;
  return file + std::string(dataBytes, '\0');
}

/// Tensors by name, each filled with small numbers, to be written to a file.
class TensorSet {
 public:
  void add(const std::string& name, Shape shape) {
    Tensor tensor(DType::kF32, std::move(shape));
    for (float& value : tensor.floats()) value = 0.001f * static_cast<float>(++m_counter % 1000);
    m_tensors[name] = std::move(tensor);
  }
  void add(const std::string& name, Tensor tensor) { m_tensors[name] = std::move(tensor); }
  void remove(const std::string& name) { EXPECT_EQ(m_tensors.erase(name), 1u) << name; }
  [[nodiscard]] Tensor& at(const std::string& name) { return m_tensors.at(name); }

  void write(const std::filesystem::path& path) const {
    std::vector<std::pair<std::string, TensorView>> views;
    for (const auto& [name, tensor] : m_tensors) views.emplace_back(name, tensor.view());
    const Status written = writeSafetensors(path, views);
    ASSERT_TRUE(written) << written.error().message;
  }

 private:
  std::map<std::string, Tensor> m_tensors;
  int m_counter = 0;
};

/// The error's message, or what is wrong with expecting one.
template <typename T>
std::string messageOf(const Result<T>& result) {
  return result.ok() ? std::string("(no error)") : result.error().message;
}

}  // namespace tidemark::testing

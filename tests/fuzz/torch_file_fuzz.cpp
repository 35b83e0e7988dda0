// Any byte string gives tensors that lie inside it or inside copies no larger than it, or an error with a message.

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/torch/torch_file.h"
#include "tests/unit/torch_builder.h"

namespace {

bool isWithin(std::span<const std::byte> inner, std::span<const std::byte> outer) {
  return inner.data() >= outer.data() && inner.data() + inner.size() <= outer.data() + outer.size();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const std::string archive = testing::fuzzedTorchFile({reinterpret_cast<const char*>(data), size});
  const std::span<const std::byte> bytes = std::as_bytes(std::span(archive.data(), archive.size()));
  const auto file = parseTorchFile(bytes, "input");
  if (!file) {
    TM_CHECK(!file.error().message.empty(), "an error without a message");
    return 0;
  }
  std::size_t copied = 0;
  for (const Tensor& copy : file->copies) copied += copy.bytes().size();
  TM_CHECK(copied <= bytes.size(), std::to_string(copied));
  unsigned sum = 0;
  for (const auto& [name, view] : file->tensors) {
    const auto count = elementCount(view.shape);
    TM_CHECK(count && *count * byteSize(view.dtype) == view.bytes.size(), name);
    bool isOwned = isWithin(view.bytes, bytes);
    for (const Tensor& copy : file->copies) isOwned = isOwned || isWithin(view.bytes, copy.bytes());
    TM_CHECK(isOwned, name);
    // Of a large file every 4096th byte: two hundred names of one storage must not make an input slow.
    for (std::size_t i = 0; i < view.bytes.size(); i += view.bytes.size() < 4096 ? 1 : 4096) {
      sum += std::to_integer<unsigned>(view.bytes[i]);
    }
  }
  TM_CHECK(sum < UINT32_MAX, "the sum is there to read every byte");
  return 0;
}

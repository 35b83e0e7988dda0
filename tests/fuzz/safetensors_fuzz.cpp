// Any byte string gives tensors that lie inside it, or an error with a message.

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/safetensors.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const std::span<const std::byte> bytes = std::as_bytes(std::span(data, size));
  const auto file = parseSafetensors(bytes, "input");
  if (!file) {
    TM_CHECK(!file.error().message.empty(), "an error without a message");
    return 0;
  }
  std::size_t total = 0;
  unsigned sum = 0;
  for (const auto& [name, view] : file->tensors) {
    const auto count = elementCount(view.shape);
    TM_CHECK(count && *count * byteSize(view.dtype) == view.bytes.size(), name);
    for (const std::byte value : view.bytes) sum += std::to_integer<unsigned>(value);
    total += view.bytes.size();
  }
  TM_CHECK(total <= size, std::to_string(total) + " bytes of tensors, sum " + std::to_string(sum));
  return 0;
}

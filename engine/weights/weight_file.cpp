#include "engine/weights/weight_file.h"

#include "engine/weights/safetensors.h"

namespace tidemark {

Result<TorchFile> parseWeightFile(std::span<const std::byte> bytes, bool isTorch, const std::string& source) {
  if (isTorch) return parseTorchFile(bytes, source);
  auto file = parseSafetensors(bytes, source);
  if (!file) return file.error();
  return TorchFile{std::move(file->tensors), {}, {}};
}

}  // namespace tidemark

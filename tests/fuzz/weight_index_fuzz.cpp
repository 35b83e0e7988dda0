// Any byte string gives a map whose shards stay in the model directory, no larger than the text justifies, or an error
// with a message.

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/weight_index.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const auto index = parseWeightIndex({reinterpret_cast<const char*>(data), size}, "input");
  if (!index) {
    TM_CHECK(!index.error().message.empty(), "an error without a message");
    return 0;
  }
  TM_CHECK(!index->empty(), "an index of nothing");
  std::size_t held = 0;
  for (const auto& [tensor, shard] : *index) {
    held += tensor.size() + shard.size();
    const std::filesystem::path path = std::filesystem::path("model") / shard;
    TM_CHECK(path.lexically_normal().parent_path() == "model" && path.filename() == shard, shard);
  }
  // An escape of six bytes (\u00e9) may stand for one character, never the other way round.
  TM_CHECK(held <= size, std::to_string(held));
  return 0;
}

// Any byte string has a name of ours, of about its length, and names settle. The first byte chooses the context.

#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/tensor_names.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  if (size == 0) return 0;
  NameContext context;
  context.family = (data[0] & 1) != 0 ? ModelFamily::kGpt2 : ModelFamily::kLlama;
  context.memoryModel = (data[0] & 2) != 0;
  const std::string stored(reinterpret_cast<const char*>(data + 1), size - 1);
  const TensorName found = tensorNameOf(stored, context);
  // At most "memory_cell.model.", "transformer." and "layer." are put in front or between.
  TM_CHECK(found.name.size() <= stored.size() + 40, found.name);
  TM_CHECK(found.unsupported.empty() == (found.part != TensorPart::kUnsupported), found.unsupported);
  (void)isGpt2Name(stored);
  std::string name = found.name;
  for (std::size_t pass = 0; pass < size + 8; ++pass) {
    const std::string next = tensorNameOf(name, context).name;
    if (next == name) return 0;
    name = next;
  }
  TM_CHECK(false, "a name that never settles: " + name);
  return 0;
}

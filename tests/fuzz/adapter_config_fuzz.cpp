// Any byte string gives an adapter's settings that can be used, or an error with a message.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>

#include "engine/base/check.h"
#include "engine/weights/adapter_config.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tidemark;
  const auto config = parseAdapterConfig({reinterpret_cast<const char*>(data), size}, "input");
  if (!config) {
    TM_CHECK(!config.error().message.empty(), "an error without a message");
    return 0;
  }
  for (const char* module :
       {"memory_cell.model.model.layers.1.layer.self_attn.q_proj", "q_proj", "", "..", ".layer."}) {
    const int rank = rankOf(*config, module).value_or(1);
    const double alpha = alphaOf(*config, module).value_or(0);
    TM_CHECK(rank >= 1 && alpha >= 0, "settings");
    TM_CHECK(std::isfinite(adapterScale(*config, alpha, rank)), "scale");
  }
  return 0;
}

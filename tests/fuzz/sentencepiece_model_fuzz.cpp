// Any bytes as a tokenizer.model: read, or refused with a reason.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/tokenizer/sentencepiece_model.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto model = tidemark::parseSentencePieceModel({reinterpret_cast<const char*>(data), size});
  if (model.ok() ? model->pieces.empty() : model.error().message.empty()) std::abort();
  return 0;
}

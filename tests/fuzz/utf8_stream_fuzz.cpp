// Token bytes, however they are cut, become the same valid UTF-8; valid text comes through unchanged.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/tokenizer/utf8.h"
#include "engine/tokenizer/utf8_stream.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

bool isValid(std::string_view text) {
  while (!text.empty()) {
    const tidemark::Utf8Sequence sequence = tidemark::readUtf8(text);
    if (sequence.kind != tidemark::Utf8Kind::kCharacter) return false;
    text.remove_prefix(sequence.length);
  }
  return true;
}

std::string streamed(std::string_view bytes, std::size_t step) {
  tidemark::Utf8Stream stream;
  std::string text;
  for (std::size_t at = 0; at < bytes.size(); at += step) {
    const std::string piece = stream.push(bytes.substr(at, step));
    require(isValid(piece));
    text += piece;
  }
  return text += stream.finish();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = 1 + data[0] % 8;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::string whole = streamed(bytes, bytes.size() + 1);
  require(isValid(whole));
  require(streamed(bytes, step) == whole);
  if (isValid(bytes)) require(whole == bytes);
  return 0;
}

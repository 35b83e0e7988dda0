// Any bytes, in any encoding that is read, become valid UTF-8 without carriage returns, the same for any split; or one
// sentence.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/document/text_decoder.h"
#include "engine/tokenizer/utf8.h"

namespace {

using namespace tidemark;

void require(bool condition) {
  if (!condition) std::abort();
}

struct Decoded {
  std::string text;
  std::string error;
  std::uint64_t characters = 0;
  std::uint64_t replaced = 0;
  friend bool operator==(const Decoded&, const Decoded&) = default;
};

Decoded decode(TextEncoding encoding, std::string_view bytes, std::size_t step) {
  TextDecoder decoder(encoding);
  Decoded result;
  Status status;
  for (std::size_t at = 0; at < bytes.size() && status; at += step) {
    const std::size_t before = result.text.size();
    status = decoder.push(bytes.substr(at, step), result.text);
    require(result.text.size() - before <= 3 * std::min(step, bytes.size()) + 12);
  }
  if (status) status = decoder.finish(result.text);
  if (!status) return {"", status.error().message, 0, 0};
  require(decoder.sourceBytes() == bytes.size() && decoder.textBytes() == result.text.size());
  require(decoder.replacedBytes() <= bytes.size());
  result.characters = decoder.characters();
  result.replaced = decoder.replacedBytes();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t step = 1 + (data[0] >> 2) % 16;
  const Result<TextEncoding> detected = detectEncoding(bytes);
  if (!detected) require(detected.error().code == ErrorCode::kInvalidArgument);
  const TextEncoding encoding = detected ? *detected : static_cast<TextEncoding>(data[0] % 4);
  const Decoded whole = decode(encoding, bytes, bytes.size() + 1);
  require(decode(encoding, bytes, step) == whole);
  std::uint64_t characters = 0;
  for (std::string_view rest = whole.text; !rest.empty(); ++characters) {
    const Utf8Sequence sequence = readUtf8(rest);
    require(sequence.kind == Utf8Kind::kCharacter && sequence.codePoint != '\r' && sequence.codePoint != 0);
    rest.remove_prefix(sequence.length);
  }
  require(characters == whole.characters);
  // Bytes of ASCII mean the same in both encodings that share it.
  if (isAscii(bytes) && bytes.find('\0') == std::string_view::npos) {
    require(decode(TextEncoding::kUtf8, bytes, step) == decode(TextEncoding::kWindows1252, bytes, step));
  }
  return 0;
}

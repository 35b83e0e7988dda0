// Any bytes become valid UTF-8 without carriage returns, and the same text for any split of the input; or one sentence.

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/document/utf8_cleaner.h"
#include "engine/tokenizer/utf8.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

struct Cleaned {
  std::string text;
  std::string error;
  std::uint64_t characters = 0;
  std::uint64_t replaced = 0;
  friend bool operator==(const Cleaned&, const Cleaned&) = default;
};

/// `step` bytes at a time.
Cleaned clean(std::string_view bytes, std::size_t step) {
  tidemark::Utf8Cleaner cleaner;
  Cleaned result;
  tidemark::Status status;
  for (std::size_t at = 0; at < bytes.size() && status; at += step) {
    const std::string_view piece = bytes.substr(at, step);
    const std::size_t before = result.text.size();
    status = cleaner.push(piece, result.text);
    require(result.text.size() - before <= 3 * piece.size() + 12);
  }
  if (status) status = cleaner.finish(result.text);
  if (!status) return {"", status.error().message, 0, 0};
  require(cleaner.sourceBytes() == bytes.size());
  require(cleaner.textBytes() == result.text.size());
  result.characters = cleaner.characters();
  result.replaced = cleaner.replacedBytes();
  return result;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t step = 1 + data[0] % 16;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Cleaned whole = clean(bytes, bytes.size() + 1);
  require(clean(bytes, step) == whole);
  std::uint64_t characters = 0;
  for (std::string_view rest = whole.text; !rest.empty(); ++characters) {
    const tidemark::Utf8Sequence sequence = tidemark::readUtf8(rest);
    require(sequence.kind == tidemark::Utf8Kind::kCharacter);
    require(sequence.codePoint != '\r' && sequence.codePoint != 0);
    rest.remove_prefix(sequence.length);
  }
  require(characters == whole.characters);
  return 0;
}

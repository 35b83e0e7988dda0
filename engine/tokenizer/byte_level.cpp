#include "engine/tokenizer/byte_level.h"

#include <array>
#include <cstdint>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

constexpr std::size_t kCharacters = 0x144;

constexpr bool standsForItself(std::size_t byte) {
  return (byte >= 0x21 && byte <= 0x7E) || (byte >= 0xA1 && byte <= 0xAC) || (byte >= 0xAE && byte <= 0xFF);
}

constexpr std::array<std::uint16_t, 256> makeCharacters() {
  std::array<std::uint16_t, 256> characters{};
  std::uint16_t next = 0x100;
  for (std::size_t byte = 0; byte < 256; ++byte) {
    characters[byte] = standsForItself(byte) ? static_cast<std::uint16_t>(byte) : next++;
  }
  return characters;
}

constexpr std::array<std::uint16_t, 256> kCharacterOf = makeCharacters();

/// -1: not a character of the alphabet.
constexpr std::array<std::int16_t, kCharacters> makeBytes() {
  std::array<std::int16_t, kCharacters> bytes{};
  for (std::int16_t& byte : bytes) byte = -1;
  for (std::size_t byte = 0; byte < 256; ++byte) bytes[kCharacterOf[byte]] = static_cast<std::int16_t>(byte);
  return bytes;
}

constexpr std::array<std::int16_t, kCharacters> kByteOf = makeBytes();

}  // namespace

std::optional<std::string> bytesOfByteLevel(std::string_view written) {
  std::string bytes;
  bytes.reserve(written.size());
  while (!written.empty()) {
    const Utf8Sequence sequence = readUtf8(written);
    const bool known = sequence.kind == Utf8Kind::kCharacter && sequence.codePoint < kCharacters;
    if (!known || kByteOf[sequence.codePoint] < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(kByteOf[sequence.codePoint]));
    written.remove_prefix(sequence.length);
  }
  return bytes;
}

std::string byteLevelOf(std::string_view bytes) {
  std::string written;
  for (const char byte : bytes) {
    const std::uint16_t character = kCharacterOf[static_cast<std::uint8_t>(byte)];
    appendUtf8(character, written);
  }
  return written;
}

}  // namespace tidemark

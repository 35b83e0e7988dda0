#pragma once
// Writes small tokenizer.model files by hand, well-formed and hostile ones (the format is a protocol buffer message).

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>

namespace tidemark::test {

enum class ModelPiece { kNormal = 1, kUnknown = 2, kControl = 3, kUserDefined = 4, kUnused = 5, kByte = 6 };

class SentencePieceBuilder {
 public:
  /// Begins with <unk>, <s>, </s>; spaces are kept as they are (no normalisation), a word mark is put in front.
  SentencePieceBuilder() {
    add("<unk>", ModelPiece::kUnknown).add("<s>", ModelPiece::kControl).add("</s>", ModelPiece::kControl);
  }

  SentencePieceBuilder& add(std::string_view text, ModelPiece kind = ModelPiece::kNormal) {
    std::string piece = bytesField(1, text);
    // Earlier pieces are better; SentencePiece merges the best pair first.
    const auto score = std::bit_cast<std::uint32_t>(-static_cast<float>(m_count++));
    piece += '\x15';
    for (int i = 0; i < 4; ++i) piece += static_cast<char>(score >> (8 * i));
    piece += numberField(3, static_cast<std::uint64_t>(kind));
    m_pieces += bytesField(1, piece);
    return *this;
  }
  SentencePieceBuilder& addAllBytes() {
    for (int byte = 0; byte < 256; ++byte) {
      const char* digits = "0123456789ABCDEF";
      add(std::string("<0x") + digits[byte / 16] + digits[byte % 16] + ">", ModelPiece::kByte);
    }
    m_byteFallback = true;
    return *this;
  }
  SentencePieceBuilder& withoutPrefix() {
    m_prefix = false;
    return *this;
  }
  SentencePieceBuilder& withNormalisationTable(std::string table) {
    m_table = std::move(table);
    return *this;
  }

  [[nodiscard]] std::string build() const {
    constexpr std::uint64_t kBpe = 2;
    const std::string trainer = numberField(3, kBpe) + numberField(35, m_byteFallback ? 1 : 0);
    const std::string normaliser = bytesField(1, "identity") + bytesField(2, m_table) +
                                   numberField(3, m_prefix ? 1 : 0) + numberField(4, 0) + numberField(5, 1);
    return m_pieces + bytesField(2, trainer) + bytesField(3, normaliser);
  }

 private:
  static std::string varint(std::uint64_t value) {
    std::string bytes;
    for (; value >= 0x80; value >>= 7) bytes += static_cast<char>((value & 0x7F) | 0x80);
    return bytes += static_cast<char>(value);
  }
  static std::string numberField(std::uint64_t id, std::uint64_t value) { return varint(id << 3) + varint(value); }
  static std::string bytesField(std::uint64_t id, std::string_view bytes) {
    return varint((id << 3) | 2) + varint(bytes.size()) + std::string(bytes);
  }

  std::string m_pieces;
  std::string m_table;
  int m_count = 0;
  bool m_prefix = true;
  bool m_byteFallback = false;
};

}  // namespace tidemark::test

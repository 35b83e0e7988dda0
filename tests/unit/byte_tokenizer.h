#pragma once
// One token per byte: predictable, and available in every build.

#include <string>
#include <vector>

#include "engine/tokenizer/tokenizer.h"

namespace tidemark::test {

class ByteTokenizer final : public Tokenizer {
 public:
  [[nodiscard]] int vocabularySize() const override { return 256; }
  [[nodiscard]] Status encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const override {
    for (std::size_t i = 0; i < text.size(); ++i) {
      out.ids.push_back(static_cast<unsigned char>(text[i]));
      out.bytes.push_back({byteOffset + i, byteOffset + i + 1});
    }
    return {};
  }
  [[nodiscard]] std::optional<TokenId> findSpecial(std::string_view) const override { return std::nullopt; }
  [[nodiscard]] const std::vector<std::string>& specialPieces() const override { return m_none; }
  [[nodiscard]] std::string bytes(TokenId token) const override { return std::string(1, static_cast<char>(token)); }
  [[nodiscard]] bool addsSpace() const override { return false; }
  [[nodiscard]] const std::string& sha256() const override { return m_sha256; }

 private:
  std::vector<std::string> m_none;
  std::string m_sha256 = "none";
};

}  // namespace tidemark::test

#pragma once
// SHA-256 (FIPS 180-4), streaming. Used for state hashes, model identity and the checksums of session files.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tidemark {

class Sha256 {
 public:
  Sha256();
  void update(std::span<const std::byte> bytes);
  void update(std::string_view text) { update(std::as_bytes(std::span(text.data(), text.size()))); }
  /// 64 lower-case hexadecimal digits; the object must not be used afterwards.
  [[nodiscard]] std::string hexDigest();

 private:
  void compress(const std::uint8_t* data, std::size_t blocks);

  std::array<std::uint32_t, 8> m_state;
  std::array<std::uint8_t, 64> m_buffer{};
  std::size_t m_buffered = 0;
  std::uint64_t m_totalBytes = 0;
};

/// Hexadecimal SHA-256 of one buffer.
[[nodiscard]] std::string sha256Hex(std::span<const std::byte> bytes);

}  // namespace tidemark

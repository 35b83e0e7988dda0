#pragma once
// Checksums of rows. Each begins with the identity of the model and the kind of row, and numbers and lengths are part
// of it: a payload that was changed, or moved to another place, layer, session or precision, does not match any more.

#include <bit>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/sha256.h"
#include "engine/base/types.h"
#include "engine/session/session_records.h"

namespace tidemark {

// Numbers lie in session files as little-endian, and are handed over without conversion.
static_assert(std::endian::native == std::endian::little, "session files need a byte swap on this machine");

class RowHash {
 public:
  RowHash(std::string_view identity, std::string_view kind) { add(identity).add(kind); }

  RowHash& add(std::string_view text) { return add(std::as_bytes(std::span(text.data(), text.size()))); }
  RowHash& add(std::uint64_t value) {
    m_hash.update(std::as_bytes(std::span(&value, 1)));
    return *this;
  }
  RowHash& add(std::int64_t value) { return add(static_cast<std::uint64_t>(value)); }
  RowHash& add(std::span<const std::byte> bytes) {
    add(std::uint64_t{bytes.size()});
    addPiece(bytes);
    return *this;
  }
  /// Bytes whose number was added before: payloads that arrive in pieces.
  void addPiece(std::span<const std::byte> bytes) {
    if (!bytes.empty()) m_hash.update(bytes);  // an empty span may have no address
  }
  [[nodiscard]] std::string digest() { return m_hash.hexDigest(); }

 private:
  Sha256 m_hash;
};

/// What checksums begin with: everything of the identity but the name, which is for people.
[[nodiscard]] inline std::string identityHash(const ModelIdentity& model) {
  RowHash hash("", "model identity");
  hash.add(model.configSha256).add(model.weightsSha256).add(model.tokenizerSha256).add(model.precision);
  for (const int value :
       {model.segmentSize, model.memoryTokens, model.layers, model.memoryHeads, model.keyWidth, model.hiddenSize}) {
    hash.add(std::int64_t{value});
  }
  return hash.digest();
}

/// Values of a blob; nothing if its length is not a multiple of their size.
template <typename T>
[[nodiscard]] std::optional<std::vector<T>> valuesOf(std::span<const std::byte> bytes) {
  if (bytes.size() % sizeof(T) != 0) return std::nullopt;
  std::vector<T> values(bytes.size() / sizeof(T));
  if (!bytes.empty()) std::memcpy(values.data(), bytes.data(), bytes.size());
  return values;
}

}  // namespace tidemark

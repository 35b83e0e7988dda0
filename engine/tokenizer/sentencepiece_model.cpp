#include "engine/tokenizer/sentencepiece_model.h"

#include <cstdint>
#include <optional>
#include <utility>

namespace tidemark {

namespace {

Error corrupt(std::string reason) {
  return makeError(ErrorCode::kCorrupt, std::move(reason));
}

/// One field of a protocol buffer message; `bytes` is set for length-delimited fields, `number` for varints.
struct Field {
  std::uint64_t id = 0;
  std::uint64_t number = 0;
  std::string_view bytes;
  bool isBytes = false;
};

/// Walks the fields of a message. next() gives nothing at the end and at the first malformed byte; ok() tells which.
class FieldReader {
 public:
  explicit FieldReader(std::string_view message) : m_rest(message) {}

  std::optional<Field> next() {
    if (m_rest.empty() || !m_ok) return std::nullopt;
    Field field;
    const std::uint64_t tag = varint();
    field.id = tag >> 3;
    switch (tag & 7) {
      case 0:
        field.number = varint();
        break;
      case 1:
        take(8);
        break;
      case 2:
        field.bytes = take(varint());
        field.isBytes = true;
        break;
      case 5:
        take(4);
        break;
      default:
        m_ok = false;
    }
    if (!m_ok) return std::nullopt;
    return field;
  }
  [[nodiscard]] bool ok() const { return m_ok; }

 private:
  std::uint64_t varint() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
      if (m_rest.empty()) break;
      const auto byte = static_cast<std::uint8_t>(m_rest.front());
      m_rest.remove_prefix(1);
      value |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
      if (byte < 0x80) return value;
    }
    m_ok = false;
    return 0;
  }

  std::string_view take(std::uint64_t count) {
    if (!m_ok || count > m_rest.size()) {
      m_ok = false;
      return {};
    }
    const std::string_view bytes = m_rest.substr(0, count);
    m_rest.remove_prefix(count);
    return bytes;
  }

  std::string_view m_rest;
  bool m_ok = true;
};

std::uint32_t littleEndian32(std::string_view bytes) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i)
    value |= static_cast<std::uint32_t>(static_cast<std::uint8_t>(bytes[i])) << (8 * i);
  return value;
}

/// A double-array trie as the library stores it: 32-bit units, a child is found at (parent's base) XOR (byte).
class TrieCheck {
 public:
  explicit TrieCheck(std::string_view units) : m_units(units), m_count(units.size() / 4), m_seen(m_count, false) {}

  /// Whether no key can lead a walk out of the array, and every value is below `valueLimit`.
  bool isSafe(std::uint64_t valueLimit) {
    if (m_count == 0 || !enter(baseOf(0, unit(0)))) return false;
    while (!m_open.empty()) {
      const std::uint64_t base = m_open.back();
      m_open.pop_back();
      for (std::uint64_t byte = 0; byte < 256; ++byte) {
        const std::uint64_t child = base ^ byte;
        const std::uint32_t childUnit = unit(child);
        if ((childUnit & 0x800000FFu) != byte) continue;
        const std::uint64_t childBase = baseOf(child, childUnit);
        if (!enter(childBase)) return false;
        const bool hasValue = (childUnit & 0x100u) != 0;
        if (hasValue && (unit(childBase) & 0x7FFFFFFFu) >= valueLimit) return false;
      }
    }
    return true;
  }

 private:
  [[nodiscard]] std::uint32_t unit(std::uint64_t index) const { return littleEndian32(m_units.substr(4 * index, 4)); }

  static std::uint64_t baseOf(std::uint64_t index, std::uint32_t value) {
    return index ^ (static_cast<std::uint64_t>(value >> 10) << ((value & 0x200u) >> 6));
  }

  bool enter(std::uint64_t base) {
    if ((base | 0xFFu) >= m_count) return false;
    if (!m_seen[base]) {
      m_seen[base] = true;
      m_open.push_back(base);
    }
    return true;
  }

  std::string_view m_units;
  std::uint64_t m_count;
  std::vector<bool> m_seen;
  std::vector<std::uint64_t> m_open;
};

/// The table is [bytes of the trie: u32][trie][replacement strings].
Status checkNormalisationTable(std::string_view table) {
  if (table.empty()) return {};
  if (table.size() < 4) return corrupt("its normalisation table is cut off");
  const std::uint64_t trieBytes = littleEndian32(table);
  if (trieBytes % 4 != 0 || trieBytes >= table.size() - 4) {
    return corrupt("its normalisation table has " + std::to_string(table.size()) + " bytes and claims a trie of " +
                   std::to_string(trieBytes));
  }
  const std::uint64_t stringBytes = table.size() - 4 - trieBytes;
  if (!TrieCheck(table.substr(4, trieBytes)).isSafe(stringBytes)) {
    return corrupt("its normalisation table points outside itself");
  }
  return {};
}

Result<SentencePieceModel::Piece> parsePiece(std::string_view message, std::size_t id) {
  SentencePieceModel::Piece piece;
  FieldReader fields(message);
  while (const std::optional<Field> field = fields.next()) {
    if (field->id == 1 && field->isBytes) piece.text = std::string(field->bytes);
    if (field->id == 3 && !field->isBytes && field->number >= 1 && field->number <= 6) {
      piece.kind = static_cast<PieceKind>(field->number);
    }
  }
  if (!fields.ok()) return corrupt("its piece " + std::to_string(id) + " is malformed");
  return piece;
}

Status checkNormaliser(std::string_view message) {
  FieldReader fields(message);
  while (const std::optional<Field> field = fields.next()) {
    if (field->id != 2 || !field->isBytes) continue;
    if (Status status = checkNormalisationTable(field->bytes); !status) return status;
  }
  return fields.ok() ? Status() : corrupt("its normaliser is malformed");
}

}  // namespace

Result<SentencePieceModel> parseSentencePieceModel(std::string_view file) {
  constexpr std::uint64_t kPieces = 1;
  constexpr std::uint64_t kNormaliser = 3;
  constexpr std::uint64_t kDenormaliser = 5;
  SentencePieceModel model;
  FieldReader fields(file);
  while (const std::optional<Field> field = fields.next()) {
    if (!field->isBytes) continue;
    if (field->id == kPieces) {
      Result<SentencePieceModel::Piece> piece = parsePiece(field->bytes, model.pieces.size());
      if (!piece) return piece.error();
      model.pieces.push_back(std::move(*piece));
    } else if (field->id == kNormaliser || field->id == kDenormaliser) {
      if (Status status = checkNormaliser(field->bytes); !status) return status.error();
    }
  }
  if (!fields.ok()) return corrupt("it is cut off or is no SentencePiece model");
  if (model.pieces.empty()) return corrupt("it holds no pieces, so it is no SentencePiece model");
  return model;
}

}  // namespace tidemark

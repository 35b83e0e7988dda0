#include "engine/weights/safetensors.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string_view>
#include <tuple>

#include "engine/base/json_reader.h"
#include "engine/base/numeric.h"

namespace tidemark {
namespace {

using nlohmann::json;

constexpr std::size_t kLengthBytes = 8;
constexpr std::uint64_t kMaxHeaderBytes = 100'000'000;  // the limit of the format's own reader
constexpr std::size_t kMaxAxes = 8;
constexpr JsonLimits kHeaderLimits{.maxDepth = 3, .maxValues = 8'000'000};  // header > tensor > shape

/// A tensor's entry in the header, offsets relative to the data.
struct Entry {
  std::string name;
  DType dtype = DType::kF32;
  Shape shape;
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

Error corrupt(const std::string& where, const std::string& what) {
  return makeError(ErrorCode::kCorrupt, where + " " + what);
}

std::optional<DType> dtypeNamed(std::string_view text) {
  for (DType dtype : {DType::kF32, DType::kF16, DType::kBF16, DType::kI32, DType::kI64}) {
    if (name(dtype) == text) return dtype;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> asUnsigned(const json& value) {
  const auto* number = value.get_ptr<const json::number_unsigned_t*>();
  return number != nullptr ? std::optional<std::uint64_t>(*number) : std::nullopt;
}

/// The JSON text between the length and the data. `source` is the file's name.
Result<std::string_view> headerText(std::span<const std::byte> bytes, const std::string& source) {
  if (bytes.size() < kLengthBytes) {
    return corrupt(source, "has " + std::to_string(bytes.size()) +
                               " bytes, too few for a safetensors file (8 bytes of header length come first)");
  }
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kLengthBytes; ++i) length |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
  if (length > kMaxHeaderBytes) {
    return corrupt(source, "claims a header of " + std::to_string(length) + " bytes, more than the " +
                               std::to_string(kMaxHeaderBytes) + " that safetensors allows; is it a safetensors file?");
  }
  if (length > bytes.size() - kLengthBytes) {
    return corrupt(source, "claims a header of " + std::to_string(length) + " bytes but only " +
                               std::to_string(bytes.size() - kLengthBytes) + " follow; the file is cut short");
  }
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()) + kLengthBytes, length);
  if (text.empty() || text.front() != '{') return corrupt(source, "has a header that does not start with '{'");
  return text;
}

Result<Shape> parseShape(const json& value, const std::string& where) {
  const auto* axes = value.get_ptr<const json::array_t*>();
  if (axes == nullptr) return corrupt(where, "has a shape that is not a list: " + shown(value));
  if (axes->size() > kMaxAxes) {
    return makeError(ErrorCode::kUnsupported, where + " has " + std::to_string(axes->size()) + " axes; at most " +
                                                  std::to_string(kMaxAxes) + " are supported");
  }
  Shape shape;
  for (const json& axis : *axes) {
    const auto size = asUnsigned(axis);
    if (!size || *size > static_cast<std::uint64_t>(INT64_MAX)) {
      return corrupt(where, "has an axis that is not a size: " + shown(axis));
    }
    shape.push_back(static_cast<std::int64_t>(*size));
  }
  return shape;
}

/// Bytes that the entry must have, or nothing when that does not fit in 64 bits.
std::optional<std::uint64_t> bytesNeeded(const Entry& entry) {
  const auto count = elementCount(entry.shape);
  return count ? checkedMultiply(*count, byteSize(entry.dtype)) : std::nullopt;
}

Status checkSize(const Entry& entry, std::uint64_t dataBytes, const std::string& where) {
  if (entry.begin > entry.end || entry.end > dataBytes) {
    return corrupt(where, "claims bytes " + std::to_string(entry.begin) + " to " + std::to_string(entry.end) + " of " +
                              std::to_string(dataBytes) + " bytes of data; the file is cut short or damaged");
  }
  const auto needed = bytesNeeded(entry);
  if (!needed) return corrupt(where, "has a shape too large to count: " + toString(entry.shape));
  if (*needed != entry.end - entry.begin) {
    return corrupt(where, "has " + std::to_string(entry.end - entry.begin) + " bytes, but shape " +
                              toString(entry.shape) + " of " + std::string(name(entry.dtype)) + " needs " +
                              std::to_string(*needed));
  }
  return {};
}

Result<Entry> parseEntry(const std::string& tensorName, const json& value, std::uint64_t dataBytes,
                         const std::string& source) {
  const std::string where = source + ": tensor " + inQuotes(tensorName);
  if (!value.is_object()) return corrupt(where, "is described by " + shown(value) + ", not by an object");
  const json *dtypeValue = nullptr, *shapeValue = nullptr, *offsetsValue = nullptr;
  for (const auto& [key, member] : *value.get_ptr<const json::object_t*>()) {
    if (key == "dtype") {
      dtypeValue = &member;
    } else if (key == "shape") {
      shapeValue = &member;
    } else if (key == "data_offsets") {
      offsetsValue = &member;
    } else {
      return corrupt(where, "has the unknown key " + inQuotes(key));
    }
  }
  if (dtypeValue == nullptr || shapeValue == nullptr || offsetsValue == nullptr) {
    return corrupt(where, "lacks dtype, shape or data_offsets");
  }
  const auto* dtypeText = dtypeValue->get_ptr<const json::string_t*>();
  if (dtypeText == nullptr) return corrupt(where, "has a dtype that is not a string: " + shown(*dtypeValue));
  const auto dtype = dtypeNamed(*dtypeText);
  if (!dtype) {
    return makeError(ErrorCode::kUnsupported, where + " has dtype " + inQuotes(*dtypeText) +
                                                  "; F32, F16, BF16, I32 and I64 are supported: convert the file");
  }
  auto shape = parseShape(*shapeValue, where);
  if (!shape) return shape.error();

  const auto* offsets = offsetsValue->get_ptr<const json::array_t*>();
  if (offsets == nullptr || offsets->size() != 2 || !asUnsigned(offsets->front()) || !asUnsigned(offsets->back())) {
    return corrupt(where, "has data_offsets that are not two positions: " + shown(*offsetsValue));
  }
  Entry entry{tensorName, *dtype, std::move(*shape), *asUnsigned(offsets->front()), *asUnsigned(offsets->back())};
  if (const Status sized = checkSize(entry, dataBytes, where); !sized) return sized.error();
  return entry;
}

/// Every byte of the data belongs to exactly one tensor. Sorts the entries by position.
Status checkCoverage(std::vector<Entry>& entries, std::uint64_t dataBytes, const std::string& source) {
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return std::tie(a.begin, a.end) < std::tie(b.begin, b.end); });
  std::uint64_t at = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const Entry& entry = entries[i];
    if (entry.begin < at) {
      return corrupt(source + ": tensor " + inQuotes(entry.name),
                     "starts at byte " + std::to_string(entry.begin) + ", inside tensor " +
                         inQuotes(entries[i - 1].name) + " which ends at " + std::to_string(at));
    }
    if (entry.begin > at) {
      return corrupt(source, "has a hole: bytes " + std::to_string(at) + " to " + std::to_string(entry.begin) +
                                 " of the data, before tensor " + inQuotes(entry.name) + ", belong to no tensor");
    }
    at = entry.end;
  }
  if (at != dataBytes) {
    return corrupt(source, "has " + std::to_string(dataBytes - at) + " bytes after the last tensor, at byte " +
                               std::to_string(at) + " of the data, that belong to no tensor");
  }
  return {};
}

Result<std::map<std::string, std::string>> parseMetadata(const json& value, const std::string& source) {
  const auto* members = value.get_ptr<const json::object_t*>();
  if (members == nullptr) return corrupt(source, "has a __metadata__ that is not an object: " + shown(value));
  std::map<std::string, std::string> metadata;
  for (const auto& [key, member] : *members) {
    const auto* text = member.get_ptr<const json::string_t*>();
    if (text == nullptr) {
      return corrupt(source, "has __metadata__ " + inQuotes(key) + " = " + shown(member) + ", which is not a string");
    }
    metadata.emplace(key, *text);
  }
  return metadata;
}

}  // namespace

Result<SafetensorsFile> parseSafetensors(std::span<const std::byte> bytes, const std::string& source) {
  const auto text = headerText(bytes, source);
  if (!text) return text.error();
  const auto header = parseJson(*text, source + ": the header", kHeaderLimits);
  if (!header) return header.error();
  const std::span<const std::byte> data = bytes.subspan(kLengthBytes + text->size());

  SafetensorsFile file;
  std::vector<Entry> entries;
  for (const auto& [key, value] : *header->get_ptr<const json::object_t*>()) {
    if (key == "__metadata__") {
      auto metadata = parseMetadata(value, source);
      if (!metadata) return metadata.error();
      file.metadata = std::move(*metadata);
      continue;
    }
    auto entry = parseEntry(key, value, data.size(), source);
    if (!entry) return entry.error();
    entries.push_back(std::move(*entry));
  }
  if (const Status covered = checkCoverage(entries, data.size(), source); !covered) return covered.error();
  for (Entry& entry : entries) {
    const TensorView view{entry.dtype, std::move(entry.shape), data.subspan(entry.begin, entry.end - entry.begin),
                          Device::kHost};
    file.tensors.emplace(std::move(entry.name), view);
  }
  return file;
}

}  // namespace tidemark

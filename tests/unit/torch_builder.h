#pragma once
// Pickles, zip archives and files of torch.save made by hand, right or wrong on purpose. Free of GoogleTest: the fuzz
// target uses it too.

#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tidemark::testing {

template <typename T>
std::string littleEndian(T value) {
  std::string bytes(sizeof(T), '\0');
  for (std::size_t i = 0; i < sizeof(T); ++i) bytes[i] = static_cast<char>((value >> (8 * i)) & 255);
  return bytes;
}

template <typename T>
std::string bytesOfValues(const std::vector<T>& values) {
  std::string bytes(values.size() * sizeof(T), '\0');
  if (!values.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  return bytes;
}

/// Operations one after the other, as a pickler of that protocol writes them.
class PickleBuilder {
 public:
  explicit PickleBuilder(int protocol = 2) : m_protocol(protocol) {
    m_bytes = {'\x80', static_cast<char>(protocol)};
    if (protocol >= 4) m_bytes += "\x95" + std::string(8, '\0');  // a frame of no bytes; the length only has to fit
  }

  PickleBuilder& raw(std::string_view bytes) {
    m_bytes += bytes;
    return *this;
  }
  PickleBuilder& text(std::string_view value) {
    return m_protocol >= 4 ? raw("\x8c" + std::string(1, static_cast<char>(value.size())) + std::string(value))
                           : raw("X" + littleEndian(static_cast<std::uint32_t>(value.size())) + std::string(value));
  }
  PickleBuilder& integer(std::int64_t value) {
    if (value >= 0 && value < 256) return raw("K" + std::string(1, static_cast<char>(value)));
    if (value >= 0 && value < 65536) return raw("M" + littleEndian(static_cast<std::uint16_t>(value)));
    if (value >= INT32_MIN && value <= INT32_MAX) return raw("J" + littleEndian(static_cast<std::uint32_t>(value)));
    return raw("\x8a\x08" + littleEndian(static_cast<std::uint64_t>(value)));
  }
  PickleBuilder& global(const std::string& module, const std::string& name) {
    return m_protocol >= 4 ? text(module).text(name).raw("\x93") : raw("c" + module + "\n" + name + "\n");
  }
  PickleBuilder& integers(const std::vector<std::int64_t>& values) {
    raw("(");
    for (const std::int64_t value : values) integer(value);
    return raw("t");
  }
  PickleBuilder& orderedDict() { return global("collections", "OrderedDict").raw(")R"); }
  PickleBuilder& storage(const std::string& type, const std::string& key, std::int64_t elements) {
    const bool isUntyped = type == "UntypedStorage";
    return raw("(")
        .text("storage")
        .global(isUntyped ? "torch.storage" : "torch", type)
        .text(key)
        .text("cpu")
        .integer(elements)
        .raw("tQ");
  }
  /// A call of _rebuild_tensor_v2.
  PickleBuilder& tensor(const std::string& type, const std::string& key, std::int64_t elements, std::int64_t offset,
                        const std::vector<std::int64_t>& sizes, const std::vector<std::int64_t>& strides) {
    global("torch._utils", "_rebuild_tensor_v2").raw("(").storage(type, key, elements).integer(offset);
    return integers(sizes).integers(strides).raw("\x89").orderedDict().raw("tR");
  }
  [[nodiscard]] std::string stopped() const { return m_bytes + "."; }

 private:
  int m_protocol;
  std::string m_bytes;
};

struct ZipMember {
  std::string name;
  std::string data;
  std::uint16_t flags = 0x0808;  // as torch writes it: the local header does not know sizes; names are UTF-8
  std::uint16_t method = 0;
  std::optional<std::string> localName = {};
  std::optional<std::uint64_t> claimedSize = {}, claimedPackedSize = {}, claimedOffset = {}, localSize = {};
  bool isZip64 = false;  // sizes and offset in the extra field
};

struct ZipOptions {
  bool isZip64 = true;          // torch always writes both end records
  bool hidesNarrowEnd = false;  // the narrow end record refers to the other one
  std::string comment = {};
  std::uint16_t disk = 0;
  std::optional<std::uint64_t> claimedEntries = {}, claimedSize = {}, claimedOffset = {};
};

inline std::string u16(std::uint64_t value) {
  return littleEndian(static_cast<std::uint16_t>(value));
}
inline std::string u32(std::uint64_t value) {
  return littleEndian(static_cast<std::uint32_t>(value));
}
inline std::string u64(std::uint64_t value) {
  return littleEndian(value);
}

/// The local header and the data.
inline std::string localPart(const ZipMember& member) {
  const std::string name = member.localName.value_or(member.name);
  const bool sizesFollow = (member.flags & 8) != 0;
  const std::uint64_t size = member.localSize.value_or(sizesFollow ? 0 : member.data.size());
  const std::string extra = member.isZip64 && !sizesFollow ? u16(1) + u16(16) + u64(size) + u64(size) : "";
  const std::uint64_t shownSize = extra.empty() ? size : 0xffffffff;
  return "PK\x03\x04" + u16(0) + u16(member.flags) + u16(member.method) + u32(0) + u32(0) + u32(shownSize) +
         u32(shownSize) + u16(name.size()) + u16(extra.size()) + name + extra + member.data;
}

/// The entry of the central directory for a member whose local part begins at `at`.
inline std::string directoryPart(const ZipMember& member, std::uint64_t at) {
  const std::uint64_t offset = member.claimedOffset.value_or(at);
  const std::uint64_t size = member.claimedSize.value_or(member.data.size());
  const std::uint64_t packed = member.claimedPackedSize.value_or(size);
  const std::string extra =
      member.isZip64 ? u16(7) + u16(1) + "x" + u16(1) + u16(24) + u64(size) + u64(packed) + u64(offset) : "";
  return "PK\x01\x02" + u16(0) + u16(0) + u16(member.flags) + u16(member.method) + u32(0) + u32(0) +
         u32(member.isZip64 ? 0xffffffff : packed) + u32(member.isZip64 ? 0xffffffff : size) + u16(member.name.size()) +
         u16(extra.size()) + u16(0) + u16(0) + u16(0) + u32(0) + u32(member.isZip64 ? 0xffffffff : offset) +
         member.name + extra;
}

inline std::string zipArchive(const std::vector<ZipMember>& members, const ZipOptions& options = {}) {
  std::string file, directory;
  for (const ZipMember& member : members) {
    directory += directoryPart(member, file.size());
    file += localPart(member);
  }
  const std::uint64_t entries = options.claimedEntries.value_or(members.size());
  const std::uint64_t size = options.claimedSize.value_or(directory.size());
  const std::uint64_t offset = options.claimedOffset.value_or(file.size());
  file += directory;
  if (options.isZip64) {
    const std::uint64_t recordAt = file.size();
    file += "PK\x06\x06" + u64(44) + u16(0) + u16(0) + u32(0) + u32(0) + u64(entries) + u64(entries) + u64(size) +
            u64(offset) + "PK\x06\x07" + u32(0) + u64(recordAt) + u32(1);
  }
  const bool hides = options.hidesNarrowEnd;
  return file + "PK\x05\x06" + u16(options.disk) + u16(options.disk) + u16(hides ? 0xffff : entries) +
         u16(hides ? 0xffff : entries) + u32(hides ? 0xffffffff : size) + u32(hides ? 0xffffffff : offset) +
         u16(options.comment.size()) + options.comment;
}

/// Storage key and bytes.
using Storages = std::vector<std::pair<std::string, std::string>>;

inline std::vector<ZipMember> torchMembers(const std::string& pickle, const Storages& storages,
                                           const std::string& folder = "model/") {
  std::vector<ZipMember> members{{folder + "data.pkl", pickle}, {folder + "byteorder", "little"}};
  const std::string data = folder + "data/";
  for (const auto& [key, bytes] : storages) members.push_back({data + key, bytes});
  members.push_back({folder + "version", "3\n"});
  return members;
}

inline std::string torchFile(const std::string& pickle, const Storages& storages = {}) {
  return zipArchive(torchMembers(pickle, storages));
}

/// What a fuzzer's input stands for: a pickle is put into an archive with two storages, "0" of 64 bytes and "1" of 256,
/// because mutations of a whole archive seldom reach its pickle.
inline std::string fuzzedTorchFile(std::string_view input) {
  if (!input.starts_with('\x80')) return std::string(input);
  return torchFile(std::string(input), {{"0", std::string(64, '\1')}, {"1", std::string(256, '\2')}});
}

}  // namespace tidemark::testing

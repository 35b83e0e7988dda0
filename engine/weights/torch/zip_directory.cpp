#include "engine/weights/torch/zip_directory.h"

#include <algorithm>
#include <cstdint>

#include "engine/base/json_reader.h"
#include "engine/base/numeric.h"
#include "engine/weights/torch/byte_reader.h"

namespace tidemark {
namespace {

using Bytes = std::span<const std::byte>;

constexpr std::uint32_t kLocalSignature = 0x04034b50;
constexpr std::uint32_t kEntrySignature = 0x02014b50;
constexpr std::uint32_t kEndSignature = 0x06054b50;
constexpr std::uint32_t kEnd64Signature = 0x06064b50;
constexpr std::uint32_t kLocator64Signature = 0x07064b50;
constexpr std::size_t kLocalBytes = 30;
constexpr std::size_t kEntryBytes = 46;
constexpr std::size_t kEndBytes = 22;
constexpr std::size_t kEnd64Bytes = 56;
constexpr std::size_t kLocator64Bytes = 20;
constexpr std::size_t kLongestComment = 0xffff;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint16_t kSizesFollowData = 1u << 3;                // flag: the local header does not know the sizes yet
constexpr std::uint16_t kEncrypted = 1u | (1u << 6) | (1u << 13);  // flags: data, strongly, or the directory itself
constexpr std::uint16_t kIn64 = 0xffff;
constexpr std::uint32_t kIn64Bits = 0xffffffff;  // the true value is in the zip64 record

Error damaged(const std::string& source, const std::string& what) {
  return makeError(ErrorCode::kCorrupt, source + " " + what + "; the file is damaged, copy or download it again");
}

Error severalDisks(const std::string& source) {
  return makeError(ErrorCode::kUnsupported, source +
                                                " is one part of a zip archive that is split over several files; "
                                                "join them, or save the model again");
}

/// Where the central directory lies and how many entries it claims.
struct DirectoryPlace {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
  std::uint64_t entries = 0;
  std::uint64_t end = 0;  // where the records behind it begin
};

/// One entry of the central directory, sizes and position as 64 bits.
struct ZipEntry {
  std::string_view name;
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint64_t packedSize = 0;
  std::uint64_t size = 0;
  std::uint64_t localOffset = 0;
  std::uint64_t dataOffset = 0;  // from the local header
};

/// The end record is the last thing in an archive but for a comment whose length it states.
std::optional<std::size_t> findEndRecord(Bytes bytes) {
  if (bytes.size() < kEndBytes) return std::nullopt;
  const std::size_t last = bytes.size() - kEndBytes;
  const std::size_t first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    if (littleEndianAt<std::uint32_t>(bytes, at) == kEndSignature &&
        littleEndianAt<std::uint16_t>(bytes, at + 20) == last - at) {
      return at;
    }
  }
  return std::nullopt;
}

Result<DirectoryPlace> readEnd64(Bytes bytes, std::size_t locatorAt, const std::string& source) {
  const auto recordAt = littleEndianAt<std::uint64_t>(bytes, locatorAt + 8);
  if (littleEndianAt<std::uint32_t>(bytes, locatorAt + 4) != 0 ||
      littleEndianAt<std::uint32_t>(bytes, locatorAt + 16) > 1) {
    return severalDisks(source);
  }
  if (locatorAt < kEnd64Bytes || recordAt > locatorAt - kEnd64Bytes ||
      littleEndianAt<std::uint32_t>(bytes, recordAt) != kEnd64Signature) {
    return damaged(source, "has no zip64 end record at byte " + std::to_string(recordAt) + ", where it should be");
  }
  if (littleEndianAt<std::uint32_t>(bytes, recordAt + 16) != 0 ||
      littleEndianAt<std::uint32_t>(bytes, recordAt + 20) != 0) {
    return severalDisks(source);
  }
  return DirectoryPlace{littleEndianAt<std::uint64_t>(bytes, recordAt + 48),
                        littleEndianAt<std::uint64_t>(bytes, recordAt + 40),
                        littleEndianAt<std::uint64_t>(bytes, recordAt + 32), recordAt};
}

/// True when a field of the plain record says the same as the zip64 one, or refers to it.
template <typename Narrow>
bool agrees(Narrow narrow, std::uint64_t wide) {
  return narrow == static_cast<Narrow>(-1) || narrow == wide;
}

Result<DirectoryPlace> findDirectory(Bytes bytes, const std::string& source) {
  const auto end = findEndRecord(bytes);
  if (!end) return damaged(source, "has no zip directory at its end: it is cut short");
  const auto disk = littleEndianAt<std::uint16_t>(bytes, *end + 4);
  const auto directoryDisk = littleEndianAt<std::uint16_t>(bytes, *end + 6);
  const auto entriesHere = littleEndianAt<std::uint16_t>(bytes, *end + 8);
  const auto entries = littleEndianAt<std::uint16_t>(bytes, *end + 10);
  const auto size = littleEndianAt<std::uint32_t>(bytes, *end + 12);
  const auto offset = littleEndianAt<std::uint32_t>(bytes, *end + 16);
  const bool hasLocator =
      *end >= kLocator64Bytes && littleEndianAt<std::uint32_t>(bytes, *end - kLocator64Bytes) == kLocator64Signature;
  DirectoryPlace place{offset, size, entries, *end};
  if (hasLocator) {
    auto place64 = readEnd64(bytes, *end - kLocator64Bytes, source);
    if (!place64) return place64.error();
    if (!agrees(entries, place64->entries) || !agrees(size, place64->size) || !agrees(offset, place64->offset)) {
      return damaged(source, "has two end records that place its directory differently");
    }
    place = *place64;
  } else if (entries == kIn64 || size == kIn64Bits || offset == kIn64Bits) {
    return damaged(source, "lacks the zip64 record that its end record refers to");
  }
  if ((disk != 0 || directoryDisk != 0 || entriesHere != entries) && !(hasLocator && disk == kIn64)) {
    return severalDisks(source);
  }
  const auto directoryEnd = checkedAdd(place.offset, place.size);
  if (!directoryEnd || *directoryEnd > place.end) {
    return damaged(source, "claims a directory of " + std::to_string(place.size) + " bytes at byte " +
                               std::to_string(place.offset) + ", outside its " + std::to_string(bytes.size()) +
                               " bytes");
  }
  if (place.entries > place.size / kEntryBytes) {
    return damaged(source, "claims " + std::to_string(place.entries) + " members in a directory of " +
                               std::to_string(place.size) + " bytes");
  }
  return place;
}

/// Replaces the fields of the narrow record that refer to the zip64 extra field, which holds only those, in this order.
/// False: a field is missing or the extra fields do not fit.
bool widenFromExtra(Bytes extra, std::vector<std::uint64_t*> fields) {
  if (fields.empty()) return true;
  while (extra.size() >= 4) {
    const auto id = littleEndianAt<std::uint16_t>(extra, 0);
    const std::size_t size = littleEndianAt<std::uint16_t>(extra, 2);
    if (size > extra.size() - 4) return false;
    if (id == kZip64Extra) {
      if (size < 8 * fields.size()) return false;
      for (std::size_t i = 0; i < fields.size(); ++i) *fields[i] = littleEndianAt<std::uint64_t>(extra, 4 + 8 * i);
      return true;
    }
    extra = extra.subspan(4 + size);
  }
  return false;
}

std::string memberText(const std::string& source, std::string_view name) {
  return source + ": member " + inQuotes(name);
}

/// Reads the entry at the front of `directory` and cuts it off.
Result<ZipEntry> takeEntry(Bytes& directory, const std::string& source) {
  if (directory.size() < kEntryBytes || littleEndianAt<std::uint32_t>(directory, 0) != kEntrySignature) {
    return damaged(source, "has a directory with fewer entries than it claims");
  }
  const std::size_t nameBytes = littleEndianAt<std::uint16_t>(directory, 28);
  const std::size_t extraBytes = littleEndianAt<std::uint16_t>(directory, 30);
  const std::size_t commentBytes = littleEndianAt<std::uint16_t>(directory, 32);
  if (nameBytes + extraBytes + commentBytes > directory.size() - kEntryBytes) {
    return damaged(source, "has a directory entry that is longer than the directory");
  }
  ZipEntry entry;
  entry.name = textOf(directory.subspan(kEntryBytes, nameBytes));
  if (!isUtf8(entry.name)) return damaged(source, "has a member whose name is not UTF-8");
  entry.flags = littleEndianAt<std::uint16_t>(directory, 8);
  entry.method = littleEndianAt<std::uint16_t>(directory, 10);
  const auto disk = littleEndianAt<std::uint16_t>(directory, 34);
  std::vector<std::uint64_t*> wide;
  const auto take = [&](std::uint64_t& field, std::size_t at) {
    field = littleEndianAt<std::uint32_t>(directory, at);
    if (field == kIn64Bits) wide.push_back(&field);
  };
  take(entry.size, 24);
  take(entry.packedSize, 20);
  take(entry.localOffset, 42);
  if (!widenFromExtra(directory.subspan(kEntryBytes + nameBytes, extraBytes), wide)) {
    return damaged(memberText(source, entry.name), "lacks the zip64 sizes that its entry refers to");
  }
  if (disk != 0 && disk != kIn64) return severalDisks(source);
  directory = directory.subspan(kEntryBytes + nameBytes + extraBytes + commentBytes);
  return entry;
}

Status checkStored(const ZipEntry& entry, const std::string& where) {
  if ((entry.flags & kEncrypted) != 0) {
    return makeError(ErrorCode::kUnsupported,
                     where + " is encrypted; weights must be stored as torch.save writes them");
  }
  if (entry.method != 0) {
    return makeError(ErrorCode::kUnsupported, where + " is compressed (zip method " + std::to_string(entry.method) +
                                                  "), so it cannot be mapped; pack the archive again without "
                                                  "compression (zip -0), or save the model again");
  }
  if (entry.packedSize != entry.size) {
    return damaged(where, "is stored as it is, but claims " + std::to_string(entry.packedSize) + " bytes for " +
                              std::to_string(entry.size));
  }
  return {};
}

/// Finds the data behind the local header, which must agree with the directory's entry.
Status locate(Bytes bytes, std::uint64_t directoryAt, ZipEntry& entry, const std::string& where) {
  if (directoryAt < kLocalBytes || entry.localOffset > directoryAt - kLocalBytes ||
      littleEndianAt<std::uint32_t>(bytes, entry.localOffset) != kLocalSignature) {
    return damaged(where,
                   "has no header at byte " + std::to_string(entry.localOffset) + ", where the directory has it");
  }
  const Bytes header = bytes.subspan(entry.localOffset);
  const std::size_t nameBytes = littleEndianAt<std::uint16_t>(header, 26);
  const std::size_t extraBytes = littleEndianAt<std::uint16_t>(header, 28);
  entry.dataOffset = entry.localOffset + kLocalBytes + nameBytes + extraBytes;
  if (entry.dataOffset > directoryAt || entry.size > directoryAt - entry.dataOffset) {
    return damaged(where, "claims " + std::to_string(entry.size) + " bytes from byte " +
                              std::to_string(entry.dataOffset) + ", beyond the members' end at byte " +
                              std::to_string(directoryAt));
  }
  const auto flags = littleEndianAt<std::uint16_t>(header, 6);
  if (textOf(header.subspan(kLocalBytes, nameBytes)) != entry.name ||
      littleEndianAt<std::uint16_t>(header, 8) != entry.method || ((flags ^ entry.flags) & kEncrypted) != 0) {
    return damaged(where, "has a header that does not agree with the directory");
  }
  std::uint64_t size = littleEndianAt<std::uint32_t>(header, 22);
  if (size == kIn64Bits && entry.size != kIn64Bits &&
      !widenFromExtra(header.subspan(kLocalBytes + nameBytes, extraBytes), {&size})) {
    return damaged(where, "lacks the zip64 sizes that its header refers to");
  }
  if (size != entry.size && !(size == 0 && (flags & kSizesFollowData) != 0)) {
    return damaged(where, "has " + std::to_string(size) + " bytes by its header and " + std::to_string(entry.size) +
                              " by the directory");
  }
  return {};
}

Status checkNoOverlap(std::vector<ZipEntry>& entries, const std::string& source) {
  std::sort(entries.begin(), entries.end(),
            [](const ZipEntry& a, const ZipEntry& b) { return a.localOffset < b.localOffset; });
  for (std::size_t i = 1; i < entries.size(); ++i) {
    const ZipEntry& before = entries[i - 1];
    if (entries[i].localOffset < before.dataOffset + before.size) {
      return damaged(memberText(source, entries[i].name), "begins at byte " + std::to_string(entries[i].localOffset) +
                                                              ", inside member " + inQuotes(before.name));
    }
  }
  return {};
}

}  // namespace

Result<ZipDirectory> ZipDirectory::parse(std::span<const std::byte> bytes, const std::string& source) {
  const auto place = findDirectory(bytes, source);
  if (!place) return place.error();
  Bytes directory = bytes.subspan(place->offset, place->size);
  std::vector<ZipEntry> entries;
  entries.reserve(place->entries);
  for (std::uint64_t i = 0; i < place->entries; ++i) {
    auto entry = takeEntry(directory, source);
    if (!entry) return entry.error();
    const std::string where = memberText(source, entry->name);
    if (const Status stored = checkStored(*entry, where); !stored) return stored.error();
    if (const Status located = locate(bytes, place->offset, *entry, where); !located) return located.error();
    entries.push_back(*entry);
  }
  if (const Status apart = checkNoOverlap(entries, source); !apart) return apart.error();

  ZipDirectory result;
  result.m_members.reserve(entries.size());
  for (const ZipEntry& entry : entries) {
    result.m_members.push_back({entry.name, bytes.subspan(entry.dataOffset, entry.size)});
  }
  const auto byName = [](const Member& a, const Member& b) { return a.name < b.name; };
  std::sort(result.m_members.begin(), result.m_members.end(), byName);
  const auto twice = std::adjacent_find(result.m_members.begin(), result.m_members.end(),
                                        [](const Member& a, const Member& b) { return a.name == b.name; });
  if (twice != result.m_members.end()) return damaged(source, "has two members named " + inQuotes(twice->name));
  return result;
}

std::optional<std::span<const std::byte>> ZipDirectory::find(std::string_view name) const {
  const auto found =
      std::lower_bound(m_members.begin(), m_members.end(), name,
                       [](const Member& member, std::string_view wanted) { return member.name < wanted; });
  if (found == m_members.end() || found->name != name) return std::nullopt;
  return found->data;
}

}  // namespace tidemark

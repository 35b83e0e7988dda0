#include "extract/archive/zip_archive.h"

#include <sys/stat.h>
#include <unistd.h>
#include <zip.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include "engine/base/system_memory.h"
#include "extract/archive/entry_path.h"
#include "extract/markup/input_file.h"

namespace tidemark {

namespace {

constexpr std::uint64_t kUncheckedBytes = std::uint64_t{1} << 20;  // ratios of less are nobody's business
constexpr std::size_t kBlockBytes = 64 * 1024;

std::uint64_t littleEndian(const std::string& bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  for (std::size_t i = size; i-- > 0;) value = value << 8 | static_cast<unsigned char>(bytes[at + i]);
  return value;
}

std::string readAt(int descriptor, std::uint64_t offset, std::size_t size) {
  std::string bytes(size, '\0');
  const ssize_t count = ::pread(descriptor, bytes.data(), size, static_cast<off_t>(offset));
  bytes.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return bytes;
}

/// What the end of the file says about the number of entries: libzip would read the whole directory, however long,
/// before anybody could ask. 0: not found, which libzip finds out as well.
std::uint64_t announcedEntries(int descriptor, std::uint64_t fileBytes) {
  constexpr std::size_t kEndBytes = 22;
  constexpr std::size_t kEnd64LocatorBytes = 20;
  const std::uint64_t tailBytes = std::min<std::uint64_t>(fileBytes, 65535 + kEndBytes + kEnd64LocatorBytes);
  const std::string tail = readAt(descriptor, fileBytes - tailBytes, static_cast<std::size_t>(tailBytes));
  const std::size_t end = tail.rfind("PK\5\6");
  if (end == std::string::npos || end + kEndBytes > tail.size()) return 0;
  const std::uint64_t entries = littleEndian(tail, end + 10, 2);
  if (end < kEnd64LocatorBytes || tail.compare(end - kEnd64LocatorBytes, 4, "PK\6\7") != 0) return entries;
  const std::string end64 = readAt(descriptor, littleEndian(tail, end - kEnd64LocatorBytes + 8, 8), 56);
  if (end64.size() < 56 || end64.compare(0, 4, "PK\6\6") != 0) return entries;
  return std::max(entries, littleEndian(end64, 32, 8));
}

Error brokenArchive(zip_error_t& error) {
  const std::string reason = zip_error_strerror(&error);
  zip_error_fini(&error);
  return makeError(ErrorCode::kCorrupt, "it is damaged or cut off (" + reason + "); get it again");
}

}  // namespace

void ZipArchive::Closer::operator()(zip* archive) const {
  zip_discard(archive);
}

ZipArchive::ZipArchive(ZipArchive&&) noexcept = default;
ZipArchive& ZipArchive::operator=(ZipArchive&&) noexcept = default;
ZipArchive::~ZipArchive() = default;

Result<ZipArchive> ZipArchive::open(int descriptor, const ExtractionLimits& limits) {
  const Result<std::uint64_t> size = sizeOfInput(descriptor);
  if (!size) return size.error();
  const auto tooMany = [&](std::uint64_t entries) {
    return makeError(ErrorCode::kInvalidArgument, "it is an archive of " + std::to_string(entries) +
                                                      " files; a document has at most " +
                                                      std::to_string(limits.archiveEntries));
  };
  if (const std::uint64_t entries = announcedEntries(descriptor, *size); entries > limits.archiveEntries) {
    return tooMany(entries);
  }
  const int duplicate = ::dup(descriptor);
  std::FILE* file = duplicate < 0 ? nullptr : ::fdopen(duplicate, "rb");
  if (file == nullptr) {
    if (duplicate >= 0) ::close(duplicate);
    return makeError(ErrorCode::kIo, std::string("it cannot be read: ") + std::strerror(errno));
  }
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* source = zip_source_filep_create(file, 0, -1, &error);
  if (source == nullptr) {
    std::fclose(file);
    return brokenArchive(error);
  }
  ZipArchive archive;
  archive.m_archive.reset(zip_open_from_source(source, ZIP_RDONLY, &error));
  if (archive.m_archive == nullptr) {
    zip_source_free(source);
    return brokenArchive(error);
  }
  zip_error_fini(&error);
  archive.m_limits = limits;
  archive.m_fileBytes = *size;
  archive.m_entries = static_cast<std::uint64_t>(zip_get_num_entries(archive.m_archive.get(), 0));
  if (archive.m_entries > limits.archiveEntries) return tooMany(archive.m_entries);
  return archive;
}

bool ZipArchive::has(const std::string& name) const {
  return zip_name_locate(m_archive.get(), name.c_str(), 0) >= 0;
}

bool ZipArchive::hasFolder(std::string_view prefix) const {
  for (std::uint64_t i = 0; i < m_entries; ++i) {
    const char* name = zip_get_name(m_archive.get(), i, 0);
    if (name != nullptr && std::string_view(name).starts_with(prefix)) return true;
  }
  return false;
}

std::uint64_t ZipArchive::sizeOf(const std::string& name) const {
  zip_stat_t about;
  if (zip_stat(m_archive.get(), name.c_str(), 0, &about) != 0 || (about.valid & ZIP_STAT_SIZE) == 0) return 0;
  return about.size;
}

Status ZipArchive::checkEntry(std::uint64_t index, const std::string& name, std::uint64_t& compressed) const {
  zip_stat_t about;
  if (zip_stat_index(m_archive.get(), index, 0, &about) != 0) {
    return makeError(ErrorCode::kCorrupt, quotedName(name) + " is damaged");
  }
  if ((about.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && about.encryption_method != ZIP_EM_NONE) {
    return makeError(ErrorCode::kCorrupt, "it is encrypted; unlock it with its password first");
  }
  if (zip_compression_method_supported(about.comp_method, 0) == 0) {
    return makeError(ErrorCode::kUnsupported, quotedName(name) + " is compressed in a way that is not known here (" +
                                                  std::to_string(about.comp_method) + ")");
  }
  zip_uint8_t system = 0;
  zip_uint32_t attributes = 0;
  if (zip_file_get_external_attributes(m_archive.get(), index, 0, &system, &attributes) == 0 &&
      system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16)) {
    return makeError(ErrorCode::kCorrupt, quotedName(name) + " is a link, which is not followed");
  }
  compressed = (about.valid & ZIP_STAT_COMP_SIZE) != 0 ? about.comp_size : 0;
  return {};
}

Result<std::string> ZipArchive::read(const std::string& name) {
  if (leadsOutOfArchive(name))
    return makeError(ErrorCode::kInvalidArgument, quotedName(name) + " leads out of the archive");
  const zip_int64_t index = zip_name_locate(m_archive.get(), name.c_str(), 0);
  if (index < 0) return makeError(ErrorCode::kNotFound, quotedName(name) + " is missing");
  std::uint64_t compressed = 0;
  if (Status status = checkEntry(static_cast<std::uint64_t>(index), name, compressed); !status) return status.error();
  const auto damaged = [&] { return makeError(ErrorCode::kCorrupt, quotedName(name) + " is damaged or cut off"); };
  zip_file_t* file = zip_fopen_index(m_archive.get(), static_cast<zip_uint64_t>(index), 0);
  if (file == nullptr) return damaged();
  const std::unique_ptr<zip_file_t, int (*)(zip_file_t*)> closer(file, &zip_fclose);

  const std::uint64_t most = m_limits.addressSpaceBytes / 8;
  std::string bytes;
  std::array<char, kBlockBytes> block;
  for (;;) {
    const zip_int64_t count = zip_fread(file, block.data(), block.size());
    if (count < 0) return damaged();
    if (count == 0) return bytes;
    bytes.append(block.data(), static_cast<std::size_t>(count));
    m_unpackedBytes += static_cast<std::uint64_t>(count);
    if (bytes.size() > most) {
      return makeError(ErrorCode::kInvalidArgument,
                       quotedName(name) + " unpacks to more than " + formatBytes(most) + "; it is not read");
    }
    const std::uint64_t ratio = m_limits.compressionRatio;
    if ((bytes.size() > kUncheckedBytes && bytes.size() / ratio > compressed) ||
        (m_unpackedBytes > kUncheckedBytes && m_unpackedBytes / ratio > m_fileBytes)) {
      return makeError(ErrorCode::kInvalidArgument,
                       quotedName(name) + " unpacks to more than " + std::to_string(ratio) +
                           " times its size, as only files made to exhaust memory do; it is not read");
    }
  }
}

bool isRefusal(const Error& error) {
  return error.code == ErrorCode::kInvalidArgument || error.message.starts_with("it is encrypted");
}

}  // namespace tidemark

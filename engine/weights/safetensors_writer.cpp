#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <set>
#include <string_view>
#include <system_error>

#include "engine/base/json_reader.h"
#include "engine/base/numeric.h"
#include "engine/base/write_all.h"
#include "engine/weights/safetensors.h"

namespace tidemark {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

Error ioError(const std::filesystem::path& path, const std::string& what, int error) {
  return makeError(ErrorCode::kIo, path.string() + ": " + what + " (" + std::generic_category().message(error) + ")");
}

/// A file that replaces `path` on commit() and leaves no trace otherwise.
class ReplacingFile {
 public:
  explicit ReplacingFile(std::filesystem::path path) : m_path(std::move(path)) {}
  ReplacingFile(const ReplacingFile&) = delete;
  ReplacingFile& operator=(const ReplacingFile&) = delete;
  ~ReplacingFile() {
    if (m_fd >= 0) ::close(m_fd);
    if (!m_temporary.empty()) ::unlink(m_temporary.c_str());
  }

  [[nodiscard]] Status open() {
    // Not mkstemp: the result should have the permissions that the user's umask gives to any new file.
    for (int attempt = 0; m_fd < 0; ++attempt) {
      m_temporary = m_path.string() + "." + std::to_string(::getpid()) + "-" + std::to_string(attempt) + ".part";
      m_fd = ::open(m_temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
      if (m_fd >= 0) break;
      const int error = errno;
      m_temporary.clear();  // not ours
      if (error != EEXIST || attempt == 1000) return ioError(m_path, "cannot be created", error);
    }
    return {};
  }

  [[nodiscard]] Status write(std::span<const std::byte> bytes) {
    if (writeAll(m_fd, {reinterpret_cast<const char*>(bytes.data()), bytes.size()})) return {};
    return ioError(m_path, "cannot be written", errno);
  }

  [[nodiscard]] Status commit() {
    if (::fsync(m_fd) != 0) return ioError(m_path, "cannot be flushed to the disk", errno);
    const int closed = ::close(m_fd);
    m_fd = -1;
    if (closed != 0) return ioError(m_path, "cannot be closed", errno);
    if (::rename(m_temporary.c_str(), m_path.c_str()) != 0) return ioError(m_path, "cannot be put in place", errno);
    m_temporary.clear();
    syncDirectory();
    return {};
  }

 private:
  /// Makes the rename itself durable; some file systems refuse, and the file is complete either way.
  void syncDirectory() const {
    const std::string directory = m_path.has_parent_path() ? m_path.parent_path().string() : ".";
    const int fd = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return;
    ::fsync(fd);
    ::close(fd);
  }

  std::filesystem::path m_path;
  std::string m_temporary;
  int m_fd = -1;
};

Status checkWritable(const std::string& tensorName, const TensorView& view, const std::string& where) {
  if (view.device != Device::kHost) {
    return makeError(ErrorCode::kInvalidArgument, where + " lives on a device; copy it to the host first");
  }
  const auto count = elementCount(view.shape);
  const auto needed = count ? checkedMultiply(*count, byteSize(view.dtype)) : std::nullopt;
  if (!needed || *needed != view.bytes.size()) {
    return makeError(ErrorCode::kInvalidArgument, where + " has " + std::to_string(view.bytes.size()) +
                                                      " bytes, which shape " + toString(view.shape) + " of " +
                                                      std::string(name(view.dtype)) + " does not");
  }
  if (tensorName == "__metadata__") {
    return makeError(ErrorCode::kInvalidArgument, where + " has the one name that the format keeps for itself");
  }
  return {};
}

/// The JSON header, padded with spaces so that the data starts at a multiple of 8 bytes.
Result<std::string> buildHeader(const std::string& file, const std::vector<std::pair<std::string, TensorView>>& tensors,
                                const std::map<std::string, std::string>& metadata) {
  // Members go to the underlying list: looking every name up would make many tensors quadratic.
  ordered_json::object_t header;
  header.reserve(tensors.size() + 1);
  if (!metadata.empty()) header.Container::emplace_back("__metadata__", ordered_json(metadata));
  std::set<std::string_view> names;
  std::uint64_t at = 0;
  for (const auto& [tensorName, view] : tensors) {
    const std::string where = file + ": tensor " + inQuotes(tensorName);
    if (const Status writable = checkWritable(tensorName, view, where); !writable) return writable.error();
    if (!names.insert(tensorName).second) return makeError(ErrorCode::kInvalidArgument, where + " is given twice");
    ordered_json entry;
    entry["dtype"] = std::string(name(view.dtype));
    entry["shape"] = view.shape;
    entry["data_offsets"] = {at, at + view.bytes.size()};
    header.Container::emplace_back(tensorName, std::move(entry));
    at += view.bytes.size();
  }
  const ordered_json document(std::move(header));
  std::string text = document.dump(-1, ' ', false, ordered_json::error_handler_t::replace);
  // Invalid UTF-8 is replaced by one handler and dropped by the other, so any difference is a name we cannot store.
  if (text != document.dump(-1, ' ', false, ordered_json::error_handler_t::ignore)) {
    return makeError(ErrorCode::kInvalidArgument, file + ": a tensor name or metadata entry is not valid UTF-8");
  }
  text.resize(roundUp<std::size_t>(text.size(), 8), ' ');
  return text;
}

}  // namespace

Status writeSafetensors(const std::filesystem::path& path,
                        const std::vector<std::pair<std::string, TensorView>>& tensors,
                        const std::map<std::string, std::string>& metadata) {
  const auto header = buildHeader(path.string(), tensors, metadata);
  if (!header) return header.error();
  std::array<std::byte, 8> length;
  for (std::size_t i = 0; i < length.size(); ++i) {
    length[i] = static_cast<std::byte>(static_cast<std::uint64_t>(header->size()) >> (8 * i));
  }
  ReplacingFile file(path);
  Status status = file.open();
  if (status) status = file.write(length);
  if (status) status = file.write(std::as_bytes(std::span(*header)));
  for (std::size_t i = 0; status && i < tensors.size(); ++i) status = file.write(tensors[i].second.bytes);
  return status ? file.commit() : status;
}

}  // namespace tidemark

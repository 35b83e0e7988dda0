#include "engine/weights/config_writer.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>
#include <system_error>

#include "engine/base/write_all.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

/// A file under a name of its own that goes away with the object.
class TemporaryConfig {
 public:
  explicit TemporaryConfig(fs::path target) : m_target(std::move(target)) {}
  TemporaryConfig(const TemporaryConfig&) = delete;
  TemporaryConfig& operator=(const TemporaryConfig&) = delete;
  ~TemporaryConfig() {
    if (m_fd >= 0) ::close(m_fd);
    if (!m_name.empty()) ::unlink(m_name.c_str());
  }

  Status write(std::string_view text) {
    m_name = m_target.string() + "." + std::to_string(::getpid()) + ".part";
    m_fd = ::open(m_name.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (m_fd < 0) {
      const int error = errno;
      m_name.clear();  // not ours
      return failed("cannot be created", error);
    }
    if (!writeAll(m_fd, text)) return failed("cannot be written", errno);
    if (::fsync(m_fd) != 0) return failed("cannot be written", errno);
    return {};
  }

  /// Gives the file its name unless something has it. A link, because a rename would replace.
  Status publish() {
    if (::link(m_name.c_str(), m_target.c_str()) == 0) return {};
    return errno == EEXIST ? exists() : failed("cannot be created", errno);
  }

  [[nodiscard]] Error exists() const {
    return makeError(ErrorCode::kInvalidArgument,
                     m_target.string() +
                         " exists already and is not replaced; rename it, for example to base-config.json, and pass "
                         "that with --base-config");
  }

 private:
  [[nodiscard]] Error failed(const std::string& what, int error) const {
    return makeError(ErrorCode::kIo,
                     m_target.string() + ": " + what + " (" + std::generic_category().message(error) + ")");
  }

  fs::path m_target;
  std::string m_name;
  int m_fd = -1;
};

}  // namespace

Status writeConfigFile(const fs::path& directory, const std::string& text) {
  const fs::path target = directory / "config.json";
  TemporaryConfig file(target);
  std::error_code ignored;
  if (fs::symlink_status(target, ignored).type() != fs::file_type::not_found) return file.exists();
  if (Status written = file.write(text); !written) return written;
  return file.publish();
}

}  // namespace tidemark

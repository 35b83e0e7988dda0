#include "app/extract/landlock.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <system_error>
#include <vector>

namespace tidemark {
namespace {

// The numbers are the kernel's interface; headers of a system are often older than its kernel, and the calls are the
// same on every architecture.
constexpr long kCreateRuleset = 444;
constexpr long kAddRule = 445;
constexpr long kRestrictSelf = 446;
constexpr std::uint32_t kAskVersion = 1;
constexpr int kPathBeneath = 1;

constexpr std::uint64_t kReadFile = 1 << 2;
constexpr std::uint64_t kReadDirectory = 1 << 3;

struct Ruleset {
  std::uint64_t files = 0;
  std::uint64_t network = 0;  // from version 4
  std::uint64_t scopes = 0;   // from version 6
};

struct __attribute__((packed)) PathRule {
  std::uint64_t allowed = 0;
  std::int32_t folder = -1;
};

/// All rights that a version knows, so that all are taken.
Ruleset everything(int version) {
  Ruleset rules;
  const int rights = version >= 5 ? 16 : version >= 3 ? 15 : version >= 2 ? 14 : 13;
  rules.files = (std::uint64_t{1} << rights) - 1;
  if (version >= 4) rules.network = 3;  // binding and connecting
  if (version >= 6) rules.scopes = 3;   // abstract sockets, signals
  return rules;
}

std::size_t sizeOf(int version) {
  if (version >= 6) return sizeof(Ruleset);
  return version >= 4 ? 2 * sizeof(std::uint64_t) : sizeof(std::uint64_t);
}

/// Fonts, what chooses among them, and the libraries that draw. What does not exist is passed over.
std::vector<std::string> readableFolders() {
  std::vector<std::string> folders = {"/usr/share/fonts",
                                      "/usr/local/share/fonts",
                                      "/usr/share/fontconfig",
                                      "/etc/fonts",
                                      "/var/cache/fontconfig",
                                      "/usr/lib",
                                      "/usr/lib64",
                                      "/lib",
                                      "/lib64",
                                      "/usr/local/lib",
                                      "/usr/share/qt6",
                                      "/etc/ld.so.cache"};
  std::error_code failed;
  const std::filesystem::path program = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (!failed) {
    for (const char* beside : {"../lib", "../../lib", "../plugins"}) {
      folders.push_back((program.parent_path() / beside).lexically_normal().string());
    }
  }
  for (const char* variable : {"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "FONTCONFIG_PATH"}) {
    if (const char* value = std::getenv(variable)) folders.emplace_back(value);
  }
  return folders;
}

void allowReading(int ruleset, const std::string& path) {
  const int folder = ::open(path.c_str(), O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  struct stat info = {};
  const bool isFolder = ::fstat(folder, &info) == 0 && S_ISDIR(info.st_mode);
  const PathRule rule{isFolder ? kReadFile | kReadDirectory : kReadFile, folder};
  ::syscall(kAddRule, ruleset, kPathBeneath, &rule, 0);
  ::close(folder);
}

}  // namespace

int restrictFiles(FileAccess files) {
  const int version = static_cast<int>(::syscall(kCreateRuleset, nullptr, 0, kAskVersion));
  if (version <= 0) return 0;
  const Ruleset rules = everything(version);
  const int ruleset = static_cast<int>(::syscall(kCreateRuleset, &rules, sizeOf(version), 0));
  if (ruleset < 0) return 0;
  if (files == FileAccess::kFonts) {
    for (const std::string& folder : readableFolders()) allowReading(ruleset, folder);
  }
  const bool done = ::syscall(kRestrictSelf, ruleset, 0) == 0;
  ::close(ruleset);
  return done ? version : 0;
}

}  // namespace tidemark

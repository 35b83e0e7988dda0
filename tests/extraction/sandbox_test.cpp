// What a reader of hostile files could still do. Each try runs in a process of its own that has entered the sandbox.

#include "app/extract/sandbox.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <functional>
#include <thread>
#include <vector>

#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kUnderSanitizer = true;
#else
constexpr bool kUnderSanitizer = false;
#endif

constexpr int kSkipped = 99;

class SandboxTest : public ::testing::Test {
 protected:
  /// What `act` returns in a process in the sandbox: 0 .. 98; -1 if it was ended by a signal.
  static int inSandbox(FileAccess files, const std::function<int(const Sandbox&)>& act) {
    const pid_t child = ::fork();
    if (child == 0) {
      Sandbox sandbox;
      limitProcess({});
      isolate(files, sandbox);
      filterSystemCalls(files, sandbox);
      ::_exit(act(sandbox));
    }
    int status = 0;
    EXPECT_EQ(::waitpid(child, &status, 0), child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  /// `act` returns what the system call did; it must fail wherever this system can prevent it.
  static void expectDenied(const char* what, const std::function<bool(const Sandbox&)>& prevented,
                           const std::function<long()>& act, FileAccess files = FileAccess::kNone) {
    const int result = inSandbox(files, [&](const Sandbox& sandbox) {
      if (!prevented(sandbox)) return kSkipped;
      return act() < 0 ? 0 : 1;
    });
    if (result == kSkipped) {
      std::printf("not prevented on this system: %s\n", what);
      return;
    }
    EXPECT_EQ(result, 0) << what;
  }
  static bool filtered(const Sandbox& sandbox) { return sandbox.filter; }
  static bool withLandlock(const Sandbox& sandbox) { return sandbox.landlock > 0; }
  static bool filteredOrLandlock(const Sandbox& sandbox) { return sandbox.filter || sandbox.landlock > 0; }
};

TEST_F(SandboxTest, NoNetworkNoProcessesNoNewRights) {
  expectDenied("socket", filtered, [] { return ::socket(AF_INET, SOCK_STREAM, 0); });
  expectDenied("unix socket", filtered, [] { return ::socket(AF_UNIX, SOCK_STREAM, 0); });
  expectDenied("exec", filtered, [] { return ::execl("/bin/true", "true", nullptr); });
  expectDenied("fork", filtered, [] {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(0);
    return static_cast<long>(child);
  });
  expectDenied("kill", filtered, [] { return ::kill(::getpid(), 0); });
  expectDenied("ptrace", filtered, [] { return ::ptrace(PTRACE_TRACEME, 0, nullptr, nullptr); });
  expectDenied("memfd", filtered, [] { return ::memfd_create("x", 0); });
  expectDenied("unshare", filtered, [] { return ::unshare(CLONE_NEWUSER); });
  for (const long number : {321L, 323L, 425L, 250L, 165L, 310L}) {  // bpf, userfaultfd, io_uring, keyctl, mount, ..
#if defined(__x86_64__)
    expectDenied("a call of the kernel's own", filtered, [number] { return ::syscall(number, 0, 0, 0, 0, 0, 0); });
#else
    (void)number;
#endif
  }
}

TEST_F(SandboxTest, NoFilesAreOpenedOrChanged) {
  const test::TemporaryFolder folder;
  const std::string present = folder.write("present.txt", "text");
  const std::string absent = folder.path() / "absent.txt";
  for (const FileAccess files : {FileAccess::kNone, FileAccess::kFonts}) {
    expectDenied(
        "reading", filteredOrLandlock, [&] { return ::open(present.c_str(), O_RDONLY); }, files);
    expectDenied(
        "the password file", filteredOrLandlock, [&] { return ::open("/etc/passwd", O_RDONLY); }, files);
    expectDenied(
        "creating", filteredOrLandlock, [&] { return ::open(absent.c_str(), O_WRONLY | O_CREAT, 0600); }, files);
    expectDenied(
        "unlink", filteredOrLandlock, [&] { return ::unlink(present.c_str()); }, files);
    expectDenied(
        "rename", filteredOrLandlock, [&] { return ::rename(present.c_str(), absent.c_str()); }, files);
    expectDenied(
        "mkdir", filteredOrLandlock, [&] { return ::mkdir(absent.c_str(), 0700); }, files);
    expectDenied(
        "symlink", filteredOrLandlock, [&] { return ::symlink("x", absent.c_str()); }, files);
    expectDenied(
        "chmod", filtered, [&] { return ::chmod(present.c_str(), 0777); }, files);
  }
  EXPECT_EQ(test::readWhole(present), "text");
  EXPECT_FALSE(std::filesystem::exists(absent));
}

TEST_F(SandboxTest, FontsCanBeReadWhereTheyAreNeeded) {
  ASSERT_TRUE(std::filesystem::exists("/usr/lib"));
  const auto looks = [](const Sandbox&) {
    const int folder = ::open("/usr/lib", O_RDONLY | O_DIRECTORY);
    return folder >= 0 ? 0 : 1;
  };
  EXPECT_EQ(inSandbox(FileAccess::kFonts, looks), 0);
  EXPECT_EQ(inSandbox(FileAccess::kNone,
                      [&](const Sandbox& sandbox) { return filteredOrLandlock(sandbox) ? 1 - looks(sandbox) : 0; }),
            0);
}

TEST_F(SandboxTest, WhatReadersNeedStillWorks) {
  const test::TemporaryFolder folder;
  const int file = ::open(folder.write("a.pdf", "text").c_str(), O_RDONLY);
  ASSERT_GE(file, 0);
  for (const FileAccess files : {FileAccess::kNone, FileAccess::kFonts}) {
    const int result = inSandbox(files, [file](const Sandbox&) {
      char buffer[4];
      struct stat info = {};
      if (::fstat(file, &info) != 0 || info.st_size != 4) return 1;
      if (::pread(file, buffer, 4, 0) != 4 || ::lseek(file, 0, SEEK_SET) != 0) return 2;
      std::vector<char> memory(50'000'000, 'x');
      int counted = 0;
      std::thread([&] { counted = static_cast<int>(memory[123]); }).join();
      return counted == 'x' ? 0 : 3;
    });
    EXPECT_EQ(result, 0);
  }
  ::close(file);
}

TEST_F(SandboxTest, AnAbortStillEndsIt) {
  EXPECT_EQ(inSandbox(FileAccess::kNone, [](const Sandbox&) -> int { std::abort(); }), -1);
}

TEST_F(SandboxTest, LimitsHold) {
  if (kUnderSanitizer) GTEST_SKIP() << "a sanitizer maps terabytes";
  ExtractionLimits limits;
  limits.addressSpaceBytes = 300 << 20;
  limits.processorSeconds = 1;
  const auto ended = [&](const std::function<void()>& act) {
    const pid_t child = ::fork();
    if (child == 0) {
      limitProcess(limits);
      act();
      ::_exit(0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    return status;
  };
  const int memory = ended([] {
    if (::mmap(nullptr, 400 << 20, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) == MAP_FAILED) ::_exit(7);
  });
  EXPECT_TRUE(WIFEXITED(memory) && WEXITSTATUS(memory) == 7);
  const int time = ended([] {
    for (std::atomic<unsigned> i = 0;; ++i) {
    }
  });
  EXPECT_TRUE(WIFSIGNALED(time) && WTERMSIG(time) == SIGXCPU);
  const test::TemporaryFolder folder;
  const std::string path = folder.path() / "written";
  const int written = ended([&] {
    const int file = ::open(path.c_str(), O_WRONLY | O_CREAT, 0600);
    ::_exit(::write(file, "x", 1) < 0 && errno == EFBIG ? 7 : 0);
  });
  // Where standard output is a file, as in some test runs, that one may still be written.
  struct stat info = {};
  if (::fstat(STDOUT_FILENO, &info) == 0 && !S_ISREG(info.st_mode)) {
    EXPECT_TRUE(WIFEXITED(written) && WEXITSTATUS(written) == 7);
  }
}

}  // namespace
}  // namespace tidemark

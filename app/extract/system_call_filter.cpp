// The system calls that are left, by libseccomp.
#include <fcntl.h>
#include <sched.h>
#include <seccomp.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cerrno>
#include <initializer_list>
#include <vector>

#include "app/extract/sandbox.h"

namespace tidemark {
namespace {

/// What computing, memory, threads, clocks and open descriptors take. By name: an architecture without one has no
/// harm of it.
constexpr const char* kAllowed[] = {"read",
                                    "readv",
                                    "pread64",
                                    "preadv",
                                    "write",
                                    "writev",
                                    "lseek",
                                    "_llseek",
                                    "close",
                                    "fstat",
                                    "fstat64",
                                    "dup",
                                    "fcntl",
                                    "fcntl64",
                                    "fadvise64",
                                    "poll",
                                    "ppoll",
                                    "select",
                                    "pselect6",
                                    "epoll_create1",
                                    "epoll_ctl",
                                    "epoll_wait",
                                    "epoll_pwait",
                                    "eventfd2",
                                    "pipe2",
                                    "timerfd_create",
                                    "timerfd_settime",
                                    "brk",
                                    "munmap",
                                    "mremap",
                                    "madvise",
                                    "mincore",
                                    "futex",
                                    "futex_waitv",
                                    "set_robust_list",
                                    "get_robust_list",
                                    "rseq",
                                    "membarrier",
                                    "sched_yield",
                                    "sched_getaffinity",
                                    "sched_getparam",
                                    "sched_getscheduler",
                                    "getpriority",
                                    "rt_sigaction",
                                    "rt_sigprocmask",
                                    "rt_sigreturn",
                                    "sigreturn",
                                    "sigaltstack",
                                    "restart_syscall",
                                    "exit",
                                    "exit_group",
                                    "getpid",
                                    "gettid",
                                    "getppid",
                                    "getuid",
                                    "geteuid",
                                    "getgid",
                                    "getegid",
                                    "getrandom",
                                    "clock_gettime",
                                    "clock_getres",
                                    "clock_nanosleep",
                                    "nanosleep",
                                    "gettimeofday",
                                    "time",
                                    "times",
                                    "getrusage",
                                    "sysinfo",
                                    "uname",
                                    "getcpu",
                                    "arch_prctl",
                                    "set_tid_address",
                                    "getrlimit",
                                    "ugetrlimit"};

/// Waiting for children, which only who reads a PDF has; nobody can make one from here on.
constexpr const char* kWaiting[] = {"wait4", "waitpid"};

/// Looking at files and opening them for reading; Landlock says which.
constexpr const char* kLooking[] = {"stat",       "lstat",     "newfstatat", "fstatat64", "statx",
                                    "access",     "faccessat", "faccessat2", "readlink",  "readlinkat",
                                    "getdents64", "getcwd",    "fstatfs",    "statfs",    "flock"};

class Filter {
 public:
  explicit Filter(FileAccess files) : m_context(::seccomp_init(SCMP_ACT_ERRNO(EPERM))), m_files(files) {}
  Filter(const Filter&) = delete;
  Filter& operator=(const Filter&) = delete;
  ~Filter() {
    if (m_context != nullptr) ::seccomp_release(m_context);
  }

  [[nodiscard]] bool load() {
    if (m_context == nullptr) return false;
    // All threads at once; without it only this one would be filtered.
    if (::seccomp_attr_set(m_context, SCMP_FLTATR_CTL_TSYNC, 1) != 0) return false;
    for (const char* name : kAllowed) allow(name);
    for (const char* name : kWaiting) allow(name);
    allowParts();
    if (m_files == FileAccess::kFonts) allowReadingFiles();
    return !m_failed && ::seccomp_load(m_context) == 0;
  }

 private:
  void allow(const char* name, std::initializer_list<scmp_arg_cmp> conditions = {}) {
    const int number = ::seccomp_syscall_resolve_name(name);
    if (number == __NR_SCMP_ERROR || number < 0) return;  // not on this architecture
    const std::vector<scmp_arg_cmp> list(conditions);
    const int failed =
        ::seccomp_rule_add_array(m_context, SCMP_ACT_ALLOW, number, static_cast<unsigned>(list.size()), list.data());
    m_failed = m_failed || failed != 0;
  }

  /// Calls that are harmless with some arguments only.
  void allowParts() {
    const auto self = static_cast<scmp_datum_t>(::getpid());
    allow("tgkill", {SCMP_A0_64(SCMP_CMP_EQ, self)});  // abort() and raise()
    allow("clone", {SCMP_A0_64(SCMP_CMP_MASKED_EQ, CLONE_THREAD, CLONE_THREAD)});
    // The C library goes back to clone, whose arguments can be looked at.
    const int clone3 = ::seccomp_syscall_resolve_name("clone3");
    if (clone3 >= 0) ::seccomp_rule_add(m_context, SCMP_ACT_ERRNO(ENOSYS), clone3, 0);
    allow("prlimit64", {SCMP_A2_64(SCMP_CMP_EQ, 0)});  // only asking
    allow("prctl", {SCMP_A0_64(SCMP_CMP_EQ, PR_SET_NAME)});
    allow("prctl", {SCMP_A0_64(SCMP_CMP_EQ, 0x53564d41)});  // PR_SET_VMA: names of memory, by the C library
    allow("ioctl", {SCMP_A1_64(SCMP_CMP_EQ, FIONREAD)});
    allow("ioctl", {SCMP_A1_64(SCMP_CMP_EQ, TCGETS)});
    // How the C library asks about an open descriptor.
    allow("newfstatat", {SCMP_A3_64(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)});
    allow("fstatat64", {SCMP_A3_64(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)});
    allow("statx", {SCMP_A2_64(SCMP_CMP_MASKED_EQ, AT_EMPTY_PATH, AT_EMPTY_PATH)});
    // No new code, except libraries where they may still be loaded.
    for (const char* name : {"mmap", "mmap2", "mprotect"}) {
      if (m_files == FileAccess::kFonts) {
        allow(name);
      } else {
        allow(name, {SCMP_A2_64(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)});
      }
    }
  }

  void allowReadingFiles() {
    for (const char* name : kLooking) allow(name);
    constexpr scmp_datum_t kTemporary = 020000000;  // O_TMPFILE without O_DIRECTORY, which is a part of it
    constexpr scmp_datum_t kChanging = O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND | kTemporary;
    allow("open", {SCMP_A1_64(SCMP_CMP_MASKED_EQ, kChanging, 0)});
    allow("openat", {SCMP_A2_64(SCMP_CMP_MASKED_EQ, kChanging, 0)});
  }

  scmp_filter_ctx m_context;
  FileAccess m_files;
  bool m_failed = false;
};

}  // namespace

void filterSystemCalls(FileAccess files, Sandbox& sandbox) {
  sandbox.filter = Filter(files).load();
}

}  // namespace tidemark

#include "app/extract/sandbox.h"

#include <linux/capability.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

#include "app/extract/landlock.h"

namespace tidemark {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

constexpr rlim_t kOpenFiles = 128;

/// Never raises what whoever started us allows.
void limit(__rlimit_resource resource, rlim_t most, rlim_t secondsAfter = 0) {
  rlimit now{};
  if (::getrlimit(resource, &now) != 0) return;
  const rlim_t hard = std::min(now.rlim_max, most + secondsAfter);
  const rlimit wanted{std::min(most, hard), hard};
  ::setrlimit(resource, &wanted);
}

bool writesToAFile() {
  struct stat info = {};
  return ::fstat(STDOUT_FILENO, &info) == 0 && S_ISREG(info.st_mode);
}

/// In a namespace of its own a user has every right, over nothing: those are given away, too.
void dropCapabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[2] = {};
  ::syscall(SYS_capset, &header, none);
}

}  // namespace

void limitProcess(const ExtractionLimits& limits) {
  if (!kSanitized) limit(RLIMIT_AS, limits.addressSpaceBytes);
  limit(RLIMIT_CPU, limits.processorSeconds, 2);  // the first limit ends it by a signal that says why
  limit(RLIMIT_NOFILE, kOpenFiles);
  limit(RLIMIT_CORE, 0);
  ::signal(SIGXFSZ, SIG_IGN);  // a library that writes a cache or a warning gets an error for it
  if (!writesToAFile()) limit(RLIMIT_FSIZE, 0);
  ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void isolate(FileAccess files, Sandbox& sandbox) {
  sandbox.namespaces = ::unshare(CLONE_NEWUSER | CLONE_NEWNET | CLONE_NEWIPC) == 0;
  sandbox.landlock = restrictFiles(files);
  dropCapabilities();
}

std::string describe(const Sandbox& sandbox) {
  std::string text = "limits";
  if (sandbox.namespaces) text += ", namespaces";
  if (sandbox.landlock > 0) text += ", Landlock " + std::to_string(sandbox.landlock);
  if (sandbox.filter) text += ", system call filter";
  return text;
}

}  // namespace tidemark

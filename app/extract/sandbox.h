#pragma once
// What a process that reads hostile files takes away from itself first. Every measure that this system does not offer
// is left out: the others hold without it.

#include <string>

#include "engine/extraction/extractor_process.h"

namespace tidemark {

enum class FileAccess {
  kNone,   // nothing but the descriptors that are open
  kFonts,  // fonts and libraries may be opened for reading (drawing pages)
};

/// What is in force.
struct Sandbox {
  bool namespaces = false;  // a user of its own, without a network
  int landlock = 0;         // version of the kernel's interface; 0: files are not restricted by it
  bool filter = false;      // of system calls
};

/// Address space, processor seconds, open files, sizes of written files, core dumps; no new rights. Under a sanitizer
/// the address space stays as it is: it maps terabytes.
void limitProcess(const ExtractionLimits& limits);

/// Leaves network and files. Only while the process has one thread.
void isolate(FileAccess files, Sandbox& sandbox);

/// From here on only system calls that readers need; for all threads. Others fail with EPERM.
void filterSystemCalls(FileAccess files, Sandbox& sandbox);

/// "limits, namespaces, Landlock 7, system call filter".
[[nodiscard]] std::string describe(const Sandbox& sandbox);

}  // namespace tidemark

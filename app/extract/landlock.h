#pragma once
// Landlock: a process says which files it may still open, and the kernel holds it to that.

#include "app/extract/sandbox.h"

namespace tidemark {

/// For this thread and those it starts. The version of the interface, or 0 if nothing is restricted.
[[nodiscard]] int restrictFiles(FileAccess files);

}  // namespace tidemark

// Any bytes as a session file: opening, verifying and loading everything in it must end in values or errors, never in a
// crash. A good seed is a small session, rewritten with "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM".

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include "engine/session/session_store.h"

namespace {

/// One file per process, written anew for each input; in memory where the system has such a folder.
std::filesystem::path inputFile() {
  const std::filesystem::path memory = "/dev/shm";
  std::error_code failure;
  const bool hasMemory = std::filesystem::is_directory(memory, failure);
  const std::filesystem::path folder = hasMemory ? memory : std::filesystem::temp_directory_path();
  return folder / ("tidemark-fuzz-" + std::to_string(getpid()) + ".tidemark");
}

void removeWithSideFiles(const std::filesystem::path& path) {
  for (const char* suffix : {"", "-wal", "-shm", "-journal"}) {
    std::error_code ignored;
    std::filesystem::remove(path.string() + suffix, ignored);
  }
}

void loadEverything(const tidemark::SessionStore& store) {
  (void)store.verify();
  (void)store.documents();
  std::string text(4096, '\0');
  (void)store.readText(0, text);
  (void)store.segments(0, INT64_MAX);
  (void)store.metrics(0, INT64_MAX);
  (void)store.questions();
  if (const auto count = store.segmentCount()) (void)store.loadTail(*count);
  (void)store.newestSnapshot();
  const auto snapshots = store.snapshots();
  if (!snapshots) return;
  for (const tidemark::SnapshotInfo& info : *snapshots) {
    const auto snapshot = store.loadSnapshot(info.id);
    if (snapshot && snapshot->segment != info.segment) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::filesystem::path path = inputFile();
  {
    std::ofstream file(path, std::ios::binary | std::ios::trunc);
    file.write(reinterpret_cast<const char*>(data), static_cast<std::streamsize>(size));
  }
  {
    const auto store = tidemark::SessionStore::open(path, tidemark::SessionAccess::kRead);
    if (store) loadEverything(*store);
  }
  removeWithSideFiles(path);
  return 0;
}

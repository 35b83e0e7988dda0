#include "engine/service/load_notes.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <string>

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kEnding = ".loading";
constexpr std::size_t kLongestPath = 4096;

/// The same folder is the same model, however it was written.
std::string spelled(const fs::path& model) {
  std::error_code failed;
  const fs::path whole = fs::weakly_canonical(model, failed);
  return (failed ? model : whole).string();
}

/// The model that a note is about; empty if its program still runs, or it cannot be read.
std::string modelOfStaleNote(const fs::path& file) {
  const int descriptor = open(file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (descriptor < 0) return {};
  std::string model;
  if (flock(descriptor, LOCK_SH | LOCK_NB) == 0) {
    std::array<char, kLongestPath> text;
    const ssize_t count = read(descriptor, text.data(), text.size());
    if (count > 0) model.assign(text.data(), static_cast<std::size_t>(count));
  }
  close(descriptor);
  return model;
}

}  // namespace

LoadNotes::LoadNotes(fs::path folder) : m_folder(std::move(folder)) {}

LoadNotes::~LoadNotes() {
  for (OpenNote& note : m_open) drop(note);
}

void LoadNotes::begin(const fs::path& model) {
  const std::string text = spelled(model);
  if (text.size() > kLongestPath) return;
  std::error_code failed;
  fs::create_directories(m_folder, failed);
  OpenNote note{text, {}, -1};
  std::string name = (m_folder / "XXXXXX").string() + kEnding;
  note.descriptor = mkostemps(name.data(), static_cast<int>(std::string(kEnding).size()), O_CLOEXEC);
  if (note.descriptor < 0) return;
  note.file = name;
  // The lock before the words: an empty note says nothing about anything.
  const bool isLocked = flock(note.descriptor, LOCK_EX | LOCK_NB) == 0;
  const bool isWritten = write(note.descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!isLocked || !isWritten) return drop(note);
  fdatasync(note.descriptor);  // a machine that runs out of memory may take the note along
  const std::lock_guard lock(m_mutex);
  m_open.push_back(std::move(note));
}

void LoadNotes::end(const fs::path& model) {
  const std::string text = spelled(model);
  {
    const std::lock_guard lock(m_mutex);
    const auto found =
        std::find_if(m_open.begin(), m_open.end(), [&](const OpenNote& each) { return each.model == text; });
    if (found != m_open.end()) {
      drop(*found);
      m_open.erase(found);
    }
  }
  forgive(model);
}

bool LoadNotes::wasInterrupted(const fs::path& model) const {
  return !staleNotes(model).empty();
}

void LoadNotes::forgive(const fs::path& model) {
  std::error_code ignored;
  for (const fs::path& file : staleNotes(model)) fs::remove(file, ignored);
}

void LoadNotes::drop(OpenNote& note) {
  std::error_code ignored;
  fs::remove(note.file, ignored);
  close(note.descriptor);
  note.descriptor = -1;
}

std::vector<fs::path> LoadNotes::staleNotes(const fs::path& model) const {
  const std::string text = spelled(model);
  std::vector<fs::path> stale;
  if (text.empty()) return stale;
  std::error_code failed;
  for (fs::directory_iterator each(m_folder, failed), end; !failed && each != end; each.increment(failed)) {
    if (each->path().extension() == kEnding && modelOfStaleNote(each->path()) == text) stale.push_back(each->path());
  }
  return stale;
}

}  // namespace tidemark

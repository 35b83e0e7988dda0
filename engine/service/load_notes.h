#pragma once
// Which models are being loaded, on disk: a program that ends in the middle of loading one (out of memory, a driver
// that fails) leaves its note, and the next start knows not to try the same again by itself.

#include <filesystem>
#include <mutex>
#include <vector>

namespace tidemark {

/// One small file per load, named after nothing and locked while its program lives: a note that can be locked is of a
/// program that has ended. Notes that cannot be written are no obstacle. Thread-safe.
class LoadNotes {
 public:
  /// The folder need not exist yet.
  explicit LoadNotes(std::filesystem::path folder);
  /// What this program was still loading is not its fault: its note goes.
  ~LoadNotes();
  LoadNotes(const LoadNotes&) = delete;
  LoadNotes& operator=(const LoadNotes&) = delete;

  /// `model` is about to be loaded.
  void begin(const std::filesystem::path& model);
  /// It was loaded, or not, in an orderly way: nothing is held against it any more, from earlier either.
  void end(const std::filesystem::path& model);
  /// A program ended while it was loading `model`, and it was not loaded since.
  [[nodiscard]] bool wasInterrupted(const std::filesystem::path& model) const;
  /// Nothing is held against `model` any more.
  void forgive(const std::filesystem::path& model);

 private:
  struct OpenNote {
    std::filesystem::path model;
    std::filesystem::path file;
    int descriptor = -1;
  };
  void drop(OpenNote& note);
  /// Notes of programs that have ended, about `model`.
  [[nodiscard]] std::vector<std::filesystem::path> staleNotes(const std::filesystem::path& model) const;

  const std::filesystem::path m_folder;
  mutable std::mutex m_mutex;
  std::vector<OpenNote> m_open;  // guarded by m_mutex
};

}  // namespace tidemark

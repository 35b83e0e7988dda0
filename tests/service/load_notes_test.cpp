#include "engine/service/load_notes.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <iterator>

#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

class LoadNotesTest : public ::testing::Test {
 protected:
  /// Another program that begins to load `model` and is killed while it does.
  void crashWhileLoading(const fs::path& model) {
    const pid_t child = fork();
    if (child == 0) {
      LoadNotes notes(folder());
      notes.begin(model);
      kill(getpid(), SIGKILL);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
  }
  [[nodiscard]] fs::path folder() const { return m_folder.path() / "state/loading"; }
  [[nodiscard]] std::ptrdiff_t noteCount() const {
    return fs::exists(folder()) ? std::distance(fs::directory_iterator(folder()), {}) : 0;
  }
  test::TemporaryFolder m_folder;
};

TEST_F(LoadNotesTest, AProgramThatIsKilledLeavesItsNoteUntilTheModelIsLoaded) {
  crashWhileLoading(m_folder.path() / "big");
  LoadNotes notes(folder());
  EXPECT_TRUE(notes.wasInterrupted(m_folder.path() / "big"));
  EXPECT_TRUE(notes.wasInterrupted(m_folder.path() / "other/../big")) << "the same folder in other words";
  EXPECT_FALSE(notes.wasInterrupted(m_folder.path() / "other"));
  notes.begin(m_folder.path() / "big");
  EXPECT_TRUE(notes.wasInterrupted(m_folder.path() / "big"));
  notes.end(m_folder.path() / "big");
  EXPECT_FALSE(notes.wasInterrupted(m_folder.path() / "big"));
  EXPECT_EQ(noteCount(), 0);
}

TEST_F(LoadNotesTest, ForgivenIsForgotten) {
  crashWhileLoading("/models/a");
  crashWhileLoading("/models/a");
  crashWhileLoading("/models/b");
  LoadNotes notes(folder());
  notes.forgive("/models/a");
  EXPECT_FALSE(notes.wasInterrupted("/models/a"));
  EXPECT_TRUE(notes.wasInterrupted("/models/b"));
}

TEST_F(LoadNotesTest, AProgramThatStillLoadsOrEndsInOrderIsNoCrash) {
  const LoadNotes other(folder());
  {
    LoadNotes notes(folder());
    notes.begin("/models/a");
    EXPECT_EQ(noteCount(), 1);
    EXPECT_FALSE(notes.wasInterrupted("/models/a"));
    EXPECT_FALSE(other.wasInterrupted("/models/a"));
  }
  EXPECT_FALSE(other.wasInterrupted("/models/a"));
  EXPECT_EQ(noteCount(), 0);
}

TEST_F(LoadNotesTest, WhatIsNoNoteSaysNothing) {
  fs::create_directories(folder() / "a.loading");
  std::ofstream(folder() / "empty.loading");
  std::ofstream(folder() / "other.txt") << "/models/a";
  fs::create_symlink("/etc/passwd", folder() / "link.loading");
  const LoadNotes notes(folder());
  EXPECT_FALSE(notes.wasInterrupted("/models/a"));
  EXPECT_FALSE(notes.wasInterrupted(""));
}

TEST_F(LoadNotesTest, AFolderThatCannotBeWrittenIsNoObstacle) {
  std::ofstream(m_folder.path() / "state") << "a file";
  LoadNotes notes(folder());
  notes.begin("/models/a");
  notes.end("/models/a");
  EXPECT_FALSE(notes.wasInterrupted("/models/a"));
}

}  // namespace
}  // namespace tidemark

#include <gmock/gmock.h>
#include <sys/stat.h>

#include "engine/extraction/document_import.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark::test {
namespace {

using namespace std::string_literals;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class ExpandFolders : public ::testing::Test {
 protected:
  void write(const std::string& name, const std::string& bytes = "text\n") const {
    fs::create_directories((m_folder.path() / name).parent_path());
    (void)m_folder.write(name, bytes);
  }
  /// Relative to the folder.
  std::vector<std::string> expanded(const std::vector<fs::path>& paths) const {
    const auto files = expandFolders(paths);
    EXPECT_TRUE(files.ok()) << files.error().message;
    std::vector<std::string> names;
    if (!files) return names;
    for (const fs::path& file : *files) names.push_back(file.lexically_relative(m_folder.path()).string());
    return names;
  }
  TemporaryFolder m_folder;
};

TEST_F(ExpandFolders, InTheOrderPeopleSort) {
  for (const char* name : {"b/chapter 10.txt", "b/chapter 2.txt", "b/Chapter 1.txt", "b/chapter 010.txt", "a.txt",
                           "C.txt", "b/part 1/x.txt", "b/x.txt", "b.txt"}) {
    write(name);
  }
  EXPECT_THAT(expanded({m_folder.path()}),
              ElementsAre("a.txt", "b/Chapter 1.txt", "b/chapter 2.txt", "b/chapter 010.txt", "b/chapter 10.txt",
                          "b/part 1/x.txt", "b/x.txt", "b.txt", "C.txt"));
}

TEST_F(ExpandFolders, OnlyDocumentsAreTaken) {
  write("a.txt");
  write("b.pdf", "%PDF-1.7\n");
  write("c.zip", "PK\3\4 something");
  write("d.epub", "PK\3\4 something");
  write("e", "PK\3\4" + std::string(26, 'x') + "mimetypeapplication/epub+zip");
  write("f.jpg", "\xFF\xD8\xFF\xE0 JFIF");
  write("g.tidemark", "SQLite format 3\0 "s);
  write("h.bin", "\0\1\2\3\4\0\0\0\0"s);
  write("i.txt", "");
  write(".hidden.txt");
  write(".git/a.txt");
  write("j.html", "<!DOCTYPE html><p>x");
  ASSERT_EQ(::mkfifo((m_folder.path() / "k").c_str(), 0600), 0);
  EXPECT_THAT(expanded({m_folder.path()}), ElementsAre("a.txt", "b.pdf", "d.epub", "e", "j.html"));
}

TEST_F(ExpandFolders, LinksAreNotFollowed) {
  const TemporaryFolder other;
  (void)other.write("secret.txt", "text");
  write("in/a.txt");
  fs::create_directory_symlink(other.path(), m_folder.path() / "in/out");
  fs::create_directory_symlink(m_folder.path() / "in", m_folder.path() / "in/loop");
  fs::create_symlink(other.path() / "secret.txt", m_folder.path() / "in/b.txt");
  EXPECT_THAT(expanded({m_folder.path() / "in"}), ElementsAre("in/a.txt"));
}

TEST_F(ExpandFolders, FilesStayAsTheyAreAndInTheirPlace) {
  write("f/2.txt");
  write("f/1.txt");
  write("photo.jpg", "\xFF\xD8\xFF");
  const fs::path folder = m_folder.path();
  EXPECT_THAT(expanded({folder / "photo.jpg", folder / "f", folder / "absent", folder / "f/2.txt"}),
              ElementsAre("photo.jpg", "f/1.txt", "f/2.txt", "absent", "f/2.txt"));
  EXPECT_THAT(expanded({}), ElementsAre());
}

TEST_F(ExpandFolders, Errors) {
  write("f/photo.jpg", "\xFF\xD8\xFF");
  const auto none = expandFolders({m_folder.path() / "f"});
  ASSERT_FALSE(none.ok());
  EXPECT_EQ(none.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(none.error().message, HasSubstr("no documents in the folder"));
  for (int i = 0; i < 5; ++i) write("g/" + std::to_string(i) + ".txt");
  EXPECT_TRUE(expandFolders({m_folder.path() / "g"}, 5).ok());
  const auto many = expandFolders({m_folder.path() / "g"}, 4);
  ASSERT_FALSE(many.ok());
  EXPECT_THAT(many.error().message, HasSubstr("more than 4 documents"));
}

}  // namespace
}  // namespace tidemark::test

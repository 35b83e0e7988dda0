// Several documents, pages and changed files from the command line.

#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::Not;

class DocumentCommands : public SessionCommands {
 protected:
  /// A part of a sample, cut at a line end.
  [[nodiscard]] std::string lines(std::size_t begin, std::size_t bytes) const {
    const std::string text = readFile(sample("harbor-notes.txt"));
    const std::size_t first = text.find('\n', begin) + 1;
    return text.substr(first, text.find('\n', begin + bytes) + 1 - first);
  }
  [[nodiscard]] fs::path writePaged(const std::string& name, std::size_t begin) const {
    return write(name, lines(begin, 3000) + "\f" + lines(begin + 3000, 3000) + "\f" + lines(begin + 6000, 3000));
  }
};

TEST_F(DocumentCommands, ReadsAFolderAndSaysWhatIsInIt) {
  fs::create_directories(path("book"));
  (void)write("book/part 10.txt", lines(0, 2000));
  (void)write("book/part 9.md", "# Heading\n\n" + lines(5000, 2000));
  (void)write("book/picture.jpg", "\xff\xd8\xff\xe0 no text");
  const ProgramRun run = runProgram(readWords("s", {path("book").string()}));
  const auto json = expectDone(run);
  ASSERT_EQ(json["documents"].size(), 2u);
  EXPECT_EQ(json["documents"][0]["title"], "part 9.md");
  EXPECT_EQ(json["documents"][0]["format"], "markdown");
  EXPECT_EQ(json["documents"][1]["title"], "part 10.txt");
  EXPECT_TRUE(json["refused"].empty());
  for (const char* field : {"pages", "characters", "image_pages", "replaced_bytes", "running_lines"}) {
    EXPECT_TRUE(json["documents"][1][field].is_number()) << field;
  }
  EXPECT_THAT(run.err, HasSubstr("\"part 10.txt\" has 2,"));
  expectRefused(runProgram({"read", "--session", path("new").string()}), {"read needs a file"}, 2);
  EXPECT_EQ(read("s", {})["state_hash"], json["state_hash"]);  // one that holds documents is read on
}

TEST_F(DocumentCommands, PagesOfSeveralDocumentsAreNamedByTitle) {
  const auto first = writePaged("one.txt", 0);
  const auto second = writePaged("two.txt", 20'000);
  const auto reading = read("s", {first.string(), second.string()});
  EXPECT_EQ(reading["documents"][1]["pages"], 3);
  expectRefused(runProgram(askWords("s", "Who?", {"--as-of-page", "2"})), {"2 documents have a page 2", "one.txt:2"});
  const auto one = ask("s", "Who?", {"--as-of-page", "one.txt:2"});
  const auto two = ask("s", "Who?", {"--as-of-page", "two.txt:2"});
  EXPECT_LT(one["as_of_segment"], two["as_of_segment"]);
  EXPECT_EQ(one["as_of_document"], "one.txt");
  EXPECT_EQ(one["as_of_page"], "2");
  EXPECT_EQ(two["as_of_document"], "two.txt");
  EXPECT_EQ(two["as_of_page"], "2");
  EXPECT_EQ(ask("s", "Who?")["as_of_page"], "3");
  expectRefused(runProgram(askWords("s", "Who?", {"--as-of-page", "two.txt:4"})),
                {"no page two.txt:4", "\"two.txt\" has 3 pages, 1 to 3"});
  const ProgramRun said = runProgram({"ask", "Who?", "--session", path("s").string(), "--as-of-page", "one.txt:1"});
  EXPECT_THAT(said.err, HasSubstr("(one.txt, page 1)"));
  (void)read("plain", {kTavern.string()});
  EXPECT_TRUE(ask("plain", "Who?")["as_of_page"].is_null());
}

TEST_F(DocumentCommands, AChangedFileIsReadAgainFromTheFirstChangedSegment) {
  const std::string before = lines(0, 30'000);
  const auto file = write("book.txt", before);
  const auto other = write("other.txt", lines(40'000, 3000));
  const Words words = {file.string(), other.string(), "--snapshot-seconds", "0.01"};
  (void)read("s", words);
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  std::string after = before;
  after.insert(25'000, "Nobody knew why. ");
  (void)write("book.txt", after);
  EXPECT_EQ(sessions("show", "s")["documents"][0]["source_state"], "changed");
  EXPECT_EQ(sessions("show", "s")["documents"][1]["source_state"], "unchanged");
  expectRefused(runProgram(readWords("s", words)), {"book.txt has changed", "--revise", "--append"});

  Words revise = words;
  revise.push_back("--revise");
  const ProgramRun run = runProgram(readWords("s", revise));
  const auto json = expectDone(run);
  EXPECT_THAT(run.err, HasSubstr("\"book.txt\" has changed and is read again"));
  EXPECT_THAT(run.err, HasSubstr("read again from segment"));
  EXPECT_THAT(run.err, Not(HasSubstr("other.txt")));
  EXPECT_EQ(json["state_hash"], read("fresh", {file.string(), other.string()})["state_hash"]);
  EXPECT_EQ(json["documents"].size(), 2u);
  EXPECT_EQ(sessions("show", "s")["documents"][0]["source_state"], "unchanged");
  expectWhole("s");

  const ProgramRun again = runProgram(readWords("s", {"--revise"}));
  EXPECT_EQ(expectDone(again)["segments_read"], 0);
  EXPECT_THAT(again.err, HasSubstr("no file has changed"));
  fs::remove(file);
  const ProgramRun missing = runProgram(readWords("s", {"--revise"}));
  EXPECT_THAT(missing.err, HasSubstr("\"book.txt\" stays as it was read"));
  EXPECT_EQ(expectDone(missing)["state_hash"], json["state_hash"]);
  EXPECT_THAT(runProgram({"sessions", "show", path("s").string()}).out, HasSubstr("which is not there any more"));
  expectRefused(runProgram(readWords("none", {"--revise"})), {"there is no session"});
}

}  // namespace
}  // namespace tidemark::testing

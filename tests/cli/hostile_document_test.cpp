// Files that are no documents end in one sentence and leave the session as it was; odd texts are read.

#include <sys/stat.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/cli/session_fixture.h"

namespace tidemark::testing {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;

class HostileDocument : public SessionCommands {
 protected:
  /// Refused in a new session, which is not left behind, and in one with a document, which stays as it was.
  void expectRefusedEverywhere(const fs::path& file, Words parts) const {
    parts.push_back(file.filename().string());
    expectRefused(runProgram(readWords("fresh", {file.string()})), parts);
    EXPECT_FALSE(fs::exists(path("fresh.tidemark"))) << file;
    const auto before = read("s", {kTavern.string()});
    const auto answer = ask("s", kQuestion)["answer"];
    expectRefused(runProgram(readWords("s", {file.string(), "--append"})), parts);
    expectWhole("s");
    EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], before["state_hash"]);
    const auto shown = sessions("show", "s");
    EXPECT_EQ(shown["documents"].size(), 1u);
    EXPECT_EQ(shown["questions"].back()["answer"], answer);
  }
};

TEST_F(HostileDocument, Missing) {
  expectRefusedEverywhere(path("missing.txt"), {"no such file", "check the name"});
}

TEST_F(HostileDocument, Empty) {
  expectRefusedEverywhere(write("empty.txt", ""), {"empty", "give a file with text"});
}

TEST_F(HostileDocument, Binary) {
  expectRefusedEverywhere(write("binary.bin", std::string("some text\0and more", 18)), {"binary", "text"});
}

TEST_F(HostileDocument, BinaryFarFromTheBeginning) {
  std::string text = readFile(sample("moby-dick.txt"));
  text[1'000'000] = '\0';
  expectRefusedEverywhere(write("late.txt", text), {"binary", "1000000"});
}

TEST_F(HostileDocument, HalfACharacterOfUtf16) {
  const auto json = read("s", {write("wide.txt", std::string("\xff\xfeh\0i\0\x3d\xd8", 8)).string()});
  EXPECT_EQ(json["documents"][0]["encoding"], "UTF-16LE");
  EXPECT_EQ(json["documents"][0]["characters"], 3);
  EXPECT_EQ(json["documents"][0]["replaced_bytes"], 2);
}

TEST_F(HostileDocument, Directory) {
  fs::create_directory(path("folder"));
  expectRefusedEverywhere(path("folder"), {"no documents in the folder", "choose one"});
}

TEST_F(HostileDocument, NamedPipe) {
  ASSERT_EQ(::mkfifo(path("pipe").c_str(), 0600), 0);
  expectRefusedEverywhere(path("pipe"), {"FIFO", "give a text file"});
}

TEST_F(HostileDocument, NotReadable) {
  const auto file = write("secret.txt", "nobody may see this");
  fs::permissions(file, fs::perms::none);
  fs::permissions(path(""), fs::perms::all);
  SpawnOptions options;
  options.unprivileged = true;
  const ProgramRun run = runLimited(readWords("fresh", {file.string()}), options);
  if (run.status == 126 || run.status == 127) GTEST_SKIP() << "the program cannot be run without privileges here";
  expectRefused(run, {"secret.txt", "permission denied", "chmod"});
  EXPECT_FALSE(fs::exists(path("fresh.tidemark")));
}

TEST_F(HostileDocument, OneBadFileAmongGoodOnesKeepsTheGoodOnes) {
  const ProgramRun run =
      runProgram(readWords("s", {path("missing.txt").string(), kTavern.string(), write("empty.txt", "").string()}));
  EXPECT_EQ(run.status, 1);
  EXPECT_THAT(run.err, HasSubstr("missing.txt': there is no such file"));
  EXPECT_THAT(run.err, HasSubstr("empty.txt': it is empty"));
  EXPECT_THAT(run.err, HasSubstr("2 files were left out"));
  const auto json = run.json();
  ASSERT_EQ(json["refused"].size(), 2u);
  EXPECT_EQ(json["refused"][0]["file"], path("missing.txt").string());
  EXPECT_THAT(json["refused"][1]["reason"].get<std::string>(), HasSubstr("empty"));
  const auto alone = read("alone", {kTavern.string()});
  EXPECT_EQ(json["state_hash"], alone["state_hash"]);
  EXPECT_EQ(read("s", {kTavern.string()})["state_hash"], alone["state_hash"]);
}

TEST_F(HostileDocument, OnlyBadFilesAreAnError) {
  expectRefused(runProgram(readWords("s", {path("missing.txt").string(), path("gone.txt").string()})),
                {"none of the 2 files could be read", "missing.txt"});
  const ProgramRun run = runProgram(readWords("s", {write("a.txt", "").string(), write("b.txt", "").string()}));
  EXPECT_EQ(run.status, 1);
  EXPECT_EQ(run.out, "");
  EXPECT_THAT(run.err, HasSubstr("none of the 2 files could be read: cannot read"));
  EXPECT_THAT(run.err, HasSubstr("b.txt': it is empty"));  // each is named
  EXPECT_FALSE(fs::exists(path("s.tidemark")));
}

TEST_F(HostileDocument, InvalidBytesAreReplacedCountedAndReported) {
  const auto file = write("broken.txt", "Mary was born in Geneva.\xff\xfe\x80 And more.\xc3");
  const ProgramRun run = runProgram(readWords("s", {file.string()}));
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, HasSubstr("4 bytes that were no UTF-8 replaced"));
  EXPECT_EQ(sessions("show", "s")["documents"][0]["replaced_bytes"], 4);
  expectWhole("s");
}

TEST_F(HostileDocument, ShorterThanASegmentIsAllTail) {
  const auto file = write("short.txt", "Mary was born in Geneva.");
  const auto json = read("s", {file.string()});
  EXPECT_EQ(json["segments_read"], 0);
  EXPECT_EQ(json["tokens"], json["tail_tokens"]);
  EXPECT_GT(json["tail_tokens"], 3);
  EXPECT_EQ(ask("s", kQuestion)["as_of_segment"], -1);
  EXPECT_EQ(read("s", {file.string()})["state_hash"], json["state_hash"]);
  expectWhole("s");
}

TEST_F(HostileDocument, NamesWithOddCharactersAreShownSafely) {
  const auto file = write("a\x1b[31m\nb.txt", "Mary was born in Geneva.");
  const ProgramRun run = runProgram({"read", file.string(), "--session", path("s").string()});
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_THAT(run.err, ::testing::Not(HasSubstr("\x1b")));
  EXPECT_THAT(runProgram({"sessions", "show", path("s").string()}).out, ::testing::Not(HasSubstr("\x1b")));
  const auto bytes = write("caf\xe9.txt", "Mary was born in Geneva.");  // Latin-1 in a name
  EXPECT_EQ(runProgram(readWords("latin", {bytes.string()})).status, 0);
}

/// One line of 200 MB: imported, then stopped; whole reads of such lines are in the benchmarks.
class LongLine : public HostileDocument, public ::testing::WithParamInterface<bool> {};

TEST_P(LongLine, IsReadInPiecesAndCanBeStopped) {
  const std::string block = GetParam() ? std::string("abcdefg ") : std::string("abcdefgh");
  std::string piece;
  while (piece.size() < 1'000'000) piece += block;
  {
    std::ofstream file(path("line.txt"), std::ios::binary);
    for (int i = 0; i < 200; ++i) file << piece;
  }
  SpawnedProgram program(readWords("s", {path("line.txt").string()}));
  while (program.isRunning() && program.errors().find("characters") == std::string::npos) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  program.signal(SIGINT);
  const ProgramRun run = program.wait(std::chrono::seconds(5));
  EXPECT_EQ(run.status, 3) << run.err;
  EXPECT_THAT(run.err, HasSubstr("\"line.txt\" has 200,000,000 characters"));
  EXPECT_EQ(sessions("show", "s")["documents"][0]["characters"], 200'000'000);
}

INSTANTIATE_TEST_SUITE_P(Spaces, LongLine, ::testing::Bool());

}  // namespace
}  // namespace tidemark::testing

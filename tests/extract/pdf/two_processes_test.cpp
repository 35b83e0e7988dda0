// Two processes read what one would read, byte for byte, and none of them stays.

#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <thread>

#include "tests/extract/pdf/pdf_fixture.h"

namespace tidemark::testing {
namespace {

using Clock = std::chrono::steady_clock;

/// Text over pages, running lines, labels, bookmarks, pictures, empty pages, and one page that is cut.
PdfFile variedFile(int pages) {
  PdfFile file;
  file.title = "The Keepers";
  file.labels = {{0, "r", ""}, {4, "D", ""}};
  for (int page = 0; page < pages; ++page) {
    const std::string number = std::to_string(page + 1);
    if (page % 11 == 5) {
      file.addPicturePage();
      continue;
    }
    if (page % 13 == 6) {
      file.addContentPage("");
      continue;
    }
    std::vector<std::string> lines;
    for (int line = 0; line < 20 + page % 17; ++line) {
      lines.push_back("line " + std::to_string(line) + " of page " + number +
                      " tells of ships, of lamps and of extin-");
      lines.push_back("guished lights by the gulf of " + number + " in the long nights.");
    }
    std::vector<PdfText> texts = pdfLines(72, 100, lines, 9, 11);
    texts.push_back({72, 50, "The Keepers of the Light"});
    texts.push_back({300, 760, number});
    file.addPage(texts);
    if (page % 9 == 0) file.bookmarks.push_back({"Part " + number, page, 1 + page % 2});
  }
  return file;
}

PdfFile fileWithACutPage() {
  PdfFile file = variedFile(12);
  std::vector<PdfText> texts;
  for (int piece = 0; piece < 20'000; ++piece) {
    texts.push_back({10.0 + (piece * 37) % 580, 20.0 + (piece * 53) % 750, std::to_string(piece), 3});
  }
  file.addPage(texts);
  file.addPage({{72, 300, "The last page."}});
  return file;
}

class TwoProcesses : public PdfTest {
 protected:
  TwoProcesses() { ::setenv("TIDEMARK_EXTRACT", TM_EXTRACT_PROGRAM, 1); }

  static std::vector<pid_t> childrenOf(pid_t process) {
    std::ifstream list("/proc/" + std::to_string(process) + "/task/" + std::to_string(process) + "/children");
    std::vector<pid_t> children;
    for (pid_t child = 0; list >> child;) children.push_back(child);
    return children;
  }
  static std::string wordOfStatus(pid_t process, const std::string& key) {
    std::ifstream status("/proc/" + std::to_string(process) + "/status");
    for (std::string line; std::getline(status, line);) {
      if (line.starts_with(key + ":")) return line.substr(line.find_first_not_of("\t ", key.size() + 1));
    }
    return "";
  }
};

TEST_F(TwoProcesses, WriteTheSameLinesAsOne) {
  std::vector<PdfFile> files = {variedFile(1), variedFile(5), variedFile(7), variedFile(60), fileWithACutPage()};
  files.push_back(variedFile(20));
  files.back().brokenFont = true;
  files.push_back(variedFile(20));
  files.back().crossReferenceShift = 7;
  files.push_back(variedFile(20));
  files.back().encrypted = true;
  for (std::size_t i = 0; i < files.size(); ++i) {
    const std::string bytes = files[i].bytes();
    const std::string one = linesOf(bytes, 1);
    EXPECT_TRUE(one.find("\"end\":true") != std::string::npos || one.find("encrypted") != std::string::npos) << one;
    EXPECT_EQ(linesOf(bytes, 2), one) << i;
  }
  // The stand-in has two processes on a machine with one processor, too.
  ::setenv("TIDEMARK_EXTRACT", TM_PDF_PROGRAM, 1);
  const auto withoutMemory = [](std::string lines) { return lines.substr(0, lines.find("KiB of memory")); };
  const std::string bytes = files[3].bytes();
  EXPECT_EQ(withoutMemory(linesOf(bytes, 2)), withoutMemory(linesOf(bytes, 1)));
}

TEST_F(TwoProcesses, TheSecondIsBehindTheSameWallsAndEndsWithTheFirst) {
  const std::filesystem::path path = write(variedFile(2000).bytes());
  for (const bool killed : {true, false}) {
    Result<ExtractorProcess> process = ExtractorProcess::start(path, {"read", "--name", "file.pdf"}, {});
    ASSERT_TRUE(process.ok());
    // Both stand still once the pipe is full: nobody reads. On a busy machine the first one may be the later one.
    std::vector<pid_t> ours;
    std::vector<pid_t> second;
    const auto until = Clock::now() + std::chrono::seconds(10);
    const auto areReading = [&] {
      return !second.empty() && wordOfStatus(second.front(), "Threads") == "2" &&
             wordOfStatus(ours.front(), "Seccomp") == wordOfStatus(second.front(), "Seccomp");
    };
    while (!areReading() && Clock::now() < until) {
      ours = childrenOf(::getpid());
      if (ours.size() == 1) second = childrenOf(ours.front());
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    ASSERT_EQ(ours.size(), 1U);
    if (second.empty()) GTEST_SKIP() << "one processor, or a system that does not tell children";
    ASSERT_EQ(second.size(), 1U);
    for (const char* key : {"Seccomp", "NoNewPrivs", "CapEff", "CapPrm", "CapBnd"}) {
      EXPECT_EQ(wordOfStatus(second.front(), key), wordOfStatus(ours.front(), key)) << key;
    }
    std::error_code failed;
    EXPECT_EQ(std::filesystem::read_symlink("/proc/" + std::to_string(second.front()) + "/ns/net", failed),
              std::filesystem::read_symlink("/proc/" + std::to_string(ours.front()) + "/ns/net", failed));
    if (killed) {
      ::kill(ours.front(), SIGKILL);
    } else {
      process->kill();
    }
    const auto gone = [&] {
      const std::string state = wordOfStatus(second.front(), "State");
      return state.empty() || state.front() == 'Z' || state.front() == 'X';
    };
    const auto limit = Clock::now() + std::chrono::seconds(5);
    while (!gone() && Clock::now() < limit) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    EXPECT_TRUE(gone());
  }
}

TEST_F(TwoProcesses, WhenTheSecondIsKilledTheTextIsWholeAllTheSame) {
  const std::string bytes = variedFile(600).bytes();
  const std::string one = linesOf(bytes, 1);
  std::thread killer([] {
    const auto until = Clock::now() + std::chrono::seconds(5);
    while (Clock::now() < until) {
      for (const pid_t first : childrenOf(::getpid())) {
        for (const pid_t second : childrenOf(first)) {
          if (wordOfStatus(second, "Threads") != "2") continue;
          std::this_thread::sleep_for(std::chrono::milliseconds(30));
          ::kill(second, SIGKILL);
          return;
        }
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
    }
  });
  EXPECT_EQ(linesOf(bytes, 2), one);
  killer.join();
}

}  // namespace
}  // namespace tidemark::testing

#include "engine/extraction/extractor_process.h"

#include <gmock/gmock.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <thread>

#include "engine/extraction/limit_arguments.h"
#include "tests/extraction/fake_extractor.h"

namespace tidemark::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using ::testing::HasSubstr;
using ::testing::Not;

class ExtractorProcessTest : public FakeExtractor {
 protected:
  static ExtractorProcess started(const std::filesystem::path& file, const ExtractionLimits& limits = {}) {
    Result<ExtractorProcess> process = ExtractorProcess::start(file, {"read", "--name", "book.pdf"}, limits);
    EXPECT_TRUE(process.ok()) << process.error().message;
    return std::move(*process);
  }
  /// Everything until the end of its output.
  static std::string allOf(ExtractorProcess& process) {
    std::string text;
    std::vector<char> buffer(10'000);
    for (;;) {
      const auto output = process.read(buffer, seconds(20));
      EXPECT_TRUE(output.ok());
      if (!output || output->bytes == 0) return text;
      text.append(buffer.data(), output->bytes);
    }
  }
  static bool hasChildren() { return ::waitpid(-1, nullptr, WNOHANG) >= 0; }
};

TEST_F(ExtractorProcessTest, ReadsWhatItWritesUntilTheEnd) {
  ExtractorProcess process = started(document("say hello\n"));
  EXPECT_EQ(allOf(process), "hello\n");
  EXPECT_EQ(process.end(), "");
  EXPECT_FALSE(hasChildren());
}

TEST_F(ExtractorProcessTest, KnowsNothingOfItsSurroundings) {
  ::setenv("SECRET_OF_THE_USER", "42", 1);
  ::setenv("LD_PRELOAD", "", 1);
  const std::ifstream open(TM_FAKE_EXTRACTOR);  // one more descriptor that must not be handed on
  ExtractorProcess process = started(document("surroundings\n"));
  const std::string text = allOf(process);
  ::unsetenv("SECRET_OF_THE_USER");
  ::unsetenv("LD_PRELOAD");
  EXPECT_THAT(text, HasSubstr("argument read\\nargument --name\\nargument book.pdf\\nargument --limits\\n"));
  EXPECT_THAT(text, HasSubstr(limitsText({})));
  EXPECT_THAT(text, HasSubstr("QT_QPA_PLATFORM=offscreen"));
  EXPECT_THAT(text, Not(HasSubstr("SECRET")));
  EXPECT_THAT(text, Not(HasSubstr("LD_PRELOAD")));
  EXPECT_THAT(text, Not(HasSubstr("HOME=")));
  EXPECT_THAT(text, HasSubstr("descriptor 0\\ndescriptor 1\\ndescriptor 2\\ndescriptor 3\\nfolder /\\n"));
}

TEST_F(ExtractorProcessTest, StandardDescriptorsOfTheCallerMayBeClosed) {
  const auto file = document("surroundings\n");
  const int kept = ::dup(STDIN_FILENO);
  ::close(STDIN_FILENO);
  ExtractorProcess process = started(file);
  const std::string text = allOf(process);
  if (kept >= 0) {
    ::dup2(kept, STDIN_FILENO);
    ::close(kept);
  }
  EXPECT_THAT(text, HasSubstr("descriptor 0\\ndescriptor 1\\ndescriptor 2\\ndescriptor 3\\nfolder"));
}

TEST_F(ExtractorProcessTest, WaitsNoLongerThanAsked) {
  ExtractorProcess process = started(document("sleep\n"));
  std::vector<char> buffer(100);
  const auto begin = std::chrono::steady_clock::now();
  const auto output = process.read(buffer, milliseconds(50));
  ASSERT_TRUE(output.ok());
  EXPECT_EQ(output->bytes, 0u);
  EXPECT_FALSE(output->atEnd);
  EXPECT_GE(std::chrono::steady_clock::now() - begin, milliseconds(50));
  process.kill();
  EXPECT_EQ(process.end(), "did not end by itself");
}

TEST_F(ExtractorProcessTest, SaysHowItEnded) {
  const std::pair<const char*, const char*> cases[] = {
      {"exit 4\n", "stopped with status 4"},
      {"exit 70\n", "needed more than 2.00 GiB of memory"},
      {"signal 9\n", "crashed (signal 9)"},
      {"signal 24\n", "used more than 900 s of processor time"},
      {"say nothing\n", ""},
  };
  for (const auto& [orders, text] : cases) {
    ExtractorProcess process = started(document(orders));
    (void)allOf(process);
    EXPECT_EQ(process.end(), text) << orders;
    EXPECT_EQ(process.end(), text) << "and again";
  }
  EXPECT_FALSE(hasChildren());
}

TEST_F(ExtractorProcessTest, OneThatClosesItsOutputAndStaysIsEnded) {
  ExtractorProcess process = started(document("close\nsleep\n"));
  EXPECT_EQ(allOf(process), "");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(process.end(), "did not end by itself");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, seconds(10));
}

TEST_F(ExtractorProcessTest, LeavesNoProcessBehind) {
  { const ExtractorProcess process = started(document("sleep\n")); }
  EXPECT_FALSE(hasChildren());
  {
    ExtractorProcess first = started(document("sleep\n"));
    first = started(document("say x\n", "other.pdf"));  // the one that sleeps is ended
    EXPECT_EQ(allOf(first), "x\n");
  }
  EXPECT_FALSE(hasChildren());
}

TEST_F(ExtractorProcessTest, AFloodIsCutOff) {
  ExtractionLimits limits;
  limits.outputBytes = 1 << 20;
  ExtractorProcess process = started(document("flood\n"), limits);
  std::vector<char> buffer(64 * 1024);
  std::uint64_t bytes = 0;
  for (;;) {
    const auto output = process.read(buffer, seconds(20));
    if (!output) {
      EXPECT_EQ(output.error().code, ErrorCode::kIo);
      EXPECT_THAT(output.error().message, HasSubstr("more than 1.00 MiB"));
      break;
    }
    bytes += output->bytes;
    ASSERT_LE(bytes, limits.outputBytes);
  }
  EXPECT_GT(bytes, limits.outputBytes / 2);
}

TEST_F(ExtractorProcessTest, RequestsAreAnswered) {
  ExtractorProcess process = started(document("echo\n"));
  std::string received;
  std::vector<char> buffer(4096);
  for (const std::string request : {"one\n", "two\n"}) {
    ASSERT_TRUE(process.write(request).ok());
    const auto output = process.read(buffer, seconds(20));
    ASSERT_TRUE(output.ok());
    EXPECT_EQ(std::string(buffer.data(), output->bytes), request);
  }
}

TEST_F(ExtractorProcessTest, WritingToOneThatIsGoneIsAnErrorAndNoSignal) {
  std::signal(SIGPIPE, SIG_DFL);
  ExtractorProcess process = started(document("exit 0\n"));
  EXPECT_EQ(process.end(), "");
  const Status written = process.write("a request\n");
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::kIo);
}

TEST_F(ExtractorProcessTest, OneThatTakesNoRequestsIsAnError) {
  ExtractionLimits limits;
  limits.silence = milliseconds(100);
  ExtractorProcess process = started(document("sleep\n"), limits);
  const Status written = process.write(std::string(10'000'000, 'x'));
  ASSERT_FALSE(written.ok());
  EXPECT_THAT(written.error().message, HasSubstr("does not take requests"));
}

TEST_F(ExtractorProcessTest, WhatCannotBeStarted) {
  const auto code = [](const std::filesystem::path& file) {
    const auto process = ExtractorProcess::start(file, {"read"}, {});
    return process.ok() ? ErrorCode::kInternal : process.error().code;
  };
  EXPECT_EQ(code(m_folder.path() / "absent.pdf"), ErrorCode::kNotFound);
  EXPECT_EQ(code(m_folder.path()), ErrorCode::kInvalidArgument);
  const auto script = m_folder.write("no-program", "#!/no/such/interpreter\n");
  ::chmod(script.c_str(), 0700);
  ::setenv("TIDEMARK_EXTRACT", script.c_str(), 1);
  EXPECT_EQ(code(document("")), ErrorCode::kIo);
  ::setenv("TIDEMARK_EXTRACT", "/no/such/program", 1);
  const auto process = ExtractorProcess::start(document(""), {"read"}, {});
  ASSERT_FALSE(process.ok());
  EXPECT_EQ(process.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(process.error().message, HasSubstr("/no/such/program"));
}

TEST(LimitArguments, AreReadBack) {
  ExtractionLimits limits;
  limits.addressSpaceBytes = 1;
  limits.processorSeconds = 2;
  limits.outputBytes = 3;
  limits.archiveEntries = 4;
  limits.compressionRatio = 5;
  limits.nesting = 6;
  const auto read = parseLimits(limitsText(limits));
  ASSERT_TRUE(read.ok()) << read.error().message;
  EXPECT_EQ(limitsText(*read), limitsText(limits));
  EXPECT_EQ(read->nesting, 6);
  EXPECT_EQ(parseLimits("nesting=7")->addressSpaceBytes, ExtractionLimits{}.addressSpaceBytes);
  for (const char* wrong : {"nesting", "nesting=", "nesting=x", "nesting=7x", "nesting=-1", "nesting=99999999999",
                            "x=1", "=", "nesting=7,,"}) {
    EXPECT_FALSE(parseLimits(wrong).ok()) << wrong;
  }
}

}  // namespace
}  // namespace tidemark::test

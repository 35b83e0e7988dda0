// Wrong usage ends with status 2 and one line; help and version with 0.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "tests/cli/run_program.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

struct Usage {
  std::vector<std::string> arguments;
  std::string expected;  // part of the line
};

// What ctest shows of a case; without it, GoogleTest prints the bytes of the object.
void PrintTo(const Usage& usage, std::ostream* out) {
  for (const std::string& argument : usage.arguments) *out << argument << ' ';
}

class WrongUsage : public ::testing::TestWithParam<Usage> {};

TEST_P(WrongUsage, IsOneLineAndStatusTwo) {
  const ProgramRun run = runProgram(GetParam().arguments);
  EXPECT_EQ(run.status, 2);
  EXPECT_THAT(run.out, IsEmpty());
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  EXPECT_THAT(run.err, HasSubstr(GetParam().expected));
}

INSTANTIATE_TEST_SUITE_P(Cases, WrongUsage,
                         ::testing::Values(Usage{{}, "no command"}, Usage{{"insepct"}, "did you mean inspect?"},
                                           Usage{{"frobnicate"}, "the commands are"},
                                           Usage{{"--frobnicate"}, "unknown option"},
                                           Usage{{"help", "nothing"}, "unknown command 'nothing'"},
                                           Usage{{"inspect", "a", "b"}, "unexpected argument 'b'"},
                                           Usage{{"trace"}, "--model DIR is missing"},
                                           Usage{{"trace", "--model", "x", "--tokens", "y"}, "--out FILE is missing"},
                                           Usage{{"trace", "--schedule", "zigzag"}, "diagonal, sequential"},
                                           Usage{{"bench", "--preset", "huge"}, "mini, llama-160m, llama-1b"},
                                           Usage{{"bench", "--threads", "0"}, "from 1 to 1024"},
                                           Usage{{"bench", "--runs", "many"}, "whole number"},
                                           Usage{{"bench", "--tokens", "127"}, "do not fill one segment of 128"},
                                           Usage{{"bench", "--wat"}, "unknown option --wat"},
                                           Usage{{"bench", "a\nb"}, "unexpected argument 'a?b'"}));

TEST(Help, IsThereForTheProgramAndEveryCommand) {
  EXPECT_THAT(runProgram({"--help"}).out, HasSubstr("Usage: tidemark-cli COMMAND"));
  EXPECT_EQ(runProgram({"help"}).out, runProgram({"--help"}).out);
  for (const char* command : {"inspect", "trace", "bench"}) {
    const ProgramRun run = runProgram({command, "--help"});
    EXPECT_EQ(run.status, 0);
    EXPECT_THAT(run.out, HasSubstr("Usage: tidemark-cli " + std::string(command)));
    EXPECT_THAT(run.err, IsEmpty());
    EXPECT_EQ(runProgram({"help", command}).out, run.out);
  }
}

// A build with the module also says which GPU there is (its free memory changes from call to call), or why none is
// used.
std::string expectedBackends() {
  if (!cudaModuleIsBuilt()) return "cpu (CUDA left out of this build)\n";
  const CudaSummary cuda = summarizeCuda();
  return cuda.usable ? "cpu, cuda (" : "cpu, cuda (" + cuda.detail + ")\n";
}

TEST(Version, NamesTheBackendsAndWhatWasLeftOut) {
  const ProgramRun run = runProgram({"--version"});
  EXPECT_EQ(run.status, 0);
  EXPECT_THAT(run.out, HasSubstr("tidemark 0."));
  EXPECT_THAT(run.out, HasSubstr("\nbackends: " + expectedBackends()));
}

}  // namespace
}  // namespace tidemark::testing

#include "app/cli/report_error.h"

#include <gtest/gtest.h>

#include <csignal>
#include <string>
#include <vector>

#include "app/cli/closest_name.h"
#include "app/cli/interrupt.h"

namespace tidemark::cli {
namespace {

TEST(ReportError, IsOneLineWithoutControlCharacters) {
  EXPECT_EQ(oneLine("a\nb\x1b[31m\tc\x7f"), "a?b?[31m?c?");
  EXPECT_EQ(oneLine("gr\xc3\xbc\xc3\x9f"), "gr\xc3\xbc\xc3\x9f");
}

TEST(ReportError, CancelledHasAStatusOfItsOwn) {
  EXPECT_EQ(reportError(makeError(ErrorCode::kCancelled, "cancelled")), 3);
  EXPECT_EQ(reportError(makeError(ErrorCode::kIo, "no")), 1);
  EXPECT_EQ(reportUsage("read", makeError(ErrorCode::kInvalidArgument, "no")), 2);
}

TEST(ClosestName, CorrectsAndDoesNotGuess) {
  const std::vector<std::string> names = {"read", "ask", "sessions", "inspect", "trace", "bench"};
  EXPECT_EQ(closestName("insepct", names), "inspect");
  EXPECT_EQ(closestName("session", names), "sessions");
  EXPECT_EQ(closestName("raed", names), "read");
  EXPECT_EQ(closestName("tr", names), "trace");
  EXPECT_EQ(closestName("frobnicate", names), "");
  EXPECT_EQ(closestName("", names), "");
  EXPECT_EQ(closestName(std::string(10000, 'x'), names), "");
}

TEST(Interrupt, FirstSignalSetsTheFlagSecondOneEnds) {
  EXPECT_FALSE(interrupted());
  EXPECT_EXIT(
      {
        catchInterrupts();
        std::raise(SIGINT);
        if (interrupted()) std::raise(SIGTERM);
      },
      ::testing::KilledBySignal(SIGTERM), "");
}

TEST(SafeText, KeepsLinesAndNothingThatATerminalObeys) {
  EXPECT_EQ(safeText("red\n\tblue \x1b[31m\r\x7f caf\xc3\xa9"), "red\n\tblue ?[31m?? caf\xc3\xa9");
  EXPECT_EQ(safeText(""), "");
}

}  // namespace
}  // namespace tidemark::cli

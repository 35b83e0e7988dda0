// A process that ends when it should.

#include "extract/page_process/page_process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "extract/page_process/page_worker.h"

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

/// Ends when the last process that has the other end does.
class LifeLine {
 public:
  LifeLine() { EXPECT_EQ(::pipe(m_ends), 0); }
  ~LifeLine() {
    ::close(m_ends[0]);
    releaseHere();
  }
  LifeLine(const LifeLine&) = delete;
  LifeLine& operator=(const LifeLine&) = delete;
  /// This process has it no more.
  void releaseHere() {
    if (m_ends[1] >= 0) ::close(m_ends[1]);
    m_ends[1] = -1;
  }
  [[nodiscard]] bool endsWithin(milliseconds time) const {
    pollfd watched{m_ends[0], POLLIN, 0};
    return ::poll(&watched, 1, static_cast<int>(time.count())) > 0;
  }

 private:
  int m_ends[2] = {-1, -1};
};

[[noreturn]] void hang() {
  for (;;) ::pause();
}

TEST(PageProcess, WaitsUntilItIsTold) {
  Result<PageProcess> process = PageProcess::prepare([](int socket) {
    endWhenClosed(socket);
    (void)!::write(socket, readyMessage(7).data(), readyMessage(7).size());
    hang();
  });
  ASSERT_TRUE(process.ok());
  const auto before = process->receive(milliseconds(50));
  ASSERT_TRUE(before.ok());
  EXPECT_FALSE(before->has_value());
  process->start();
  const auto after = process->receive(milliseconds(5000));
  ASSERT_TRUE(after.ok());
  ASSERT_TRUE(after->has_value());
  EXPECT_EQ((*after)->number, 7U);
  EXPECT_TRUE(process->ask({0, 1}));
}

TEST(PageProcess, OneThatWasNeverStartedEnds) {
  LifeLine line;
  {
    const Result<PageProcess> process = PageProcess::prepare([](int) { hang(); });
    ASSERT_TRUE(process.ok());
    line.releaseHere();
    EXPECT_FALSE(line.endsWithin(milliseconds(50)));
  }
  EXPECT_TRUE(line.endsWithin(milliseconds(2000)));
}

TEST(PageProcess, OneThatIsBusyEndsWhenItIsLetGo) {
  LifeLine line;
  Result<PageProcess> process = PageProcess::prepare([](int socket) {
    endWhenClosed(socket);
    (void)!::write(socket, readyMessage(7).data(), readyMessage(7).size());
    hang();
  });
  ASSERT_TRUE(process.ok());
  process->start();
  ASSERT_TRUE(process->receive(milliseconds(5000)).ok());
  line.releaseHere();
  EXPECT_FALSE(line.endsWithin(milliseconds(50)));
  process->end();
  EXPECT_TRUE(line.endsWithin(milliseconds(2000)));
  EXPECT_FALSE(process->receive(milliseconds(0)).ok());
}

TEST(PageProcess, EvenOneThatListensToNothingEndsWithItsParent) {
  for (const bool killed : {false, true}) {
    LifeLine line;
    const pid_t parent = ::fork();
    if (parent == 0) {
      Result<PageProcess> process = PageProcess::prepare([](int socket) {
        (void)!::write(socket, readyMessage(7).data(), readyMessage(7).size());
        hang();
      });
      if (!process) ::_exit(1);
      process->start();
      if (!process->receive(milliseconds(5000)).ok()) ::_exit(2);
      if (killed) ::kill(::getpid(), SIGKILL);
      ::_exit(0);
    }
    line.releaseHere();
    EXPECT_TRUE(line.endsWithin(milliseconds(5000)));
    int status = 0;
    EXPECT_EQ(::waitpid(parent, &status, 0), parent);
    EXPECT_EQ(WIFSIGNALED(status), killed);
  }
}

TEST(PageProcess, OneThatDiesOrThrowsIsNoticed) {
  for (const bool throws : {false, true}) {
    Result<PageProcess> process = PageProcess::prepare([throws](int) {
      if (throws) throw 1;
      ::abort();
    });
    ASSERT_TRUE(process.ok());
    process->start();
    EXPECT_FALSE(process->receive(milliseconds(5000)).ok());
    EXPECT_FALSE(process->ask({0, 1}));  // and no signal
  }
}

TEST(PageProcess, LeavesNothingBehindToWaitFor) {
  {
    Result<PageProcess> process = PageProcess::prepare([](int) {});
    ASSERT_TRUE(process.ok());
    process->start();
  }
  EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
}

}  // namespace
}  // namespace tidemark

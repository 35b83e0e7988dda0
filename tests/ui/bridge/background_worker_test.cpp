#include "ui/bridge/background_worker.h"

#include <gtest/gtest.h>

#include <QTest>
#include <QThread>
#include <atomic>
#include <memory>

namespace tidemark::ui {
namespace {

TEST(BackgroundWorker, RunsInOrderElsewhereAndComesBack) {
  BackgroundWorker worker;
  QObject receiver;
  std::vector<int> results;
  QThread* const here = QThread::currentThread();
  bool elsewhere = true;
  for (int i = 0; i < 10; ++i) {
    worker.run(
        &receiver, [i, here](const std::stop_token&) { return std::pair(i, QThread::currentThread() != here); },
        [&, here](const std::pair<int, bool>& result) {
          EXPECT_EQ(QThread::currentThread(), here);
          elsewhere = elsewhere && result.second;
          results.push_back(result.first);
        });
  }
  EXPECT_TRUE(QTest::qWaitFor([&] { return results.size() == 10; }));
  EXPECT_TRUE(elsewhere);
  EXPECT_TRUE(std::is_sorted(results.begin(), results.end()));
}

TEST(BackgroundWorker, AReceiverThatIsGoneHearsNothing) {
  BackgroundWorker worker;
  auto receiver = std::make_unique<QObject>();
  std::atomic<bool> ran{false};
  bool heard = false;
  worker.run(
      receiver.get(), [&](const std::stop_token&) { return ran = true; }, [&](bool) { heard = true; });
  receiver.reset();
  EXPECT_TRUE(QTest::qWaitFor([&] { return ran.load(); }));
  QTest::qWait(50);
  EXPECT_FALSE(heard);
}

TEST(BackgroundWorker, ItsEndStopsTheRunningJobAndDropsTheOthers) {
  std::atomic<int> started{0};
  QObject receiver;
  {
    BackgroundWorker worker;
    for (int i = 0; i < 5; ++i) {
      worker.run(
          &receiver,
          [&](const std::stop_token& stop) {
            ++started;
            while (!stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
            return 0;
          },
          [](int) {});
    }
    EXPECT_TRUE(QTest::qWaitFor([&] { return started.load() == 1; }));
  }
  EXPECT_EQ(started, 1);
}

}  // namespace
}  // namespace tidemark::ui

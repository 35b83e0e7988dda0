#include "ui/bridge/engine_bridge.h"

#include <gtest/gtest.h>

#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTest>
#include <thread>

#include "tests/ui/support/fake_engine.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngine;
using testing::FakeEngineLog;

class EngineBridgeTest : public ::testing::Test {
 protected:
  EngineBridgeTest() {
    m_bridge = std::make_unique<EngineBridge>([this](NoticeSink sink) {
      m_log->sink = std::move(sink);
      return std::make_unique<FakeEngine>(m_log);
    });
    m_bridge->open({"/a.tidemark", false, "/model", {}});
  }
  RunId startRead() {
    const auto run = m_bridge->read({});
    EXPECT_TRUE(run.ok());
    return *run;
  }
  static GroupFinished group(RunId run, std::int64_t index) {
    GroupFinished finished;
    finished.run = run;
    finished.index = index;
    return finished;
  }

  std::shared_ptr<FakeEngineLog> m_log = std::make_shared<FakeEngineLog>();
  std::unique_ptr<EngineBridge> m_bridge;
};

TEST_F(EngineBridgeTest, HandsManyGroupsOnTogetherAndInOrder) {
  const RunId run = startRead();
  std::vector<std::int64_t> seen;
  int calls = 0;
  QObject::connect(m_bridge.get(), &EngineBridge::groupsFinished, [&](std::span<const GroupFinished> groups) {
    ++calls;
    for (const GroupFinished& each : groups) seen.push_back(each.index);
  });
  std::thread engine([&] {
    for (int i = 0; i < 20'000; ++i) m_log->event(group(run, i));
  });
  EXPECT_TRUE(QTest::qWaitFor([&] { return seen.size() == 20'000; }));
  engine.join();
  for (std::size_t i = 0; i < seen.size(); ++i) ASSERT_EQ(seen[i], static_cast<std::int64_t>(i));
  EXPECT_LT(calls, 2'000);
}

TEST_F(EngineBridgeTest, WorkOnTheMemoryIsToldOnceAndNothingOfItComesBehindItsEnd) {
  const auto timeline = m_bridge->work(TimelineRequest{"Who?", 0, 8});
  const auto removal = m_bridge->work(RemoveTextRequest{{3, 9}});
  const auto pin = m_bridge->work(PinRequest{5});
  ASSERT_TRUE(timeline.ok() && removal.ok() && pin.ok());
  EXPECT_EQ(m_log->works.size(), 3u);
  QStringList told;
  QObject::connect(m_bridge.get(), &EngineBridge::timelineStarted,
                   [&](const TimelineStarted&) { told << QStringLiteral("started"); });
  QObject::connect(m_bridge.get(), &EngineBridge::timelineAdvanced,
                   [&](const TimelineAdvanced& each) { told << QString::fromStdString(each.point.answer); });
  QObject::connect(m_bridge.get(), &EngineBridge::timelineFinished,
                   [&](const TimelineFinished&) { told << QStringLiteral("done"); });
  QObject::connect(m_bridge.get(), &EngineBridge::textRemoved,
                   [&](const TextRemoved&) { told << QStringLiteral("removed"); });
  QObject::connect(m_bridge.get(), &EngineBridge::snapshotPinned,
                   [&](const SnapshotPinned&) { told << QStringLiteral("pinned"); });
  TimelineAdvanced advanced;
  advanced.run = *timeline;
  advanced.point.answer = "Mary";
  m_log->event(TimelineStarted{*timeline, 1, {4, 8}});
  m_log->event(advanced);
  m_log->event(TimelineFinished{*timeline, {}, 0, 0});
  m_log->event(advanced);  // behind its end
  TextRemoved removed;
  removed.run = *removal;
  m_log->event(removed);
  m_log->event(removed);
  m_log->event(SnapshotPinned{*pin, {}, 2});
  m_log->event(SnapshotPinned{RunId{77}, {}, 2});  // of nobody
  ASSERT_TRUE(QTest::qWaitFor([&] { return told.size() >= 5; }));
  QTest::qWait(2 * EngineBridge::kDrainMilliseconds);
  EXPECT_EQ(told, (QStringList{QStringLiteral("started"), QStringLiteral("Mary"), QStringLiteral("done"),
                               QStringLiteral("removed"), QStringLiteral("pinned")}));
}

TEST_F(EngineBridgeTest, IsDrainedAtMostAboutSixtyTimesASecond) {
  const RunId run = startRead();
  int calls = 0;
  QObject::connect(m_bridge.get(), &EngineBridge::groupsFinished, [&](std::span<const GroupFinished>) { ++calls; });
  std::atomic<bool> stop{false};
  std::thread engine([&] {
    for (int i = 0; !stop; ++i) {
      m_log->event(group(run, i));
      std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
  });
  QElapsedTimer timer;
  timer.start();
  QTest::qWait(500);
  stop = true;
  engine.join();
  EXPECT_GT(calls, 2);
  EXPECT_LE(calls, timer.elapsed() / EngineBridge::kDrainMilliseconds + 3);
}

TEST_F(EngineBridgeTest, JoinsTextAndKeepsItBeforeTheEndOfTheAnswer) {
  const RunId run = *m_bridge->ask({});
  QStringList order;
  QObject::connect(m_bridge.get(), &EngineBridge::answerGrew, [&](RunId, const QString& text) { order << text; });
  QObject::connect(m_bridge.get(), &EngineBridge::answerFinished,
                   [&](const AnswerFinished&) { order << QStringLiteral("."); });
  m_log->event(AnswerDelta{run, "Gen"});
  m_log->event(AnswerDelta{run, "eva"});
  m_log->event(AnswerFinished{run, {}, 0});
  EXPECT_TRUE(QTest::qWaitFor([&] { return order.size() == 2; }));
  EXPECT_EQ(order, (QStringList{QStringLiteral("Geneva"), QStringLiteral(".")}));
}

TEST_F(EngineBridgeTest, DropsWhatBelongsToAnotherSessionOrToARunThatIsOver) {
  const RunId run = startRead();
  int groups = 0;
  int finished = 0;
  QObject::connect(m_bridge.get(), &EngineBridge::groupsFinished,
                   [&](std::span<const GroupFinished> all) { groups += static_cast<int>(all.size()); });
  QObject::connect(m_bridge.get(), &EngineBridge::readFinished, [&](const ReadFinished&) { ++finished; });
  m_log->event(group(RunId{999}, 0));                           // never started
  m_log->sink(EngineNotice{SessionToken{777}, group(run, 0)});  // another session
  m_log->event(group(run, 0));
  ReadFinished end;
  end.run = run;
  m_log->event(end);
  m_log->event(group(run, 1));  // after its end
  m_log->event(end);
  QTest::qWait(100);
  EXPECT_EQ(groups, 1);
  EXPECT_EQ(finished, 1);

  const RunId old = startRead();
  m_log->event(group(old, 0));
  m_bridge->open({"/b.tidemark", false, "/model", {}});  // what is in the mailbox is stale now
  QTest::qWait(100);
  EXPECT_EQ(groups, 1);
}

TEST_F(EngineBridgeTest, NothingArrivesAfterItIsGone) {
  const RunId run = startRead();
  m_log->event(group(run, 0));
  m_bridge.reset();
  m_log->event(group(run, 1));  // a thread that is late
  QTest::qWait(50);
}

}  // namespace
}  // namespace tidemark::ui

// What is done with the memory of a session beside reading and asking, as the controller sees it.

#include <gmock/gmock.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/support/fake_engine.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngineLog;

class SessionMemoryTest : public ::testing::Test {
 protected:
  SessionMemoryTest() : m_bridge(testing::makerOf(m_log)), m_controller(m_bridge, m_loader) {
    m_choice.modelDirectory = "/model";
    m_controller.setChoice(m_choice);
    QObject::connect(&m_controller, &SessionController::failed,
                     [this](const QString& sentence, bool) { m_failures << sentence; });
  }

  /// A session of 10 segments, all read; its file is not there, so no text comes.
  void open(const char* path = "/books/whale.tidemark") {
    m_controller.openSession(QString::fromLatin1(path));
    show(path);
    m_log->sink(SessionReady{m_log->token(), {}, 0.01});
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().state == ReadingState::kFinished; }));
    QTest::qWait(50);  // the text that cannot be loaded
    m_failures.clear();
  }
  void show(const char* path) {
    SessionShown shown{m_log->token(), path, {}, {}, {}};
    shown.overview.size = {10, 100, 100, true, 3};
    for (std::uint64_t i = 0; i < 10; ++i) shown.segments.push_back({i * 10, i * 10 + 10});
    m_log->sink(shown);
  }
  template <typename T>
  const T* lastWork() const {
    return m_log->works.empty() ? nullptr : std::get_if<T>(&m_log->works.back());
  }
  bool isFree() {
    return QTest::qWaitFor([this] { return m_controller.facts().work == MemoryWork::kNone; });
  }

  std::shared_ptr<FakeEngineLog> m_log = std::make_shared<FakeEngineLog>();
  TextLoader m_loader;
  EngineBridge m_bridge;
  SessionController m_controller;
  EngineChoice m_choice;
  QStringList m_failures;
};

TEST_F(SessionMemoryTest, TextThatIsGoneMakesTheSessionOpenAnewAndReadWhatStoodBehindIt) {
  open();
  m_controller.removeText({20, 40});
  ASSERT_NE(lastWork<RemoveTextRequest>(), nullptr);
  EXPECT_EQ(lastWork<RemoveTextRequest>()->bytes, (ByteRange{20, 40}));
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kRemoving);
  TextRemoved removed;
  removed.run = m_log->run();
  removed.characters = 20;
  const QSignalSpy told(&m_controller, &SessionController::textRemoved);
  m_log->event(removed);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_log->opened.size() == 2; }));
  EXPECT_EQ(told.size(), 1);
  EXPECT_EQ(m_log->opened[1].session, "/books/whale.tidemark");
  EXPECT_FALSE(m_log->opened[1].fork);
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kNone);
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_log->reads.size() == 1; }));
}

TEST_F(SessionMemoryTest, AReadThatWasStoppedStaysStoppedWhenTextGoesOut) {
  m_controller.openSession(QStringLiteral("/books/whale.tidemark"));
  SessionShown shown{m_log->token(), "/books/whale.tidemark", {}, {}, {}};
  shown.overview.size = {5, 100, 50, false, {}};
  for (std::uint64_t i = 0; i < 5; ++i) shown.segments.push_back({i * 10, i * 10 + 10});
  m_log->sink(shown);
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().state == ReadingState::kIncomplete; }));
  m_controller.removeText({20, 40});
  TextRemoved removed;
  removed.run = m_log->run();
  m_log->event(removed);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_log->opened.size() == 2; }));
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  QTest::qWait(50);
  EXPECT_TRUE(m_log->reads.empty());
}

TEST_F(SessionMemoryTest, ARewindLeavesNothingToRead) {
  open();
  m_controller.removeText({40, 100});
  TextRemoved removed;
  removed.run = m_log->run();
  removed.readFinished = true;
  m_log->event(removed);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_log->opened.size() == 2; }));
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  QTest::qWait(50);
  EXPECT_TRUE(m_log->reads.empty());
}

TEST_F(SessionMemoryTest, NothingIsTakenOutWhileItIsReadAnsweredOrWorkedOn) {
  m_controller.removeText({0, 5});  // without a session
  EXPECT_EQ(m_failures.size(), 1);
  open();
  ASSERT_TRUE(m_controller.ask(QStringLiteral("Who?"), std::nullopt));
  m_controller.removeText({0, 5});
  m_controller.openFork(QStringLiteral("fork"), {0, 5});
  EXPECT_EQ(m_failures.size(), 2);
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_controller.whyMemoryIsFixed().isEmpty(); }));
  m_controller.pin(4);
  m_controller.removeText({0, 5});
  m_controller.askAlong(QStringLiteral("Who?"));  // one at a time
  EXPECT_EQ(m_failures.size(), 4);
  EXPECT_EQ(m_log->works.size(), 1u);
  EXPECT_EQ(m_log->opened.size(), 1u);
}

TEST_F(SessionMemoryTest, AnEngineThatRefusesLeavesTheMemoryFree) {
  open();
  m_log->refuses = true;
  m_controller.pin(4);
  EXPECT_EQ(m_failures.size(), 1);
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kNone);
  m_log->refuses = false;
  m_controller.pin(4);
  m_log->event(RunFailed{m_log->run(), makeError(ErrorCode::kIo, "the disk is full; make room")});
  ASSERT_TRUE(isFree());
  EXPECT_EQ(m_failures.back(), QStringLiteral("the disk is full; make room"));
  EXPECT_EQ(m_controller.facts().state, ReadingState::kFinished);  // the text is what it was
}

TEST_F(SessionMemoryTest, APinnedPlaceIsASnapshotMore) {
  open();
  const std::size_t before = m_controller.facts().snapshots;
  const QSignalSpy pinned(&m_controller, &SessionController::snapshotPinned);
  m_controller.pin(4);
  ASSERT_NE(lastWork<PinRequest>(), nullptr);
  EXPECT_EQ(lastWork<PinRequest>()->segment, 4);
  SnapshotPinned event{m_log->run(), {}, 3};
  event.snapshot.segment = 4;
  m_log->event(event);
  ASSERT_TRUE(isFree());
  ASSERT_EQ(pinned.size(), 1);
  EXPECT_EQ(pinned[0][0].toLongLong(), 4);
  EXPECT_EQ(m_controller.facts().snapshots, before + 1);
}

TEST_F(SessionMemoryTest, AForkIsOpenedUnderTheNameThatWasFree) {
  open();
  const QSignalSpy left(&m_controller, &SessionController::sessionLeft);
  m_controller.openFork(QStringLiteral("whale as of p. 1/2"), {40, 100});
  EXPECT_EQ(left.size(), 1);
  ASSERT_EQ(m_log->opened.size(), 2u);
  const OpenSessionRequest& request = m_log->opened[1];
  EXPECT_EQ(request.session, "/books/whale as of p. 1-2.tidemark");
  ASSERT_TRUE(request.fork);
  EXPECT_EQ(request.fork->session, "/books/whale.tidemark");
  EXPECT_EQ(request.fork->removed, (ByteRange{40, 100}));
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kForking);
  show("/books/whale as of p. 1-2 (2).tidemark");
  ASSERT_TRUE(isFree());
  EXPECT_EQ(m_controller.facts().path, QStringLiteral("/books/whale as of p. 1-2 (2).tidemark"));
  EXPECT_EQ(m_controller.facts().name, QStringLiteral("whale as of p. 1-2 (2)"));
}

TEST_F(SessionMemoryTest, AForkThatFailsOrIsStoppedBringsItsParentBack) {
  open();
  m_controller.openFork(QStringLiteral("fork"), {40, 100});
  m_log->sink(SessionUnavailable{m_log->token(), false, makeError(ErrorCode::kIo, "the disk is full; make room")});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_log->opened.size() == 3; }));
  EXPECT_EQ(m_log->opened[2].session, "/books/whale.tidemark");
  EXPECT_FALSE(m_log->opened[2].fork);
  EXPECT_EQ(m_failures, QStringList{QStringLiteral("the disk is full; make room")});
  show("/books/whale.tidemark");
  m_log->sink(SessionReady{m_log->token(), {}, 0.01});
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().state == ReadingState::kFinished; }));
  m_controller.openFork(QStringLiteral("fork"), {40, 100});
  m_controller.cancelWork();
  ASSERT_EQ(m_log->opened.size(), 5u);
  EXPECT_EQ(m_log->opened[4].session, "/books/whale.tidemark");
  EXPECT_EQ(m_controller.facts().path, QStringLiteral("/books/whale.tidemark"));
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kNone);
}

TEST_F(SessionMemoryTest, ATimelineIsToldPlaceByPlaceAndCanBeStopped) {
  open();
  std::vector<std::string> answers;
  std::vector<qint64> places;
  std::optional<QuestionState> ended;
  QObject::connect(&m_controller, &SessionController::timelineStarted,
                   [&](qint64 id, const QString& question, const std::vector<qint64>& segments) {
                     EXPECT_EQ(id, 7);
                     EXPECT_EQ(question, QStringLiteral("Who?"));
                     places = segments;
                   });
  QObject::connect(&m_controller, &SessionController::timelineAdvanced,
                   [&](qint64, const TimelinePoint& point) { answers.push_back(point.answer); });
  QObject::connect(&m_controller, &SessionController::timelineEnded,
                   [&](qint64, QuestionState state) { ended = state; });
  m_controller.askAlong(QStringLiteral("Who?"));
  ASSERT_NE(lastWork<TimelineRequest>(), nullptr);
  EXPECT_EQ(lastWork<TimelineRequest>()->every, 1);  // so little was read that every segment can be asked
  m_log->event(TimelineStarted{m_log->run(), 7, {2, 5, 9}});
  TimelineAdvanced advanced;
  advanced.run = m_log->run();
  advanced.point.answer = "Mary";
  m_log->event(advanced);
  ASSERT_TRUE(QTest::qWaitFor([&] { return !answers.empty(); }));
  EXPECT_EQ(places, (std::vector<qint64>{2, 5, 9}));
  m_controller.cancelWork();
  EXPECT_EQ(m_log->commands.back(), "cancel 1");
  EXPECT_FALSE(ended);  // not before the engine says so
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(isFree());
  EXPECT_EQ(ended, QuestionState::kCancelled);
}

TEST_F(SessionMemoryTest, NothingOfATimelineReachesTheNextSession) {
  open();
  m_controller.askAlong(QStringLiteral("Who?"));
  const RunId run = m_log->run();
  m_log->event(TimelineStarted{run, 7, {2, 5, 9}});
  open("/books/other.tidemark");
  EXPECT_EQ(m_controller.facts().work, MemoryWork::kNone);
  const QSignalSpy told(&m_controller, &SessionController::timelineAdvanced);
  TimelineAdvanced advanced;
  advanced.run = run;
  m_log->event(advanced);
  QTest::qWait(50);
  EXPECT_EQ(told.size(), 0);
}

}  // namespace
}  // namespace tidemark::ui

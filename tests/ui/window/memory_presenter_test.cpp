// What people are told before text goes out of a session, and what the panels ask the engine for.

#include "ui/window/memory_presenter.h"

#include <gtest/gtest.h>

#include <QAction>
#include <QMenu>
#include <QTest>

#include "tests/ui/window/controlled_panels.h"
#include "ui/document/document_view.h"
#include "ui/document/margin_strip.h"
#include "ui/timeline/timeline_view.h"

namespace tidemark::ui {
namespace {

class MemoryPresenterTest : public ControlledPanels {
 protected:
  MemoryPresenterTest() {
    QObject::connect(&m_controller, &SessionController::textReady, &m_document, &DocumentPanel::appendPiece);
    QObject::connect(&m_presenter, &MemoryPresenter::timelineWanted, [this] { ++m_timelineWanted; });
  }

  /// 100 bytes in two documents, with a heading in the first, ten segments.
  void open(bool textIsLeftOut = false) {
    m_controller.openSession(QStringLiteral("/books/whale.tidemark"));
    SessionShown shown{m_log->token(), "/books/whale.tidemark", {}, {}, {}};
    shown.overview.size = {10, 100, 100, true, 3};
    shown.overview.textIsLeftOut = textIsLeftOut;
    shown.overview.documents.resize(2);
    shown.overview.documents[0].id = 1;
    shown.overview.documents[0].title = "The Whale";
    shown.overview.documents[0].bytes = {0, 60};
    shown.overview.documents[1].id = 2;
    shown.overview.documents[1].title = "Notes";
    shown.overview.documents[1].bytes = {60, 100};
    TimelineRecord stored;
    stored.id = 3;
    stored.question = "Where is Mary?";
    stored.state = QuestionState::kDone;
    stored.points = {{4, "garden", {1}, -0.1}, {9, "office", {2}, -0.1}};
    shown.overview.timelines = {stored};
    for (std::uint64_t i = 0; i < 10; ++i) shown.segments.push_back({i * 10, i * 10 + 10});
    m_log->sink(shown);
    m_log->sink(SessionReady{m_log->token(), {}, 0.01});
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().state == ReadingState::kFinished; }));
  }
  void chooseAction(std::size_t index) {
    ASSERT_NE(m_messages.currentMessage(), nullptr);
    ASSERT_GT(m_messages.currentMessage()->actions.size(), index);
    m_messages.currentMessage()->actions[index].run();
  }
  [[nodiscard]] QString said() const {
    return m_messages.currentMessage() == nullptr ? QString() : m_messages.currentMessage()->text;
  }

  MemoryPresenter m_presenter{m_controller, memoryPanels()};
  int m_timelineWanted = 0;
};

TEST_F(MemoryPresenterTest, ARewindSaysWhatGoesAndHappensOnlyOnceItIsChosen) {
  open();
  Q_EMIT m_document.rewindRequested(3);
  EXPECT_TRUE(said().contains(QStringLiteral("60 bytes, 60 % of the text"))) << said().toStdString();
  EXPECT_TRUE(m_log->works.empty());
  ASSERT_NO_FATAL_FAILURE(chooseAction(1));
  ASSERT_EQ(m_log->works.size(), 1u);
  EXPECT_EQ(std::get<RemoveTextRequest>(m_log->works[0]).bytes, (ByteRange{40, 100}));
}

TEST_F(MemoryPresenterTest, AForkIsTheFirstThingThatARewindOffers) {
  open();
  Q_EMIT m_wavefront.rewindRequested(3);
  ASSERT_NO_FATAL_FAILURE(chooseAction(0));
  EXPECT_TRUE(m_log->works.empty());
  ASSERT_EQ(m_log->opened.size(), 2u);
  ASSERT_TRUE(m_log->opened[1].fork);
  EXPECT_EQ(m_log->opened[1].fork->removed, (ByteRange{40, 100}));
  EXPECT_EQ(m_log->opened[1].session, "/books/whale as of segment 3.tidemark");
}

TEST_F(MemoryPresenterTest, BehindTheLastSegmentThereIsNothingToTakeOut) {
  open();
  Q_EMIT m_document.rewindRequested(9);
  EXPECT_EQ(said(), QStringLiteral("There is no text behind this place."));
  Q_EMIT m_document.forkRequested(9);
  Q_EMIT m_document.forkRequested(77);
  EXPECT_EQ(m_log->opened.size(), 1u);
}

TEST_F(MemoryPresenterTest, ADocumentAndASelectionAreUndoneByNameAndAllTextIsNot) {
  open();
  Q_EMIT m_sidebar.documentRemovalRequested(2);
  EXPECT_TRUE(said().contains(QStringLiteral("“Notes”"))) << said().toStdString();
  ASSERT_NO_FATAL_FAILURE(chooseAction(1));
  EXPECT_EQ(std::get<RemoveTextRequest>(m_log->works.back()).bytes, (ByteRange{60, 100}));
  m_log->event(RunCancelled{m_log->run()});
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_controller.whyMemoryIsFixed().isEmpty(); }));
  Q_EMIT m_document.removalRequested({15, 25});
  EXPECT_TRUE(said().contains(QStringLiteral("the selection"))) << said().toStdString();
  Q_EMIT m_document.removalRequested({0, 1'000});
  EXPECT_TRUE(said().contains(QStringLiteral("all the text"))) << said().toStdString();
  // Without headings a chapter is its document.
  Q_EMIT m_sidebar.chapterRemovalRequested(70);
  EXPECT_TRUE(said().contains(QStringLiteral("“Notes”"))) << said().toStdString();
}

TEST_F(MemoryPresenterTest, AnOfferDoesNotOutliveItsSession) {
  open();
  Q_EMIT m_document.rewindRequested(3);
  const QString offer = said();
  m_controller.openSession(QStringLiteral("/books/other.tidemark"));
  EXPECT_NE(said(), offer);
}

TEST_F(MemoryPresenterTest, WorkThatTakesLongIsSaidAndCanBeStopped) {
  open();
  Q_EMIT m_document.pinRequested(4);
  ASSERT_TRUE(QTest::qWaitFor([&] { return said().contains(QStringLiteral("being read again")); }));
  ASSERT_NO_FATAL_FAILURE(chooseAction(0));
  EXPECT_EQ(m_log->commands.back(), "cancel 1");
  m_log->event(RunCancelled{m_log->run()});
  EXPECT_TRUE(QTest::qWaitFor([&] { return !said().contains(QStringLiteral("being read again")); }));
}

TEST_F(MemoryPresenterTest, AQuestionAlongTheDocumentFillsItsPanel) {
  open();
  ASSERT_EQ(m_timeline.timelines().size(), 1u);  // stored
  EXPECT_EQ(m_timeline.view().timeline().answers.size(), 2u);
  Q_EMIT m_questions.askAlongRequested(QStringLiteral("Who?"));
  ASSERT_EQ(m_log->works.size(), 1u);
  m_log->event(TimelineStarted{m_log->run(), 4, {4, 9}});
  TimelineAdvanced advanced;
  advanced.run = m_log->run();
  advanced.point.segment = 4;
  advanced.point.answer = "Mary";
  m_log->event(advanced);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_timeline.view().timeline().answers.size() == 1; }));
  EXPECT_EQ(m_timelineWanted, 1);
  EXPECT_EQ(m_timeline.view().timeline().question, QStringLiteral("Who?"));
  Q_EMIT m_timeline.stopRequested();
  EXPECT_EQ(m_log->commands.back(), "cancel 1");
  m_log->event(RunCancelled{m_log->run()});
  EXPECT_TRUE(QTest::qWaitFor([&] { return m_timeline.view().timeline().state == QuestionState::kCancelled; }));
  EXPECT_EQ(m_timeline.timelines().size(), 2u);
}

TEST_F(MemoryPresenterTest, WhereAnAnswerChangesIsMarkedBesideTheTextWhileItsTimelineIsSeen) {
  open();
  const auto spoken = [this] { return m_document.strip().accessibleDescription(); };
  const QString change = QStringLiteral("The answer changes: “garden” as of segment 4, “office” as of segment 9");
  EXPECT_FALSE(spoken().contains(change));
  m_timeline.show();
  EXPECT_TRUE(spoken().contains(change)) << spoken().toStdString();
  m_timeline.hide();
  EXPECT_FALSE(spoken().contains(change));
  m_timeline.show();
  m_controller.closeSession();
  EXPECT_FALSE(spoken().contains(change));
}

TEST_F(MemoryPresenterTest, MenusOfTheTextOfferItOnceTheMemoryIsThere) {
  const auto offers = [this](const char* text) {
    const auto menu = m_document.view().makeContextMenu(0);
    for (const QAction* each : menu->actions()) {
      if (each->text().contains(QLatin1String(text))) return each->isEnabled();
    }
    ADD_FAILURE() << "no " << text;
    return false;
  };
  auto piece = std::make_shared<TextPiece>();
  piece->bytes = std::string(100, 'a');
  m_document.beginDocument(100);
  m_document.appendPiece(piece);
  m_document.setSegments(std::make_shared<const std::vector<ByteRange>>(std::vector<ByteRange>{{0, 100}}));
  for (const char* each : {"Fork", "wind to here", "Pin"}) EXPECT_FALSE(offers(each));
  open();
  for (const char* each : {"Fork", "wind to here", "Pin"}) EXPECT_TRUE(offers(each));
  EXPECT_FALSE(offers("Undo reading"));  // nothing is selected
  m_document.view().select({3, 9});
  EXPECT_TRUE(offers("Undo reading"));
  open(true);
  for (const char* each : {"Fork", "wind to here", "Pin", "Undo reading"}) EXPECT_FALSE(offers(each));
}

}  // namespace
}  // namespace tidemark::ui

// Timelines in the file: kept, checked, cancelled with their program, and unknown to older formats.

#include <gmock/gmock.h>

#include "engine/session/schema.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SessionTimelinesTest : public SessionTest {
 protected:
  static TimelinePoint pointAt(std::int64_t segment, const std::string& answer) {
    return {segment, answer, {static_cast<TokenId>(answer.size()), 2}, -0.5};
  }
  void change(const std::string& sql) const {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->execute(sql, "change").ok()) << sql;
  }
};

TEST_F(SessionTimelinesTest, AreKeptWithTheirPoints) {
  const std::vector<TimelinePoint> points = {pointAt(3, "kitchen"), pointAt(7, "kitchen"), pointAt(9, "hall")};
  {
    SessionStore store = create();
    auto timeline = store.beginTimeline("Where is Sandra?");
    ASSERT_TRUE(timeline.ok());
    EXPECT_EQ(timeline->state, QuestionState::kRunning);
    for (const TimelinePoint& each : points) ASSERT_TRUE(store.addTimelinePoint(timeline->id, each).ok());
    EXPECT_FALSE(store.addTimelinePoint(timeline->id, points.front()).ok());  // a place is asked once
    timeline->state = QuestionState::kDone;
    ASSERT_TRUE(store.finishTimeline(*timeline).ok());
    ASSERT_TRUE(store.beginTimeline("Where is John?").ok());
  }
  const SessionStore store = open();  // the program died during the second one
  const auto timelines = store.timelines();
  ASSERT_TRUE(timelines.ok());
  ASSERT_EQ(timelines->size(), 2u);
  EXPECT_EQ(timelines->front().question, "Where is Sandra?");
  EXPECT_EQ(timelines->front().state, QuestionState::kDone);
  EXPECT_EQ(timelines->front().points, points);
  EXPECT_THAT(changePoints(timelines->front()), ElementsAre(2u));
  EXPECT_EQ(timelines->back().state, QuestionState::kCancelled);
  EXPECT_THAT(timelines->back().points, IsEmpty());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionTimelinesTest, ChangedOnesAreRefused) {
  for (const char* forged :
       {"UPDATE timelines SET question = 'Who?'", "UPDATE timelines SET state = 3", "UPDATE timelines SET id = 5",
        "UPDATE timeline_points SET answer = 'garden'", "UPDATE timeline_points SET segment = 4",
        "UPDATE timeline_points SET log_probability = 0", "UPDATE timeline_points SET tokens = zeroblob(3)"}) {
    std::filesystem::remove(m_path);
    {
      SessionStore store = create();
      const auto timeline = store.beginTimeline("Where?");
      const bool isPoint = std::string(forged).find("points") != std::string::npos;
      if (isPoint) {
        ASSERT_TRUE(store.addTimelinePoint(timeline->id, pointAt(3, "kitchen")).ok());
      }
    }
    change(forged);
    const SessionStore store = open(SessionAccess::kRead);
    const auto timelines = store.timelines();
    ASSERT_FALSE(timelines.ok()) << forged;
    EXPECT_EQ(timelines.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(timelines.error().message, HasSubstr("timeline number"));
    EXPECT_FALSE(problemsOf(store).empty());
  }
}

TEST_F(SessionTimelinesTest, AFileOfFormat4KeepsItsTracesAndGetsThem) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(400)).ok());
    ASSERT_TRUE(storeSegment(store, 0, true).ok());
    const std::vector<TraceRecord> traces = {{0, {std::byte{1}, std::byte{2}}}};
    ASSERT_TRUE(store.storeTraces(traces).ok());
  }
  change(
      "DROP TABLE timeline_points; DROP TABLE timelines; ALTER TABLE questions DROP COLUMN no_evidence; "
      "PRAGMA user_version = 4");
  {
    const SessionStore store = open(SessionAccess::kRead);
    EXPECT_THAT(*store.timelines(), IsEmpty());
    EXPECT_EQ(store.traces(0, 1)->size(), 1u);
    EXPECT_THAT(problemsOf(store), IsEmpty());
  }
  SessionStore store = open();
  EXPECT_TRUE(std::filesystem::exists(m_folder / "s.tidemark.v4.bak"));
  EXPECT_EQ(store.traces(0, 1)->size(), 1u);
  EXPECT_TRUE(store.beginTimeline("Where?").ok());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

}  // namespace
}  // namespace tidemark

// Memory traces and evidence in the file: kept, checked, and gone with what they belong to.

#include <gmock/gmock.h>

#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SessionTracesTest : public SessionTest {
 protected:
  static TraceRecord trace(std::int64_t segment, int seed = 0) {
    TraceRecord record{segment, {}};
    for (int i = 0; i < 100; ++i) record.packed.push_back(static_cast<std::byte>((i * 7 + seed) % 256));
    return record;
  }
  static EvidenceRecord evidence(std::int64_t segment) {
    return {segment, 0.25 + static_cast<double>(segment), 7.5, 3, {10, 34}, "Mary was born in Geneva."};
  }
  void change(const std::string& sql) const {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->execute(sql, "change").ok());
    ASSERT_EQ(database->changes(), 1) << sql;
  }
};

TEST_F(SessionTracesTest, ComeWithProgressOrLaterAndGoWithTheirSegments) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "a", sampleText(400)).ok());
  const std::vector<SegmentRecord> segments = {smallSegment(0), smallSegment(1)};
  const std::vector<TraceRecord> both = {trace(0), trace(1)};
  ASSERT_TRUE(store.storeProgress({segments, {}, nullptr, "", both}).ok());
  ASSERT_TRUE(storeSegment(store, 2, false).ok());
  ASSERT_TRUE(storeSegment(store, 3, true).ok());
  EXPECT_THAT(*store.segmentsWithoutTrace(4), ElementsAre(2, 3));
  EXPECT_THAT(*store.segmentsWithoutTrace(3), ElementsAre(2));
  const std::vector<TraceRecord> later = {trace(3, 9), trace(1, 5)};
  ASSERT_TRUE(store.storeTraces(later).ok());
  const auto kept = store.traces(1, 4);
  ASSERT_TRUE(kept.ok());
  ASSERT_EQ(kept->size(), 2u);
  EXPECT_EQ((*kept)[0].segment, 1);
  EXPECT_EQ((*kept)[0].packed, trace(1, 5).packed);
  EXPECT_EQ((*kept)[1].packed, trace(3, 9).packed);
  EXPECT_THAT(store.verify()->problems, IsEmpty());

  ASSERT_TRUE(storeSegment(store, 1, false, 4).ok());  // another read from segment 1 on
  EXPECT_EQ(store.traces(0, 10)->size(), 1u);
  EXPECT_THAT(*store.segmentsWithoutTrace(10), ElementsAre(1));
  // A trace of a segment that is not there has nothing to belong to.
  const std::vector<TraceRecord> stray = {trace(0, 3), trace(8)};
  EXPECT_FALSE(store.storeTraces(stray).ok());
  EXPECT_EQ(store.traces(0, 10)->front().packed, trace(0).packed);
}

TEST_F(SessionTracesTest, ChangedOrMovedTracesAreRefused) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(400)).ok());
    for (std::int64_t segment = 0; segment < 3; ++segment) ASSERT_TRUE(storeSegment(store, segment, false).ok());
    const std::vector<TraceRecord> two = {trace(0), trace(1)};
    ASSERT_TRUE(store.storeTraces(two).ok());
  }
  change("UPDATE traces SET payload = zeroblob(100) WHERE segment = 0");
  change("UPDATE traces SET segment = 2 WHERE segment = 1");
  const SessionStore store = open(SessionAccess::kRead);
  EXPECT_EQ(store.traces(0, 1).error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(store.traces(2, 3).error().message, HasSubstr("memory trace of segment 2"));
  EXPECT_THAT(store.verify()->problems, ::testing::Contains(HasSubstr("memory trace of segment 0")));
}

TEST_F(SessionTracesTest, EvidenceComesBackWithItsQuestion) {
  SessionStore store = create();
  QuestionRecord question;
  question.question = "Where was Mary born?";
  question.asOfSegment = 4;
  question.id = *store.beginQuestion(question);
  question.answer = "Geneva";
  question.state = QuestionState::kDone;
  question.evidence = {evidence(2), evidence(0)};
  ASSERT_TRUE(store.updateQuestion(question).ok());
  ASSERT_EQ(store.questions()->size(), 1u);
  EXPECT_EQ(store.questions()->front().evidence, question.evidence);
  question.evidence = {evidence(1)};
  ASSERT_TRUE(store.updateQuestion(question).ok());
  EXPECT_EQ(store.questions()->front().evidence, question.evidence);
  question.evidence.front().share = std::numeric_limits<double>::quiet_NaN();
  EXPECT_FALSE(store.updateQuestion(question).ok());
  EXPECT_EQ(store.questions()->front().evidence, std::vector{evidence(1)});
}

TEST_F(SessionTracesTest, ChangedEvidenceIsRefused) {
  for (const char* forged : {"share = 0.9", "segment = 7", "quote = 'Mary was born in Rome.'", "byte_end = 35",
                             "page = 4", "log_drop = 1", "rank = 1"}) {
    std::filesystem::remove(m_path);
    {
      SessionStore store = create();
      QuestionRecord question;
      question.question = "Where?";
      question.id = *store.beginQuestion(question);
      question.evidence = {evidence(2)};
      ASSERT_TRUE(store.updateQuestion(question).ok());
    }
    change("UPDATE evidence SET " + std::string(forged));
    const SessionStore store = open(SessionAccess::kRead);
    const auto questions = store.questions();
    ASSERT_FALSE(questions.ok()) << forged;
    EXPECT_EQ(questions.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(questions.error().message, HasSubstr("evidence of question number 1"));
    EXPECT_FALSE(store.verify()->problems.empty());
  }
}

}  // namespace
}  // namespace tidemark

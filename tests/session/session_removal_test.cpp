// What the file holds of text that is taken out: nothing, and everything else stays or moves.

#include <gmock/gmock.h>

#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class SessionRemovalTest : public SessionTest {
 protected:
  /// Three documents of 200 bytes, ten segments of 20 bytes in each, each with a trace.
  SessionStore readSession() {
    SessionStore store = create();
    for (const char* title : {"a", "b", "c"}) EXPECT_TRUE(storeDocument(store, title, sampleText(200)).ok());
    std::vector<TraceRecord> traces;
    for (std::int64_t segment = 0; segment < 30; ++segment) {
      EXPECT_TRUE(storeSegment(store, segment, segment % 5 == 4).ok());
      traces.push_back({segment, {static_cast<std::byte>(segment)}});
    }
    EXPECT_TRUE(store.storeTraces(traces).ok());
    return store;
  }
  static std::string textOf(const SessionStore& store) {
    std::string text(1000, '\0');
    text.resize(*store.readText(0, text));
    return text;
  }
  static EvidenceRecord evidenceAt(std::int64_t segment) {
    const auto begin = static_cast<std::uint64_t>(segment) * 20;
    return {segment, 0.5, 1, 0, {begin, begin + 10}, "quote " + std::to_string(segment)};
  }
};

TEST_F(SessionRemovalTest, WhatWasKeptOfTheSegmentsThatStayStays) {
  SessionStore store = readSession();
  QuestionRecord question;
  question.question = "Where?";
  question.asOfSegment = 29;
  question.id = *store.beginQuestion(question);
  question.state = QuestionState::kDone;
  question.evidence = {evidenceAt(3), evidenceAt(10), evidenceAt(14), evidenceAt(25)};
  ASSERT_TRUE(store.updateQuestion(question).ok());
  question.evidence.clear();
  question.id = *store.beginQuestion(question);
  ASSERT_TRUE(store.updateQuestion(question).ok());
  question.id = *store.beginQuestion(question);
  question.evidence = {evidenceAt(12)};
  ASSERT_TRUE(store.updateQuestion(question).ok());
  const auto timeline = store.beginTimeline("Where?");
  for (const std::int64_t segment : {4, 11, 12, 29}) {
    ASSERT_TRUE(store.addTimelinePoint(timeline->id, {segment, "there", {5}, -1}).ok());
  }
  const std::string text = textOf(store);
  const SnapshotRecord snapshot = smallSnapshot(11, 7);

  TextRemoval removal;
  removal.bytes = {260, 400};  // the end of the second document
  DocumentContents contents;
  removal.shortened = {{2, 60, contents}};
  removal.keptSegments = 12;  // of which one lies before the cut and is another one now
  removal.snapshot = &snapshot;
  ASSERT_TRUE(store.removeText(removal).ok());

  EXPECT_EQ(textOf(store), text.substr(0, 260) + text.substr(400));
  EXPECT_EQ(*store.segmentCount(), 12);
  const auto traces = store.traces(0, 100);
  ASSERT_EQ(traces->size(), 12u);
  for (std::size_t i = 0; i < 12; ++i) EXPECT_THAT((*traces)[i].packed, ElementsAre(static_cast<std::byte>(i)));
  EXPECT_THAT(*store.segmentsWithoutTrace(100), IsEmpty());
  const auto questions = store.questions();
  EXPECT_THAT(questions->front().evidence, ElementsAre(evidenceAt(3), evidenceAt(10)));
  EXPECT_THAT(questions->front().noEvidence, IsEmpty());
  EXPECT_THAT(questions->back().evidence, IsEmpty());
  EXPECT_THAT(questions->back().noEvidence, HasSubstr("was changed where it came from"));
  EXPECT_THAT(questions->at(1).noEvidence, IsEmpty()) << "it never had any";
  const auto points = store.timelines()->front().points;
  ASSERT_EQ(points.size(), 2u);
  EXPECT_EQ(points.back().segment, 11);
  expectEqual(*store.loadSnapshot((*store.newestSnapshot())->id), snapshot);
  EXPECT_THAT(problemsOf(store), IsEmpty());
  // What is read there next has no trace until somebody keeps one.
  ASSERT_TRUE(storeSegment(store, 12, true).ok());
  EXPECT_THAT(*store.segmentsWithoutTrace(100), ElementsAre(12));
}

TEST_F(SessionRemovalTest, NothingOfItIsLeftInTheFile) {
  const std::string secret = "nobody must know of the letter in the lighthouse";
  std::string text = sampleText(600'000);
  for (const std::size_t place : {std::size_t{100'000}, std::size_t{262'144 - 10}, std::size_t{500'000}}) {
    text.replace(place, secret.size(), secret);
  }
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(1000)).ok());
    ASSERT_TRUE(storeDocument(store, "b", text).ok());
  }
  EXPECT_NE(fileBytes(m_path).find(secret), std::string::npos);
  {
    SessionStore store = open();
    ASSERT_TRUE(store.removeText({{1000, 601'000}, {}, 0}).ok());
    ASSERT_TRUE(store.copyTo(m_folder / "copy.tidemark").ok());
    EXPECT_THAT(problemsOf(store), IsEmpty());
  }
  EXPECT_EQ(fileBytes(m_path).find(secret), std::string::npos);
  EXPECT_EQ(fileBytes(m_folder / "copy.tidemark").find(secret), std::string::npos);
}

TEST_F(SessionRemovalTest, WhatCannotBeDoneChangesNothing) {
  SessionStore store = readSession();
  const SnapshotRecord elsewhere = smallSnapshot(3);
  TextRemoval all{{0, 600}, {}, 0};
  TextRemoval nothing{{50, 50}, {}, 2};
  TextRemoval beyond{{500, 601}, {}, 20};
  TextRemoval unexplained{{100, 150}, {}, 4};
  TextRemoval wrongSnapshot{{200, 400}, {}, 10, &elsewhere};
  for (const TextRemoval* removal : {&all, &nothing, &beyond, &unexplained, &wrongSnapshot}) {
    const Status done = store.removeText(*removal);
    EXPECT_EQ(done.error().code, ErrorCode::kInvalidArgument);
  }
  EXPECT_EQ(*store.segmentCount(), 30);
  EXPECT_EQ(textOf(store).size(), 600u);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

}  // namespace
}  // namespace tidemark

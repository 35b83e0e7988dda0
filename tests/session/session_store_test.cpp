#include "engine/session/session_store.h"

#include <gmock/gmock.h>

#include <cmath>
#include <limits>

#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class SessionStoreTest : public SessionTest {};

TEST_F(SessionStoreTest, CreatesOnceAndLeavesOnlyTheFileBehind) {
  { const SessionStore store = create(); }
  EXPECT_EQ(SessionStore::create(m_path, smallModel()).error().code, ErrorCode::kInvalidArgument);
  const SessionStore store = open();
  EXPECT_EQ(store.model(), smallModel());
  EXPECT_EQ(store.path(), m_path);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionStoreTest, ClosedSessionIsOneFile) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(100)).ok());
    ASSERT_TRUE(storeSegment(store, 0, true).ok());
    EXPECT_TRUE(std::filesystem::exists(m_folder / "s.tidemark-lock"));
  }
  const auto filesThere = [&] {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder.path())) {
      names.push_back(entry.path().filename());
    }
    return names;
  };
  EXPECT_THAT(filesThere(), ElementsAre("s.tidemark"));
  const std::string bytes = fileBytes(m_path);
  { const SessionStore reader = open(SessionAccess::kRead); }
  EXPECT_THAT(filesThere(), ElementsAre("s.tidemark"));
  EXPECT_EQ(fileBytes(m_path), bytes);
}

TEST_F(SessionStoreTest, RequireModelNamesTheFieldAndBothValues) {
  const SessionStore store = create();
  EXPECT_TRUE(store.requireModel(smallModel()).ok());
  ModelIdentity renamed = smallModel();
  renamed.name = "another folder";
  EXPECT_TRUE(store.requireModel(renamed).ok());
  ModelIdentity other = smallModel();
  other.weightsSha256 = "deadbeef";
  const Status weights = store.requireModel(other);
  ASSERT_FALSE(weights.ok());
  EXPECT_EQ(weights.error().code, ErrorCode::kMismatch);
  EXPECT_THAT(weights.error().message, HasSubstr("weights SHA-256 beef, not to 'mini' with deadbeef"));
  other = smallModel();
  other.precision = "bf16";  // may differ: asking changes nothing, and reading on is decided elsewhere
  EXPECT_TRUE(store.requireModel(other).ok());
  other = smallModel();
  other.segmentSize = 1024;
  EXPECT_THAT(store.requireModel(other).error().message, HasSubstr("segment size 8, not to 'mini' with 1024"));
}

TEST_F(SessionStoreTest, PrecisionIsThatOfWhatWasRead) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "Moby", sampleText(100)).ok());
  const auto read = [&](std::int64_t index, const std::string& precision) {
    const std::vector<SegmentRecord> segments = {smallSegment(index)};
    const SnapshotRecord snapshot = smallSnapshot(index);
    EXPECT_TRUE(store.storeProgress({segments, {}, &snapshot, precision}).ok());
    return store.precision().value();
  };
  EXPECT_EQ(store.precision().value(), "f32");
  EXPECT_EQ(read(0, "bf16"), "bf16");  // nothing was in memory yet
  EXPECT_EQ(read(1, "bf16"), "bf16");
  EXPECT_EQ(read(2, "f32"), "mixed");
  EXPECT_EQ(read(3, "bf16"), "mixed");
  EXPECT_EQ(read(2, "bf16"), "bf16");  // what was read with f32 is given up
  EXPECT_EQ(read(0, "f32"), "f32");
  EXPECT_EQ(read(1, ""), "f32");
  EXPECT_THAT(store.verify()->problems, ::testing::IsEmpty());
}

TEST_F(SessionStoreTest, ProgressRoundTrips) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(200)).ok());
    for (std::int64_t segment = 0; segment < 5; ++segment) ASSERT_TRUE(storeSegment(store, segment, segment != 3).ok());
  }
  const SessionStore store = open(SessionAccess::kRead);
  EXPECT_EQ(*store.segmentCount(), 5);
  const auto segments = store.segments(1, 4);
  ASSERT_TRUE(segments.ok());
  ASSERT_EQ(segments->size(), 3u);
  EXPECT_EQ((*segments)[0].index, 1);
  EXPECT_EQ((*segments)[0].tokens, smallSegment(1).tokens);
  EXPECT_EQ((*segments)[0].bytes, smallSegment(1).bytes);
  const auto metrics = store.metrics(4, 5);
  ASSERT_EQ(metrics->size(), 3u);
  EXPECT_EQ((*metrics)[2].layer, 2);
  EXPECT_EQ((*metrics)[2].writeStrength, 2.0f);

  const auto snapshots = store.snapshots();
  ASSERT_EQ(snapshots->size(), 4u);
  EXPECT_EQ((*snapshots)[2].segment, 2);
  EXPECT_EQ((*snapshots)[2].bytes, 2u * 12 * 17 * 4);
  EXPECT_EQ((*store.newestSnapshot())->segment, 4);
  EXPECT_EQ((*store.newestSnapshot(3))->segment, 2);
  EXPECT_FALSE((*store.newestSnapshot(-1)).has_value());
  for (const SnapshotInfo& info : *snapshots) {
    const Result<SnapshotRecord> snapshot = store.loadSnapshot(info.id);
    ASSERT_TRUE(snapshot.ok()) << snapshot.error().message;
    expectEqual(*snapshot, smallSnapshot(info.segment));
  }
  EXPECT_EQ(store.loadSnapshot(999).error().code, ErrorCode::kNotFound);
  const Result<SessionCheck> check = store.verify();
  ASSERT_TRUE(check.ok());
  EXPECT_THAT(check->problems, IsEmpty());
  EXPECT_EQ(check->snapshots, 4);
  EXPECT_EQ(check->bytes, std::filesystem::file_size(m_path));
}

TEST_F(SessionStoreTest, NonFiniteValuesSurvive) {
  SessionStore store = create();
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const float infinity = std::numeric_limits<float>::infinity();
  const std::vector<SegmentRecord> segments = {smallSegment(0)};
  const std::vector<CellMetricsRecord> metrics = {{0, 0, nan, infinity, -infinity}};
  SnapshotRecord snapshot = smallSnapshot(0);
  snapshot.layers[0].values[0] = nan;
  ASSERT_TRUE(store.storeProgress({segments, metrics, &snapshot}).ok());
  const auto back = store.metrics(0, 1);
  ASSERT_EQ(back->size(), 1u);
  EXPECT_TRUE(std::isnan(back->front().novelty));
  EXPECT_EQ(back->front().writeStrength, infinity);
  EXPECT_EQ(back->front().relativeChange, -infinity);
  EXPECT_TRUE(std::isnan(store.loadSnapshot((*store.newestSnapshot())->id)->layers[0].values[0]));
}

TEST_F(SessionStoreTest, ProgressFromAnEarlierPlaceReplacesWhatFollows) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "a", sampleText(200)).ok());
  for (std::int64_t segment = 0; segment < 6; ++segment) ASSERT_TRUE(storeSegment(store, segment, true).ok());
  ASSERT_TRUE(store.storeTail({6, {{1}, {{120, 125}}}, {125, 0}}).ok());
  ASSERT_TRUE(storeSegment(store, 3, true, 1).ok());
  EXPECT_EQ(*store.segmentCount(), 4);
  EXPECT_EQ(store.segments(0, 99)->back().tokens, smallSegment(3, 1).tokens);
  EXPECT_EQ(store.segments(0, 99)->at(2).tokens, smallSegment(2).tokens);
  EXPECT_EQ(store.metrics(0, 99)->size(), 4u * 3);
  EXPECT_EQ(store.metrics(3, 99)->front().relativeChange, 1.0f);
  ASSERT_EQ(store.snapshots()->size(), 4u);
  expectEqual(*store.loadSnapshot((*store.newestSnapshot())->id), smallSnapshot(3, 1));
  EXPECT_FALSE((*store.loadTail(6)).has_value());
  EXPECT_FALSE((*store.loadTail(4)).has_value());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionStoreTest, MetricsMayBeAheadAndAreDroppedIfTheirSegmentsNeverCame) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(200)).ok());
    ASSERT_TRUE(storeSegment(store, 0, true).ok());
    const std::vector<CellMetricsRecord> ahead = {{1, 0, 0.1f, 0.2f, 0.3f}, {2, 0, 0.1f, 0.2f, 0.3f}};
    ASSERT_TRUE(store.storeProgress({{}, ahead, nullptr}).ok());
    const std::vector<SegmentRecord> next = {smallSegment(1)};
    ASSERT_TRUE(store.storeProgress({next, {}, nullptr}).ok());
    EXPECT_EQ(store.metrics(1, 99)->size(), 2u);
  }
  const SessionStore store = open();
  ASSERT_EQ(store.metrics(1, 99)->size(), 1u);
  EXPECT_EQ(store.metrics(1, 99)->front().segment, 1);
}

TEST_F(SessionStoreTest, WrongProgressIsRefusedAsAWhole) {
  SessionStore store = create();
  ASSERT_TRUE(storeSegment(store, 0, true).ok());
  EXPECT_EQ(storeSegment(store, 2, true).error().code, ErrorCode::kInvalidArgument);
  const std::vector<SegmentRecord> gap = {smallSegment(1), smallSegment(3)};
  EXPECT_EQ(store.storeProgress({gap, {}, nullptr}).error().code, ErrorCode::kInvalidArgument);
  const std::vector<SegmentRecord> next = {smallSegment(1)};
  SnapshotRecord snapshot = smallSnapshot(2);
  EXPECT_EQ(store.storeProgress({next, {}, &snapshot}).error().code, ErrorCode::kInvalidArgument);
  snapshot = smallSnapshot(1);
  snapshot.layers.pop_back();
  EXPECT_THAT(store.storeProgress({next, {}, &snapshot}).error().message,
              HasSubstr("2 layers was given for a model of 3"));
  const std::vector<CellMetricsRecord> negative = {{1, -1, 0, 0, 0}};
  EXPECT_EQ(store.storeProgress({next, negative, nullptr}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(*store.segmentCount(), 1);
  EXPECT_EQ(store.storeTail({0, {}, {}}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(store.storeTail({1, {{1, 2}, {{0, 1}}}, {}}).error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SessionStoreTest, SnapshotOfTheSameSegmentIsReplacedAndStaysPinned) {
  SessionStore store = create();
  const std::vector<SegmentRecord> segments = {smallSegment(0)};
  SnapshotRecord pinned = smallSnapshot(0);
  pinned.pinned = true;
  pinned.reason = SnapshotReason::kPinned;
  ASSERT_TRUE(store.storeProgress({segments, {}, &pinned}).ok());
  SnapshotRecord last = smallSnapshot(0, 5);
  last.reason = SnapshotReason::kEnd;
  ASSERT_TRUE(store.storeProgress({{}, {}, &last}).ok());
  ASSERT_EQ(store.snapshots()->size(), 1u);
  EXPECT_TRUE(store.snapshots()->front().pinned);
  EXPECT_EQ(store.snapshots()->front().reason, SnapshotReason::kEnd);
  expectEqual(*store.loadSnapshot(store.snapshots()->front().id), last);
}

TEST_F(SessionStoreTest, ThinningStaysWithinTheBudget) {
  SessionStore store = create();
  ASSERT_TRUE(storeDocument(store, "a", sampleText(2000)).ok());
  for (std::int64_t segment = 0; segment < 40; ++segment) ASSERT_TRUE(storeSegment(store, segment, true).ok());
  const std::uint64_t one = store.snapshots()->front().bytes;
  EXPECT_EQ(store.thinSnapshots(40 * one)->size(), 40u);
  const auto kept = store.thinSnapshots(8 * one);
  ASSERT_TRUE(kept.ok());
  std::vector<std::int64_t> segments;
  const auto snapshots = store.snapshots();
  for (const SnapshotInfo& each : *snapshots) segments.push_back(each.segment);
  EXPECT_EQ(*kept, segments);
  EXPECT_LE(store.snapshots()->size(), 8u);
  EXPECT_EQ((*store.newestSnapshot())->segment, 39);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionStoreTest, TailRoundTripsAndBelongsToItsSegments) {
  const TailRecord tail{2, {{7, 8, 9}, {{40, 42}, {42, 44}, {44, 50}}}, {50, 0}};
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(50)).ok());
    EXPECT_FALSE((*store.loadTail(0)).has_value());
    ASSERT_TRUE(store.storeTail({0, {}, {0, 0}}).ok());
    EXPECT_TRUE((*store.loadTail(0)).has_value());
    ASSERT_TRUE(storeSegment(store, 0, false).ok());
    ASSERT_TRUE(storeSegment(store, 1, true).ok());
    ASSERT_TRUE(store.storeTail(tail).ok());
  }
  const SessionStore store = open(SessionAccess::kRead);
  EXPECT_FALSE((*store.loadTail(1)).has_value());
  const auto back = store.loadTail(2);
  ASSERT_TRUE(back.ok() && back->has_value());
  EXPECT_EQ((*back)->tokens.ids, tail.tokens.ids);
  EXPECT_EQ((*back)->tokens.bytes, tail.tokens.bytes);
  EXPECT_EQ((*back)->next, tail.next);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionStoreTest, QuestionsRoundTripAndInterruptedOnesAreCancelled) {
  QuestionRecord asked;
  asked.question = "Who is Ishmael?";
  asked.asOfSegment = 4;
  {
    SessionStore store = create();
    const Result<std::int64_t> id = store.beginQuestion(asked);
    ASSERT_TRUE(id.ok());
    QuestionRecord answered = asked;
    answered.id = *id;
    answered.question = "not what was asked";
    answered.answer = "A sailor\n";
    answered.tokens = {5, 6, -7};
    answered.state = QuestionState::kDone;
    answered.tokensReread = 12;
    answered.firstTokenMs = 0.75;
    ASSERT_TRUE(store.updateQuestion(answered).ok());
    const Result<std::int64_t> second = store.beginQuestion(asked);
    answered.id = *second;
    answered.state = QuestionState::kRunning;
    answered.answer = "A sai";
    answered.firstTokenMs = std::nan("");
    ASSERT_TRUE(store.updateQuestion(answered).ok());
    answered.id = 99;
    EXPECT_EQ(store.updateQuestion(answered).error().code, ErrorCode::kNotFound);
    EXPECT_EQ(open(SessionAccess::kRead).questions()->at(1).state, QuestionState::kRunning);
  }
  const SessionStore store = open();
  const auto questions = store.questions();
  ASSERT_TRUE(questions.ok());
  ASSERT_EQ(questions->size(), 2u);
  EXPECT_EQ((*questions)[0].question, "Who is Ishmael?");
  EXPECT_EQ((*questions)[0].asOfSegment, 4);
  EXPECT_EQ((*questions)[0].answer, "A sailor\n");
  EXPECT_EQ((*questions)[0].tokens, (std::vector<TokenId>{5, 6, -7}));
  EXPECT_EQ((*questions)[0].state, QuestionState::kDone);
  EXPECT_EQ((*questions)[0].tokensReread, 12);
  EXPECT_EQ((*questions)[0].firstTokenMs, 0.75);
  EXPECT_FALSE((*questions)[0].askedAt.empty());
  EXPECT_EQ((*questions)[1].state, QuestionState::kCancelled);
  EXPECT_EQ((*questions)[1].answer, "A sai");
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionStoreTest, ReaderWorksBesideAWriterAndCannotWrite) {
  SessionStore writer = create();
  SessionStore reader = open(SessionAccess::kRead);
  ASSERT_TRUE(storeDocument(writer, "a", sampleText(100)).ok());
  ASSERT_TRUE(storeSegment(writer, 0, true).ok());
  EXPECT_EQ(*reader.segmentCount(), 1);
  EXPECT_EQ(reader.documents()->size(), 1u);
  EXPECT_TRUE(reader.loadSnapshot((*reader.newestSnapshot())->id).ok());
  EXPECT_THAT(problemsOf(reader), IsEmpty());
  EXPECT_EQ(storeSegment(reader, 1, true).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(reader.beginDocument("b", "").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(reader.beginQuestion({}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(reader.thinSnapshots(0).error().code, ErrorCode::kInvalidArgument);
  ASSERT_TRUE(storeSegment(writer, 1, true).ok());
}

TEST_F(SessionStoreTest, PayloadMovedElsewhereIsRefused) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeDocument(store, "a", sampleText(200)).ok());
    for (std::int64_t segment = 0; segment < 3; ++segment) ASSERT_TRUE(storeSegment(store, segment, true).ok());
  }
  // Payload and checksum of one layer in the place of another, as a careless tool would copy them.
  const auto moveInto = [&](const std::string& where, const std::string& from) {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    const std::string sql =
        "UPDATE snapshot_layers SET (payload, checksum) = (SELECT payload, checksum FROM snapshot_layers "
        "WHERE " +
        from + ") WHERE " + where;
    ASSERT_TRUE(database->execute(sql, "move").ok());
    ASSERT_EQ(database->changes(), 1);
  };
  moveInto("snapshot = 1 AND layer = 0", "snapshot = 1 AND layer = 1");
  moveInto("snapshot = 2 AND layer = 0", "snapshot = 3 AND layer = 0");
  const SessionStore store = open(SessionAccess::kRead);
  for (const std::int64_t id : {1, 2}) {
    const Result<SnapshotRecord> snapshot = store.loadSnapshot(id);
    ASSERT_FALSE(snapshot.ok());
    EXPECT_EQ(snapshot.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(snapshot.error().message, HasSubstr("after segment " + std::to_string(id - 1)));
    EXPECT_THAT(snapshot.error().message, HasSubstr("its checksum should be"));
  }
  EXPECT_TRUE(store.loadSnapshot(3).ok());
  EXPECT_EQ(problemsOf(store).size(), 2u);
}

TEST_F(SessionStoreTest, ChangedPayloadIsRefusedNamingLayerAndChecksums) {
  {
    SessionStore store = create();
    ASSERT_TRUE(storeSegment(store, 0, true).ok());
  }
  std::string checksum;
  {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute("UPDATE snapshot_layers SET payload = zeroblob(8) WHERE layer = 1", "change").ok());
    Result<Statement> row = database->prepare("SELECT checksum FROM snapshot_layers WHERE layer = 1", "read");
    ASSERT_TRUE(*row->step());
    checksum = row->text(0);
  }
  const SessionStore store = open(SessionAccess::kRead);
  const std::string message = store.loadSnapshot(1).error().message;
  EXPECT_THAT(message, HasSubstr("segment 0, layer 1,"));
  EXPECT_THAT(message, HasSubstr("should be " + checksum + " and is "));
}

TEST_F(SessionStoreTest, MovedStoreGoesOn) {
  SessionStore store = create();
  SessionStore other = std::move(store);
  ASSERT_TRUE(storeSegment(other, 0, false).ok());
  other = std::move(*SessionStore::create(m_folder / "t.tidemark", smallModel()));
  EXPECT_EQ(*other.segmentCount(), 0);
  const SessionStore first = open();  // assigning released it
  EXPECT_EQ(*first.segmentCount(), 1);
}

}  // namespace
}  // namespace tidemark

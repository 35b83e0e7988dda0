// Questions in the file: why an answer has no evidence is kept with it, and older formats go without.

#include <gmock/gmock.h>

#include "engine/session/schema.h"
#include "engine/session/session_checksum.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kReason = "38 segments were read without keeping memory traces";

class SessionQuestionsTest : public SessionTest {
 protected:
  /// An answered question with the reason, if any, why it has no evidence.
  static QuestionRecord answer(SessionStore& store, const std::string& reason) {
    QuestionRecord question;
    question.question = "Who is Ishmael?";
    question.askedAt = "2026-01-02T03:04:05Z";
    question.id = *store.beginQuestion(question);
    question.answer = "A sailor";
    question.tokens = {5, 6, 7};
    question.state = QuestionState::kDone;
    question.firstTokenMs = 0.75;
    question.noEvidence = reason;
    EXPECT_TRUE(store.updateQuestion(question).ok());
    return question;
  }
  void change(const std::string& sql) const {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database.ok());
    ASSERT_TRUE(database->execute(sql, "change").ok()) << sql;
  }
};

TEST_F(SessionQuestionsTest, TheReasonForNoEvidenceIsKept) {
  {
    SessionStore store = create();
    (void)answer(store, kReason);
    (void)answer(store, "");
  }
  const SessionStore store = open();
  const auto questions = store.questions();
  ASSERT_TRUE(questions.ok());
  ASSERT_EQ(questions->size(), 2u);
  EXPECT_EQ(questions->front().noEvidence, kReason);
  EXPECT_THAT(questions->back().noEvidence, IsEmpty());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionQuestionsTest, AChangedReasonIsRefused) {
  constexpr const char* kClaimed = "UPDATE questions SET no_evidence = 'it was not asked for'";
  for (const auto& [reason, forged] : {std::pair{kReason, kClaimed}, std::pair{"", kClaimed},
                                       std::pair{kReason, "UPDATE questions SET no_evidence = ''"}}) {
    std::filesystem::remove(m_path);
    {
      SessionStore store = create();
      (void)answer(store, reason);
    }
    change(forged);
    const SessionStore store = open(SessionAccess::kRead);
    const auto questions = store.questions();
    ASSERT_FALSE(questions.ok()) << forged;
    EXPECT_EQ(questions.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(questions.error().message, HasSubstr("question number 1"));
    EXPECT_FALSE(problemsOf(store).empty());
  }
}

TEST_F(SessionQuestionsTest, AFileOfFormat5KeepsItsQuestions) {
  QuestionRecord asked;
  {
    SessionStore store = create();
    asked = answer(store, "");
  }
  change("ALTER TABLE questions DROP COLUMN no_evidence; PRAGMA user_version = 5");
  {  // what format 5 made its checksum of
    const auto database = Database::open(m_path, DatabaseMode::kRead);
    ASSERT_TRUE(checkSchema(*database, sessionMigrations().first(5)).ok());
    auto row = database->prepare("SELECT checksum FROM questions", "read");
    ASSERT_TRUE(*row->step());
    EXPECT_EQ(row->text(0), RowHash(identityHash(smallModel()), "question")
                                .add(asked.id)
                                .add(asked.question)
                                .add(asked.asOfSegment)
                                .add(std::int64_t{1})
                                .add(asked.answer)
                                .add(std::as_bytes(std::span(asked.tokens)))
                                .add(asked.tokensReread)
                                .add(std::as_bytes(std::span(&asked.firstTokenMs, 1)))
                                .add(asked.askedAt)
                                .digest());
  }
  {
    const SessionStore store = open(SessionAccess::kRead);
    const auto questions = store.questions();
    ASSERT_TRUE(questions.ok()) << questions.error().message;
    EXPECT_EQ(questions->front().answer, "A sailor");
    EXPECT_THAT(questions->front().noEvidence, IsEmpty());
    EXPECT_THAT(problemsOf(store), IsEmpty());
  }
  SessionStore store = open();
  EXPECT_TRUE(std::filesystem::exists(m_folder / "s.tidemark.v5.bak"));
  (void)answer(store, kReason);
  const auto questions = store.questions();
  ASSERT_TRUE(questions.ok());
  EXPECT_EQ(questions->front().answer, "A sailor");
  EXPECT_EQ(questions->back().noEvidence, kReason);
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

}  // namespace
}  // namespace tidemark

// Files that are not sessions, damaged or foreign ones, full disks, and two programs at one file.

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>
#include <random>

#include "engine/session/schema.h"
#include "engine/session/session_store.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::size_t kPageBytes = 32768;

/// All that a session promises to give back unchanged.
struct Contents {
  std::vector<std::string> documents;
  std::string text;
  std::vector<std::vector<TokenId>> segments;
  std::vector<SnapshotRecord> snapshots;
  std::vector<TokenId> tail;
  std::vector<std::string> answers;
};

Contents contentsOf(const SessionStore& store) {
  Contents contents;
  if (const auto documents = store.documents()) {
    for (const DocumentRecord& document : *documents) contents.documents.push_back(document.title);
  }
  contents.text.resize(1 << 20);
  const auto count = store.readText(0, contents.text);
  contents.text.resize(count ? *count : 0);
  if (const auto segments = store.segments(0, INT64_MAX)) {
    for (const SegmentRecord& segment : *segments) contents.segments.push_back(segment.tokens);
  }
  if (const auto snapshots = store.snapshots()) {
    for (const SnapshotInfo& info : *snapshots) {
      if (Result<SnapshotRecord> snapshot = store.loadSnapshot(info.id)) contents.snapshots.push_back(*snapshot);
    }
  }
  if (const auto tail = store.loadTail(6); tail && tail->has_value()) contents.tail = (*tail)->tokens.ids;
  if (const auto questions = store.questions()) {
    for (const QuestionRecord& question : *questions) contents.answers.push_back(question.answer);
  }
  return contents;
}

class SessionHostileTest : public testing::Test {
 protected:
  void makeSession() const {
    Result<SessionStore> store = SessionStore::create(m_path, smallModel());
    ASSERT_TRUE(store.ok()) << store.error().message;
    ASSERT_TRUE(storeDocument(*store, "a", sampleText(70000)).ok());
    for (std::int64_t segment = 0; segment < 6; ++segment) {
      const std::vector<SegmentRecord> segments = {smallSegment(segment)};
      const SnapshotRecord snapshot = smallSnapshot(segment, 0, segment == 5 ? 30000 : 204);
      ASSERT_TRUE(store->storeProgress({segments, {}, segment % 2 == 1 ? &snapshot : nullptr}).ok());
    }
    ASSERT_TRUE(store->storeTail({6, {{1, 2, 3}, {{120, 121}, {121, 122}, {122, 123}}}, {123, 0}}).ok());
    QuestionRecord question;
    question.question = "Where?";
    question.answer = "On the beach.";
    question.state = QuestionState::kDone;
    ASSERT_TRUE(store->beginQuestion(question).ok());
  }
  [[nodiscard]] Result<SessionStore> openAs(SessionAccess access) const { return SessionStore::open(m_path, access); }

  /// Opens for reading; neither a crash nor something else than what was stored, unless it is reported.
  void expectReportedOrUnharmed(const Contents& original, const std::string& what) const {
    const Result<SessionStore> store = openAs(SessionAccess::kRead);
    if (!store) {
      EXPECT_FALSE(store.error().message.empty());
      return;
    }
    const Contents found = contentsOf(*store);
    for (const SnapshotRecord& snapshot : found.snapshots) {
      const auto same = std::find_if(original.snapshots.begin(), original.snapshots.end(),
                                     [&](const SnapshotRecord& other) { return other.segment == snapshot.segment; });
      ASSERT_NE(same, original.snapshots.end()) << what;
      expectEqual(snapshot, *same);
    }
    if (!problemsOf(*store).empty()) return;
    EXPECT_EQ(found.documents, original.documents) << what;
    EXPECT_EQ(found.text, original.text) << what;
    EXPECT_EQ(found.segments, original.segments) << what;
    EXPECT_EQ(found.snapshots.size(), original.snapshots.size()) << what;
    EXPECT_EQ(found.tail, original.tail) << what;
    EXPECT_EQ(found.answers, original.answers) << what;
  }

  TemporaryFolder m_folder;
  std::filesystem::path m_path = m_folder / "s.tidemark";
};

TEST_F(SessionHostileTest, FilesThatAreNoSessionsAreRefusedAndLeftAlone) {
  const std::string halfHeader = std::string("SQLite format 3\0", 16);
  for (const std::string& bytes : {std::string(), std::string("x"), sampleText(100000), halfHeader}) {
    writeFile(m_path, bytes);
    for (const SessionAccess access : {SessionAccess::kRead, SessionAccess::kWrite}) {
      const Result<SessionStore> store = openAs(access);
      ASSERT_FALSE(store.ok()) << bytes.size();
      EXPECT_EQ(store.error().code, ErrorCode::kCorrupt) << store.error().message;
      EXPECT_THAT(store.error().message, HasSubstr("not a Tidemark session"));
      EXPECT_EQ(fileBytes(m_path), bytes);
    }
  }
  std::filesystem::remove(m_path);
  EXPECT_EQ(openAs(SessionAccess::kWrite).error().code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(m_path));
  EXPECT_EQ(SessionStore::open(m_folder.path(), SessionAccess::kRead).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(SessionStore::create(m_folder / "no" / "s", smallModel()).error().code, ErrorCode::kIo);
}

TEST_F(SessionHostileTest, ForeignDatabaseIsRefusedAndLeftAlone) {
  {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kCreate);
    ASSERT_TRUE(database->execute("CREATE TABLE recipes (a); INSERT INTO recipes VALUES (1)", "create").ok());
  }
  const std::string bytes = fileBytes(m_path);
  for (const SessionAccess access : {SessionAccess::kRead, SessionAccess::kWrite}) {
    EXPECT_THAT(openAs(access).error().message, HasSubstr("not a Tidemark session"));
    EXPECT_EQ(fileBytes(m_path), bytes);
  }
}

TEST_F(SessionHostileTest, NewerFormatIsRefusedAndLeftAlone) {
  makeSession();
  {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute("PRAGMA user_version = 999", "change").ok());
  }
  const std::string bytes = fileBytes(m_path);
  for (const SessionAccess access : {SessionAccess::kWrite, SessionAccess::kRead}) {
    const Result<SessionStore> store = openAs(access);
    ASSERT_FALSE(store.ok());
    EXPECT_EQ(store.error().code, ErrorCode::kUnsupported);
    EXPECT_THAT(store.error().message, HasSubstr("format 999"));
    EXPECT_THAT(store.error().message, HasSubstr("up to " + std::to_string(sessionMigrations().back().version)));
    EXPECT_EQ(fileBytes(m_path), bytes);
  }
}

TEST_F(SessionHostileTest, NewerFormatThatIsStillInTheLogIsLeftAloneToo) {
  makeSession();
  // A newer version died right after its migration: the version number is in the WAL only.
  ASSERT_TRUE(succeedsInChild([&]() -> bool {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    const bool changed = database && database->execute("PRAGMA user_version = 7", "change").ok();
    _exit(changed ? 0 : 1);  // no checkpoint
  }));
  const std::string log = fileBytes(m_folder / "s.tidemark-wal");
  ASSERT_FALSE(log.empty());
  const std::string bytes = fileBytes(m_path);
  for (const SessionAccess access : {SessionAccess::kWrite, SessionAccess::kRead}) {
    EXPECT_EQ(openAs(access).error().code, ErrorCode::kUnsupported);
    EXPECT_EQ(fileBytes(m_path), bytes);
    EXPECT_EQ(fileBytes(m_folder / "s.tidemark-wal"), log);
  }
}

TEST_F(SessionHostileTest, EditedIdentityIsNoticed) {
  makeSession();
  {
    const Result<Database> database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute("UPDATE model SET precision = 'bf16'", "change").ok());
  }
  EXPECT_THAT(openAs(SessionAccess::kRead).error().message, HasSubstr("model identity"));
}

TEST_F(SessionHostileTest, EveryPieceOfTruncationIsNoticed) {
  makeSession();
  const Contents original = contentsOf(*openAs(SessionAccess::kRead));
  const std::string bytes = fileBytes(m_path);
  ASSERT_EQ(bytes.size() % kPageBytes, 0u);
  for (std::size_t length = 0; length < bytes.size(); length += length < 200 ? 7 : kPageBytes / 2 + 1) {
    writeFile(m_path, bytes.substr(0, length));
    const Result<SessionStore> store = openAs(SessionAccess::kRead);
    if (store) {
      EXPECT_FALSE(problemsOf(*store).empty()) << length;
    }
    expectReportedOrUnharmed(original, "cut at " + std::to_string(length));
  }
}

TEST_F(SessionHostileTest, FlippedBytesAreReportedOrHarmless) {
  makeSession();
  const Contents original = contentsOf(*openAs(SessionAccess::kRead));
  ASSERT_EQ(original.snapshots.size(), 3u);
  ASSERT_EQ(original.text.size(), 70000u);
  const std::string bytes = fileBytes(m_path);
  std::mt19937 random(3);
  for (std::size_t page = 0; page < bytes.size(); page += kPageBytes) {
    // The header of the page and its cell pointers, cells at its end, and anywhere.
    for (int i = 0; i < 14; ++i) {
      const std::size_t within = i < 4   ? random() % 120
                                 : i < 8 ? kPageBytes - 1 - random() % 700
                                         : random() % kPageBytes;
      std::string damaged = bytes;
      damaged[page + within] = static_cast<char>(damaged[page + within] ^ (1 << (random() % 8)));
      writeFile(m_path, damaged);
      expectReportedOrUnharmed(original,
                               "page " + std::to_string(page / kPageBytes) + " byte " + std::to_string(within));
    }
  }
}

TEST_F(SessionHostileTest, WritingToADamagedFileDoesNotCrash) {
  makeSession();
  const std::string bytes = fileBytes(m_path);
  std::mt19937 random(4);
  for (int round = 0; round < 60; ++round) {
    std::string damaged = bytes;
    for (int i = 0; i < 3; ++i) damaged[random() % damaged.size()] = static_cast<char>(random());
    damaged[(random() % (bytes.size() / kPageBytes)) * kPageBytes + 100 + random() % 20] = static_cast<char>(random());
    writeFile(m_path, damaged);
    Result<SessionStore> store = openAs(SessionAccess::kWrite);
    if (!store) continue;
    (void)storeSegment(*store, 3, true);
    (void)storeDocument(*store, "b", sampleText(1000));
    (void)store->thinSnapshots(0);
    (void)store->verify();
  }
}

TEST_F(SessionHostileTest, OnlyOneWriterAtATime) {
  makeSession();
  {
    const Result<SessionStore> writer = openAs(SessionAccess::kWrite);
    ASSERT_TRUE(writer.ok());
    EXPECT_EQ(openAs(SessionAccess::kWrite).error().code, ErrorCode::kBusy);
    const std::string parent = std::to_string(getpid());
    EXPECT_TRUE(succeedsInChild([&] {
      const Result<SessionStore> second = openAs(SessionAccess::kWrite);
      const Result<SessionStore> reader = openAs(SessionAccess::kRead);
      return !second && second.error().code == ErrorCode::kBusy &&
             second.error().message.find("in use by another Tidemark (process " + parent + ")") != std::string::npos &&
             reader && reader->verify()->problems.empty();
    }));
    // Another name of the same file.
    std::filesystem::create_symlink(m_path, m_folder / "link");
    EXPECT_EQ(SessionStore::open(m_folder / "link", SessionAccess::kWrite).error().code, ErrorCode::kBusy);
  }
  EXPECT_TRUE(openAs(SessionAccess::kWrite).ok());
  EXPECT_FALSE(std::filesystem::exists(m_folder / "s.tidemark-lock"));
}

TEST_F(SessionHostileTest, LockFileOfADeadProcessDoesNotLock) {
  makeSession();
  writeFile(m_folder / "s.tidemark-lock", "1\n");
  EXPECT_TRUE(openAs(SessionAccess::kWrite).ok());
  ASSERT_TRUE(succeedsInChild([&]() -> bool {
    const Result<SessionStore> store = openAs(SessionAccess::kWrite);
    _exit(store ? 0 : 1);  // without closing
  }));
  EXPECT_TRUE(std::filesystem::exists(m_folder / "s.tidemark-lock"));
  EXPECT_TRUE(openAs(SessionAccess::kWrite).ok());
}

TEST_F(SessionHostileTest, ManyProcessesTakeTurns) {
  makeSession();
  // Each child adds one question whenever it gets the session: none may be lost.
  std::vector<pid_t> children;
  for (int child = 0; child < 4; ++child) {
    children.push_back(fork());
    if (children.back() != 0) continue;
    for (int round = 0; round < 5;) {
      Result<SessionStore> store = openAs(SessionAccess::kWrite);
      if (!store && store.error().code != ErrorCode::kBusy) _exit(2);
      if (!store) {
        usleep(500);
        continue;
      }
      if (!store->beginQuestion({}).ok()) _exit(3);
      ++round;
    }
    _exit(0);
  }
  for (const pid_t child : children) {
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_EQ(status, 0);
  }
  const Result<SessionStore> store = openAs(SessionAccess::kRead);
  ASSERT_TRUE(store.ok());
  EXPECT_EQ(store->questions()->size(), 21u);
  EXPECT_THAT(problemsOf(*store), IsEmpty());
}

/// Runs as somebody who may not write to `folder`; root may write everywhere, so root becomes nobody.
bool succeedsWithoutWritePermission(const std::filesystem::path& folder, const std::function<bool()>& work) {
  chmod(folder.c_str(), 0555);
  const bool succeeded = succeedsInChild([&] {
    constexpr uid_t kNobody = 65534;
    if (geteuid() == 0 && (setgid(kNobody) != 0 || setuid(kNobody) != 0)) return false;
    return work();
  });
  chmod(folder.c_str(), 0755);
  return succeeded;
}

TEST_F(SessionHostileTest, ReadOnlyFolderCanBeReadAndSaysWhyItCannotBeWritten) {
  makeSession();
  EXPECT_TRUE(succeedsWithoutWritePermission(m_folder.path(), [&] {
    const Result<SessionStore> reader = openAs(SessionAccess::kRead);
    const Result<SessionStore> writer = openAs(SessionAccess::kWrite);
    const Result<SessionStore> created = SessionStore::create(m_folder / "new", smallModel());
    return reader && reader->verify()->problems.empty() && contentsOf(*reader).snapshots.size() == 3 && !writer &&
           writer.error().code == ErrorCode::kIo &&
           writer.error().message.find("Permission denied") != std::string::npos && !created &&
           created.error().code == ErrorCode::kIo;
  }));
}

TEST_F(SessionHostileTest, ReadOnlyFileInAWritableFolderSaysSo) {
  makeSession();
  chmod(m_path.c_str(), 0444);
  chmod(m_folder.path().c_str(), 0777);
  EXPECT_TRUE(succeedsInChild([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return false;
    const Result<SessionStore> reader = openAs(SessionAccess::kRead);
    const Result<SessionStore> writer = openAs(SessionAccess::kWrite);
    return reader && reader->verify()->problems.empty() && !writer && writer.error().code == ErrorCode::kIo &&
           writer.error().message.find("read-only") != std::string::npos;
  }));
}

TEST_F(SessionHostileTest, LogOfADeadWriterInAReadOnlyFolderIsNotIgnored) {
  makeSession();
  ASSERT_TRUE(succeedsInChild([&]() -> bool {
    Result<SessionStore> store = openAs(SessionAccess::kWrite);
    _exit(store && storeSegment(*store, 6, true).ok() ? 0 : 1);
  }));
  chmod((m_folder / "s.tidemark-wal").c_str(), 0644);
  EXPECT_TRUE(succeedsWithoutWritePermission(m_folder.path(), [&] {
    // Either what the log holds, or a refusal: never the state before it.
    const Result<SessionStore> reader = openAs(SessionAccess::kRead);
    return !reader || *reader->segmentCount() == 7;
  }));
}

TEST_F(SessionHostileTest, FullDiskLosesNothingThatWasStored) {
  makeSession();
  const auto size = static_cast<rlim_t>(std::filesystem::file_size(m_path));
  for (const rlim_t room : {0, 10000, 100000, 1000000}) {
    EXPECT_TRUE(succeedsInChild([&, room] {
      // A limit on the length of files stands for a full disk: writing beyond it fails.
      std::signal(SIGXFSZ, SIG_IGN);
      Result<SessionStore> store = openAs(SessionAccess::kWrite);
      if (!store) return false;
      const rlimit limit{size + room, size + room};
      if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return false;
      const std::vector<SegmentRecord> segments = {smallSegment(6)};
      const SnapshotRecord large = smallSnapshot(6, 0, 1000000);
      const Status stored = store->storeProgress({segments, {}, &large});
      const Status text = storeDocument(*store, "b", sampleText(5000000));
      return !stored && stored.error().code == ErrorCode::kIo &&
             stored.error().message.find("what was stored before is intact") != std::string::npos && !text &&
             *store->segmentCount() == 6 && store->verify()->problems.empty();
    })) << room;
    const Result<SessionStore> store = openAs(SessionAccess::kWrite);
    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_EQ(*store->segmentCount(), 6);
    EXPECT_EQ(store->documents()->size(), 1u);
    EXPECT_EQ(contentsOf(*store).snapshots.size(), 3u);
    EXPECT_THAT(problemsOf(*store), IsEmpty());
  }
}

}  // namespace
}  // namespace tidemark

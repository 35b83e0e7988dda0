#include "engine/session/session_library.h"

#include <gmock/gmock.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <map>
#include <random>
#include <thread>

#include "engine/session/session_overview.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;
namespace fs = std::filesystem;

class SessionLibraryTest : public testing::Test {
 protected:
  /// A session of 200 bytes of text, 2 segments, 1 snapshot and 3 questions.
  fs::path make(const std::string& name) const {
    fs::path path = m_folder / (name + ".tidemark");
    Result<SessionStore> store = SessionStore::create(path, smallModel());
    EXPECT_TRUE(store.ok()) << store.error().message;
    EXPECT_TRUE(storeDocument(*store, "doc of " + name, sampleText(200)).ok());
    EXPECT_TRUE(storeSegment(*store, 0, false).ok());
    EXPECT_TRUE(storeSegment(*store, 1, true).ok());
    for (int i = 0; i < 3; ++i) EXPECT_TRUE(store->beginQuestion(QuestionRecord()).ok());
    return path;
  }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> found;
    const auto sessions = listSessions(m_folder.path());
    EXPECT_TRUE(sessions.ok());
    for (const SessionSummary& session : *sessions) found.push_back(session.name);
    std::sort(found.begin(), found.end());
    return found;
  }
  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> found;
    for (const auto& entry : fs::directory_iterator(m_folder.path())) found.push_back(entry.path().filename().string());
    std::sort(found.begin(), found.end());
    return found;
  }

  TemporaryFolder m_folder;
};

/// Writes in another process and dies there without closing: the log stays behind.
void addSegmentAndDie(const fs::path& path, std::int64_t index) {
  ASSERT_TRUE(succeedsInChild([&]() -> bool {
    Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
    _exit(store && storeSegment(*store, index, true).ok() ? 0 : 1);
  }));
}

TEST_F(SessionLibraryTest, ListsWhatIsInEachSessionNewestFirst) {
  const fs::path older = make("older");
  make("newer");
  fs::last_write_time(older, fs::file_time_type::clock::now() - std::chrono::hours(5));
  const auto sessions = listSessions(m_folder.path());
  ASSERT_TRUE(sessions.ok()) << sessions.error().message;
  ASSERT_THAT(*sessions, SizeIs(2));
  EXPECT_EQ((*sessions)[0].name, "newer");
  const SessionSummary& session = (*sessions)[1];
  EXPECT_EQ(session.path, older);
  EXPECT_EQ(session.name, "older");
  EXPECT_EQ(session.bytes, fs::file_size(older));
  EXPECT_THAT(session.documents, ElementsAre("doc of older"));
  EXPECT_EQ(session.model, "mini");
  EXPECT_EQ(session.segments, 2);
  EXPECT_EQ(session.textBytes, 200u);
  EXPECT_EQ(session.readBytes, 40u);
  EXPECT_FALSE(session.finished);
  EXPECT_EQ(session.questions, 3);
  EXPECT_EQ(session.snapshots, 1);
  EXPECT_EQ(session.problem, "");
  const auto age = std::chrono::system_clock::now() - session.modified;
  EXPECT_GT(age, std::chrono::hours(4));
  EXPECT_LT(age, std::chrono::hours(6));
}

TEST_F(SessionLibraryTest, SaysWhatIsFinished) {
  const fs::path path = make("a");
  {
    Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
    ASSERT_TRUE(store->storeTail({2, {{7}, {{40, 200}}}, {200, 0}}).ok());
  }
  EXPECT_TRUE(listSessions(m_folder.path())->front().finished);
  Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
  ASSERT_TRUE(storeDocument(*store, "more", sampleText(50)).ok());
  const auto size = measureSession(*store);
  ASSERT_TRUE(size.ok());
  EXPECT_FALSE(size->finished);
  EXPECT_EQ(size->textBytes, 250u);
  EXPECT_EQ(size->readBytes, 200u);
  EXPECT_EQ(size->tailTokens, 1);
  EXPECT_FALSE(listSessions(m_folder.path())->front().finished);
}

TEST_F(SessionLibraryTest, OneThatCannotBeOpenedIsAnEntryWithAReason) {
  make("good");
  writeFile(m_folder / "text.tidemark", "Call me Ishmael. " + sampleText(5000));
  writeFile(m_folder / "empty.tidemark", "");
  writeFile(m_folder / "notes.txt", "not listed");
  writeFile(m_folder / ".hidden.tidemark", "not listed");
  writeFile(m_folder / "bytes \xff.tidemark", "x");
  ASSERT_EQ(mkfifo((m_folder / "pipe.tidemark").c_str(), 0644), 0);
  fs::create_directory(m_folder / "folder.tidemark");
  fs::create_symlink(m_folder / "good.tidemark", m_folder / "link.tidemark");
  fs::create_symlink(m_folder / "nowhere", m_folder / "dangling.tidemark");
  const fs::path newer = make("newer");
  fs::copy_file(newer, m_folder / "foreign.tidemark");
  for (const auto& [path, sql] : {std::pair{newer, "PRAGMA user_version = 99"},
                                  std::pair{m_folder / "foreign.tidemark", "PRAGMA application_id = 7"}}) {
    sqlite3* handle = nullptr;
    ASSERT_EQ(sqlite3_open(path.c_str(), &handle), SQLITE_OK);
    ASSERT_EQ(sqlite3_exec(handle, sql, nullptr, nullptr, nullptr), SQLITE_OK);
    sqlite3_close(handle);
  }
  const auto begun = std::chrono::steady_clock::now();
  const auto sessions = listSessions(m_folder.path());
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(4));
  ASSERT_TRUE(sessions.ok()) << sessions.error().message;
  std::map<std::string, std::string> problems;
  for (const SessionSummary& session : *sessions) problems[session.name] = session.problem;
  EXPECT_THAT(problems, SizeIs(10));
  EXPECT_EQ(problems["good"], "");
  EXPECT_THAT(problems["text"], HasSubstr("not a Tidemark session"));
  EXPECT_THAT(problems["empty"], HasSubstr("empty"));
  EXPECT_THAT(problems["pipe"], HasSubstr("not a file"));
  EXPECT_THAT(problems["folder"], HasSubstr("not a file"));
  EXPECT_THAT(problems["link"], HasSubstr("link"));
  EXPECT_THAT(problems["dangling"], HasSubstr("link"));
  EXPECT_THAT(problems["newer"], HasSubstr("newer Tidemark"));
  EXPECT_THAT(problems["foreign"], HasSubstr("not a Tidemark session"));
  EXPECT_THAT(problems["bytes \xff"], HasSubstr("UTF-8"));
}

TEST_F(SessionLibraryTest, ListsBesideAWriterInAnotherProcessAndInAReadOnlyFolder) {
  const fs::path path = make("a");
  Result<SessionStore> writer = SessionStore::open(path, SessionAccess::kWrite);
  ASSERT_TRUE(storeSegment(*writer, 2, true).ok());
  EXPECT_TRUE(succeedsInChild([&] {
    const auto sessions = listSessions(m_folder.path());
    return sessions && sessions->size() == 1 && sessions->front().segments == 3 && sessions->front().problem.empty() &&
           sessions->front().bytes > fs::file_size(path);
  }));
  // Looking must not take the writer's locks away, in its own process either.
  EXPECT_EQ(listSessions(m_folder.path())->front().segments, 3);
  ASSERT_TRUE(storeSegment(*writer, 3, true).ok());
  EXPECT_THAT(problemsOf(*writer), IsEmpty());
  writer = SessionStore::open(make("b"), SessionAccess::kRead);
  chmod(m_folder.path().c_str(), 0555);
  EXPECT_TRUE(succeedsInChild([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return false;
    const auto sessions = listSessions(m_folder.path());
    if (!sessions || sessions->size() != 2) return false;
    return std::all_of(sessions->begin(), sessions->end(), [](const auto& s) { return s.problem.empty(); });
  }));
}

TEST_F(SessionLibraryTest, ChangesNothingInAReadOnlyFolderAndSaysWhy) {
  const fs::path path = make("a");
  chmod(m_folder.path().c_str(), 0555);
  EXPECT_TRUE(succeedsInChild([&] {
    if (geteuid() == 0 && setuid(65534) != 0) return false;
    for (const Error& error :
         {renameSession(path, "b").error(), duplicateSession(path, "b").error(), trashSession(path).error()}) {
      if (error.code != ErrorCode::kIo || error.message.find("Permission denied") == std::string::npos) return false;
    }
    return true;
  }));
  chmod(m_folder.path().c_str(), 0755);
  EXPECT_THAT(files(), ElementsAre("a.tidemark"));
}

TEST_F(SessionLibraryTest, AFolderThatIsNotThereHasNoSessionsAndAFileIsNoFolder) {
  EXPECT_THAT(*listSessions(m_folder / "nothing"), IsEmpty());
  EXPECT_EQ(listSessions(make("a")).error().code, ErrorCode::kIo);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(listSessions(m_folder.path(), stop.get_token()).error().code, ErrorCode::kCancelled);
}

TEST_F(SessionLibraryTest, AThousandSessionsAreListedInSeconds) {
  const fs::path first = make("0");
  for (int i = 1; i < 1000; ++i) fs::copy_file(first, m_folder / (std::to_string(i) + ".tidemark"));
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THAT(*listSessions(m_folder.path()), SizeIs(1000));
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - begun);
  RecordProperty("milliseconds", std::to_string(ms.count()));
  EXPECT_LT(ms, std::chrono::seconds(60));
}

TEST_F(SessionLibraryTest, RenamesWithEverythingThatBelongsToIt) {
  const fs::path path = make("old");
  addSegmentAndDie(path, 2);
  ASSERT_TRUE(fs::exists(m_folder / "old.tidemark-wal"));
  const auto renamed = renameSession(path, "  Überseehafen \"№ 1\" 'x' %.tidemark ");
  ASSERT_TRUE(renamed.ok()) << renamed.error().message;
  EXPECT_EQ(*renamed, m_folder / "Überseehafen \"№ 1\" 'x' %.tidemark");
  EXPECT_THAT(files(), ElementsAre("Überseehafen \"№ 1\" 'x' %.tidemark"));
  const auto store = SessionStore::open(*renamed, SessionAccess::kWrite);
  ASSERT_TRUE(store.ok()) << store.error().message;
  EXPECT_EQ(*store->segmentCount(), 3);
  EXPECT_THAT(problemsOf(*store), IsEmpty());
}

TEST_F(SessionLibraryTest, RenamingToItsOwnNameIsNothing) {
  const fs::path path = make("a");
  EXPECT_EQ(*renameSession(path, "a"), path);
  EXPECT_EQ(*renameSession(path, "a.tidemark"), path);
}

TEST_F(SessionLibraryTest, RefusesNamesThatExistOrCannotBe) {
  const fs::path path = make("a");
  make("b");
  fs::create_symlink(m_folder / "nowhere", m_folder / "dangling.tidemark");
  const std::pair<std::string, std::string> names[] = {{"b", "exists already"}, {"dangling", "exists already"},
                                                       {"", "empty"},           {"  ", "empty"},
                                                       {".tidemark", "empty"},  {"x/y", "'/'"},
                                                       {"..", "dot"},           {".x", "dot"},
                                                       {"x\ny", "control"},     {std::string("x\0y", 3), "control"},
                                                       {"x\x7f", "control"},    {"x\xc2\x85y", "control"},
                                                       {"x\xff", "UTF-8"},      {std::string(201, 'x'), "201 bytes"}};
  for (const auto& [name, reason] : names) {
    const auto renamed = renameSession(path, name);
    ASSERT_FALSE(renamed.ok()) << name;
    EXPECT_EQ(renamed.error().code, ErrorCode::kInvalidArgument) << name;
    EXPECT_THAT(renamed.error().message, HasSubstr(reason)) << name;
    EXPECT_FALSE(duplicateSession(path, name).ok()) << name;
  }
  EXPECT_THAT(files(), ElementsAre("a.tidemark", "b.tidemark", "dangling.tidemark"));
  EXPECT_TRUE(renameSession(path, std::string(200, 'x')).ok());
  EXPECT_EQ(renameSession(m_folder / "gone.tidemark", "x").error().code, ErrorCode::kNotFound);
  EXPECT_EQ(renameSession(m_folder / "dangling.tidemark", "x").error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SessionLibraryTest, MovesNothingThatIsOpenForWriting) {
  const fs::path path = make("a");
  {
    const Result<SessionStore> writer = SessionStore::open(path, SessionAccess::kWrite);
    for (const Error& error : {renameSession(path, "b").error(), trashSession(path).error()}) {
      EXPECT_EQ(error.code, ErrorCode::kBusy) << error.message;
      EXPECT_THAT(error.message, HasSubstr("open in this program"));
    }
    const std::string process = std::to_string(getpid());
    EXPECT_TRUE(succeedsInChild([&] {
      const Error error = renameSession(path, "b").error();
      return error.code == ErrorCode::kBusy && error.message.find("(process " + process + ")") != std::string::npos;
    }));
  }
  EXPECT_THAT(names(), ElementsAre("a"));
  EXPECT_THAT(*listTrash(m_folder.path()), IsEmpty());
  EXPECT_TRUE(renameSession(path, "b").ok());
}

TEST_F(SessionLibraryTest, DuplicateIsConsistentBesideAWriter) {
  const fs::path path = make("a");
  Result<SessionStore> writer = SessionStore::open(path, SessionAccess::kWrite);
  ASSERT_TRUE(storeDocument(*writer, "long", sampleText(20000)).ok());
  std::jthread writing([&](const std::stop_token& stop) {
    for (std::int64_t i = 2; !stop.stop_requested() && i < 400; ++i) EXPECT_TRUE(storeSegment(*writer, i, true).ok());
  });
  std::int64_t last = 0;
  for (int i = 0; i < 5; ++i) {
    const auto copy = duplicateSession(path, "copy " + std::to_string(i));
    ASSERT_TRUE(copy.ok()) << copy.error().message;
    const Result<SessionStore> store = SessionStore::open(*copy, SessionAccess::kWrite);
    ASSERT_TRUE(store.ok()) << store.error().message;
    EXPECT_THAT(problemsOf(*store), IsEmpty());
    EXPECT_GE(*store->segmentCount(), last);
    EXPECT_EQ(*store->segmentCount(), static_cast<std::int64_t>(store->snapshots()->size()) + 1);
    last = *store->segmentCount();
  }
  writing.request_stop();
  writing.join();
  EXPECT_THAT(names(), SizeIs(6));
}

TEST_F(SessionLibraryTest, DuplicateOfSomethingElseIsRefusedAndLeavesNothing) {
  writeFile(m_folder / "text.tidemark", sampleText(5000));
  EXPECT_EQ(duplicateSession(m_folder / "text.tidemark", "copy").error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(files(), ElementsAre("text.tidemark"));
}

TEST_F(SessionLibraryTest, KilledDuplicateIsNeverListed) {
  const fs::path path = make("a");
  {
    Result<SessionStore> store = SessionStore::open(path, SessionAccess::kWrite);
    ASSERT_TRUE(storeDocument(*store, "long", sampleText(8 << 20)).ok());
  }
  std::mt19937 random(5);
  int unfinished = 0;
  for (int round = 0; round < 15; ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) _exit(duplicateSession(path, "copy").ok() ? 0 : 1);
    std::this_thread::sleep_for(std::chrono::microseconds(random() % 30000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    const auto sessions = listSessions(m_folder.path());
    for (const SessionSummary& session : *sessions) EXPECT_EQ(session.problem, "");
    if (fs::exists(m_folder / "copy.tidemark")) {
      EXPECT_THAT(verifySession(m_folder / "copy.tidemark")->problems, IsEmpty());
      fs::remove(m_folder / "copy.tidemark");
    } else {
      EXPECT_THAT(names(), ElementsAre("a"));
      ++unfinished;
    }
  }
  EXPECT_GT(unfinished, 0);
  // What the killed ones left is taken over and not in the way.
  EXPECT_TRUE(duplicateSession(path, "copy").ok());
  EXPECT_THAT(files(), ElementsAre("a.tidemark", "copy.tidemark"));
}

TEST_F(SessionLibraryTest, TrashAndBack) {
  const fs::path path = make("a");
  addSegmentAndDie(path, 2);
  const auto trashed = trashSession(path);
  ASSERT_TRUE(trashed.ok()) << trashed.error().message;
  EXPECT_THAT(names(), IsEmpty());
  EXPECT_THAT(files(), ElementsAre(".trash"));
  const auto trash = listTrash(m_folder.path());
  ASSERT_THAT(*trash, SizeIs(1));
  EXPECT_EQ(trash->front().path, *trashed);
  EXPECT_EQ(trash->front().name, "a");
  EXPECT_EQ(trash->front().bytes, fs::file_size(*trashed));
  EXPECT_LT(std::chrono::system_clock::now() - trash->front().deleted, std::chrono::minutes(2));
  const auto restored = restoreSession(*trashed);
  ASSERT_TRUE(restored.ok()) << restored.error().message;
  EXPECT_EQ(*restored, path);
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  EXPECT_EQ(*store->segmentCount(), 3);
  EXPECT_THAT(*listTrash(m_folder.path()), IsEmpty());
  EXPECT_THAT(fs::directory_iterator(m_folder / ".trash") == fs::directory_iterator(), true);
}

TEST_F(SessionLibraryTest, RestoresUnderAnotherNameWhereItsOwnIsTaken) {
  const auto first = trashSession(make("a"));
  const auto second = trashSession(make("a"));
  ASSERT_TRUE(first.ok() && second.ok());
  EXPECT_THAT(*listTrash(m_folder.path()), SizeIs(2));
  EXPECT_EQ(*restoreSession(*first), m_folder / "a.tidemark");
  EXPECT_EQ(*restoreSession(*second), m_folder / "a (2).tidemark");
  EXPECT_EQ(restoreSession(*second).error().code, ErrorCode::kNotFound);
}

TEST_F(SessionLibraryTest, BrokenOnesAndHostileNamesCanBeThrownAway) {
  const std::string longest = std::string(246, 'n') + ".tidemark";  // NAME_MAX
  for (const std::string& name : {std::string("line\nbreak.tidemark"), std::string("'; DROP TABLE--.tidemark"),
                                  std::string("bytes \xff.tidemark"), longest}) {
    writeFile(m_folder / name, sampleText(3000));
    const auto trashed = trashSession(m_folder / name);
    if (name == longest) {  // its lock file cannot have a longer name
      EXPECT_EQ(trashed.error().code, ErrorCode::kIo);
      fs::remove(m_folder / name);
      continue;
    }
    ASSERT_TRUE(trashed.ok()) << trashed.error().message;
    EXPECT_EQ(*restoreSession(*trashed), m_folder / name);
    EXPECT_EQ(fileBytes(m_folder / name), sampleText(3000));
    ASSERT_TRUE(trashSession(m_folder / name).ok());
  }
  EXPECT_THAT(*listTrash(m_folder.path()), SizeIs(3));
}

TEST_F(SessionLibraryTest, OnlyWhatIsInATrashIsRestored) {
  const fs::path path = make("a");
  EXPECT_EQ(restoreSession(path).error().code, ErrorCode::kInvalidArgument);
  fs::create_directories(m_folder / ".trash/mine");
  fs::rename(path, m_folder / ".trash/mine/a.tidemark");
  EXPECT_EQ(restoreSession(m_folder / ".trash/mine/a.tidemark").error().code, ErrorCode::kInvalidArgument);
}

TEST_F(SessionLibraryTest, EmptyingTakesWhatIsOldAndOursOnly) {
  const auto recent = trashSession(make("recent"));
  const auto old = trashSession(make("old"));
  ASSERT_TRUE(recent.ok() && old.ok());
  fs::rename(old->parent_path(), m_folder / ".trash/20200102T030405Z-0");
  fs::create_directory(m_folder / ".trash/20200102T030405Z-x");
  fs::create_directory(m_folder / "elsewhere");
  writeFile(m_folder / "elsewhere/letter", "dear");
  fs::create_directory_symlink(m_folder / "elsewhere", m_folder / ".trash/20200102T030405Z-1");
  EXPECT_EQ(*emptyTrash(m_folder.path()), 1);
  EXPECT_THAT(*listTrash(m_folder.path()), SizeIs(1));
  EXPECT_EQ(*emptyTrash(m_folder.path()), 0);
  EXPECT_EQ(*emptyTrash(m_folder.path(), std::chrono::seconds(0)), 1);
  EXPECT_TRUE(fs::exists(m_folder / ".trash/20200102T030405Z-x"));
  EXPECT_TRUE(fs::exists(m_folder / "elsewhere/letter"));
  EXPECT_EQ(*emptyTrash(m_folder / "nothing"), 0);
}

TEST_F(SessionLibraryTest, ATrashThatIsALinkIsNotUsed) {
  const fs::path path = make("a");
  fs::create_directory(m_folder / "elsewhere");
  fs::create_directory_symlink(m_folder / "elsewhere", m_folder / ".trash");
  EXPECT_EQ(trashSession(path).error().code, ErrorCode::kIo);
  EXPECT_THAT(names(), ElementsAre("a"));
}

TEST_F(SessionLibraryTest, VerifyFindsDamage) {
  const fs::path path = make("a");
  EXPECT_THAT(verifySession(path)->problems, IsEmpty());
  std::string bytes = fileBytes(path);
  const std::size_t text = bytes.find("The tide came in");
  ASSERT_NE(text, std::string::npos);
  bytes[text] = 'X';
  writeFile(path, bytes);
  EXPECT_THAT(verifySession(path)->problems, testing::Contains(HasSubstr("piece 1 of the text")));
  EXPECT_EQ(verifySession(m_folder / "gone").error().code, ErrorCode::kNotFound);
}

TEST_F(SessionLibraryTest, FreePathsAreCleanAndNotTaken) {
  const std::pair<std::string, std::string> names[] = {{"Moby-Dick", "Moby-Dick"},
                                                       {"Moby-Dick.tidemark", "Moby-Dick"},
                                                       {"a/b\nc", "a_b c"},
                                                       {"", "session"},
                                                       {"...", "session"},
                                                       {".hidden", "hidden"},
                                                       {"x\xff y", "x_ y"},
                                                       {"  x  ", "x"},
                                                       {".tidemark", "session"},
                                                       {"x.tidemark.tidemark", "x"},
                                                       {"\t", "session"},
                                                       {"\xc2\x85x", "x"},
                                                       {std::string(300, 'y'), std::string(200, 'y')}};
  for (const auto& [wished, expected] : names) {
    EXPECT_EQ(freeSessionPath(m_folder.path(), wished), m_folder / (expected + ".tidemark")) << wished;
  }
  std::string umlauts;
  for (int i = 0; i < 150; ++i) umlauts += "ü";
  EXPECT_EQ(cleanSessionName(umlauts).size(), 200u);
  writeFile(m_folder / "x.tidemark", "");
  fs::create_symlink("nowhere", m_folder / "x (2).tidemark");
  EXPECT_EQ(freeSessionPath(m_folder.path(), "x"), m_folder / "x (3).tidemark");
  writeFile(m_folder / (std::string(200, 'y') + ".tidemark"), "");
  EXPECT_EQ(freeSessionPath(m_folder.path(), std::string(300, 'y')),
            m_folder / (std::string(196, 'y') + " (2).tidemark"));
}

TEST(SessionName, WhateverIsWishedTheCleanNameIsAccepted) {
  std::mt19937 random(3);
  const std::string pieces[] = {
      "a", ".", " ", "/", "\n", "ü", "\xff", "\xed\xa0\x80", ".tidemark", "\xf0\x9f\x8c\x8a", std::string(60, 'b')};
  for (int round = 0; round < 20000; ++round) {
    std::string wished;
    for (unsigned i = random() % 8; i > 0; --i) wished += pieces[random() % std::size(pieces)];
    const std::string name = cleanSessionName(wished);
    const auto checked = checkedSessionName(name);
    ASSERT_TRUE(checked.ok()) << wished << " -> " << name << ": " << checked.error().message;
    ASSERT_EQ(*checked, name) << wished;
  }
}

TEST(SessionName, TellsUtf8FromOtherBytes) {
  for (const char* text : {"", "a", "ü", "€", "\xf0\x9f\x8c\x8a", "\xf4\x8f\xbf\xbf", "\xed\x9f\xbf"}) {
    EXPECT_TRUE(isUtf8(text)) << text;
  }
  for (const char* text : {"\x80", "\xc0\x80", "\xc1\xbf", "\xe0\x80\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf5",
                           "\xc3", "\xe2\x82", "\xf0\x9f\x8c", "\xe2\x28\xa1"}) {
    EXPECT_FALSE(isUtf8(text)) << text;
  }
}

}  // namespace
}  // namespace tidemark

// Pages, headings and sources of documents, and another edition in the place of one that was read.

#include <gmock/gmock.h>

#include "engine/session/schema.h"
#include "engine/session/session_store.h"
#include "engine/session/sqlite.h"
#include "tests/session/session_fixture.h"

namespace tidemark {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

DocumentContents smallContents() {
  DocumentContents contents;
  contents.source = {"pdf", 1, "H. Melville", R"({"pages":3})", 1700000000123456789, 4096};
  contents.pages = {{0, "i"}, {40, ""}, {40, "2"}};
  contents.headings = {{0, 1, "Loomings"}, {50, 2, "Call me"}};
  return contents;
}

class SessionContentsTest : public SessionTest {
 protected:
  static std::int64_t add(SessionStore& store, const std::string& title, const std::string& text,
                          const DocumentContents& contents = {}) {
    const auto id = store.beginDocument(title, "/books/" + title);
    EXPECT_TRUE(id.ok());
    EXPECT_TRUE(store.appendText(*id, text).ok());
    const auto document = store.finishDocument(*id, "sha of " + title, text.size(), 0, contents);
    EXPECT_TRUE(document.ok()) << document.error().message;
    return *id;
  }
  /// A document whose import is not finished.
  static std::int64_t begin(SessionStore& store, const std::string& title, const std::string& text) {
    const auto id = store.beginDocument(title, "/books/" + title);
    EXPECT_TRUE(id.ok() && store.appendText(*id, text).ok());
    return *id;
  }
  static std::string allText(const SessionStore& store) {
    std::string text(std::size_t{4} << 20, '\0');
    const auto count = store.readText(0, text);
    EXPECT_TRUE(count.ok());
    text.resize(*count);
    return text;
  }
};

TEST_F(SessionContentsTest, ContentsComeBackWithSessionWidePlaces) {
  {
    SessionStore store = create();
    add(store, "first", sampleText(100));
    add(store, "second", sampleText(60), smallContents());
  }
  const SessionStore store = open(SessionAccess::kRead);
  const auto contents = store.contents();
  ASSERT_TRUE(contents.ok()) << contents.error().message;
  ASSERT_EQ(contents->size(), 2u);
  EXPECT_EQ((*contents)[0].source.extractionVersion, 0);
  EXPECT_EQ((*contents)[1].source, smallContents().source);
  EXPECT_THAT((*contents)[1].pages, ElementsAre(PageRecord{100, "i"}, PageRecord{140, ""}, PageRecord{140, "2"}));
  EXPECT_THAT((*contents)[1].headings,
              ElementsAre(HeadingRecord{100, 1, "Loomings"}, HeadingRecord{150, 2, "Call me"}));
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionContentsTest, PlacesOutsideTheTextAreRefused) {
  SessionStore store = create();
  for (const auto& pages : {std::vector<PageRecord>{{0, ""}, {61, ""}}, {{1, ""}}, {{0, ""}, {9, ""}, {8, ""}}}) {
    const auto id = store.beginDocument("bad", "");
    ASSERT_TRUE(store.appendText(*id, sampleText(60)).ok());
    DocumentContents contents;
    contents.pages = pages;
    const auto finished = store.finishDocument(*id, "sha", 60, 0, contents);
    ASSERT_FALSE(finished.ok());
    EXPECT_EQ(finished.error().code, ErrorCode::kInvalidArgument);
    ASSERT_TRUE(store.dropDocument(*id).ok());
  }
  EXPECT_THAT(*store.documents(), IsEmpty());
}

TEST_F(SessionContentsTest, ChangedPagesAreFound) {
  {
    SessionStore store = create();
    add(store, "book", sampleText(60), smallContents());
  }
  for (const char* sql : {"UPDATE pages SET byte_begin = 41 WHERE page = 1", "UPDATE headings SET title = 'Other'",
                          "UPDATE document_sources SET coverage = '{}'"}) {
    const std::filesystem::path copy = m_folder / "copy.tidemark";
    std::filesystem::copy_file(m_path, copy, std::filesystem::copy_options::overwrite_existing);
    ASSERT_TRUE(Database::open(copy, DatabaseMode::kWrite)->execute(sql, "damage").ok());
    const auto store = SessionStore::open(copy, SessionAccess::kRead);
    ASSERT_TRUE(store.ok());
    const auto contents = store->contents();
    ASSERT_FALSE(contents.ok()) << sql;
    EXPECT_EQ(contents.error().code, ErrorCode::kCorrupt);
    EXPECT_EQ(problemsOf(*store).size(), 1u) << sql;
  }
}

TEST_F(SessionContentsTest, TextThatIsBeingImportedCanBeReadByItsStore) {
  SessionStore store = create();
  add(store, "first", "first ");
  EXPECT_EQ(store.pendingText(), (ByteRange{}));
  const auto id = store.beginDocument("second", "");
  const std::string text = sampleText(17 * 1024 * 1024);  // part of it is in the file already
  for (std::size_t at = 0; at < text.size(); at += 1'000'003) {
    ASSERT_TRUE(store.appendText(*id, std::string_view(text).substr(at, 1'000'003)).ok());
  }
  EXPECT_EQ(store.pendingText(), (ByteRange{6, 6 + text.size()}));
  std::string got(6 + text.size() + 9, '?');
  ASSERT_EQ(*store.readText(0, got), 6 + text.size());
  EXPECT_EQ(got.substr(0, 6 + text.size()), "first " + text);
  EXPECT_EQ(*open(SessionAccess::kRead).readText(0, got), 6u);  // nobody else sees it
  ASSERT_TRUE(store.dropDocument(*id).ok());
  EXPECT_EQ(*store.readText(0, got), 6u);
}

TEST_F(SessionContentsTest, AnotherEditionTakesThePlaceOfADocument) {
  const std::string a = sampleText(700'000);
  const std::string before = sampleText(600'000);
  std::string after = before;
  after.insert(300'000, "a new paragraph ");
  const std::string c = sampleText(300'001);
  SessionStore store = create();
  add(store, "a", a, smallContents());
  const std::int64_t old = add(store, "b", before, smallContents());
  add(store, "c", c, smallContents());
  for (std::int64_t segment = 0; segment < 4; ++segment) {
    ASSERT_TRUE(storeSegment(store, segment, segment % 2 == 1).ok());
  }
  ASSERT_TRUE(store.storeTail({4, {{7}, {{80, 84}}}, {84, 0}}).ok());
  const std::uint64_t bBegin = a.size();
  std::vector<std::int64_t> marks;
  for (const std::uint64_t byte : {std::uint64_t{5}, bBegin + 299'999, bBegin + 300'000, bBegin + before.size() + 1}) {
    marks.push_back(*store.addBookmark({0, byte, "mark", ""}));
  }
  const std::int64_t edition = begin(store, "b", after);
  EXPECT_EQ(*store.commonBytes(old, edition), 300'000u);
  const auto replaced = store.finishEdition(edition, "sha", after.size(), 0, smallContents(), old, 2);
  ASSERT_TRUE(replaced.ok()) << replaced.error().message;
  EXPECT_EQ(replaced->bytes, (ByteRange{a.size(), a.size() + after.size()}));
  EXPECT_EQ(store.pendingText(), (ByteRange{}));

  EXPECT_EQ(allText(store), a + after + c);
  const auto documents = store.documents();
  ASSERT_EQ(documents->size(), 3u);
  EXPECT_EQ((*documents)[1].id, edition);
  EXPECT_EQ((*documents)[2].bytes, (ByteRange{a.size() + after.size(), a.size() + after.size() + c.size()}));
  EXPECT_EQ((*store.contents())[2].pages[1].byte, (*documents)[2].bytes.begin + 40);
  EXPECT_EQ(*store.segmentCount(), 2);
  ASSERT_EQ(store.snapshots()->size(), 1u);
  EXPECT_FALSE(store.loadTail(4)->has_value());
  EXPECT_THAT(*store.metrics(2, 100), IsEmpty());
  std::vector<std::uint64_t> places;
  const auto bookmarks = store.bookmarks();
  for (const BookmarkRecord& mark : *bookmarks) places.push_back(mark.byte);
  EXPECT_THAT(places, ElementsAre(5, bBegin + 299'999, bBegin + 300'016, bBegin + after.size() + 1));
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionContentsTest, AShorterEditionAndOneWithoutChange) {
  SessionStore store = create();
  const std::int64_t old = add(store, "a", "one two three");
  add(store, "b", "four");
  const std::int64_t shorter = begin(store, "a", "one");
  ASSERT_TRUE(store.finishEdition(shorter, "sha", 3, 0, {}, old, 0).ok());
  EXPECT_EQ(allText(store), "onefour");
  const std::int64_t same = begin(store, "a", "one");
  EXPECT_EQ(*store.commonBytes(shorter, same), 3u);
  ASSERT_TRUE(store.finishEdition(same, "sha", 3, 0, {}, shorter, 0).ok());
  EXPECT_EQ(allText(store), "onefour");
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionContentsTest, WhatCannotBeReplacedIsRefused) {
  SessionStore store = create();
  const std::int64_t first = add(store, "a", sampleText(100));
  const std::int64_t second = add(store, "b", sampleText(100));
  const auto expectRefused = [&](std::int64_t edition, std::int64_t replaced) {
    const auto finished = store.finishEdition(edition, "sha", 0, 0, {}, replaced, 0);
    ASSERT_FALSE(finished.ok()) << edition << " " << replaced;
    EXPECT_EQ(finished.error().code, ErrorCode::kInvalidArgument);
  };
  expectRefused(second, first);  // it is complete
  const std::int64_t empty = begin(store, "c", "");
  expectRefused(empty, first);
  ASSERT_TRUE(store.appendText(empty, "text").ok());
  expectRefused(empty, 99);
  expectRefused(99, first);
  EXPECT_FALSE(store.commonBytes(first, second).ok());
  EXPECT_EQ(allText(store), sampleText(100) + sampleText(100) + "text");
  ASSERT_TRUE(store.dropDocument(empty).ok());
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

TEST_F(SessionContentsTest, ASessionOfTheFirstFormatIsReadAndMigrated) {
  {
    SessionStore store = create();
    add(store, "old", sampleText(60));
  }
  // What the first format's file looked like: the same without what version 2 added.
  {
    const auto database = Database::open(m_path, DatabaseMode::kWrite);
    ASSERT_TRUE(database->execute(kBackToVersion1, "go back").ok());
    ASSERT_TRUE(checkSchema(*database, sessionMigrations().first(1)).ok());
  }
  {
    const SessionStore store = open(SessionAccess::kRead);
    const auto contents = store.contents();
    ASSERT_TRUE(contents.ok());
    ASSERT_EQ(contents->size(), 1u);
    EXPECT_EQ((*contents)[0].source, DocumentSource{});
    EXPECT_EQ(allText(store), sampleText(60));
    EXPECT_TRUE(store.traces(0, 10)->empty());
    EXPECT_TRUE(store.segmentsWithoutTrace(10)->empty());
    EXPECT_TRUE(store.questions()->empty());
    EXPECT_TRUE(store.timelines()->empty());
    EXPECT_THAT(problemsOf(store), IsEmpty());
  }
  SessionStore store = open();
  add(store, "new", sampleText(60), smallContents());
  EXPECT_EQ(store.contents()->back().source.format, "pdf");
  EXPECT_TRUE(std::filesystem::exists(m_folder / "s.tidemark.v1.bak"));
  EXPECT_THAT(problemsOf(store), IsEmpty());
}

}  // namespace
}  // namespace tidemark

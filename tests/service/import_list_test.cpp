// Several documents in one session: order, folders, lists that are given again, pasted texts, files that are refused.

#include "engine/service/import_list.h"

#include <gmock/gmock.h>

#include "tests/service/import_fixture.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using testing::EventLog;
using ::testing::HasSubstr;

class ImportListTest : public ImportTest {
 protected:
  fs::path small(const std::string& name, std::size_t begin = 0) { return write(name, sampleText(begin, 900)); }
  static std::vector<std::string> refusedFiles(EventLog& log) {
    std::vector<std::string> files;
    for (const Event& event : log.events()) {
      if (const auto* refused = std::get_if<DocumentRefused>(&event)) {
        files.push_back(fs::path(refused->path).filename().string());
        EXPECT_THAT(refused->error.message, HasSubstr(files.back()));
      }
    }
    return files;
  }
};

TEST_F(ImportListTest, FilesAreReadInTheOrderGivenAndFoldersAsPeopleSort) {
  fs::create_directories(m_directory / "book/more");
  small("book/chapter 10.txt", 100);
  small("book/chapter 2.txt", 200);
  small("book/more/x.md", 300);
  const ReadRequest request = listRequest({small("z.txt", 400), m_directory / "book", small("a.txt", 500)});
  ASSERT_TRUE(read("s.tidemark", request));
  const std::vector<std::string> order = titles("s.tidemark");
  ASSERT_EQ(order.size(), 5u);
  EXPECT_EQ(order.front(), "z.txt");
  EXPECT_EQ(order.back(), "a.txt");
  EXPECT_LT(std::find(order.begin(), order.end(), "chapter 2.txt"),
            std::find(order.begin(), order.end(), "chapter 10.txt"));
  const auto again = read("s.tidemark", request);
  ASSERT_TRUE(again);
  EXPECT_EQ(again->segmentsRead, 0);
  EXPECT_EQ(titles("s.tidemark"), order);
  EXPECT_EQ(stored("s.tidemark").contents()->front().source.format, "text");
}

TEST_F(ImportListTest, OneBadFileNeverStopsTheOthers) {
  const auto a = small("a.txt");
  const auto b = small("b.txt", 1000);
  const auto empty = write("empty.txt", "");
  const ReadRequest request = listRequest({empty, a, m_directory / "missing.txt", b});
  EventLog log;
  const auto finished = read("s.tidemark", request, log);
  ASSERT_TRUE(finished);
  EXPECT_THAT(refusedFiles(log), ElementsAre("empty.txt", "missing.txt"));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt"));
  EXPECT_EQ(finished->stateHash, read("t.tidemark", listRequest({a, b}))->stateHash);
  // What was wrong is put right: it can only come behind what is there, so that has to be asked for.
  write("empty.txt", "now there is text");
  EventLog second;
  ASSERT_TRUE(read("s.tidemark", request, second));
  EXPECT_THAT(refusedFiles(second), ElementsAre("empty.txt", "missing.txt"));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt"));
  ReadRequest append = request;
  append.append = true;
  EventLog third;
  ASSERT_TRUE(read("s.tidemark", append, third));
  EXPECT_THAT(refusedFiles(third), ElementsAre("missing.txt"));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt", "empty.txt"));
}

TEST_F(ImportListTest, AReadOfNothingFails) {
  const auto first = write("first.txt", "");
  const auto second = write("second.bin", std::string("\0\0\0\0", 4));
  EXPECT_THAT(refusal("s.tidemark", listRequest({first})), HasSubstr("first.txt"));
  const std::string both = refusal("s.tidemark", listRequest({first, second}));
  EXPECT_THAT(both, HasSubstr("none of the 2 files could be read"));
  EXPECT_THAT(both, HasSubstr("first.txt"));
  EXPECT_TRUE(stored("s.tidemark").documents()->empty());
  // A session that holds something goes on with that.
  ASSERT_TRUE(read("s.tidemark", listRequest({small("a.txt")})));
  EXPECT_TRUE(read("s.tidemark", listRequest({first, second}, true)));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt"));
}

TEST_F(ImportListTest, AFileThatIsNamedTwiceCountsOnce) {
  const auto a = small("a.txt");
  const auto copy = write("copy.txt", readWhole(a));
  ASSERT_TRUE(read("s.tidemark", listRequest({a, a, copy, small("b.txt", 2000)})));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt"));
}

TEST_F(ImportListTest, AnotherListIsAddedOnPurposeOrNotAtAll) {
  const auto a = small("a.txt");
  const auto b = small("b.txt", 2000);
  ASSERT_TRUE(read("s.tidemark", listRequest({a, b})));
  const std::string other = refusal("s.tidemark", listRequest({b, small("c.txt", 4000)}));
  EXPECT_THAT(other, HasSubstr("already holds \"a.txt\" and others"));
  EXPECT_THAT(other, HasSubstr("--append to add"));
  EXPECT_TRUE(read("s.tidemark", listRequest({b})));  // nothing new in it
  EXPECT_TRUE(read("s.tidemark", listRequest({a, b, m_directory / "c.txt"})));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "b.txt", "c.txt"));
  // A file that moved is the same document.
  fs::rename(b, m_directory / "moved.txt");
  EXPECT_EQ(read("s.tidemark", listRequest({a, m_directory / "moved.txt"}))->segmentsRead, 0);
}

TEST_F(ImportListTest, AChangedFileIsNoticed) {
  const auto a = small("a.txt");
  ASSERT_TRUE(read("s.tidemark", listRequest({a})));
  write("a.txt", sampleText(0, 900) + "more");
  const std::string changed = refusal("s.tidemark", listRequest({a}));
  for (const char* part : {"a.txt", "has changed", "--revise", "--append", "another session"}) {
    EXPECT_THAT(changed, HasSubstr(part));
  }
  EXPECT_TRUE(read("s.tidemark", listRequest({a}, true)));
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "a.txt"));
}

TEST_F(ImportListTest, PastedTextIsADocumentBehindTheFiles) {
  const std::string text = "\xEF\xBB\xBFMary was born in Geneva.\r\nAnd \xFFmore.\n";
  ReadRequest request = listRequest({small("a.txt")});
  request.pasted = {{"From the clipboard", text}};
  const auto finished = read("s.tidemark", request);
  ASSERT_TRUE(finished);
  EXPECT_THAT(titles("s.tidemark"), ElementsAre("a.txt", "From the clipboard"));
  EXPECT_EQ(finished->stateHash,
            read("t.tidemark", listRequest({m_directory / "a.txt", write("b.txt", text)}))->stateHash);
  const auto document = stored("s.tidemark").documents()->back();
  EXPECT_EQ(document.sourcePath, "");
  EXPECT_EQ(document.replacedBytes, 1u);
  EXPECT_EQ(read("s.tidemark", request)->segmentsRead, 0);  // the same list
  EXPECT_EQ(titles("s.tidemark").size(), 2u);
  ReadRequest empty;
  empty.pasted = {{"Nothing", ""}};
  EXPECT_THAT(refusal("u.tidemark", empty), HasSubstr("empty"));
  empty.pasted = {{"Binary", std::string("a\0b", 3)}};
  EXPECT_THAT(refusal("u.tidemark", empty), HasSubstr("pasted text"));
}

TEST_F(ImportListTest, APastedTextOfManyMegabytes) {
  ReadRequest request;
  const std::string book = readWhole(resource("samples/moby-dick.txt"));
  std::string text;
  while (text.size() < (std::size_t{5} << 20)) text += book;
  request.pasted = {{"Long", text}};
  EventLog log;
  auto service = start("s.tidemark", log);
  const auto run = service->read(request);
  ASSERT_TRUE(waitUntil([&] { return log.count<DocumentImported>() == 1; }));
  service->cancel(*run);
  ASSERT_TRUE(log.wait<RunCancelled>(*run));
  const auto document = stored("s.tidemark").documents()->back();
  EXPECT_EQ(document.bytes.end, text.size());
}

TEST_F(ImportListTest, FilesOfAnotherSizeAreNotHashed) {
  const auto a = small("a.txt");
  ASSERT_TRUE(read("s.tidemark", listRequest({a})));
  // A request to stop ends hashing: who does not hash does not notice it.
  std::stop_source stop;
  stop.request_stop();
  const auto known = loadKnown(stored("s.tidemark"));
  ASSERT_TRUE(known.ok());
  ImportTask task;
  task.file = a;
  EXPECT_TRUE(findSame(*known, task, stop.get_token())->has_value());  // by size and time
  task.file = write("other.txt", sampleText(0, 901));
  EXPECT_FALSE(findSame(*known, task, stop.get_token())->has_value());
  task.file = write("same size.txt", sampleText(50, 900));
  const auto hashed = findSame(*known, task, stop.get_token());
  ASSERT_FALSE(hashed.ok());
  EXPECT_EQ(hashed.error().code, ErrorCode::kCancelled);
  EXPECT_FALSE(findSame(*known, task, {})->has_value());
}

}  // namespace
}  // namespace tidemark

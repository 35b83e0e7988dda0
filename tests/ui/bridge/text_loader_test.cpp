#include "ui/bridge/text_loader.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include "engine/session/session_store.h"

namespace tidemark::ui {
namespace {

class TextLoaderTest : public ::testing::Test {
 protected:
  TextLoaderTest() {
    QObject::connect(&m_loader, &TextLoader::pieceReady, [this](const std::shared_ptr<const TextPiece>& piece) {
      EXPECT_EQ(piece->begin, m_text.size());
      m_text += piece->bytes;
      m_document.append(piece);
    });
    QObject::connect(&m_loader, &TextLoader::filesListed, [this](const QStringList& paths) { m_listed = paths; });
    QObject::connect(&m_loader, &TextLoader::fileChecked,
                     [this](int file, const FileReport&) { m_told += "good " + std::to_string(file) + "\n"; });
    QObject::connect(&m_loader, &TextLoader::fileRefused,
                     [this](int file, const RefusedFile&) { m_told += "bad " + std::to_string(file) + "\n"; });
    QObject::connect(
        &m_loader, &TextLoader::documentsLoaded,
        [this](const std::vector<DocumentRecord>& documents, const std::vector<DocumentContents>& contents) {
          m_documents = documents;
          m_contents = contents;
        });
    QObject::connect(&m_loader, &TextLoader::filesChecked, [this](const CheckedFiles& files) { m_checked = files; });
    QObject::connect(&m_loader, &TextLoader::sessionLoaded, [this] { ++m_loaded; });
    QObject::connect(&m_loader, &TextLoader::loadFailed, [this](const QString& reason) { m_failure = reason; });
  }
  QString write(const std::string& name, const std::string& text) {
    const auto path = folder() / name;
    std::ofstream(path, std::ios::binary) << text;
    return QString::fromStdString(path.string());
  }
  [[nodiscard]] std::filesystem::path folder() const { return m_folder.path().toStdString(); }
  bool waitForFiles() {
    return QTest::qWaitFor([this] { return m_checked.has_value(); }, 20'000);
  }

  QTemporaryDir m_folder;
  TextLoader m_loader;
  std::string m_text;
  DocumentText m_document;
  std::optional<CheckedFiles> m_checked;
  QString m_failure;
  QStringList m_listed;
  std::string m_told;
  std::vector<DocumentRecord> m_documents;
  std::vector<DocumentContents> m_contents;
  int m_loaded = 0;
};

TEST_F(TextLoaderTest, SeveralFilesAreToldOneByOneAndABadOneStopsNoOther) {
  const QString good = write("one.txt", "First text.\n");
  const QString quoted = write("it's \"two\"\nlines.txt", "Second.\r\nLine.");
  const QString empty = write("empty.txt", "");
  const QString binary = write("binary.txt", "\x89PNG\r\n\x1A\n1234");
  const QString missing = QString::fromStdString((folder() / "missing.txt").string());
  const QString fifo = QString::fromStdString((folder() / "pipe.txt").string());
  ASSERT_EQ(mkfifo(fifo.toStdString().c_str(), 0600), 0);
  m_loader.loadFiles({good, empty, quoted, binary, missing, fifo}, true, folder() / "sessions");
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "");  // their order is not decided yet
  EXPECT_FALSE(m_checked->isShown);
  EXPECT_EQ(m_checked->textBytes, std::string("First text.\nSecond.\nLine.").size());
  EXPECT_EQ(m_listed.size(), m_listed.contains(missing) ? 6 : 5);
  ASSERT_EQ(m_checked->texts.size(), 2u);
  EXPECT_EQ(m_checked->texts[1].document.textBytes, 13u);
  EXPECT_EQ(m_checked->texts[1].newSession.parent_path(), folder() / "sessions");
  EXPECT_NE(m_told.find("good 0\nbad 1\ngood 2\n"), std::string::npos) << m_told;
  EXPECT_EQ(m_checked->newSession, folder() / "sessions" / "one.tidemark");
  ASSERT_EQ(m_checked->refused.size(), 4u);
  for (const RefusedFile& each : m_checked->refused) EXPECT_FALSE(each.reason.isEmpty());
}

TEST_F(TextLoaderTest, ASingleFileIsShownOnceItIsKnownToBeGood) {
  m_loader.loadFiles({write("one.txt", "First\r\ntext.\n\fSecond page.")}, true, folder() / "sessions");
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "First\ntext.\n\fSecond page.");
  EXPECT_TRUE(m_checked->isShown);
  EXPECT_EQ(m_checked->textBytes, m_text.size());
  EXPECT_EQ(m_document.pageCount(), 2u);
  m_text.clear();
  m_checked.reset();
  // Half a UTF-16 pair: there is a gap, so somebody decides before anything is shown.
  const std::string gap(
      "\xFF\xFE"
      "A\0\0\xD8"
      "B\0",
      8);
  m_loader.loadFiles({write("gap.txt", gap)}, true, folder() / "sessions");
  ASSERT_TRUE(waitForFiles());
  ASSERT_EQ(m_checked->texts.size(), 1u) << (m_checked->refused.empty() ? ""
                                                                        : m_checked->refused[0].reason.toStdString());
  EXPECT_TRUE(hasGaps(m_checked->texts[0].document.coverage));
  EXPECT_FALSE(m_checked->isShown);
  EXPECT_EQ(m_text, "");
}

TEST_F(TextLoaderTest, PastedTextIsShownAsItWillBeRead) {
  m_loader.loadPasted({"A title/with a slash", "one\r\ntwo"}, folder() / "sessions");
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "one\ntwo");
  ASSERT_TRUE(m_checked->pasted);
  EXPECT_EQ(m_checked->pasted->text, "one\r\ntwo");  // the engine cleans it the same way
  EXPECT_EQ(m_checked->newSession.parent_path(), folder() / "sessions");
  EXPECT_FALSE(m_checked->newSession.filename().empty());
}

TEST_F(TextLoaderTest, FoldersStandForTheTextsInThemAndSessionsAreRecognised) {
  std::filesystem::create_directory(folder() / "books");
  std::filesystem::create_directory(folder() / "books" / "more");
  write("books/b.txt", "B");
  write("books/more/a.md", "A");
  write("books/picture.png", "\x89PNG\r\n\x1A\n1234");
  ModelIdentity identity;
  identity.layers = 1;
  ASSERT_TRUE(SessionStore::create(folder() / "odd-name", identity).ok());
  m_loader.loadFiles(
      {QString::fromStdString((folder() / "books").string()), QString::fromStdString((folder() / "odd-name").string())},
      true, folder());
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_checked->texts.size(), 2u);
  EXPECT_EQ(m_checked->sessions.size(), 1u);
  EXPECT_TRUE(m_checked->refused.empty());
}

TEST_F(TextLoaderTest, AThousandFilesAtOnce) {
  QStringList paths;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = "text " + std::to_string(i) + "\n";
    paths << write("f" + std::to_string(i) + ".txt", text);
    expected += text;
  }
  m_loader.loadFiles(paths, true, folder());
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_checked->textBytes, expected.size());
  EXPECT_EQ(m_checked->texts.size(), 1000u);
}

TEST_F(TextLoaderTest, ANewerRequestSilencesTheOlderOne) {
  const QString large = write("large.txt", std::string(20 << 20, 'x'));
  const QString small = write("small.txt", "small");
  m_loader.loadFiles({large}, true, folder());
  m_loader.loadFiles({small}, true, folder());
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "small");
}

TEST_F(TextLoaderTest, LoadsTheTextOfASessionFromAnyByteOn) {
  ModelIdentity identity;
  identity.layers = 1;
  {
    auto store = SessionStore::create(folder() / "s.tidemark", identity);
    ASSERT_TRUE(store.ok()) << store.error().message;
    for (const std::string& text : {std::string("One.\n"), std::string(3 << 20, 'y')}) {
      const auto id = store->beginDocument("t", "/t");
      ASSERT_TRUE(store->appendText(*id, text).ok());
      DocumentContents contents;
      contents.source.format = "pdf";
      contents.pages = {{0, "i"}, {2, "ii"}};
      contents.headings = {{1, 2, "Heading"}};
      const auto document = store->finishDocument(*id, std::string(64, 'a'), text.size(), 0, contents);
      ASSERT_TRUE(document.ok());
    }
  }
  m_loader.loadSession(folder() / "s.tidemark");
  EXPECT_TRUE(QTest::qWaitFor([this] { return m_loaded == 1; }));
  EXPECT_EQ(m_text, "One.\n" + std::string(3 << 20, 'y'));
  EXPECT_EQ(m_documents.size(), 2u);
  ASSERT_EQ(m_contents.size(), 2u);
  EXPECT_EQ(m_contents[1].pages[1], (PageRecord{7, "ii"}));
  EXPECT_EQ(m_document.pageCount(), 4u);
  EXPECT_EQ(m_document.pageName(m_document.pageAt(8)), "ii");
  EXPECT_EQ(m_document.findPage("ii", 6), 4u);
  ASSERT_EQ(m_document.outline().size(), 2u);
  EXPECT_EQ(m_document.outline()[1].byte, 6u);
  EXPECT_EQ(m_document.outline()[1].level, 2);
  // On from where a view is: in the middle of a document.
  m_text.resize(9);
  m_loader.loadSession(folder() / "s.tidemark", 9);
  EXPECT_TRUE(QTest::qWaitFor([this] { return m_loaded == 2; }));
  EXPECT_EQ(m_text, "One.\n" + std::string(3 << 20, 'y'));
  m_loader.loadSession(folder() / "none.tidemark");
  EXPECT_TRUE(QTest::qWaitFor([this] { return !m_failure.isEmpty(); }));
}

}  // namespace
}  // namespace tidemark::ui

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
  std::optional<CheckedFiles> m_checked;
  QString m_failure;
  int m_loaded = 0;
};

TEST_F(TextLoaderTest, SeveralFilesBecomeOneTextAndBadOnesAreNamed) {
  const QString good = write("one.txt", "First text.\n");
  const QString quoted = write("it's \"two\"\nlines.txt", "Second.\r\nLine.");
  const QString empty = write("empty.txt", "");
  const QString binary = write("binary.txt", std::string("a\0b", 3));
  const QString missing = QString::fromStdString((folder() / "missing.txt").string());
  const QString fifo = QString::fromStdString((folder() / "pipe.txt").string());
  ASSERT_EQ(mkfifo(fifo.toStdString().c_str(), 0600), 0);
  m_loader.loadFiles({good, empty, quoted, binary, missing, fifo}, true, folder() / "sessions");
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "First text.\nSecond.\nLine.");
  EXPECT_EQ(m_checked->textBytes, m_text.size());
  EXPECT_EQ(m_checked->texts.size(), 2u);
  EXPECT_EQ(m_checked->newSession, folder() / "sessions" / "one.tidemark");
  ASSERT_EQ(m_checked->refused.size(), 4u);
  for (const RefusedFile& each : m_checked->refused) EXPECT_FALSE(each.reason.isEmpty());
}

TEST_F(TextLoaderTest, FoldersStandForTheTextsInThemAndSessionsAreRecognised) {
  std::filesystem::create_directory(folder() / "books");
  write("books/b.txt", "B");
  write("books/a.md", "A");
  write("books/picture.png", "P");
  ModelIdentity identity;
  identity.layers = 1;
  ASSERT_TRUE(SessionStore::create(folder() / "odd-name", identity).ok());
  m_loader.loadFiles(
      {QString::fromStdString((folder() / "books").string()), QString::fromStdString((folder() / "odd-name").string())},
      true, folder());
  ASSERT_TRUE(waitForFiles());
  EXPECT_EQ(m_text, "AB");
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
  EXPECT_EQ(m_text, expected);
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

TEST_F(TextLoaderTest, LoadsTheTextOfASessionFromAnyDocumentOn) {
  ModelIdentity identity;
  identity.layers = 1;
  std::vector<ByteRange> documents;
  {
    auto store = SessionStore::create(folder() / "s.tidemark", identity);
    ASSERT_TRUE(store.ok()) << store.error().message;
    for (const std::string& text : {std::string("One.\n"), std::string(3 << 20, 'y')}) {
      const auto id = store->beginDocument("t", "/t");
      ASSERT_TRUE(store->appendText(*id, text).ok());
      const auto document = store->finishDocument(*id, std::string(64, 'a'), text.size(), 0);
      ASSERT_TRUE(document.ok());
      documents.push_back(document->bytes);
    }
  }
  m_loader.loadSession(folder() / "s.tidemark", documents);
  EXPECT_TRUE(QTest::qWaitFor([this] { return m_loaded == 1; }));
  EXPECT_EQ(m_text, "One.\n" + std::string(3 << 20, 'y'));
  m_loader.loadSession(folder() / "none.tidemark", documents);
  EXPECT_TRUE(QTest::qWaitFor([this] { return !m_failure.isEmpty(); }));
}

}  // namespace
}  // namespace tidemark::ui

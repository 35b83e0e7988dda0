// What the window knows of its models, with the real inspection and a server on this machine.

#include "ui/window/models_controller.h"

#include <gtest/gtest.h>

#include <QDir>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <filesystem>
#include <fstream>

#include "tests/ui/download/http_test_server.h"
#include "ui/sessions/list_roles.h"

namespace tidemark::ui {
namespace {

constexpr int kLongMilliseconds = 60'000;

class ModelsControllerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    QDir(m_folder.path()).mkdir(QStringLiteral("data"));
    qputenv("XDG_DATA_HOME", m_folder.filePath(QStringLiteral("data")).toUtf8());  // and with it the trash
    DownloadOptions options;
    options.hub = m_server.url();
    options.firstWaitMs = 1;
    m_models = std::make_unique<ModelsController>(
        ModelsController::Places{m_mini, m_folder.filePath(QStringLiteral("models"))},
        ModelsController::Hooks{[this]() -> const Settings& { return m_settings; },
                                [this](const Settings& settings) {
                                  m_settings = settings;
                                  ++m_changes;
                                  m_models->showSettings();
                                }},
        options);
  }
  void TearDown() override {
    delete m_models->manager();  // in the program the window owns it
    m_models.reset();
    qunsetenv("XDG_DATA_HOME");
  }
  /// A copy of the built-in model.
  QString copyMini(const char* name) {
    const QString folder = m_folder.filePath(QString::fromUtf8(name));
    std::filesystem::create_directories(folder.toStdString());
    std::filesystem::copy(m_mini.toStdString(), folder.toStdString());
    return folder;
  }
  /// Zeros without end, none of them on a disk.
  QString largeModel() {
    constexpr std::uint64_t kBytes = std::uint64_t{512} << 20;
    const QString folder = m_folder.filePath(QStringLiteral("large"));
    std::filesystem::create_directories(folder.toStdString());
    const std::filesystem::path file = folder.toStdString() + "/model.safetensors";
    const std::string header = R"({"zeros":{"dtype":"F32","shape":[)" + std::to_string(kBytes / 4) +
                               R"(],"data_offsets":[0,)" + std::to_string(kBytes) + "]}}";
    const std::uint64_t length = header.size();
    std::ofstream(file, std::ios::binary).write(reinterpret_cast<const char*>(&length), sizeof length) << header;
    std::filesystem::resize_file(file, sizeof length + header.size() + kBytes);
    return folder;
  }
  [[nodiscard]] const ModelRow* row(const QString& path) const {
    const ModelListModel& model = m_models->manager()->listModel();
    const int at = model.rowOf(path);
    return at < 0 ? nullptr : &model.rows()[static_cast<std::size_t>(at)];
  }
  bool waitForCheck(const QString& path, CheckState state) {
    return QTest::qWaitFor([&] { return row(path) != nullptr && row(path)->check == state; }, kLongMilliseconds);
  }
  QPushButton* undoButton() {
    for (QPushButton* each : m_models->manager()->messageBar().findChildren<QPushButton*>()) {
      if (each->text() == QStringLiteral("Undo") && !each->isHidden()) return each;
    }
    return nullptr;
  }

  const QString m_mini = QStringLiteral(TM_SOURCE_DIR "/resources/models/mini");
  QTemporaryDir m_folder;
  HttpTestServer m_server;
  Settings m_settings;
  int m_changes = 0;
  std::unique_ptr<ModelsController> m_models;
};

TEST_F(ModelsControllerTest, LooksAtWhatIsSelectedAndSaysWhatItFound) {
  m_models->open(nullptr);
  EXPECT_EQ(m_models->manager()->selected(), m_mini);
  EXPECT_EQ(row(m_mini)->check, CheckState::kChecking);
  ASSERT_TRUE(waitForCheck(m_mini, CheckState::kGood)) << row(m_mini)->inShort.toStdString();
  EXPECT_TRUE(row(m_mini)->isDefault);
  QDir(m_folder.path()).mkdir(QStringLiteral("empty"));
  const QString empty = m_folder.filePath(QStringLiteral("empty"));
  m_models->addFolder(empty);
  EXPECT_EQ(m_models->manager()->selected(), empty);
  ASSERT_TRUE(waitForCheck(empty, CheckState::kBad));
  ASSERT_EQ(m_settings.models.size(), 1u);
  const int changes = m_changes;
  m_models->addFolder(empty + QStringLiteral("/../empty/"));
  m_models->addFolder(m_mini);
  EXPECT_EQ(m_changes, changes) << "known already";
}

TEST_F(ModelsControllerTest, ANewerLookOvertakesThoseThatWait) {
  m_models->open(nullptr);
  const QString a = copyMini("a");
  const QString b = copyMini("b");
  m_settings.models = {{a, {}}, {b, {}}};
  m_models->showSettings();
  // The built-in one is under way, or waits; of the others only the last counts.
  m_models->check(a, false);
  m_models->check(b, false);
  ASSERT_TRUE(waitForCheck(b, CheckState::kGood));
  EXPECT_NE(row(a)->check, CheckState::kChecking) << "nobody waits for what will not come";
  m_models->manager()->select(a);
  EXPECT_TRUE(waitForCheck(a, CheckState::kGood));
}

TEST_F(ModelsControllerTest, ALookThatWasGivenUpForAnotherDoesNotOvertakeIt) {
  const QString large = largeModel();
  const QString a = copyMini("a");
  m_settings.models = {{large, {}}, {a, {}}};
  m_models->open(nullptr, large);
  QTest::qWait(20);  // it is under way, and stays selected
  m_models->check(a, false);
  ASSERT_TRUE(waitForCheck(large, CheckState::kNotChecked));
  ASSERT_TRUE(waitForCheck(a, CheckState::kGood));
  EXPECT_EQ(row(large)->check, CheckState::kNotChecked);
}

TEST_F(ModelsControllerTest, ALookThatTakesLongIsGivenUpForAnotherModelAndWhenTheManagerCloses) {
  const QString large = largeModel();
  const QString a = copyMini("a");
  m_settings.models = {{large, {}}, {a, {}}};
  m_models->open(nullptr, large);
  ASSERT_EQ(row(large)->check, CheckState::kChecking);
  QTest::qWait(20);  // it is under way
  m_models->manager()->select(a);
  ASSERT_TRUE(waitForCheck(a, CheckState::kGood));
  EXPECT_EQ(row(large)->check, CheckState::kNotChecked) << "not looked at to its end";

  m_models->manager()->select(large);
  QTest::qWait(20);
  delete m_models->manager();
  m_models->open(nullptr, a);
  ASSERT_TRUE(waitForCheck(a, CheckState::kGood));
  EXPECT_TRUE(waitForCheck(large, CheckState::kNotChecked));

  m_models->manager()->select(large);
  m_models->manager()->select(a);
  m_models->manager()->select(large);  // the first look is being given up, and a second one wanted
  EXPECT_TRUE(waitForCheck(large, CheckState::kBad));
}

TEST_F(ModelsControllerTest, DefaultRemoveAndUndo) {
  const QString a = copyMini("a");
  const QString b = copyMini("b");
  m_models->open(nullptr);
  m_models->addFolder(a);
  m_models->addFolder(b);
  ModelHints hints;
  hints.segmentSize = 64;
  m_models->applyHints(a, hints);
  EXPECT_EQ(hintsOf(m_settings, a), hints);
  m_models->makeDefault(a);
  EXPECT_EQ(m_settings.modelDirectory, a);
  EXPECT_TRUE(row(a)->isDefault);
  m_models->remove(a);
  EXPECT_TRUE(m_settings.modelDirectory.isEmpty());
  EXPECT_EQ(m_settings.models.size(), 1u);
  EXPECT_TRUE(QFile::exists(a + QStringLiteral("/config.json"))) << "the files stay";
  ASSERT_NE(undoButton(), nullptr);
  undoButton()->click();
  EXPECT_EQ(m_settings.modelDirectory, a);
  ASSERT_EQ(m_settings.models.size(), 2u);
  EXPECT_EQ(m_settings.models[0].directory, a);
  EXPECT_EQ(m_settings.models[0].hints, hints);
  m_models->makeDefault(m_mini);
  EXPECT_TRUE(m_settings.modelDirectory.isEmpty());
}

TEST_F(ModelsControllerTest, ADownloadedModelIsListedAndItsFilesGoToTheTrashAndBack) {
  const QDir mini(m_mini);
  QByteArray siblings;
  const QByteArray commit(40, 'c');
  for (const QString& name :
       {QStringLiteral("config.json"), QStringLiteral("model.safetensors"), QStringLiteral("tokenizer.model")}) {
    QFile file(mini.filePath(name));
    ASSERT_TRUE(file.open(QIODevice::ReadOnly));
    const QByteArray bytes = file.readAll();
    m_server.file("/lab/tiny/resolve/" + commit + "/" + name.toLatin1(), bytes);
    siblings += R"({"rfilename":")" + name.toLatin1() + R"(","size":)" + QByteArray::number(bytes.size()) + "},";
  }
  siblings.chop(1);
  m_server.on("/api/models/lab/tiny/revision/main?blobs=true",
              HttpTestAnswer{200, {}, R"({"sha":")" + commit + R"(","siblings":[)" + siblings + "]}"});
  m_models->open(nullptr);
  DownloadPage& page = m_models->manager()->downloadPage();
  Q_EMIT page.lookRequested(QStringLiteral("lab/tiny"), {});
  ASSERT_TRUE(QTest::qWaitFor(
      [&] {
        Q_EMIT page.startRequested();
        return m_settings.models.size() == 1;
      },
      kLongMilliseconds));
  const QString path = m_settings.models[0].directory;
  EXPECT_EQ(path, m_folder.filePath(QStringLiteral("models/tiny")));
  EXPECT_EQ(m_models->manager()->selected(), path);
  ASSERT_TRUE(waitForCheck(path, CheckState::kGood)) << row(path)->inShort.toStdString();

  m_models->trash(path);
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_settings.models.empty(); }, kLongMilliseconds))
      << m_models->manager()->messageBar().currentMessage()->text.toStdString();
  EXPECT_FALSE(QFile::exists(path));
  ASSERT_NE(undoButton(), nullptr);
  undoButton()->click();
  ASSERT_TRUE(QTest::qWaitFor([&] { return m_settings.models.size() == 1; }, kLongMilliseconds));
  EXPECT_TRUE(QFile::exists(path + QStringLiteral("/model.safetensors")));
}

TEST_F(ModelsControllerTest, WhatWasNotDownloadedIsNeverThrownAway) {
  const QString a = copyMini("a");
  m_models->open(nullptr);
  m_models->addFolder(a);
  m_models->trash(a);
  m_models->trash(m_mini);
  QTest::qWait(50);
  EXPECT_TRUE(QFile::exists(a + QStringLiteral("/config.json")));
  EXPECT_EQ(m_settings.models.size(), 1u);
}

TEST_F(ModelsControllerTest, ClosingTheManagerDuringALookIsSafe) {
  m_models->open(nullptr);
  m_models->manager()->close();
  QTest::qWait(10);
  EXPECT_EQ(m_models->manager(), nullptr);
  m_models->open(nullptr);
  EXPECT_TRUE(waitForCheck(m_mini, CheckState::kGood));
}

}  // namespace
}  // namespace tidemark::ui

// Downloads from a server that drops, lies, redirects and forgets. Whatever it does: nothing wrong gets a file's name.

#include "ui/download/model_download.h"

#include <gtest/gtest.h>

#include <QCryptographicHash>
#include <QDir>
#include <QElapsedTimer>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/ui/download/http_test_server.h"

namespace tidemark::ui {
namespace {

constexpr const char* kApi = "/api/models/lab/tiny/revision/main?blobs=true";

QByteArray bytesOf(qsizetype count, int seed) {
  QByteArray bytes(count, 0);
  quint32 state = static_cast<quint32>(seed) * 2654435761U + 1;
  for (char& each : bytes) {
    state = state * 1664525U + 1013904223U;
    each = static_cast<char>(state >> 24);
  }
  return bytes;
}

class ModelDownloadTest : public ::testing::Test {
 protected:
  void SetUp() override {
    m_options.hub = m_server.url();
    m_options.tries = 3;
    m_options.firstWaitMs = 1;
    m_options.stallMs = 2000;
    m_server.file(resolved("config.json"), m_config, "\"c\"");
    m_server.file(resolved("model.safetensors"), m_weights);
    list();
  }
  [[nodiscard]] static QByteArray resolved(const QByteArray& name) {
    return "/lab/tiny/resolve/" + QByteArray(40, 'c') + "/" + name;
  }
  /// The hub's answer; `sha256` and `size` of the weights may be made wrong.
  void list(QByteArray sha256 = {}, qint64 size = -1) {
    if (sha256.isEmpty()) sha256 = QCryptographicHash::hash(m_weights, QCryptographicHash::Sha256).toHex();
    if (size < 0) size = m_weights.size();
    m_server.on(kApi, HttpTestAnswer{200,
                                     {},
                                     R"({"sha":")" + QByteArray(40, 'c') + R"(","siblings":[
      {"rfilename":".gitattributes","size":3},{"rfilename":"README.md","size":5},
      {"rfilename":"config.json","size":)" +
                                         QByteArray::number(m_config.size()) + R"(},
      {"rfilename":"model.safetensors","size":1,"lfs":{"sha256":")" +
                                         sha256 + R"(","size":)" + QByteArray::number(size) + "}}]}"});
  }
  ModelDownload& make() {
    m_download = std::make_unique<ModelDownload>(m_options);
    return *m_download;
  }
  bool reach(DownloadState state) {
    return QTest::qWaitFor([&] { return m_download->state() == state; }, 20'000);
  }
  bool plan(const QString& source = QStringLiteral("lab/tiny")) {
    if (!m_download) make();
    m_download->look(source, m_folder.path(), m_token);
    return reach(DownloadState::kPlanned);
  }
  bool fetchAll() {
    m_download->start();
    return reach(DownloadState::kFinished);
  }
  [[nodiscard]] QString file(const QString& name) const { return m_folder.filePath(QStringLiteral("tiny/") + name); }
  [[nodiscard]] static QByteArray read(const QString& path) {
    QFile opened(path);
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray("(no such file)");
  }
  [[nodiscard]] QString weightsPath() const { return file(QStringLiteral("model.safetensors")); }
  [[nodiscard]] QString partPath() const { return file(QStringLiteral("model.safetensors.part")); }
  [[nodiscard]] QStringList there() const {
    return QDir(m_folder.filePath(QStringLiteral("tiny"))).entryList(QDir::Files | QDir::Hidden, QDir::Name);
  }

  HttpTestServer m_server;
  QTemporaryDir m_folder;
  DownloadOptions m_options;
  QString m_token;
  QByteArray m_config = R"({"model_type": "llama"})";
  QByteArray m_weights = bytesOf(300'000, 1);
  std::unique_ptr<ModelDownload> m_download;
};

TEST_F(ModelDownloadTest, FetchesWhatAModelNeedsAndNothingElse) {
  ASSERT_TRUE(plan()) << m_download->reason().toStdString();
  const DownloadPlan planned = m_download->plan();
  EXPECT_EQ(planned.source, QStringLiteral("lab/tiny"));
  EXPECT_EQ(planned.folder, m_folder.filePath(QStringLiteral("tiny")));
  EXPECT_EQ(planned.knownBytes, static_cast<quint64>(m_weights.size() + m_config.size()));
  EXPECT_TRUE(planned.isSizeComplete);
  EXPECT_TRUE(there().isEmpty()) << "nothing is written before somebody says so";
  QSignalSpy finished(m_download.get(), &ModelDownload::finished);
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_EQ(finished.count(), 1);
  EXPECT_EQ(read(weightsPath()), m_weights);
  EXPECT_EQ(read(file(QStringLiteral("config.json"))), m_config);
  EXPECT_EQ(there(), QStringList({QStringLiteral("config.json"), QStringLiteral("model.safetensors"),
                                  QStringLiteral("tidemark-download.json")}));
  EXPECT_EQ(downloadedFrom(planned.folder), QStringLiteral("lab/tiny"));
  EXPECT_EQ(m_server.last(resolved("model.safetensors")).headers.value("accept-encoding"), "identity");
  EXPECT_FALSE(m_server.last(kApi).headers.contains("authorization"));
}

TEST_F(ModelDownloadTest, ADroppedConnectionIsGoneOnWith) {
  m_server.file(resolved("model.safetensors"), m_weights, "\"one\"", 2);
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_EQ(read(weightsPath()), m_weights);
  const HttpTestRequest last = m_server.last(resolved("model.safetensors"));
  EXPECT_EQ(last.headers.value("range"), "bytes=" + QByteArray::number(m_weights.size() * 3 / 4) + "-");
  EXPECT_EQ(last.headers.value("if-range"), "\"one\"");
}

TEST_F(ModelDownloadTest, AServerThatStaysAwayPausesTheDownloadAndResumeGoesOn) {
  const QByteArray path = resolved("model.safetensors");
  int answers = 0;
  m_server.on(path, [&](const HttpTestRequest&) {
    HttpTestAnswer answer{200, {{"ETag", "\"one\""}}, m_weights};
    if (++answers > 1) return HttpTestAnswer{503, {}, {}};
    answer.dropAfter = 100'000;
    return answer;
  });
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
  EXPECT_TRUE(m_download->reason().contains(QStringLiteral("503"))) << m_download->reason().toStdString();
  EXPECT_EQ(answers, 1 + m_options.tries - 1);
  EXPECT_EQ(read(partPath()), m_weights.left(100'000));
  EXPECT_FALSE(QFile::exists(weightsPath()));
  m_server.file(path, m_weights);
  m_download->resume();
  ASSERT_TRUE(reach(DownloadState::kFinished));
  EXPECT_EQ(read(weightsPath()), m_weights);
  EXPECT_EQ(m_server.last(path).headers.value("range"), "bytes=100000-");
}

TEST_F(ModelDownloadTest, AServerThatAsksForTimeGetsIt) {
  const QByteArray path = resolved("model.safetensors");
  QElapsedTimer sinceAsked;
  qint64 waited = 0;
  m_server.on(path, [&](const HttpTestRequest&) {
    if (!sinceAsked.isValid()) {
      sinceAsked.start();
      return HttpTestAnswer{429, {{"Retry-After", "1"}}, {}};
    }
    if (waited == 0) waited = sinceAsked.elapsed();
    return HttpTestAnswer{200, {{"ETag", "\"one\""}}, m_weights};
  });
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_GE(waited, 950);
}

TEST_F(ModelDownloadTest, AServerThatAsksForADayIsLeftAlone) {
  const QByteArray path = resolved("model.safetensors");
  ASSERT_TRUE(plan());
  m_server.on(path, HttpTestAnswer{503, {{"Retry-After", "86400"}}, {}});
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
  EXPECT_TRUE(m_download->reason().contains(QStringLiteral("1440"))) << m_download->reason().toStdString();
}

TEST_F(ModelDownloadTest, WithoutRangesItBeginsAnew) {
  m_server.on(resolved("model.safetensors"), [this, first = true](const HttpTestRequest&) mutable {
    HttpTestAnswer answer{200, {{"ETag", "\"one\""}}, m_weights};
    if (std::exchange(first, false)) answer.dropAfter = 50'000;
    return answer;
  });
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll());
  EXPECT_EQ(read(weightsPath()), m_weights);
}

TEST_F(ModelDownloadTest, AnotherFileUnderTheSameNameIsNotMixedWithThePart) {
  const QByteArray path = resolved("model.safetensors");
  const QByteArray other = bytesOf(m_weights.size(), 2);
  for (const bool obeysIfRange : {true, false}) {
    m_download.reset();
    QDir(m_folder.filePath(QStringLiteral("tiny"))).removeRecursively();
    list(QCryptographicHash::hash(other, QCryptographicHash::Sha256).toHex());
    int answers = 0;
    m_server.on(path, [&](const HttpTestRequest& request) {
      if (++answers == 1) {
        HttpTestAnswer answer{200, {{"ETag", "\"one\""}}, m_weights};
        answer.dropAfter = 70'000;
        return answer;
      }
      HttpTestAnswer answer{200, {{"ETag", "\"two\""}}, other};
      if (!obeysIfRange && request.headers.contains("range")) {
        answer.status = 206;
        answer.headers.emplace_back("Content-Range", "bytes 70000-" + QByteArray::number(other.size() - 1) + "/" +
                                                         QByteArray::number(other.size()));
        answer.body = other.mid(70'000);
      }
      return answer;
    });
    ASSERT_TRUE(plan());
    ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
    EXPECT_EQ(read(weightsPath()), other);
    EXPECT_EQ(answers, obeysIfRange ? 2 : 3);
  }
}

TEST_F(ModelDownloadTest, AWrongChecksumLeavesNothing) {
  list(QByteArray(64, 'a'));
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
  EXPECT_TRUE(m_download->reason().contains(QStringLiteral("aaaaaaaaaaaa…"))) << m_download->reason().toStdString();
  EXPECT_FALSE(QFile::exists(weightsPath()));
  EXPECT_FALSE(QFile::exists(partPath()));
  EXPECT_EQ(m_server.count(resolved("model.safetensors")), 1) << "asking again by itself would cost gigabytes";
}

TEST_F(ModelDownloadTest, WrongSizesLeaveNothing) {
  const QByteArray path = resolved("model.safetensors");
  struct Case {
    qint64 announced;
    QByteArray body;
  };
  const Case cases[] = {{m_weights.size() + 7, m_weights + "1234567"},  // the length says so
                        {-2, m_weights + "1234567"},                    // without a length: too much comes
                        {-2, m_weights.left(5000)},                     // or too little
                        {0, {}}};
  for (const Case& each : cases) {
    m_download.reset();
    HttpTestAnswer answer{200, {}, each.body};
    answer.announced = each.announced;
    m_server.on(path, answer);
    ASSERT_TRUE(plan());
    m_download->start();
    ASSERT_TRUE(reach(DownloadState::kPaused));
    EXPECT_FALSE(m_download->reason().isEmpty());
    EXPECT_FALSE(QFile::exists(weightsPath())) << each.announced;
    EXPECT_FALSE(QFile::exists(partPath())) << each.announced << m_download->reason().toStdString();
  }
}

TEST_F(ModelDownloadTest, ALengthThatNeverComesIsABrokenConnection) {
  HttpTestAnswer answer{200, {{"ETag", "\"one\""}}, m_weights.left(200'000)};
  answer.announced = m_weights.size();
  m_server.on(resolved("model.safetensors"), [=](const HttpTestRequest& request) {
    return request.headers.contains("range") ? HttpTestAnswer{502, {}, {}} : answer;
  });
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
  EXPECT_EQ(read(partPath()).size(), 200'000);
}

TEST_F(ModelDownloadTest, SilenceIsABrokenConnection) {
  m_options.stallMs = 100;
  const QByteArray path = resolved("model.safetensors");
  m_server.on(path, [this, first = true](const HttpTestRequest&) mutable {
    HttpTestAnswer answer{200, {{"ETag", "\"one\""}}, m_weights.left(1000)};
    answer.announced = m_weights.size();
    answer.stalls = true;
    if (!std::exchange(first, false)) {
      answer.body = m_weights;
      answer.stalls = false;
    }
    return answer;
  });
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_EQ(read(weightsPath()), m_weights);
  EXPECT_EQ(m_server.last(path).headers.value("range"), "bytes=1000-");
}

TEST_F(ModelDownloadTest, PauseCancelAndAnotherProgramGoOnWhereItStopped) {
  const QByteArray path = resolved("model.safetensors");
  HttpTestAnswer half{200, {{"ETag", "\"one\""}}, m_weights.left(150'000)};
  half.announced = m_weights.size();
  half.stalls = true;
  m_server.on(path, half);
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(QTest::qWaitFor([&] { return QFileInfo(partPath()).size() == 150'000; }));
  m_download->pause();
  EXPECT_EQ(m_download->state(), DownloadState::kPaused);
  EXPECT_TRUE(m_download->reason().isEmpty());
  m_download->cancel();
  EXPECT_EQ(m_download->state(), DownloadState::kIdle);
  m_download.reset();
  EXPECT_EQ(read(partPath()), m_weights.left(150'000));
  m_server.file(path, m_weights);
  ASSERT_TRUE(plan());
  EXPECT_EQ(m_download->plan().folder, m_folder.filePath(QStringLiteral("tiny")));
  EXPECT_EQ(m_download->plan().presentBytes, static_cast<quint64>(150'000 + m_config.size()));
  ASSERT_TRUE(fetchAll());
  EXPECT_EQ(m_server.last(path).headers.value("range"), "bytes=150000-");
  EXPECT_EQ(read(weightsPath()), m_weights);
}

TEST_F(ModelDownloadTest, WhatIsWholeIsNotFetchedAgainAndWhatWasSpoiltIs) {
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll());
  const QByteArray path = resolved("model.safetensors");
  const int before = m_server.count(path);
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll());
  EXPECT_EQ(m_server.count(path), before);
  QFile spoilt(weightsPath());
  ASSERT_TRUE(spoilt.open(QIODevice::ReadWrite));
  spoilt.write("spoilt");
  spoilt.close();
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll());
  EXPECT_EQ(m_server.count(path), before + 1);
  EXPECT_EQ(read(weightsPath()), m_weights);
}

TEST_F(ModelDownloadTest, StatusesBecomeSentences) {
  struct Case {
    int status;
    const char* says;
  };
  for (const Case& each :
       {Case{404, "knows no “lab/tiny”"}, Case{401, "access token"}, Case{403, "access token"}, Case{410, "410"}}) {
    m_server.on(kApi, HttpTestAnswer{each.status, {}, "{}"});
    make().look(QStringLiteral("lab/tiny"), m_folder.path(), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_download->reason().isEmpty(); }));
    EXPECT_EQ(m_download->state(), DownloadState::kIdle);
    EXPECT_TRUE(m_download->reason().contains(QString::fromUtf8(each.says))) << m_download->reason().toStdString();
  }
  EXPECT_EQ(m_server.count(kApi), 4) << "no answer of these gets better by asking again";
}

TEST_F(ModelDownloadTest, AFileThatWentAwayIsSaid) {
  m_server.on(resolved("model.safetensors"), HttpTestAnswer{404, {}, {}});
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
  EXPECT_EQ(m_server.count(resolved("model.safetensors")), 1);
}

TEST_F(ModelDownloadTest, RedirectsAreFollowedAndTheTokenStaysAtHome) {
  HttpTestServer store;
  store.file("/blob", m_weights);
  m_server.on(resolved("model.safetensors"),
              HttpTestAnswer{302, {{"Location", store.url(QStringLiteral("/blob")).toEncoded()}}, {}});
  m_server.on(resolved("config.json"), HttpTestAnswer{307, {{"Location", "/moved/config.json"}}, {}});
  m_server.file("/moved/config.json", m_config);
  m_token = QStringLiteral("hf_secret\r\nX-Evil: 1");
  ASSERT_TRUE(plan());
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_EQ(read(weightsPath()), m_weights);
  EXPECT_EQ(m_server.last(kApi).headers.value("authorization"), "Bearer hf_secretX-Evil:1");
  EXPECT_TRUE(m_server.last("/moved/config.json").headers.contains("authorization"));
  ASSERT_EQ(store.requests().size(), 1u);
  EXPECT_FALSE(store.requests()[0].headers.contains("authorization"));
  for (const QString& name : there()) EXPECT_FALSE(read(file(name)).contains("hf_secret")) << name.toStdString();
}

TEST_F(ModelDownloadTest, RedirectsToUnsafePlacesAndInCirclesAreRefused) {
  for (const char* target : {"http://example.org/x", "file:///etc/passwd", "ftp://127.0.0.1/x", "", "//"}) {
    m_server.on(resolved("model.safetensors"), HttpTestAnswer{302, {{"Location", target}}, {}});
    m_download.reset();
    ASSERT_TRUE(plan());
    m_download->start();
    ASSERT_TRUE(reach(DownloadState::kPaused)) << target;
    EXPECT_FALSE(QFile::exists(partPath()));
  }
  m_server.on(resolved("model.safetensors"), HttpTestAnswer{302, {{"Location", resolved("model.safetensors")}}, {}});
  m_download.reset();
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(reach(DownloadState::kPaused));
}

TEST_F(ModelDownloadTest, NamesThatLeadOutOfTheFolderAreRefused) {
  for (const char* name : {"../evil.json", "/etc/evil.json", "a/../../config.json", "..\\\\config.json"}) {
    m_server.on(kApi,
                HttpTestAnswer{200,
                               {},
                               R"({"sha":")" + QByteArray(40, 'c') +
                                   R"(","siblings":[{"rfilename":"config.json"},{"rfilename":")" + name + R"("}]})"});
    make().look(QStringLiteral("lab/tiny"), m_folder.path(), {});
    ASSERT_TRUE(QTest::qWaitFor([&] { return !m_download->reason().isEmpty(); })) << name;
    EXPECT_EQ(m_download->state(), DownloadState::kIdle) << name;
  }
  EXPECT_TRUE(QDir(m_folder.path()).isEmpty());
}

TEST_F(ModelDownloadTest, TheDiskIsAskedFirst) {
  m_options.freeBytes = [](const QString&) { return quint64{1000}; };
  ASSERT_TRUE(plan());
  EXPECT_FALSE(m_download->plan().obstacle.isEmpty());
  m_download->start();
  EXPECT_EQ(m_download->state(), DownloadState::kPlanned);
}

TEST_F(ModelDownloadTest, AFolderOfSomethingElseIsNotTouched) {
  QDir(m_folder.path()).mkdir(QStringLiteral("tiny"));
  QFile mine(file(QStringLiteral("config.json")));
  ASSERT_TRUE(mine.open(QIODevice::WriteOnly));
  mine.write("mine");
  mine.close();
  ASSERT_TRUE(plan());
  EXPECT_EQ(m_download->plan().folder, m_folder.filePath(QStringLiteral("lab--tiny")));
  ASSERT_TRUE(fetchAll());
  EXPECT_EQ(read(file(QStringLiteral("config.json"))), "mine");
}

TEST_F(ModelDownloadTest, APlainAddressIsProbed) {
  HttpTestServer other;
  const QByteArray index = R"({"weight_map":{"a":"part-one.safetensors","b":"part-two.safetensors"}})";
  other.file("/m/small/config.json", m_config);
  other.file("/m/small/model.safetensors.index.json", index);
  other.file("/m/small/part-one.safetensors", m_weights);
  other.file("/m/small/part-two.safetensors", m_config, "\"2\"", 1);
  ASSERT_TRUE(plan(other.url(QStringLiteral("/m/small")).toString())) << m_download->reason().toStdString();
  EXPECT_EQ(m_download->plan().files.size(), 4u);
  EXPECT_EQ(m_download->plan().knownBytes, static_cast<quint64>(m_weights.size() + 2 * m_config.size() + index.size()));
  ASSERT_TRUE(fetchAll()) << m_download->reason().toStdString();
  EXPECT_EQ(read(m_folder.filePath(QStringLiteral("small/part-two.safetensors"))), m_config);
  EXPECT_EQ(read(m_folder.filePath(QStringLiteral("small/part-one.safetensors"))), m_weights);
}

TEST_F(ModelDownloadTest, AnEmptyPlaceIsSaid) {
  const HttpTestServer other;
  make().look(other.url(QStringLiteral("/nothing/")).toString(), m_folder.path(), {});
  ASSERT_TRUE(QTest::qWaitFor([&] { return !m_download->reason().isEmpty(); }));
  EXPECT_EQ(m_download->state(), DownloadState::kIdle);
}

TEST_F(ModelDownloadTest, EndingTheProgramInTheMiddleIsSafe) {
  HttpTestAnswer half{200, {{"ETag", "\"one\""}}, m_weights.left(150'000)};
  half.announced = m_weights.size();
  half.stalls = true;
  m_server.on(resolved("model.safetensors"), half);
  ASSERT_TRUE(plan());
  m_download->start();
  ASSERT_TRUE(QTest::qWaitFor([&] { return QFileInfo(partPath()).size() > 0; }));
  m_download.reset();
  EXPECT_TRUE(QFile::exists(partPath()));
  EXPECT_TRUE(QFile::exists(partPath() + QStringLiteral(".info")));
}

}  // namespace
}  // namespace tidemark::ui

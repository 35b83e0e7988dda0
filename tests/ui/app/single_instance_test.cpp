#include "app/gui/single_instance.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>

namespace tidemark::ui {
namespace {

class SingleInstanceTest : public testing::Test {
 protected:
  [[nodiscard]] QString path() const { return m_folder.filePath(QStringLiteral("t.socket")); }

  QString runClient(const QStringList& arguments) {
    QProcess client;
    client.start(QCoreApplication::applicationDirPath() + QStringLiteral("/instance_client"), arguments);
    EXPECT_TRUE(QTest::qWaitFor([&client] { return client.state() == QProcess::NotRunning; }, 8000));
    return QString::fromUtf8(client.readAllStandardOutput()).trimmed();
  }

  /// A socket file that nobody listens on, as a crash leaves it.
  void leaveStaleSocket() {
    const int descriptor = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    std::strncpy(address.sun_path, QFile::encodeName(path()).constData(), sizeof address.sun_path - 1);
    ASSERT_EQ(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
    ::close(descriptor);
  }

  QTemporaryDir m_folder;
};

TEST_F(SingleInstanceTest, ASecondProcessHandsItsFilesOver) {
  SingleInstance first(path());
  ASSERT_EQ(first.start({}), InstanceRole::kFirst);
  QSignalSpy received(&first, &SingleInstance::messageReceived);
  EXPECT_EQ(runClient({path(), QStringLiteral("/home/ann"), QStringLiteral("tok"), QStringLiteral("a.txt"),
                       QStringLiteral("/b c.md")}),
            QStringLiteral("forwarded"));
  ASSERT_EQ(received.count(), 1);
  const auto message = received[0][0].value<InstanceMessage>();
  EXPECT_EQ(message.files, (QStringList{QStringLiteral("/home/ann/a.txt"), QStringLiteral("/b c.md")}));
  EXPECT_EQ(message.directory, QStringLiteral("/home/ann"));
  EXPECT_EQ(message.activationToken, QStringLiteral("tok"));
}

TEST_F(SingleInstanceTest, OnlyTheUserCanReachTheSocket) {
  SingleInstance first(path());
  ASSERT_EQ(first.start({}), InstanceRole::kFirst);
  struct stat status {};
  ASSERT_EQ(::stat(QFile::encodeName(path()).constData(), &status), 0);
  EXPECT_EQ(status.st_mode & 077, 0U);
  EXPECT_EQ(status.st_uid, ::getuid());
}

TEST_F(SingleInstanceTest, AStaleSocketIsTakenOver) {
  leaveStaleSocket();
  ASSERT_TRUE(QFileInfo::exists(path()));
  SingleInstance first(path());
  EXPECT_EQ(first.start({}), InstanceRole::kFirst) << first.problem().toStdString();
}

TEST_F(SingleInstanceTest, AFileThatIsNoSocketStaysUntouched) {
  QFile file(path());
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("mine");
  file.close();
  SingleInstance first(path());
  EXPECT_EQ(first.start({}), InstanceRole::kAlone);
  EXPECT_FALSE(first.problem().isEmpty());
  EXPECT_EQ(QFileInfo(path()).size(), 4);
}

TEST_F(SingleInstanceTest, TheNextOneListensAfterTheFirstIsGone) {
  {
    SingleInstance first(path());
    ASSERT_EQ(first.start({}), InstanceRole::kFirst);
  }
  SingleInstance next(path());
  EXPECT_EQ(next.start({}), InstanceRole::kFirst);
}

TEST_F(SingleInstanceTest, GarbageClosesTheConnectionAndTheNextOneWorks) {
  SingleInstance first(path());
  ASSERT_EQ(first.start({}), InstanceRole::kFirst);
  QSignalSpy received(&first, &SingleInstance::messageReceived);
  QLocalSocket hostile;
  hostile.connectToServer(path());
  ASSERT_TRUE(hostile.waitForConnected(1000));
  hostile.write(QByteArray(100000, 'x'));
  EXPECT_TRUE(QTest::qWaitFor([&hostile] { return hostile.state() == QLocalSocket::UnconnectedState; }, 3000));
  EXPECT_EQ(received.count(), 0);
  EXPECT_EQ(runClient({path(), QStringLiteral("/"), QString(), QStringLiteral("/x")}), QStringLiteral("forwarded"));
  EXPECT_EQ(received.count(), 1);
}

TEST_F(SingleInstanceTest, ManySilentConnectionsDoNotStopTheNextOneForever) {
  SingleInstance first(path());
  ASSERT_EQ(first.start({}), InstanceRole::kFirst);
  QSignalSpy received(&first, &SingleInstance::messageReceived);
  std::vector<std::unique_ptr<QLocalSocket>> silent;
  for (int i = 0; i < 10; ++i) {
    silent.push_back(std::make_unique<QLocalSocket>());
    silent.back()->connectToServer(path());
  }
  EXPECT_EQ(runClient({path(), QStringLiteral("/"), QString(), QStringLiteral("/x")}), QStringLiteral("forwarded"));
  EXPECT_EQ(received.count(), 1);
}

TEST_F(SingleInstanceTest, AProgramThatHangsIsNotWaitedForLong) {
  QLocalServer hanging;
  ASSERT_TRUE(hanging.listen(path()));
  SingleInstance second(path());
  QElapsedTimer clock;
  clock.start();
  EXPECT_EQ(second.start({}, 300), InstanceRole::kAlone);
  EXPECT_LT(clock.elapsed(), 3000);
  EXPECT_FALSE(second.problem().isEmpty());
}

TEST(InstanceSocket, LiesInAPrivateFolderWithOrWithoutRuntimeFolder) {
  const QByteArray before = qgetenv("XDG_RUNTIME_DIR");
  QTemporaryDir runtime;
  qputenv("XDG_RUNTIME_DIR", runtime.path().toUtf8());
  EXPECT_TRUE(defaultInstanceSocket().startsWith(runtime.path()));
  QFile::setPermissions(runtime.path(), QFileDevice::Permissions(0x7777));  // anybody could put a socket there
  EXPECT_FALSE(defaultInstanceSocket().startsWith(runtime.path()));
  qunsetenv("XDG_RUNTIME_DIR");
  const QString fallback = defaultInstanceSocket();
  ASSERT_FALSE(fallback.isEmpty());
  struct stat status {};
  ASSERT_EQ(::stat(QFile::encodeName(QFileInfo(fallback).path()).constData(), &status), 0);
  EXPECT_EQ(status.st_mode & 077, 0U);
  if (!before.isNull()) qputenv("XDG_RUNTIME_DIR", before);
}

}  // namespace
}  // namespace tidemark::ui

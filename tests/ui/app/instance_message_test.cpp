#include "app/gui/instance_message.h"

#include <gtest/gtest.h>

#include <QRandomGenerator>

namespace tidemark::ui {
namespace {

InstanceMessage sample() {
  return {{QStringLiteral("/home/ann/Moby-Dick.txt"), QStringLiteral("/tmp/größe – 日本.md")},
          QStringLiteral("/home/ann"),
          QStringLiteral("token-123")};
}

TEST(InstanceMessage, ComesBackAsItWasSent) {
  for (const InstanceMessage& message : {sample(), InstanceMessage{}}) {
    const InstanceParse parse = parseInstanceMessage(encodeInstanceMessage(message));
    ASSERT_EQ(parse.state, InstanceParseState::kComplete);
    EXPECT_EQ(parse.message, message);
  }
}

TEST(InstanceMessage, RelativeFilesBecomeAbsolute) {
  const InstanceMessage message{
      {QStringLiteral("a.txt"), QStringLiteral("../b.txt")}, QStringLiteral("/home/ann/books"), {}};
  EXPECT_EQ(parseInstanceMessage(encodeInstanceMessage(message)).message.files,
            (QStringList{QStringLiteral("/home/ann/books/a.txt"), QStringLiteral("/home/ann/b.txt")}));
}

TEST(InstanceMessage, EveryTruncationWaitsForMoreAndEveryExtensionIsBroken) {
  const QByteArray bytes = encodeInstanceMessage(sample());
  for (qsizetype length = 0; length < bytes.size(); ++length) {
    EXPECT_EQ(parseInstanceMessage(bytes.first(length)).state, InstanceParseState::kIncomplete) << length;
  }
  EXPECT_EQ(parseInstanceMessage(bytes + 'x').state, InstanceParseState::kBroken);
}

TEST(InstanceMessage, AHeaderThatPromisesTooMuchIsBrokenAtOnce) {
  EXPECT_EQ(parseInstanceMessage(QByteArray("TDMK\0\1\x7f\xff\xff\xff", 10)).state, InstanceParseState::kBroken);
  EXPECT_EQ(parseInstanceMessage(QByteArray("TDMK\0\2\0\0\0\0", 10)).state, InstanceParseState::kBroken);
  EXPECT_EQ(parseInstanceMessage(QByteArray("GET / HTTP/1.1")).state, InstanceParseState::kBroken);
  EXPECT_EQ(parseInstanceMessage(QByteArray("TDMK\0\1\0\0\0\0", 10)).state, InstanceParseState::kBroken);
}

TEST(InstanceMessage, HostileContentsAreBroken) {
  const QByteArray good = encodeInstanceMessage(sample());
  const auto with = [&good](const char* from, const QByteArray& to) {
    QByteArray bad = good;
    const qsizetype at = bad.indexOf(from);
    EXPECT_GE(at, 0);
    return bad.replace(at, to.size(), to);
  };
  EXPECT_EQ(parseInstanceMessage(with("/home/ann/Moby", "xhome")).state, InstanceParseState::kBroken);  // relative
  EXPECT_EQ(parseInstanceMessage(with("/home/ann/Moby", ":/ico")).state, InstanceParseState::kBroken);  // a resource
  EXPECT_EQ(parseInstanceMessage(with("Moby", QByteArray("Mo\0y", 4))).state, InstanceParseState::kBroken);
  EXPECT_EQ(parseInstanceMessage(with("Moby", QByteArray("M\xff"
                                                         "by")))
                .state,
            InstanceParseState::kBroken);
}

TEST(InstanceMessage, TooMuchIsLeftOutBySenderAndCounted) {
  InstanceMessage message;
  for (int i = 0; i < 12000; ++i) message.files += QStringLiteral("/files/%1.txt").arg(i);
  message.files += QLatin1Char('/') + QString(5000, QLatin1Char('x'));
  int dropped = 0;
  const InstanceParse parse = parseInstanceMessage(encodeInstanceMessage(message, &dropped));
  ASSERT_EQ(parse.state, InstanceParseState::kComplete);
  EXPECT_EQ(parse.message.files.size(), 10000);
  EXPECT_EQ(dropped, 2001);

  InstanceMessage large;
  for (int i = 0; i < 2000; ++i) large.files += QStringLiteral("/%1/").arg(i) + QString(4000, QLatin1Char('y'));
  const QByteArray bytes = encodeInstanceMessage(large, &dropped);
  EXPECT_EQ(parseInstanceMessage(bytes).state, InstanceParseState::kComplete);
  EXPECT_GT(dropped, 0);
}

TEST(InstanceMessage, RandomDamageNeverGetsAPathThroughThatIsNotAbsolute) {
  const QByteArray good = encodeInstanceMessage(sample());
  QRandomGenerator random(20260101);
  int complete = 0;
  for (int round = 0; round < 20000; ++round) {
    QByteArray bytes = good;
    for (int i = 0; i <= round % 6; ++i) {
      bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
    }
    if (round % 3 == 0) bytes.truncate(random.bounded(static_cast<int>(bytes.size())));
    const InstanceParse parse = parseInstanceMessage(bytes);
    complete += parse.state == InstanceParseState::kComplete ? 1 : 0;
    for (const QString& file : parse.message.files) ASSERT_TRUE(file.startsWith(QLatin1Char('/')));
  }
  EXPECT_GT(complete, 0);  // damage inside a name is still a name
}

}  // namespace
}  // namespace tidemark::ui

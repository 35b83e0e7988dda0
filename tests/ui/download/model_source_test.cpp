#include "ui/download/model_source.h"

#include <gtest/gtest.h>

namespace tidemark::ui {
namespace {

const QUrl kHubAddress(QStringLiteral("https://huggingface.co"));

TEST(ModelSource, NamesAndPagesOfTheHub) {
  struct Case {
    const char* typed;
    const char* text;
    const char* folder;
  };
  const Case cases[] = {
      {" irodkin/armt-llama-1b ", "irodkin/armt-llama-1b", ""},
      {"a/b@v1.0", "a/b@v1.0", ""},
      {"https://huggingface.co/a/b", "a/b", ""},
      {"https://huggingface.co/a/b/tree/main/step-100", "a/b (step-100)", "step-100"},
      {"https://huggingface.co/a/b/resolve/refs/x/model.safetensors?download=true", "a/b@refs (x)", "x"},
      {"https://huggingface.co/a/b/blob/main/config.json", "a/b", ""},
  };
  for (const Case& each : cases) {
    QString problem;
    const auto source = parseModelSource(QString::fromUtf8(each.typed), kHubAddress, &problem);
    ASSERT_TRUE(source.has_value()) << each.typed << ": " << problem.toStdString();
    EXPECT_TRUE(source->isOnHub());
    EXPECT_EQ(source->text().toStdString(), each.text);
    EXPECT_EQ(source->folder.toStdString(), each.folder);
  }
}

TEST(ModelSource, OtherAddressesAreFoldersOrFilesInThem) {
  QString problem;
  const auto folder = parseModelSource(QStringLiteral("https://example.org/models/tiny"), kHubAddress, &problem);
  ASSERT_TRUE(folder.has_value());
  EXPECT_EQ(folder->base, QUrl(QStringLiteral("https://example.org/models/tiny/")));
  EXPECT_EQ(folder->folderName(), QStringLiteral("tiny"));
  const auto file = parseModelSource(QStringLiteral("https://u:secret@example.org/m/tiny/model.safetensors?x=1"),
                                     kHubAddress, &problem);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->base, QUrl(QStringLiteral("https://example.org/m/tiny/")));
  EXPECT_EQ(file->file, QStringLiteral("model.safetensors"));
  EXPECT_FALSE(file->text().contains(QStringLiteral("secret")));
}

TEST(ModelSource, WhatIsNoSourceIsRefusedInASentence) {
  for (const char* typed : {"", "model", "a/b/c", "../etc", "a/..", "a/b@../x", "http://example.org/m/", "ftp://x/y/",
                            "https://huggingface.co/a", "https://huggingface.co/a/b/tree/main/../..", "file:///etc/",
                            "https://", "a/b@", "-a/b"}) {
    QString problem;
    EXPECT_FALSE(parseModelSource(QString::fromUtf8(typed), kHubAddress, &problem).has_value()) << typed;
    EXPECT_TRUE(problem.endsWith(QLatin1Char('.'))) << typed;
  }
}

TEST(ModelSource, OnlyThisMachineMayBeAskedWithoutEncryption) {
  EXPECT_TRUE(isSafeAddress(QUrl(QStringLiteral("https://example.org"))));
  EXPECT_TRUE(isSafeAddress(QUrl(QStringLiteral("http://127.0.0.1:80/x"))));
  EXPECT_TRUE(isSafeAddress(QUrl(QStringLiteral("http://localhost/x"))));
  EXPECT_FALSE(isSafeAddress(QUrl(QStringLiteral("http://127.0.0.1.example.org/"))));
  EXPECT_FALSE(isSafeAddress(QUrl(QStringLiteral("file:///etc/passwd"))));
  EXPECT_TRUE(isSameOrigin(QUrl(QStringLiteral("https://a.org/x")), QUrl(QStringLiteral("https://a.org:443/y"))));
  EXPECT_FALSE(isSameOrigin(QUrl(QStringLiteral("https://a.org/x")), QUrl(QStringLiteral("http://a.org/x"))));
  EXPECT_FALSE(isSameOrigin(QUrl(QStringLiteral("https://a.org")), QUrl(QStringLiteral("https://b.a.org"))));
}

TEST(ModelSource, PlainNames) {
  for (const char* good : {"config.json", "a/b.json", "x y.png"})
    EXPECT_TRUE(isPlainRelativeName(QString::fromUtf8(good)));
  for (const char* bad : {"", "/x", "../x", "a/../b", "a//b", "a/./b", "a\\b", "a\nb", "..", "a/"}) {
    EXPECT_FALSE(isPlainRelativeName(QString::fromUtf8(bad))) << bad;
  }
  EXPECT_TRUE(isPlainFileName(QStringLiteral("model-00001-of-00002.safetensors")));
  for (const char* bad : {"", ".hidden", "a/b", "a b", "a\n", "ä"})
    EXPECT_FALSE(isPlainFileName(QString::fromUtf8(bad))) << bad;
  EXPECT_FALSE(isPlainFileName(QString(201, QLatin1Char('a'))));
}

}  // namespace
}  // namespace tidemark::ui

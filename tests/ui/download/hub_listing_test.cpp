#include "ui/download/hub_listing.h"

#include <gtest/gtest.h>

namespace tidemark::ui {
namespace {

const QUrl kHub(QStringLiteral("https://huggingface.co"));
const QByteArray kCommit = QByteArray(40, 'c');
const QByteArray kDigest = QByteArray(64, 'a');

QByteArray listing(const QByteArray& siblings) {
  return R"({"id":"a/b","sha":")" + kCommit + R"(","siblings":[)" + siblings + "]}";
}
ModelSource source(const char* folder = "") {
  return {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("main"), QString::fromUtf8(folder), {}, {}};
}
QStringList names(const std::vector<RemoteFile>& files) {
  QStringList all;
  for (const RemoteFile& file : files) all << file.name;
  return all;
}

TEST(HubListing, SizesChecksumsAndPinnedAddresses) {
  QString problem;
  const auto read = parseHubListing(listing(R"({"rfilename":"config.json","size":12},
      {"rfilename":"model.safetensors","size":9,"lfs":{"sha256":")" +
                                            kDigest + R"(","size":5000000000,"pointerSize":9}},
      {"rfilename":"onnx/model.onnx","size":7},{"rfilename":"step-1/model.safetensors","size":7})"),
                                    source(), kHub, &problem);
  ASSERT_TRUE(read.has_value()) << problem.toStdString();
  ASSERT_EQ(names(read->files), QStringList({QStringLiteral("config.json"), QStringLiteral("model.safetensors")}));
  EXPECT_EQ(read->files[0].bytes, 12u);
  EXPECT_EQ(read->files[1].bytes, 5'000'000'000u);
  EXPECT_EQ(read->files[1].sha256.toLatin1(), kDigest);
  EXPECT_EQ(read->files[1].url.toString().toStdString(),
            "https://huggingface.co/a/b/resolve/" + kCommit.toStdString() + "/model.safetensors");
  EXPECT_EQ(read->weightFolders, QStringList(QStringLiteral("step-1")));
}

TEST(HubListing, OneFolderOfARepository) {
  QString problem;
  const auto read = parseHubListing(
      listing(R"({"rfilename":"config.json"},{"rfilename":"s/config.json"},{"rfilename":"s/deep/config.json"})"),
      source("s"), kHub, &problem);
  ASSERT_TRUE(read.has_value());
  ASSERT_EQ(read->files.size(), 1u);
  EXPECT_TRUE(read->files[0].url.path().endsWith(QStringLiteral("/s/config.json")));
  EXPECT_FALSE(read->files[0].bytes.has_value());
}

TEST(HubListing, HostileAnswersAreRefused) {
  const QByteArray cases[] = {
      "",
      "[]",
      "{",
      R"({"sha":"main","siblings":[{"rfilename":"config.json"}]})",
      listing(""),
      listing(R"({"rfilename":"../../.bashrc"})"),
      listing(R"({"rfilename":"/etc/passwd"})"),
      listing(R"({"rfilename":"a\\..\\b"})"),
      listing(R"({"rfilename":7})"),
      listing(R"({"rfilename":"config.json"},{"rfilename":"config.json"})"),
      listing(R"({"rfilename":"config.json","lfs":{"sha256":"zz","size":3}})"),
      listing(R"({"rfilename":"model.safetensors","size":9000000000000})"),
  };
  for (const QByteArray& each : cases) {
    QString problem;
    EXPECT_FALSE(parseHubListing(each, source(), kHub, &problem).has_value()) << each.toStdString();
    EXPECT_FALSE(problem.isEmpty());
  }
}

TEST(HubListing, OddSizesAreNoSizes) {
  for (const char* size : {"-1", "1.5", "1e300", "\"12\"", "null"}) {
    QString problem;
    const auto read = parseHubListing(listing(QByteArray(R"({"rfilename":"config.json","size":)") + size + "}"),
                                      source(), kHub, &problem);
    ASSERT_TRUE(read.has_value()) << size;
    EXPECT_FALSE(read->files[0].bytes.has_value()) << size;
  }
}

std::vector<RemoteFile> files(std::initializer_list<const char*> list) {
  std::vector<RemoteFile> all;
  for (const char* name : list) all.push_back({QString::fromUtf8(name), {}, {}, {}});
  return all;
}

TEST(ModelFilesChoice, OneSetOfWeightsAndWhatBelongsToThem) {
  EXPECT_EQ(names(chooseModelFiles(files({"README.md", "pytorch_model.bin", "model.safetensors", "tokenizer.json",
                                          "config.json", "training_args.bin"}))),
            QStringList({QStringLiteral("config.json"), QStringLiteral("tokenizer.json"),
                         QStringLiteral("model.safetensors")}));
  EXPECT_EQ(
      names(chooseModelFiles(files({"model-00002-of-00002.safetensors", "model.safetensors.index.json",
                                    "model-00001-of-00002.safetensors", "pytorch_model.bin"}))),
      QStringList({QStringLiteral("model.safetensors.index.json"), QStringLiteral("model-00002-of-00002.safetensors"),
                   QStringLiteral("model-00001-of-00002.safetensors")}));
  EXPECT_EQ(names(chooseModelFiles(files({"pytorch_model.bin", "adapter_config.json"}))),
            QStringList({QStringLiteral("adapter_config.json"), QStringLiteral("pytorch_model.bin")}));
  EXPECT_TRUE(chooseModelFiles(files({"config.json", "tokenizer.json", "flax_model.msgpack"})).empty());
}

TEST(WeightIndex, NamesItsFilesOnce) {
  QString problem;
  const auto read =
      parseWeightIndex(R"({"weight_map":{"x":"b.safetensors","y":"a.safetensors","z":"b.safetensors"}})", &problem);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, QStringList({QStringLiteral("a.safetensors"), QStringLiteral("b.safetensors")}));
  for (const char* bad : {"{}", "[", R"({"weight_map":{"x":"../a"}})", R"({"weight_map":{"x":3}})"}) {
    EXPECT_FALSE(parseWeightIndex(bad, &problem).has_value()) << bad;
  }
}

}  // namespace
}  // namespace tidemark::ui

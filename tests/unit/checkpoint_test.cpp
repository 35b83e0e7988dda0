#include "engine/weights/checkpoint.h"

#include <sys/stat.h>

#include "engine/base/sha256.h"
#include "tests/unit/torch_builder.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using testing::bytesOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::messageOf;
using testing::TemporaryDirectory;
using testing::TensorSet;
using testing::writeFile;

constexpr const char* kIndex = "model.safetensors.index.json";
constexpr const char* kTorchIndex = "pytorch_model.bin.index.json";

void writeTensors(const std::filesystem::path& path, const std::vector<std::string>& names) {
  TensorSet set;
  for (const std::string& name : names) set.add(name, {2});
  set.write(path);
}

TEST(MappedFile, MapsReadsAndMoves) {
  const TemporaryDirectory directory;
  writeFile(directory.path() / "f", "hello");
  auto file = MappedFile::open(directory.path() / "f");
  ASSERT_TRUE(file) << file.error().message;
  MappedFile first = std::move(*file);
  EXPECT_TRUE(file->bytes().empty());
  EXPECT_EQ(first.bytes().size(), 5u);
  EXPECT_EQ(first.bytes()[4], std::byte{'o'});
  auto other = MappedFile::open(directory.path() / "f");
  ASSERT_TRUE(other);
  *other = std::move(first);
  EXPECT_TRUE(first.bytes().empty());  // NOLINT(bugprone-use-after-move): what is left is the point
  EXPECT_EQ(other->bytes().size(), 5u);
}

TEST(MappedFile, SaysWhyItCannotMap) {
  const TemporaryDirectory directory;
  const auto missing = MappedFile::open(directory.path() / "missing");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(missing.error().message, AllOf(HasSubstr("missing"), HasSubstr("no such file")));
  EXPECT_THAT(messageOf(MappedFile::open(directory.path())), HasSubstr("directory"));
  writeFile(directory.path() / "empty", "");
  EXPECT_THAT(messageOf(MappedFile::open(directory.path() / "empty")), HasSubstr("empty"));
  ASSERT_EQ(::mkfifo((directory.path() / "pipe").c_str(), 0600), 0);
  EXPECT_THAT(messageOf(MappedFile::open(directory.path() / "pipe")), HasSubstr("not a regular file"));
}

TEST(Checkpoint, ReadsOneFile) {
  const TemporaryDirectory directory;
  writeTensors(directory.path() / "model.safetensors", {"a", "b"});
  const auto checkpoint = Checkpoint::open(directory.path());
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ((*checkpoint)->tensors().size(), 2u);
  ASSERT_NE((*checkpoint)->find("a"), nullptr);
  EXPECT_EQ((*checkpoint)->find("a")->shape, (Shape{2}));
  EXPECT_EQ((*checkpoint)->find("c"), nullptr);
  const std::string bytes = testing::readFile(directory.path() / "model.safetensors");
  EXPECT_EQ((*checkpoint)->computeSha256(), sha256Hex(bytesOf(bytes)));
}

TEST(Checkpoint, ReadsShardsInNameOrder) {
  const TemporaryDirectory directory;
  writeTensors(directory.path() / "b.safetensors", {"x"});
  writeTensors(directory.path() / "a.safetensors", {"y", "z"});
  writeFile(
      directory.path() / kIndex,
      R"({"metadata":{"total_size":24},"weight_map":{"x":"b.safetensors","y":"a.safetensors","z":"a.safetensors"}})");
  const auto checkpoint = Checkpoint::open(directory.path());
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ((*checkpoint)->tensors().size(), 3u);
  EXPECT_THAT((*checkpoint)->files(),
              ElementsAre(directory.path() / "a.safetensors", directory.path() / "b.safetensors"));
  const std::string bytes =
      testing::readFile(directory.path() / "a.safetensors") + testing::readFile(directory.path() / "b.safetensors");
  EXPECT_EQ((*checkpoint)->computeSha256(), sha256Hex(bytesOf(bytes)));
}

TEST(Checkpoint, ViewsOutliveTheFile) {
  const TemporaryDirectory directory;
  writeTensors(directory.path() / "model.safetensors", {"a"});
  const auto checkpoint = Checkpoint::open(directory.path());
  ASSERT_TRUE(checkpoint);
  std::filesystem::remove(directory.path() / "model.safetensors");
  std::vector<float> values(2);
  widenToFloat(*(*checkpoint)->find("a"), values);
  EXPECT_THAT(values, ElementsAre(0.001f, 0.002f));
}

TEST(Checkpoint, SaysWhatItLookedFor) {
  const TemporaryDirectory directory;
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path() / "no")), HasSubstr("no such model directory"));
  const auto empty = Checkpoint::open(directory.path());
  ASSERT_FALSE(empty.ok());
  EXPECT_EQ(empty.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(empty.error().message,
              AllOf(HasSubstr("model.safetensors,"), HasSubstr(kIndex), HasSubstr("pytorch_model.bin")));
  writeFile(directory.path() / "file", "x");
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path() / "file")), HasSubstr("not a directory"));
  writeFile(directory.path() / "pytorch_model.bin", "x");
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path())),
              AllOf(HasSubstr("pytorch_model.bin"), HasSubstr("does not begin like a file of torch.save")));
}

/// A file of torch.save with a matrix of two rows, stored column by column, under each name, and a mask.
std::string torchBytes(const std::vector<std::string>& names, const std::string& mask) {
  testing::PickleBuilder pickle;
  pickle.raw("}(");
  for (const std::string& name : names) pickle.text(name).tensor("FloatStorage", "0", 4, 0, {2, 2}, {1, 2});
  pickle.text(mask).tensor("BoolStorage", "1", 4, 0, {4}, {1}).raw("u");
  return testing::torchFile(pickle.stopped(), {{"0", testing::bytesOfValues<float>({1, 2, 3, 4})}, {"1", "\1\1\1\1"}});
}

TEST(Checkpoint, ReadsATorchFileWhereThereIsNoSafetensorsFile) {
  const TemporaryDirectory directory;
  const std::string bytes = torchBytes({"a", "b"}, "mask");
  writeFile(directory.path() / "pytorch_model.bin", bytes);
  const auto checkpoint = Checkpoint::open(directory.path());
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ((*checkpoint)->tensors().size(), 2u);
  EXPECT_EQ((*checkpoint)->find("mask"), nullptr);
  std::filesystem::remove(directory.path() / "pytorch_model.bin");
  std::vector<float> values(4);
  widenToFloat(*(*checkpoint)->find("b"), values);
  EXPECT_THAT(values, ElementsAre(1, 3, 2, 4));
  EXPECT_EQ((*checkpoint)->computeSha256(), sha256Hex(bytesOf(bytes)));  // of the file, not of what was copied out
  writeFile(directory.path() / "pytorch_model.bin", bytes);
  writeTensors(directory.path() / "model.safetensors", {"c"});
  EXPECT_NE((*Checkpoint::open(directory.path()))->find("c"), nullptr);
}

TEST(Checkpoint, ReadsTorchShards) {
  const TemporaryDirectory directory;
  writeFile(directory.path() / "2.bin", torchBytes({"x"}, "mask.2"));
  writeFile(directory.path() / "1.bin", torchBytes({"y", "z"}, "mask.1"));
  writeFile(directory.path() / kTorchIndex,
            R"({"weight_map":{"x":"2.bin","y":"1.bin","z":"1.bin","mask.1":"1.bin","mask.2":"2.bin"}})");
  const auto checkpoint = Checkpoint::open(directory.path());
  ASSERT_TRUE(checkpoint) << checkpoint.error().message;
  EXPECT_EQ((*checkpoint)->tensors().size(), 3u);
  EXPECT_THAT((*checkpoint)->files(), ElementsAre(directory.path() / "1.bin", directory.path() / "2.bin"));
  std::vector<float> values(4);
  widenToFloat(*(*checkpoint)->find("x"), values);
  EXPECT_THAT(values, ElementsAre(1, 3, 2, 4));
  writeFile(directory.path() / kTorchIndex, R"({"weight_map":{"x":"2.bin","mask.1":"2.bin"}})");
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path())),
              AllOf(HasSubstr(kTorchIndex), HasSubstr("\"mask.1\" is in \"2.bin\", but it is not there")));
  writeFile(directory.path() / "2.bin", "damaged");
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path())), HasSubstr(std::string("a shard of ") + kTorchIndex));
}

TEST(Checkpoint, RefusesShardsThatLeaveTheDirectory) {
  const TemporaryDirectory directory;
  std::filesystem::create_directories(directory.path() / "model");
  writeTensors(directory.path() / "secret.safetensors", {"x"});
  for (const char* shard : {"../secret.safetensors", "..", ".", "", "/etc/passwd", "sub/a.safetensors",
                            R"(..\\secret.safetensors)", R"(a\u0000b)", R"(\u001b[2J)"}) {
    writeFile(directory.path() / "model" / kIndex, R"({"weight_map":{"x":")" + std::string(shard) + "\"}}");
    const auto checkpoint = Checkpoint::open(directory.path() / "model");
    ASSERT_FALSE(checkpoint.ok()) << shard;
    EXPECT_EQ(checkpoint.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(checkpoint.error().message, HasSubstr("not the name of a file in the model directory")) << shard;
  }
}

TEST(Checkpoint, RefusesIndexesThatDoNotFitTheShards) {
  const TemporaryDirectory directory;
  const auto errorWith = [&](std::string_view index) {
    writeFile(directory.path() / kIndex, index);
    return messageOf(Checkpoint::open(directory.path()));
  };
  writeTensors(directory.path() / "a", {"x", "y"});
  writeTensors(directory.path() / "b", {"y", "z"});
  EXPECT_THAT(errorWith(R"({"weight_map":{"x":"gone"}})"), AllOf(HasSubstr("gone"), HasSubstr("no such file")));
  EXPECT_THAT(errorWith(R"({"weight_map":{"x":"a","q":"a"}})"), AllOf(HasSubstr("\"q\""), HasSubstr("not there")));
  EXPECT_THAT(errorWith(R"({"weight_map":{"x":"a","z":"b"}})"), AllOf(HasSubstr("\"y\""), HasSubstr("also in \"a\"")));
  EXPECT_THAT(errorWith(R"({"weight_map":{"x":7}})"), HasSubstr("\"x\""));
  EXPECT_THAT(errorWith(R"({"weight_map":{}})"), HasSubstr("no tensors"));
  EXPECT_THAT(errorWith(R"({"weight_map":[]})"), HasSubstr("weight_map"));
  EXPECT_THAT(errorWith("[]"), HasSubstr("weight_map"));
  EXPECT_THAT(errorWith("{"), HasSubstr("not valid JSON"));
  EXPECT_THAT(errorWith(R"({"weight_map":{"x":"a","x":"b"}})"), HasSubstr("twice"));
  EXPECT_THAT(errorWith(std::string(100000, '[')), HasSubstr("deeper than"));
}

TEST(Checkpoint, NamesTheDamagedFile) {
  const TemporaryDirectory directory;
  writeFile(directory.path() / "model.safetensors", "damaged");
  EXPECT_THAT(messageOf(Checkpoint::open(directory.path())),
              AllOf(HasSubstr(directory.path().string()), HasSubstr("model.safetensors"), HasSubstr("7 bytes")));
}

}  // namespace
}  // namespace tidemark

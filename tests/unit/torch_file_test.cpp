#include "engine/weights/torch/torch_file.h"

#include "tests/unit/torch_builder.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using testing::bytesOf;
using testing::bytesOfValues;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using testing::messageOf;
using ::testing::Pair;
using testing::PickleBuilder;
using testing::Storages;
using testing::torchFile;
using testing::torchMembers;
using testing::zipArchive;
using namespace std::string_literals;

/// A file that stays alive beside what was parsed out of it.
struct Parsed {
  std::string bytes;
  TorchFile file;

  explicit Parsed(std::string text) : bytes(std::move(text)) {
    auto parsed = parseTorchFile(bytesOf(bytes), "x.bin");
    EXPECT_TRUE(parsed) << messageOf(parsed);
    if (parsed) file = std::move(*parsed);
  }
  [[nodiscard]] std::vector<float> floats(const std::string& name) const {
    const TensorView& view = file.tensors.at(name);
    std::vector<float> values(view.bytes.size() / byteSize(view.dtype));
    widenToFloat(view, values);
    return values;
  }
  [[nodiscard]] bool isInside(const std::string& name) const {
    const auto* at = reinterpret_cast<const char*>(file.tensors.at(name).bytes.data());
    return at >= bytes.data() && at <= bytes.data() + bytes.size();
  }
};

std::string torchErrorOf(const std::string& bytes) {
  return messageOf(parseTorchFile(bytesOf(bytes), "x.bin"));
}

const std::vector<float> kSix = {0, 1, 2, 3, 4, 5};

Storages sixFloats() {
  return {{"0", bytesOfValues(kSix)}};
}

/// A dictionary with one tensor "w" over six floats.
PickleBuilder& addTensor(PickleBuilder& pickle, const std::string& name, std::int64_t offset,
                         const std::vector<std::int64_t>& sizes, const std::vector<std::int64_t>& strides) {
  return pickle.text(name).tensor("FloatStorage", "0", 6, offset, sizes, strides);
}
std::string oneTensor(std::int64_t offset, const std::vector<std::int64_t>& sizes,
                      const std::vector<std::int64_t>& strides) {
  PickleBuilder pickle;
  return torchFile(addTensor(pickle.raw("}("), "w", offset, sizes, strides).raw("u").stopped(), sixFloats());
}

TEST(TorchFile, ReadsEveryElementType) {
  PickleBuilder pickle;
  pickle.raw("}(");
  pickle.text("f32").tensor("FloatStorage", "a", 2, 0, {2}, {1});
  pickle.text("f16").tensor("HalfStorage", "b", 2, 0, {2}, {1});
  pickle.text("bf16").tensor("BFloat16Storage", "c", 2, 0, {2}, {1});
  pickle.text("i32").tensor("IntStorage", "d", 2, 0, {2}, {1});
  pickle.text("i64").tensor("LongStorage", "e", 1, 0, {}, {});
  pickle.text("empty").tensor("FloatStorage", "f", 0, 0, {0, 7}, {7, 1});
  const Parsed parsed(torchFile(pickle.raw("u").stopped(), {{"a", bytesOfValues<float>({1.5f, -2})},
                                                            {"b", bytesOfValues<std::uint16_t>({0x3c00, 0xc000})},
                                                            {"c", bytesOfValues<std::uint16_t>({0x3f80, 0xc000})},
                                                            {"d", bytesOfValues<std::int32_t>({7, -7})},
                                                            {"e", bytesOfValues<std::int64_t>({-9})},
                                                            {"f", ""}}));
  ASSERT_EQ(parsed.file.tensors.size(), 6u);
  EXPECT_THAT(parsed.floats("f32"), ElementsAre(1.5f, -2));
  EXPECT_THAT(parsed.floats("f16"), ElementsAre(1, -2));
  EXPECT_THAT(parsed.floats("bf16"), ElementsAre(1, -2));
  EXPECT_EQ(parsed.file.tensors.at("i32").dtype, DType::kI32);
  EXPECT_EQ(parsed.file.tensors.at("i32").bytes[0], std::byte{7});
  EXPECT_EQ(parsed.file.tensors.at("i64").shape, Shape{});
  EXPECT_EQ(parsed.file.tensors.at("i64").bytes.size(), 8u);
  EXPECT_EQ(parsed.file.tensors.at("empty").shape, (Shape{0, 7}));
  for (const auto& [name, view] : parsed.file.tensors) EXPECT_TRUE(parsed.isInside(name)) << name;
  EXPECT_THAT(parsed.file.copies, IsEmpty());
  EXPECT_THAT(parsed.file.ignored, IsEmpty());
}

TEST(TorchFile, ListsMasksAndOtherEntriesAsIgnored) {
  PickleBuilder pickle;
  pickle.raw("}(");
  addTensor(pickle, "w", 0, {6}, {1});
  pickle.text("h.0.attn.bias").tensor("ByteStorage", "gone", 4, 0, {1, 1, 2, 2}, {4, 4, 2, 1});
  pickle.text("mask").tensor("BoolStorage", "gone", 4, 0, {4}, {1});
  pickle.text("double").tensor("DoubleStorage", "gone", 4, 0, {4}, {1});
  pickle.text("fp8").global("torch._utils", "_rebuild_tensor_v3").raw("(").storage("UntypedStorage", "gone", 4);
  pickle.raw("K\0"s).integers({4}).integers({1}).raw("\x89").orderedDict().global("torch", "float8_e4m3fn").raw("tR");
  pickle.text("epoch").integer(3).text("name").text("x").text("list").raw("](NNe").raw("K\x07N");
  const Parsed parsed(torchFile(pickle.raw("u").stopped(), sixFloats()));
  EXPECT_EQ(parsed.file.tensors.size(), 1u);
  EXPECT_THAT(
      parsed.file.ignored,
      ElementsAre(Pair("#8", "None"), Pair("double", "a tensor of torch.float64"), Pair("epoch", "a number"),
                  Pair("fp8", "a tensor of torch.float8_e4m3fn"), Pair("h.0.attn.bias", "a tensor of torch.uint8"),
                  Pair("list", "a list"), Pair("mask", "a tensor of torch.bool"), Pair("name", "a string")));
}

TEST(TorchFile, SharesStorages) {
  PickleBuilder pickle;
  pickle.raw("}(");
  addTensor(pickle, "rows", 0, {2, 3}, {3, 1}).raw("q\x05");
  pickle.text("again").raw("h\x05");
  addTensor(pickle, "second", 3, {1, 3}, {99, 1});
  pickle.text("parameter").global("torch._utils", "_rebuild_parameter").raw("(h\x05\x88").orderedDict().raw("tR");
  pickle.text("third").global("torch._utils", "_rebuild_tensor_v3").raw("(").storage("UntypedStorage", "0", 24);
  pickle.raw("K\x01").integers({2}).integers({1}).raw("\x89").orderedDict().global("torch", "float32").raw("tR");
  const Parsed parsed(torchFile(pickle.raw("u").stopped(), sixFloats()));
  EXPECT_EQ(parsed.file.tensors.at("again").bytes.data(), parsed.file.tensors.at("rows").bytes.data());
  EXPECT_EQ(parsed.file.tensors.at("parameter").bytes.data(), parsed.file.tensors.at("rows").bytes.data());
  EXPECT_THAT(parsed.floats("second"), ElementsAre(3, 4, 5));
  EXPECT_EQ(parsed.file.tensors.at("second").bytes.data(), parsed.file.tensors.at("rows").bytes.data() + 12);
  EXPECT_THAT(parsed.floats("third"), ElementsAre(1, 2));
  EXPECT_THAT(parsed.file.copies, IsEmpty());
}

TEST(TorchFile, CopiesWhatIsNotStoredRowByRow) {
  PickleBuilder pickle;
  pickle.raw("}(");
  addTensor(pickle, "transposed", 0, {3, 2}, {1, 3}).raw("q\x05");
  pickle.text("same").raw("h\x05");
  addTensor(pickle, "everySecond", 1, {3}, {2});
  addTensor(pickle, "three", 0, {1, 3, 2}, {1, 1, 3});
  pickle.text("half").tensor("HalfStorage", "h", 4, 0, {2, 2}, {1, 2});
  pickle.text("long").tensor("LongStorage", "l", 4, 0, {2, 2}, {1, 2});
  const Parsed parsed(
      torchFile(pickle.raw("u").stopped(), {{"0", bytesOfValues(kSix)},
                                            {"h", bytesOfValues<std::uint16_t>({0x3c00, 0x4000, 0x4200, 0x4400})},
                                            {"l", bytesOfValues<std::int64_t>({1, 2, 3, 4})}}));
  EXPECT_THAT(parsed.floats("transposed"), ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THAT(parsed.floats("everySecond"), ElementsAre(1, 3, 5));
  EXPECT_THAT(parsed.floats("three"), ElementsAre(0, 3, 1, 4, 2, 5));
  EXPECT_THAT(parsed.floats("half"), ElementsAre(1, 3, 2, 4));
  const auto longs = parsed.file.tensors.at("long").bytes;
  EXPECT_EQ(longs[8], std::byte{3});
  EXPECT_EQ(longs[16], std::byte{2});
  EXPECT_EQ(parsed.file.copies.size(), 5u);  // two names of one tensor share theirs
  EXPECT_EQ(parsed.file.tensors.at("same").bytes.data(), parsed.file.tensors.at("transposed").bytes.data());
  EXPECT_FALSE(parsed.isInside("transposed"));
}

TEST(TorchFile, CopiesNoMoreThanTheFileHolds) {
  EXPECT_THAT(torchErrorOf(oneTensor(0, {1'000'000'000}, {0})),
              AllOf(HasSubstr("tensor \"w\""), HasSubstr("repeats its elements along axis 0 (stride 0)"),
                    HasSubstr(".contiguous()")));
  EXPECT_THAT(torchErrorOf(oneTensor(0, {2, 6}, {0, 1})), HasSubstr("stride 0"));
  // A window that slides over the storage: 1001 x 1000 elements out of 2000.
  PickleBuilder window;
  window.raw("}(").text("w").tensor("FloatStorage", "0", 2000, 0, {1001, 1000}, {1, 1}).raw("u");
  EXPECT_THAT(torchErrorOf(torchFile(window.stopped(), {{"0", std::string(8000, '\0')}})),
              HasSubstr("larger than the file"));
  // Many tensors that share one storage, each small enough.
  PickleBuilder many;
  many.raw("}(");
  for (int i = 0; i < 50; ++i) {
    many.text("w" + std::to_string(i)).tensor("FloatStorage", "0", 10'000, 0, {100, 100}, {1, 100});
  }
  EXPECT_THAT(torchErrorOf(torchFile(many.raw("u").stopped(), {{"0", std::string(40'000, '\0')}})),
              HasSubstr("such tensors together are larger than the file"));
}

TEST(TorchFile, RefusesTensorsOutsideTheirStorage) {
  for (const std::string& bytes :
       {oneTensor(1, {6}, {1}), oneTensor(0, {7}, {1}), oneTensor(0, {2, 3}, {4, 1}), oneTensor(6, {1}, {1}),
        oneTensor(INT64_MAX, {1}, {1}), oneTensor(0, {2}, {INT64_MAX}), oneTensor(0, {3, 3}, {INT64_MAX, INT64_MAX}),
        oneTensor(0, {INT64_MAX}, {1}), oneTensor(6, {}, {})}) {
    EXPECT_THAT(torchErrorOf(bytes),
                AllOf(HasSubstr("x.bin: tensor \"w\" of shape"), HasSubstr("storage of 6 elements")));
  }
  EXPECT_THAT(torchErrorOf(oneTensor(0, {INT64_MAX, 3}, {1, 1})), HasSubstr("too large to count"));
  EXPECT_EQ(torchErrorOf(oneTensor(5, {1}, {INT64_MAX})), "(no error)");  // the stride of a single row means nothing
  EXPECT_EQ(torchErrorOf(oneTensor(0, {3, 1, 2}, {1, INT64_MAX, 3})), "(no error)");
  PickleBuilder pickle;
  const std::string two = addTensor(pickle.raw("}("), "w", 0, {6}, {1}).raw("u").stopped();
  EXPECT_THAT(torchErrorOf(torchFile(two)), HasSubstr("is stored in \"model/data/0\", which is not in the archive"));
  EXPECT_THAT(torchErrorOf(torchFile(two, {{"0", "1234"}})), HasSubstr("has 4 bytes instead of 6 elements of 4"));
  EXPECT_THAT(torchErrorOf(torchFile(two, {{"0", std::string(28, 'x')}})), HasSubstr("has 28 bytes instead of 6"));
  EXPECT_EQ(torchErrorOf(torchFile(two, {{"0", std::string(27, 'x')}})), "(no error)");
  PickleBuilder endless;
  endless.raw("}(").text("w").tensor("FloatStorage", std::string(65, 'k'), 1, 0, {1}, {1}).raw("u");
  EXPECT_THAT(torchErrorOf(torchFile(endless.stopped())), HasSubstr("endless name"));
}

TEST(TorchFile, FindsTheStateDictionary) {
  const auto inner = [](PickleBuilder& pickle) -> PickleBuilder& {
    return addTensor(pickle.orderedDict().raw("("), "w", 0, {6}, {1}).raw("u");
  };
  const auto tensorsOf = [](const PickleBuilder& pickle) {
    const Parsed parsed(torchFile(pickle.stopped(), sixFloats()));
    return std::pair(parsed.file.tensors.size(), parsed.file.ignored);
  };
  for (const char* name : {"state_dict", "model_state_dict", "model", "module"}) {
    PickleBuilder pickle;
    pickle.raw("}(").text("epoch").integer(3).text("optimizer").raw("}").text(name);
    const auto [count, ignored] = tensorsOf(inner(pickle).raw("u"));
    EXPECT_EQ(count, 1u) << name;
    EXPECT_THAT(ignored, ElementsAre(Pair("epoch", "a number"), Pair("optimizer", "a dictionary")));
  }
  PickleBuilder twice;  // {"model": {"module": {...}}, "step": tensor}
  inner(twice.raw("}(").text("model").raw("}(").text("module")).raw("u").text("step");
  twice.tensor("FloatStorage", "0", 6, 0, {}, {});
  EXPECT_THAT(tensorsOf(twice.raw("u")).second, ElementsAre(Pair("step", "a tensor")));
  PickleBuilder config;  // "model" is no dictionary of tensors here
  addTensor(config.raw("}(").text("model").raw("}"), "w", 0, {6}, {1});
  EXPECT_THAT(tensorsOf(config.raw("u")).second, ElementsAre(Pair("model", "a dictionary")));
}

TEST(TorchFile, SaysWhatIsThereInsteadOfTensors) {
  EXPECT_THAT(torchErrorOf(torchFile(PickleBuilder().raw("N").stopped())),
              HasSubstr("x.bin holds None, not a dictionary"));
  EXPECT_THAT(
      torchErrorOf(torchFile(PickleBuilder().tensor("FloatStorage", "0", 6, 0, {6}, {1}).stopped(), sixFloats())),
      HasSubstr("holds a tensor, not a dictionary"));
  EXPECT_THAT(torchErrorOf(torchFile(PickleBuilder().raw("}").stopped())), HasSubstr("holds no tensors; save"));
  PickleBuilder other;
  other.raw("}(").text("net").raw("}").text("epoch").raw("K\1K\1NK\2NK\3N");
  EXPECT_THAT(torchErrorOf(torchFile(other.raw("u").stopped())),
              HasSubstr("its dictionary has \"net\" (a dictionary), \"epoch\" (a number), \"(no name)\" (None), "
                        "\"(no name)\" (None) and 1 more"));
  PickleBuilder twice;
  addTensor(addTensor(twice.raw("}("), "w", 0, {6}, {1}), "w", 0, {3}, {1});
  EXPECT_THAT(torchErrorOf(torchFile(twice.raw("u").stopped(), sixFloats())), HasSubstr("the entry \"w\" twice"));
  PickleBuilder cycle;  // {"model": itself}
  cycle.raw("}q\x01").text("model").raw("h\x01s");
  EXPECT_THAT(torchErrorOf(torchFile(cycle.stopped())), HasSubstr("deeper than 4 levels"));
}

TEST(TorchFile, DoesNotRepeatALongName) {
  // 400 000 entries whose key is one string of 1 MB, by reference: 400 GB if each were copied or compared.
  for (const bool isOuter : {false, true}) {
    PickleBuilder pickle;
    pickle.raw("}(");
    if (isOuter) pickle.text("model").raw("}(");
    addTensor(pickle, "w", 0, {6}, {1}).raw(isOuter ? "u" : "").text(std::string(1'000'000, 'n')).raw("q\x01N");
    for (int i = 0; i < 400'000; ++i) pickle.raw("h\x01N");
    EXPECT_THAT(torchErrorOf(torchFile(pickle.raw("u").stopped(), sixFloats())), HasSubstr("nnn...\" twice"));
  }
}

TEST(TorchFile, DoesNotWalkOneDictionaryAgainAndAgain) {
  // 300 000 times "model", each the same dictionary of 300 000 entries without a tensor.
  PickleBuilder pickle;
  pickle.raw("}").text("model").raw("q\x01}q\x02");
  for (int i = 0; i < 300'000; ++i) pickle.raw("K\x01Ns");
  pickle.raw("s");
  for (int i = 0; i < 300'000; ++i) pickle.raw("h\x01h\x02s");
  EXPECT_THAT(torchErrorOf(torchFile(pickle.stopped())), HasSubstr("the entry \"model\" twice"));
}

TEST(TorchFile, RefusesFilesOfAnotherKind) {
  const auto codeOf = [](const std::string& bytes) { return parseTorchFile(bytesOf(bytes), "x.bin").error().code; };
  const std::string legacy = "\x80\x02\x8a\x0al\xfc\x9c\x46\xf9 j\xa8P\x19.";
  EXPECT_THAT(torchErrorOf(legacy),
              AllOf(HasSubstr("x.bin"), HasSubstr("before version 1.6"), HasSubstr("save it again")));
  EXPECT_EQ(codeOf(legacy), ErrorCode::kUnsupported);
  std::string tar(512, '\0');
  tar.replace(257, 5, "ustar");
  EXPECT_THAT(torchErrorOf(tar), HasSubstr("before version 1.6"));
  EXPECT_THAT(torchErrorOf("version https://git-lfs.github.com/spec/v1\noid sha256:0\n"), HasSubstr("git lfs pull"));
  EXPECT_THAT(torchErrorOf("<html>"), HasSubstr("does not begin like a file of torch.save"));
  EXPECT_THAT(torchErrorOf(""), HasSubstr("does not begin like"));
  EXPECT_EQ(codeOf("<html>"), ErrorCode::kCorrupt);
  EXPECT_THAT(torchErrorOf(zipArchive({{"word/document.xml", "x"}})), HasSubstr("without data.pkl"));
  EXPECT_THAT(torchErrorOf(zipArchive({{"a/b/data.pkl", "x"}, {"a/notdata.pkl", "x"}})), HasSubstr("without data.pkl"));
  EXPECT_THAT(torchErrorOf(zipArchive({{"a/data.pkl", "x"}, {"b/data.pkl", "x"}})),
              HasSubstr("two pickles, \"a/data.pkl\" and \"b/data.pkl\""));
}

TEST(TorchFile, LooksAtTheByteOrderAndTheKindOfArchive) {
  PickleBuilder pickle;
  const std::string pickled = addTensor(pickle.raw("}("), "w", 0, {6}, {1}).raw("u").stopped();
  for (const char* folder : {"", "archive/", "pytorch_model 2.0/"}) {
    EXPECT_EQ(torchErrorOf(zipArchive(torchMembers(pickled, sixFloats(), folder))), "(no error)");
  }
  auto members = torchMembers(pickled, sixFloats());
  members[1].data = "big";
  EXPECT_THAT(torchErrorOf(zipArchive(members)), HasSubstr("written by a big-endian machine"));
  members[1].data = "middle";
  EXPECT_THAT(torchErrorOf(zipArchive(members)), HasSubstr("the byte order \"middle\""));
  members[1].name = "model/other";
  EXPECT_EQ(torchErrorOf(zipArchive(members)), "(no error)");
  members[1].name = "model/constants.pkl";
  EXPECT_THAT(torchErrorOf(zipArchive(members)), HasSubstr("TorchScript"));
}

TEST(TorchFile, SurvivesTruncationAndEveryChangedByte) {
  PickleBuilder pickle;
  pickle.raw("}(");
  addTensor(pickle, "a", 0, {3, 2}, {1, 3});
  const std::string bytes = torchFile(addTensor(pickle, "b", 1, {5}, {1}).raw("u").stopped(), sixFloats());
  ASSERT_EQ(torchErrorOf(bytes), "(no error)");
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    // A copy of exactly this length, so that reading past the end is seen by the address sanitizer.
    const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    const auto file = parseTorchFile(std::as_bytes(std::span(cut)), "x.bin");
    ASSERT_FALSE(file.ok()) << length;
    EXPECT_THAT(file.error().message, HasSubstr("x.bin")) << length;
  }
  std::string changed = bytes;
  for (char& byte : changed) {
    const char before = byte;
    for (const int bit : {1, 8, 128}) {
      byte = static_cast<char>(before ^ bit);
      const auto file = parseTorchFile(bytesOf(changed), "x.bin");
      EXPECT_THAT(file ? std::string("x.bin") : file.error().message, HasSubstr("x.bin"));
    }
    byte = before;
  }
}

}  // namespace
}  // namespace tidemark

#include "engine/weights/safetensors.h"

#include <random>

#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using testing::bytesOf;
using ::testing::HasSubstr;
using testing::messageOf;
using testing::safetensorsBytes;
using testing::TemporaryDirectory;

/// Three tensors, metadata, spaces behind the header: 52 bytes of data.
std::string fixture() {
  std::string file = safetensorsBytes(R"({"__metadata__":{"format":"pt"},)"
                                      R"("a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},)"
                                      R"("b":{"dtype":"BF16","shape":[2],"data_offsets":[24,28]},)"
                                      R"("c.empty":{"dtype":"F16","shape":[0,7],"data_offsets":[28,28]},)"
                                      R"("d.scalar":{"dtype":"I64","shape":[],"data_offsets":[28,36]},)"
                                      R"("e":{"dtype":"I32","shape":[4],"data_offsets":[36,52]}}   )",
                                      52);
  for (std::size_t i = 0; i < 52; ++i) file[file.size() - 52 + i] = static_cast<char>(i);
  return file;
}

std::string errorFor(std::string_view header, std::size_t dataBytes) {
  return messageOf(parseSafetensors(bytesOf(safetensorsBytes(header, dataBytes)), "x.safetensors"));
}

TEST(Safetensors, ReadsEveryTensorAndTheMetadata) {
  const std::string bytes = fixture();
  const auto file = parseSafetensors(bytesOf(bytes), "x");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->metadata.at("format"), "pt");
  ASSERT_EQ(file->tensors.size(), 5u);
  const TensorView& a = file->tensors.at("a");
  EXPECT_EQ(a.dtype, DType::kF32);
  EXPECT_EQ(a.shape, (Shape{2, 3}));
  EXPECT_EQ(a.bytes.size(), 24u);
  EXPECT_EQ(a.bytes[3], std::byte{3});
  EXPECT_EQ(file->tensors.at("b").bytes[0], std::byte{24});
  EXPECT_TRUE(file->tensors.at("c.empty").bytes.empty());
  EXPECT_EQ(file->tensors.at("d.scalar").bytes.size(), 8u);
  EXPECT_EQ(file->tensors.at("e").bytes[15], std::byte{51});
}

TEST(Safetensors, RefusesEveryTruncation) {
  const std::string bytes = fixture();
  for (std::size_t length = 0; length < bytes.size(); ++length) {
    // A copy of exactly this length, so that reading past the end is seen by the address sanitizer.
    const std::vector<char> cut(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(length));
    const auto file = parseSafetensors(std::as_bytes(std::span(cut)), "x.safetensors");
    ASSERT_FALSE(file.ok()) << length;
    EXPECT_EQ(file.error().code, ErrorCode::kCorrupt) << length;
    EXPECT_THAT(file.error().message, HasSubstr("x.safetensors")) << length;
  }
}

TEST(Safetensors, RefusesHeaderLengthsThatCannotBe) {
  EXPECT_THAT(messageOf(parseSafetensors({}, "x")), HasSubstr("has 0 bytes"));
  std::string bytes = fixture();
  bytes[1] = 4;
  EXPECT_THAT(messageOf(parseSafetensors(bytesOf(bytes), "x")), AllOf(HasSubstr("header of"), HasSubstr("follow")));
  bytes[7] = '\xff';
  EXPECT_THAT(messageOf(parseSafetensors(bytesOf(bytes), "x")), HasSubstr("100000000"));
  EXPECT_THAT(errorFor("", 4), HasSubstr("does not start with '{'"));
  EXPECT_THAT(errorFor(" {}", 0), HasSubstr("does not start with '{'"));
}

TEST(Safetensors, AnEmptyHeaderIsAFileWithoutTensors) {
  const auto file = parseSafetensors(bytesOf(safetensorsBytes("{}", 0)), "x");
  ASSERT_TRUE(file);
  EXPECT_TRUE(file->tensors.empty());
}

struct MalformedHeader {
  const char* name;
  std::string header;
  std::size_t dataBytes;
  ErrorCode code;
  std::vector<std::string> message;
};

// What ctest shows of a case; without it, GoogleTest prints the bytes of the object.
void PrintTo(const MalformedHeader& header, std::ostream* out) {
  *out << header.name;
}

class MalformedSafetensors : public ::testing::TestWithParam<MalformedHeader> {};

TEST_P(MalformedSafetensors, IsRefusedWithAReason) {
  const MalformedHeader& malformed = GetParam();
  const std::string bytes = safetensorsBytes(malformed.header, malformed.dataBytes);
  const auto file = parseSafetensors(bytesOf(bytes), "x.safetensors");
  ASSERT_FALSE(file.ok());
  EXPECT_EQ(file.error().code, malformed.code) << file.error().message;
  EXPECT_THAT(file.error().message, HasSubstr("x.safetensors"));
  for (const std::string& part : malformed.message) EXPECT_THAT(file.error().message, HasSubstr(part));
}

std::string oneTensor(const std::string& members) {
  return R"({"w":{)" + members + "}}";
}

INSTANTIATE_TEST_SUITE_P(
    Headers, MalformedSafetensors,
    ::testing::Values(
        MalformedHeader{"NotJson", "{\"a\":\n 1,}", 0, ErrorCode::kCorrupt, {"line 2", "not valid JSON"}},
        MalformedHeader{"TrailingNoise", "{} x", 0, ErrorCode::kCorrupt, {"not valid JSON"}},
        MalformedHeader{"InvalidUtf8", "{\"\xff\":1}", 0, ErrorCode::kCorrupt, {"not valid JSON"}},
        MalformedHeader{"NumberTooLarge", oneTensor(R"("shape":[1e999])"), 0, ErrorCode::kCorrupt, {"not valid JSON"}},
        MalformedHeader{"DuplicateTensor",
                        R"({"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                        R"("w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}})",
                        4,
                        ErrorCode::kCorrupt,
                        {"\"w\"", "twice"}},
        MalformedHeader{"DuplicateMember",
                        oneTensor(R"("dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"\"dtype\"", "twice"}},
        MalformedHeader{"TensorIsNoObject", R"({"w":7})", 0, ErrorCode::kCorrupt, {"\"w\"", "7"}},
        MalformedHeader{"MissingMember",
                        oneTensor(R"("dtype":"F32","shape":[1])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"lacks dtype, shape or data_offsets"}},
        MalformedHeader{"UnknownMember",
                        oneTensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4],"stride":1)"),
                        4,
                        ErrorCode::kCorrupt,
                        {"unknown key \"stride\""}},
        MalformedHeader{"UnsupportedDtype",
                        oneTensor(R"("dtype":"F64","shape":[1],"data_offsets":[0,8])"),
                        8,
                        ErrorCode::kUnsupported,
                        {"\"w\"", "\"F64\"", "BF16"}},
        MalformedHeader{"DtypeIsNoString",
                        oneTensor(R"("dtype":3,"shape":[1],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"dtype", "3"}},
        MalformedHeader{"ShapeIsNoList",
                        oneTensor(R"("dtype":"F32","shape":1,"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"shape that is not a list"}},
        MalformedHeader{"NegativeAxis",
                        oneTensor(R"("dtype":"F32","shape":[-1],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"axis", "-1"}},
        MalformedHeader{"FractionalAxis",
                        oneTensor(R"("dtype":"F32","shape":[1.0],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"axis", "1.0"}},
        MalformedHeader{"AxisBeyond63Bits",
                        oneTensor(R"("dtype":"F32","shape":[18446744073709551615],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"18446744073709551615"}},
        MalformedHeader{"TooManyAxes",
                        oneTensor(R"("dtype":"F32","shape":[1,1,1,1,1,1,1,1,1],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kUnsupported,
                        {"9 axes"}},
        MalformedHeader{"ShapeProductOverflows",
                        oneTensor(R"("dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"too large", "[4294967296, 4294967296]"}},
        MalformedHeader{"ByteCountOverflows",
                        oneTensor(R"("dtype":"F32","shape":[4611686018427387905],"data_offsets":[0,4])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"too large"}}),
    [](const auto& param) { return std::string(param.param.name); });

INSTANTIATE_TEST_SUITE_P(
    Offsets, MalformedSafetensors,
    ::testing::Values(
        MalformedHeader{"NotAPair",
                        oneTensor(R"("dtype":"F32","shape":[1],"data_offsets":[0])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"data_offsets", "[0]"}},
        MalformedHeader{"NegativeOffset",
                        oneTensor(R"("dtype":"F32","shape":[1],"data_offsets":[-4,0])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"data_offsets"}},
        MalformedHeader{"Reversed",
                        oneTensor(R"("dtype":"F32","shape":[1],"data_offsets":[4,0])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"bytes 4 to 0 of 4"}},
        MalformedHeader{"PastTheEnd",
                        oneTensor(R"("dtype":"F32","shape":[2],"data_offsets":[0,8])"),
                        4,
                        ErrorCode::kCorrupt,
                        {"bytes 0 to 8 of 4", "cut short"}},
        MalformedHeader{"SizeDiffersFromShape",
                        oneTensor(R"("dtype":"F32","shape":[3],"data_offsets":[0,8])"),
                        8,
                        ErrorCode::kCorrupt,
                        {"has 8 bytes", "[3]", "needs 12"}},
        MalformedHeader{"Overlap",
                        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},)"
                        R"("b":{"dtype":"F32","shape":[2],"data_offsets":[4,12]}})",
                        12,
                        ErrorCode::kCorrupt,
                        {"\"b\"", "inside tensor \"a\"", "ends at 8"}},
        MalformedHeader{"Hole",
                        R"({"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},)"
                        R"("b":{"dtype":"F32","shape":[1],"data_offsets":[8,12]}})",
                        12,
                        ErrorCode::kCorrupt,
                        {"bytes 4 to 8", "\"b\""}},
        MalformedHeader{"BytesLeftOver",
                        oneTensor(R"("dtype":"F32","shape":[1],"data_offsets":[0,4])"),
                        9,
                        ErrorCode::kCorrupt,
                        {"5 bytes after the last tensor"}},
        MalformedHeader{"DataWithoutTensors", "{}", 3, ErrorCode::kCorrupt, {"3 bytes"}},
        MalformedHeader{"MetadataIsNoObject", R"({"__metadata__":[]})", 0, ErrorCode::kCorrupt, {"__metadata__"}},
        MalformedHeader{
            "MetadataIsNoString", R"({"__metadata__":{"k":1}})", 0, ErrorCode::kCorrupt, {"__metadata__ \"k\" = 1"}}),
    [](const auto& param) { return std::string(param.param.name); });

TEST(Safetensors, DepthDoesNotCostStack) {
  EXPECT_THAT(errorFor("{\"a\":" + std::string(1000000, '['), 0), HasSubstr("deeper than 3"));
  std::string objects = "{";
  for (int i = 0; i < 100000; ++i) objects += "\"a\":{";
  EXPECT_THAT(errorFor(objects, 0), HasSubstr("deeper than 3"));
}

TEST(Safetensors, MessagesCarryNoControlCharactersAndStayShort) {
  const std::string message = errorFor(R"({"\u001b[31m)" + std::string(5000, 'n') + R"(":0})", 0);
  EXPECT_THAT(message, HasSubstr("\"?[31mnnn"));
  EXPECT_LT(message.size(), 300u);
  EXPECT_THAT(errorFor(R"({"a\u009b1m\u00a0\u007f":0})", 0), HasSubstr("\"a?1m\xc2\xa0?\""));
  // Cut between characters, not inside one.
  const std::string wide = errorFor(R"({"x)" + std::string(30, 'n') +
                                        [] {
                                          std::string text;
                                          for (int i = 0; i < 100; ++i) text += "\xe2\x82\xac";
                                          return text;
                                        }() +
                                        R"(":0})",
                                    0);
  EXPECT_THAT(wide, HasSubstr("\xe2\x82\xac...\""));
}

TEST(Safetensors, SurvivesRandomDamage) {
  const std::string original = fixture();
  std::mt19937 random(20240501);
  int accepted = 0;
  for (int round = 0; round < 20000; ++round) {
    std::string bytes = original;
    const int flips = 1 + static_cast<int>(random() % 3);
    for (int i = 0; i < flips; ++i) bytes[random() % bytes.size()] = static_cast<char>(random());
    const auto file = parseSafetensors(bytesOf(bytes), "x");
    if (!file) continue;
    ++accepted;
    for (const auto& [name, view] : file->tensors) {
      ASSERT_EQ(elementCount(view.shape).value() * byteSize(view.dtype), view.bytes.size()) << round;
      ASSERT_GE(view.bytes.data(), bytesOf(bytes).data()) << round;
      ASSERT_LE(view.bytes.data() + view.bytes.size(), bytesOf(bytes).data() + bytes.size()) << round;
    }
  }
  // Damage to data and to names goes unnoticed by design; damage elsewhere must not.
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 10000);
}

TEST(SafetensorsWriter, WhatItWritesReadsBackBitForBit) {
  const TemporaryDirectory directory;
  Tensor floats(DType::kF32, {2, 3});
  for (std::size_t i = 0; i < 6; ++i) floats.floats()[i] = static_cast<float>(i) / 7;
  Tensor half(DType::kF16, {3});
  half.bytes()[5] = std::byte{0x7c};
  const Tensor none(DType::kI64, {0});
  const auto path = directory.path() / "t.safetensors";
  const Status written = writeSafetensors(
      path, {{"z", floats.view()}, {"\xc3\xa4", half.view()}, {"none", none.view()}}, {{"made by", "a \"test\""}});
  ASSERT_TRUE(written) << written.error().message;

  const std::string bytes = testing::readFile(path);
  const auto file = parseSafetensors(bytesOf(bytes), "t");
  ASSERT_TRUE(file) << file.error().message;
  EXPECT_EQ(file->metadata.at("made by"), "a \"test\"");
  ASSERT_EQ(file->tensors.size(), 3u);
  const TensorView& z = file->tensors.at("z");
  EXPECT_EQ(z.shape, (Shape{2, 3}));
  EXPECT_TRUE(std::equal(z.bytes.begin(), z.bytes.end(), floats.bytes().begin()));
  EXPECT_EQ((z.bytes.data() - bytesOf(bytes).data()) % 8, 0) << "data starts at a multiple of 8";
  const TensorView& umlaut = file->tensors.at("\xc3\xa4");
  EXPECT_EQ(umlaut.dtype, DType::kF16);
  EXPECT_TRUE(std::equal(umlaut.bytes.begin(), umlaut.bytes.end(), half.bytes().begin()));
  EXPECT_LT(bytes.find("\"z\""), bytes.find("\"none\"")) << "the given order is kept";
}

TEST(SafetensorsWriter, ReplacesTheFileAndLeavesNothingElse) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "t.safetensors";
  testing::writeFile(path, "old");
  ASSERT_TRUE(writeSafetensors(path, {}));
  EXPECT_EQ(testing::readFile(path), safetensorsBytes("{}      ", 0));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

TEST(SafetensorsWriter, RefusesWhatItCouldNotReadBack) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "t.safetensors";
  const Tensor one(DType::kF32, {1});
  TensorView wrong = one.view();
  wrong.shape = {2};
  TensorView remote = one.view();
  remote.device = Device::kCuda;
  EXPECT_THAT(messageOf(writeSafetensors(path, {{"w", wrong}})), AllOf(HasSubstr("\"w\""), HasSubstr("[2]")));
  EXPECT_THAT(messageOf(writeSafetensors(path, {{"w", remote}})), HasSubstr("device"));
  EXPECT_THAT(messageOf(writeSafetensors(path, {{"w", one.view()}, {"w", one.view()}})), HasSubstr("twice"));
  EXPECT_THAT(messageOf(writeSafetensors(path, {{"__metadata__", one.view()}})), HasSubstr("__metadata__"));
  EXPECT_THAT(messageOf(writeSafetensors(path, {{"\xff\xfe", one.view()}})), HasSubstr("UTF-8"));
  EXPECT_FALSE(std::filesystem::exists(path));
  EXPECT_THAT(messageOf(writeSafetensors(directory.path() / "no" / "t", {})), HasSubstr("cannot be created"));
}

TEST(SafetensorsWriter, KeepsTheOldFileWhenItCannotBeReplaced) {
  const TemporaryDirectory directory;
  const auto path = directory.path() / "folder";
  std::filesystem::create_directories(path / "inside");
  EXPECT_THAT(messageOf(writeSafetensors(path, {})), HasSubstr("cannot be put in place"));
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(directory.path()), {}), 1);
}

}  // namespace
}  // namespace tidemark

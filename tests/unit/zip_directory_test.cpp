// Archives that are not what torch.save writes are refused by name; what it writes may differ in many ways.

#include "engine/weights/torch/zip_directory.h"

#include "tests/unit/torch_builder.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark {
namespace {

using ::testing::AllOf;
using testing::bytesOf;
using ::testing::HasSubstr;
using testing::messageOf;
using testing::zipArchive;
using testing::ZipMember;
using testing::ZipOptions;

std::vector<ZipMember> twoMembers() {
  return {{"m/b", "second"}, {"m/a", "first"}};
}

std::string zipErrorOf(const std::string& archive) {
  return messageOf(ZipDirectory::parse(bytesOf(archive), "x.bin"));
}

std::string errorOfFirst(void (*change)(ZipMember&)) {
  auto members = twoMembers();
  change(members.front());
  return zipErrorOf(zipArchive(members));
}

void expectTwoMembers(const std::string& archive, const char* what) {
  const auto directory = ZipDirectory::parse(bytesOf(archive), "x.bin");
  ASSERT_TRUE(directory) << what << ": " << directory.error().message;
  ASSERT_EQ(directory->members().size(), 2u) << what;
  EXPECT_EQ(directory->members().front().name, "m/a") << what;
  const auto data = directory->find("m/b");
  ASSERT_TRUE(data) << what;
  EXPECT_EQ(std::string(reinterpret_cast<const char*>(data->data()), data->size()), "second") << what;
  EXPECT_TRUE(reinterpret_cast<const char*>(data->data()) >= archive.data()) << what;
  EXPECT_FALSE(directory->find("m/c")) << what;
  EXPECT_FALSE(directory->find("")) << what;
}

TEST(ZipDirectory, ReadsWhatWritersDifferIn) {
  expectTwoMembers(zipArchive(twoMembers()), "as torch writes it");
  expectTwoMembers(zipArchive(twoMembers(), {.isZip64 = false}), "without zip64");
  expectTwoMembers(zipArchive(twoMembers(), {.hidesNarrowEnd = true}), "the true numbers in the zip64 record");
  expectTwoMembers(zipArchive(twoMembers(), {.comment = "PK\x05\x06 a comment"}), "a comment");
  expectTwoMembers(zipArchive(twoMembers(), {.comment = std::string(65535, 'c')}), "the longest comment");
  for (const std::uint16_t flags : {std::uint16_t{0}, std::uint16_t{8}}) {
    auto members = twoMembers();
    members[0].flags = flags;
    members[1].isZip64 = true;
    members[1].flags = flags;
    expectTwoMembers(zipArchive(members), "sizes in the local header, or behind; zip64 sizes of one member");
  }
}

TEST(ZipDirectory, RefusesWhatCannotBeMapped) {
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.method = 8; }),
              AllOf(HasSubstr("x.bin: member \"m/b\" is compressed (zip method 8)"), HasSubstr("zip -0")));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.flags |= 1; }), HasSubstr("member \"m/b\" is encrypted"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.flags |= 1 << 6; }), HasSubstr("encrypted"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.flags |= 1 << 13; }), HasSubstr("encrypted"));
  EXPECT_THAT(zipErrorOf(zipArchive(twoMembers(), {.disk = 1})), HasSubstr("split over several files"));
  auto members = twoMembers();
  members.front().method = 8;
  const std::string archive = zipArchive(members);
  const auto refused = ZipDirectory::parse(bytesOf(archive), "x");
  EXPECT_EQ(refused.error().code, ErrorCode::kUnsupported);
}

TEST(ZipDirectory, RefusesMembersThatDoNotFit) {
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.localName = "m/x"; }), HasSubstr("does not agree"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) {
                m.flags = 0;
                m.localSize = 7;
              }),
              HasSubstr("has 7 bytes by its header and 6 by the directory"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedPackedSize = 3; }), HasSubstr("claims 3 bytes for 6"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedOffset = 5; }), HasSubstr("no header at byte 5"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedOffset = 0xfffffff0; }), HasSubstr("no header at byte"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedOffset = 0xffffffff; }), HasSubstr("lacks the zip64 sizes"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedSize = 1000; }), HasSubstr("claims 1000 bytes from byte 33"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) {
                m.isZip64 = true;
                m.claimedSize = UINT64_MAX;
              }),
              HasSubstr("beyond the members' end"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) {
                m.isZip64 = true;
                m.claimedOffset = UINT64_MAX - 10;
              }),
              HasSubstr("no header at byte 18446744073709551605"));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.claimedSize = 20; }), HasSubstr("inside member \"m/b\""));
  EXPECT_THAT(errorOfFirst([](ZipMember& m) { m.name = "\xff\xfe"; }), HasSubstr("not UTF-8"));
  auto members = twoMembers();
  members[1].name = members[0].name;
  EXPECT_THAT(zipErrorOf(zipArchive(members)), HasSubstr("two members named \"m/b\""));
  members[1].claimedOffset = 0;  // both entries describe the same bytes
  EXPECT_THAT(zipErrorOf(zipArchive(members)), HasSubstr("inside member \"m/b\""));
}

TEST(ZipDirectory, RefusesEndRecordsThatDoNotFit) {
  const auto errorWith = [](const ZipOptions& options) { return zipErrorOf(zipArchive(twoMembers(), options)); };
  EXPECT_THAT(zipErrorOf(zipArchive({{std::string(100, 'n'), "x"}}, {.claimedEntries = 2})),
              HasSubstr("fewer entries than it claims"));
  EXPECT_THAT(errorWith({.claimedEntries = 3}), HasSubstr("claims 3 members in a directory of 98 bytes"));
  EXPECT_THAT(errorWith({.claimedEntries = UINT64_MAX}), HasSubstr("claims 18446744073709551615 members"));
  EXPECT_THAT(errorWith({.claimedSize = UINT64_MAX}), HasSubstr("outside its"));
  EXPECT_THAT(errorWith({.claimedOffset = 1'000'000}), HasSubstr("at byte 1000000, outside its"));
  EXPECT_THAT(errorWith({.isZip64 = false, .claimedOffset = 1'000'000}), HasSubstr("at byte 1000000, outside its"));
  EXPECT_THAT(errorWith({.isZip64 = false, .hidesNarrowEnd = true}), HasSubstr("lacks the zip64 record"));
  EXPECT_THAT(zipErrorOf(""), HasSubstr("no zip directory at its end"));
  EXPECT_THAT(zipErrorOf("PK\x03\x04 and nothing more for a long while"), HasSubstr("cut short"));
  std::string moved = zipArchive(twoMembers());
  moved.insert(0, "some bytes in front");
  EXPECT_THAT(zipErrorOf(moved), HasSubstr("no zip64 end record at byte"));
  std::string disagreeing = zipArchive(twoMembers());
  disagreeing[disagreeing.size() - 6] ^= 1;  // the offset of the narrow end record
  EXPECT_THAT(zipErrorOf(disagreeing), HasSubstr("two end records"));
}

}  // namespace
}  // namespace tidemark

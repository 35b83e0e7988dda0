#include "engine/document/text_import.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <string>

#include "engine/base/sha256.h"
#include "engine/tokenizer/utf8.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

using namespace std::string_literals;
using test::TemporaryFolder;
using testing::HasSubstr;

struct Imported {
  std::string text;
  std::size_t largestPiece = 0;
  Result<ImportReport> report = makeError(ErrorCode::kInternal, "not run");
};

Imported import(const std::filesystem::path& path) {
  Imported result;
  result.report = importTextFile(path, [&](std::string_view piece) {
    result.text += piece;
    result.largestPiece = std::max(result.largestPiece, piece.size());
    EXPECT_EQ(characterBoundary(piece, 0), 0u);
    EXPECT_EQ(readUtf8(piece).kind, Utf8Kind::kCharacter) << "pieces begin with a whole character";
    return Status();
  });
  return result;
}

std::string hexOf(const std::string& bytes) {
  return sha256Hex(std::as_bytes(std::span(bytes)));
}

TEST(ImportTextFile, ReportsWhatItDid) {
  const TemporaryFolder folder;
  const std::string bytes = "\xEF\xBB\xBFone\r\ntwo \xFF \u4e2d\r";
  const Imported result = import(folder.write("a.txt", bytes));
  ASSERT_TRUE(result.report.ok()) << result.report.error().message;
  EXPECT_EQ(result.text, "one\ntwo \uFFFD \u4e2d\n");
  EXPECT_EQ(result.report->sourceBytes, bytes.size());
  EXPECT_EQ(result.report->textBytes, result.text.size());
  EXPECT_EQ(result.report->characters, 12u);
  EXPECT_EQ(result.report->replacedBytes, 1u);
  EXPECT_EQ(result.report->sourceSha256, hexOf(bytes));
}

TEST(ImportTextFile, CharactersAndLineEndsAcrossReadBordersAreWhole) {
  const TemporaryFolder folder;
  // Whatever the size of a read is, some of these lengths put its border inside a character or a line end.
  for (std::size_t lead = 0; lead < 8; ++lead) {
    std::string bytes(lead, 'x');
    std::string text = bytes;
    while (bytes.size() < 200'000) {
      bytes += "\U0001F600\r\n";
      text += "\U0001F600\n";
    }
    const Imported result = import(folder.write("a.txt", bytes));
    ASSERT_TRUE(result.report.ok()) << result.report.error().message;
    EXPECT_TRUE(result.text == text) << "lead " << lead;
    EXPECT_LE(result.largestPiece, 64u * 1024);
  }
}

TEST(ImportTextFile, PiecesStaySmallWhenEveryByteIsReplaced) {
  const TemporaryFolder folder;
  const Imported result = import(folder.write("a.txt", std::string(300'000, '\xFF')));
  ASSERT_TRUE(result.report.ok()) << result.report.error().message;
  EXPECT_EQ(result.report->replacedBytes, 300'000u);
  EXPECT_EQ(result.text.size(), 900'000u);
  EXPECT_LE(result.largestPiece, 64u * 1024);
}

TEST(ImportTextFile, RefusesInOneSentence) {
  const TemporaryFolder folder;
  const struct {
    std::filesystem::path path;
    ErrorCode code;
    const char* part;
  } cases[] = {
      {folder.path() / "absent.txt", ErrorCode::kNotFound, "no such file"},
      {folder.write("empty.txt", ""), ErrorCode::kInvalidArgument, "empty (0 bytes)"},
      {folder.write("mark.txt", "\xEF\xBB\xBF"), ErrorCode::kInvalidArgument, "byte order mark only"},
      {folder.write("nul.bin", std::string(100'000, 'a') + "\0"s), ErrorCode::kInvalidArgument, "NUL at byte 100000"},
      {folder.write("wide.txt", "\xFF\xFEh\0"s), ErrorCode::kInvalidArgument, "UTF-16 (little-endian)"},
      {folder.path(), ErrorCode::kInvalidArgument, "directory"},
      {"/dev/zero", ErrorCode::kInvalidArgument, "device"},
      {folder.path() / "empty.txt" / "x", ErrorCode::kNotFound, "no such file"},
  };
  for (const auto& c : cases) {
    const Imported result = import(c.path);
    ASSERT_FALSE(result.report.ok()) << c.path;
    EXPECT_EQ(result.report.error().code, c.code) << c.path;
    EXPECT_THAT(result.report.error().message, HasSubstr(c.part));
    EXPECT_THAT(result.report.error().message, HasSubstr(c.path.string()));
  }
}

TEST(ImportTextFile, AFifoDoesNotHang) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.path() / "pipe";
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  const Imported result = import(path);
  ASSERT_FALSE(result.report.ok());
  EXPECT_THAT(result.report.error().message, HasSubstr("FIFO"));
  EXPECT_FALSE(hashFile(path).ok());
}

TEST(ImportTextFile, NoPermission) {
  if (::geteuid() == 0) GTEST_SKIP() << "root may read everything";
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("secret.txt", "x");
  ASSERT_EQ(::chmod(path.c_str(), 0), 0);
  const Imported result = import(path);
  ASSERT_FALSE(result.report.ok());
  EXPECT_EQ(result.report.error().code, ErrorCode::kIo);
  EXPECT_THAT(result.report.error().message, HasSubstr("permission denied"));
}

TEST(ImportTextFile, StopsWhenAsked) {
  const TemporaryFolder folder;
  const std::filesystem::path path = folder.write("a.txt", std::string(1'000'000, 'a'));
  std::stop_source stop;
  std::size_t seen = 0;
  const Result<ImportReport> report = importTextFile(
      path,
      [&](std::string_view piece) {
        seen += piece.size();
        stop.request_stop();
        return Status();
      },
      stop.get_token());
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, ErrorCode::kCancelled);
  EXPECT_LE(seen, 64u * 1024);
}

TEST(ImportTextFile, AnErrorOfTheSinkComesBack) {
  const TemporaryFolder folder;
  const Result<ImportReport> report = importTextFile(
      folder.write("a.txt", "text"), [](std::string_view) -> Status { return makeError(ErrorCode::kBusy, "full"); });
  ASSERT_FALSE(report.ok());
  EXPECT_EQ(report.error().code, ErrorCode::kBusy);
  EXPECT_EQ(report.error().message, "full");
}

TEST(HashFile, IsTheHashOfTheBytesOnDisk) {
  const TemporaryFolder folder;
  const std::string bytes(200'000, 'q');
  const Result<std::string> hash = hashFile(folder.write("a.bin", bytes));
  ASSERT_TRUE(hash.ok());
  EXPECT_EQ(*hash, hexOf(bytes));
  EXPECT_EQ(hashFile(folder.path() / "absent").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace tidemark

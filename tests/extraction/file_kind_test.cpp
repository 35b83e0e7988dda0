#include "engine/extraction/file_kind.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using namespace std::string_literals;
using ::testing::HasSubstr;

TEST(DetectKind, GoesByContent) {
  const struct {
    std::string head;
    const char* name;
    FileKind kind;
  } cases[] = {
      {"%PDF-1.7\n", "a.txt", FileKind::kPdf},
      {std::string(900, '\n') + "%PDF-1.4", "a.pdf", FileKind::kPdf},
      {"\xEF\xBB\xBF%PDF-1.4", "a.pdf", FileKind::kPdf},
      {std::string(2000, ' ') + "%PDF-1.4", "a.pdf", FileKind::kText},
      {"The header is %PDF-1.4 in most files.", "a.txt", FileKind::kText},
      {"PK\3\4....", "a.pdf", FileKind::kZip},
      {"PK\5\6....", "a.epub", FileKind::kZip},
      {"SQLite format 3\0...."s, "a.txt", FileKind::kSession},
      {"<!DOCTYPE html><p>x", "a", FileKind::kHtml},
      {"\xEF\xBB\xBF\r\n <!-- note --><HTML lang=en>", "a.txt", FileKind::kHtml},
      {"<?xml version='1.0'?>\n<!DOCTYPE html PUBLIC 'x'>", "a", FileKind::kHtml},
      {"\xFF\xFE<\0h\0t\0m\0l\0>\0"s, "a", FileKind::kHtml},
      {"<p>only a part", "a.html", FileKind::kHtml},
      {"<p>only a part", "a.txt", FileKind::kText},
      {"<htmlx>", "a.txt", FileKind::kText},
      {"<html><body>quoted", "a.md", FileKind::kText},
      {"no tag in front", "a.html", FileKind::kText},
      {"once upon a time", "a.pdf", FileKind::kText},
      {"", "a.txt", FileKind::kText},
      {"BMW and MZ are makers of vehicles", "a.txt", FileKind::kText},
      {"RIFF are letters", "a.txt", FileKind::kText},
      {"BM\x36\0\0\0"s, "a.txt", FileKind::kKnownOther},
      {"MZ\x90\0"s, "a.exe", FileKind::kKnownOther},
      {"\x7F"
       "ELF\2",
       "a.txt", FileKind::kKnownOther},
      {std::string(257, 'x') + "ustar", "a.tar", FileKind::kKnownOther},
      {"{\\rtf1", "a.doc", FileKind::kKnownOther},
  };
  for (const auto& c : cases) {
    EXPECT_EQ(detectKind(c.head, c.name).kind, c.kind) << c.name << ": " << c.head.substr(0, 30);
  }
}

TEST(DetectKind, SaysWhatCannotBeRead) {
  const DetectedKind jpeg = detectKind("\xFF\xD8\xFF\xE0 JFIF", "photo.txt");
  EXPECT_EQ(jpeg.kind, FileKind::kKnownOther);
  const Error error = unreadableKind("photo.txt", jpeg);
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(error.message, HasSubstr("photo.txt is a JPEG image: choose a text"));
  EXPECT_THAT(detectKind("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", "a.docx").name, HasSubstr("Word"));
  EXPECT_THAT(unreadableKind("a.tidemark", detectKind("SQLite format 3\0"s, "a.tidemark")).message,
              HasSubstr("opened, not read"));
}

TEST(DetectKind, MarkdownIsToldByItsName) {
  EXPECT_EQ(detectKind("# x", "README.MD").name, "a Markdown text");
  EXPECT_EQ(detectKind("# x", "README").name, "a text");
}

}  // namespace
}  // namespace tidemark

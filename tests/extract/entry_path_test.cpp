// Where references inside an archive lead.

#include "extract/archive/entry_path.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

std::string resolved(std::string_view base, std::string_view reference) {
  const auto result = resolveReference(base, reference);
  return result ? result->path + (result->fragment.empty() ? "" : "#" + result->fragment) : "(outside)";
}

TEST(EntryPath, References) {
  EXPECT_EQ(resolved("OEBPS/book.opf", "text/one.xhtml"), "OEBPS/text/one.xhtml");
  EXPECT_EQ(resolved("OEBPS/text/one.xhtml", "../two%20b.xhtml#p%31"), "OEBPS/two b.xhtml#p1");
  EXPECT_EQ(resolved("OEBPS/text/one.xhtml", "#here"), "OEBPS/text/one.xhtml#here");
  EXPECT_EQ(resolved("a/b.xml", "/word/document.xml"), "word/document.xml");
  EXPECT_EQ(resolved("book.opf", "./a//b/./c"), "a/b/c");
  EXPECT_EQ(resolved("a/b", "100%"), "a/100%");
}

TEST(EntryPath, WhatLeadsOut) {
  for (const char* reference : {"../../etc/passwd", "http://example.org/x", "file:///etc/passwd", "//host/x", "..",
                                "%2e%2e/%2e%2e/x", "a\\b", "a%00b", "data:text/html,x"}) {
    EXPECT_EQ(resolved("OEBPS/book.opf", reference), "(outside)") << reference;
  }
  EXPECT_TRUE(leadsOutOfArchive("../x"));
  EXPECT_TRUE(leadsOutOfArchive("a/../b"));
  EXPECT_TRUE(leadsOutOfArchive("/x"));
  EXPECT_TRUE(leadsOutOfArchive(""));
  EXPECT_FALSE(leadsOutOfArchive("a/..b/c"));
}

TEST(EntryPath, NamesInMessagesAreHarmless) {
  EXPECT_EQ(quotedName("a\x1b[2J\xFF\n"), "\"a?[2J??\"");
  EXPECT_LT(quotedName(std::string(1000, 'x')).size(), 100u);
}

}  // namespace
}  // namespace tidemark

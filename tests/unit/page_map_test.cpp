#include "engine/document/page_map.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

PageMap book() {
  return PageMap({100, 200}, {{100, "i"}, {110, "ii"}, {110, ""}, {150, "1"}, {180, "A-4"}, {200, ""}});
}

TEST(PageMap, EveryByteIsOnOnePage) {
  const PageMap map = book();
  ASSERT_EQ(map.pageCount(), 6);
  for (std::uint64_t byte = 100; byte < 200; ++byte) {
    const auto page = map.pageAt(byte);
    ASSERT_TRUE(page.has_value()) << byte;
    const ByteRange range = map.bytesOf(*page);
    EXPECT_LE(range.begin, byte);
    EXPECT_LT(byte, range.end);
  }
  EXPECT_EQ(map.pageAt(110), 2);  // page ii has no text
  EXPECT_EQ(map.bytesOf(1), (ByteRange{110, 110}));
  EXPECT_EQ(map.bytesOf(5), (ByteRange{200, 200}));
  EXPECT_FALSE(map.pageAt(99).has_value());
  EXPECT_FALSE(map.pageAt(200).has_value());
}

TEST(PageMap, NamesAreLabelsOrNumbers) {
  const PageMap map = book();
  EXPECT_EQ(map.nameOf(1), "ii");
  EXPECT_EQ(map.nameOf(2), "3");
  EXPECT_EQ(map.find("ii"), 1);
  EXPECT_EQ(map.find("II"), 1);
  EXPECT_EQ(map.find("a-4"), 4);
  EXPECT_EQ(map.find("1"), 3);  // a label is found before a number
  EXPECT_EQ(map.find("3"), 2);
  EXPECT_FALSE(map.find("7").has_value());
  EXPECT_FALSE(map.find("0").has_value());
  EXPECT_FALSE(map.find("").has_value());
  EXPECT_FALSE(map.find("2x").has_value());
  EXPECT_FALSE(map.find("99999999999999999999").has_value());
}

TEST(PageMap, ADocumentWithoutPagesHasNone) {
  const PageMap map({5, 10}, {});
  EXPECT_EQ(map.pageCount(), 0);
  EXPECT_FALSE(map.pageAt(7).has_value());
  EXPECT_FALSE(map.find("1").has_value());
}

}  // namespace
}  // namespace tidemark

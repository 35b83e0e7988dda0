#include "engine/service/coverage_record.h"

#include <gtest/gtest.h>

namespace tidemark {
namespace {

Coverage fullCoverage() {
  Coverage coverage;
  coverage.pages = 3000;
  coverage.characters = 5'120'334;
  coverage.pagesWithoutText = {{0, 0}, {16, 18}, {2999, 2999}};
  coverage.imagePages = 4;
  coverage.summary = {7, 2998, {{"tables inside \"tables\"\n", 2}, {"\u6587", 1}}, "windows-1252"};
  return coverage;
}

TEST(CoverageRecord, ComesBackAsItWas) {
  for (const Coverage& coverage : {Coverage{}, fullCoverage()}) {
    const auto parsed = parseCoverageRecord(toCoverageRecord(coverage));
    ASSERT_TRUE(parsed.ok()) << parsed.error().message;
    EXPECT_EQ(*parsed, coverage);
  }
}

TEST(CoverageRecord, BytesThatAreNoTextDoNotBreakIt) {
  Coverage coverage = fullCoverage();
  coverage.summary.encoding = "\xff\xfe";
  EXPECT_TRUE(parseCoverageRecord(toCoverageRecord(coverage)).ok());
}

TEST(CoverageRecord, WhatNobodyWroteIsRefused) {
  const std::string record = toCoverageRecord(fullCoverage());
  const std::pair<const char*, const char*> changes[] = {
      {"\"pages\":3000", "\"pages\":2999"},  // a range lies outside
      {"\"pages\":3000", "\"pages\":-1"},
      {"\"pages\":3000", "\"pages\":1e4"},
      {"\"pages\":3000", "\"page\":3000"},
      {"\"pages\":3000", "\"pages\":18446744073709551615"},
      {"\"image_pages\":4", "\"image_pages\":3001"},
      {"[[0,0],", "[[0,16],"},  // touches the next
      {"[[0,0],", "[[17,17],"},
      {"[[0,0],", "[[1,0],"},
      {"[[0,0],", "[[0],"},
      {"[[0,0],", "[[0,0,0],"},
      {"[[0,0],", "[[-1,0],"},
      {"[[0,0],", "[0,"},
      {"\"windows-1252\"", "5"},
      {"\",2],", "\",\"2\"],"},
      {"{", "[{"},
  };
  for (const auto& [from, to] : changes) {
    std::string changed = record;
    const std::size_t at = changed.find(from);
    ASSERT_NE(at, std::string::npos) << from;
    changed.replace(at, std::string(from).size(), to);
    const auto parsed = parseCoverageRecord(changed);
    ASSERT_FALSE(parsed.ok()) << to;
    EXPECT_EQ(parsed.error().code, ErrorCode::kCorrupt);
    EXPECT_FALSE(parsed.error().message.empty());
  }
  for (std::size_t length = 0; length < record.size(); ++length) {
    EXPECT_FALSE(parseCoverageRecord(record.substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(parseCoverageRecord(std::string(100'000, '[')).ok());
}

}  // namespace
}  // namespace tidemark

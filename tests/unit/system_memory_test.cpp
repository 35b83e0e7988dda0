#include "engine/base/system_memory.h"

#include <gtest/gtest.h>

#include <string>

namespace tidemark {
namespace {

TEST(FormatBytes, PicksTheUnit) {
  EXPECT_EQ(formatBytes(0), "0 B");
  EXPECT_EQ(formatBytes(1023), "1023 B");
  EXPECT_EQ(formatBytes(1024), "1.00 KiB");
  EXPECT_EQ(formatBytes(std::uint64_t{3} << 29), "1.50 GiB");
  EXPECT_EQ(formatBytes(std::uint64_t{5} << 50), "5120.00 TiB");
}

TEST(SystemMemory, WhatCannotBeThereIsRefusedWithBothNumbers) {
  ASSERT_LT(availableMemoryBytes(), std::uint64_t{1} << 50);
  EXPECT_TRUE(requireMemory(1, "a byte").ok());
  const Status status = requireMemory(std::uint64_t{1} << 50, "the archive");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kOutOfMemory);
  EXPECT_NE(status.error().message.find("the archive needs 1024.00 TiB"), std::string::npos) << status.error().message;
}

TEST(SystemMemory, ThePeakCoversWhatWasTouched) {
  constexpr std::size_t kBytes = std::size_t{64} << 20;
  std::string filler(kBytes, 'x');
  EXPECT_GE(peakResidentBytes(), filler.size());
}

}  // namespace
}  // namespace tidemark

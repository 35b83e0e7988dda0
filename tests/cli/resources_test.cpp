#include "app/common/resources.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

namespace tidemark::cli {
namespace {

TEST(Resources, AreFoundFromTheBuildTree) {
  unsetenv("TIDEMARK_RESOURCES");
  const auto model = builtinModelDirectory();
  ASSERT_TRUE(model.ok()) << model.error().message;
  EXPECT_TRUE(std::filesystem::exists(*model / "config.json"));
  const auto samples = sampleDirectory();
  ASSERT_TRUE(samples.ok()) << samples.error().message;
  EXPECT_TRUE(std::filesystem::exists(*samples / "tavern-night.txt"));
  EXPECT_TRUE(isBuiltinModel(*model / "." / ".." / "mini"));
  EXPECT_FALSE(isBuiltinModel(*samples));
  EXPECT_FALSE(isBuiltinModel("/nowhere"));
  EXPECT_EQ(*namedOrBuiltinModel("/nowhere"), "/nowhere");
  EXPECT_EQ(*namedOrBuiltinModel({}), *model);
}

TEST(Resources, VariableComesFirstAndAlone) {
  setenv("TIDEMARK_RESOURCES", TM_SOURCE_DIR "/resources", 1);
  EXPECT_EQ(*builtinModelDirectory(), std::filesystem::path(TM_SOURCE_DIR "/resources/models/mini"));
  setenv("TIDEMARK_RESOURCES", "/nowhere", 1);
  const auto model = builtinModelDirectory();
  ASSERT_FALSE(model.ok());
  EXPECT_EQ(model.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(model.error().message, ::testing::HasSubstr("/nowhere/models/mini"));
  unsetenv("TIDEMARK_RESOURCES");
}

}  // namespace
}  // namespace tidemark::cli

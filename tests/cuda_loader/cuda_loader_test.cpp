// Every reason for which no GPU is used, with libraries in the place of driver and module.

#include "engine/backend/cuda_loader/cuda_loader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tidemark {
namespace {

using ::testing::HasSubstr;

std::filesystem::path fake(const std::string& name) {
  return std::filesystem::path(TM_FAKES) / (name + ".so");
}

void expectRefused(const Result<const CudaModule*>& loaded, ErrorCode code, const std::vector<std::string>& words) {
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, code);
  for (const std::string& word : words) EXPECT_THAT(loaded.error().message, HasSubstr(word));
  EXPECT_EQ(loaded.error().message.find('\n'), std::string::npos);
}

TEST(CudaLoader, LoadsAModuleOfThisBuild) {
  for (const char* driver : {"fake_driver_good", "fake_driver_newer"}) {
    const auto loaded = loadCudaModuleFrom(fake(driver), fake("fake_module_good"));
    ASSERT_TRUE(loaded.ok()) << loaded.error().message;
    EXPECT_EQ((*loaded)->abi, kCudaModuleAbi);
  }
}

TEST(CudaLoader, NothingToUseIsNotFound) {
  const auto module = fake("fake_module_good");
  expectRefused(loadCudaModuleFrom(fake("no_such_driver"), module), ErrorCode::kNotFound, {"no NVIDIA driver"});
  expectRefused(loadCudaModuleFrom(fake("fake_driver_empty"), module), ErrorCode::kNotFound, {"no NVIDIA GPU"});
  expectRefused(loadCudaModuleFrom(fake("fake_driver_without_device"), module), ErrorCode::kNotFound,
                {"no NVIDIA GPU"});
}

TEST(CudaLoader, ADriverThatFailsIsSaidWithItsNumber) {
  const auto module = fake("fake_module_good");
  expectRefused(loadCudaModuleFrom(fake("fake_driver_failing"), module), ErrorCode::kUnsupported, {"cuInit", "999"});
  expectRefused(loadCudaModuleFrom(fake("fake_no_module"), module), ErrorCode::kUnsupported, {"is not a driver"});
}

TEST(CudaLoader, AnOldDeviceIsNamedWithBothCapabilities) {
  // The module is not even looked for.
  expectRefused(loadCudaModuleFrom(fake("fake_driver_old"), fake("no_such_module")), ErrorCode::kUnsupported,
                {"Fake GPU", "7.5", "8.0"});
}

TEST(CudaLoader, WrongModulesAreRefused) {
  const auto driver = fake("fake_driver_good");
  expectRefused(loadCudaModuleFrom(driver, fake("no_such_module")), ErrorCode::kUnsupported,
                {"could not be opened", "no_such_module"});
  expectRefused(loadCudaModuleFrom(driver, fake("fake_no_module")), ErrorCode::kUnsupported, {"is not a CUDA module"});
  expectRefused(loadCudaModuleFrom(driver, fake("fake_module_other_abi")), ErrorCode::kUnsupported,
                {"another version", "table -1", "table " + std::to_string(kCudaModuleAbi)});
  expectRefused(loadCudaModuleFrom(driver, fake("fake_module_other_version")), ErrorCode::kUnsupported,
                {"another version", "0.0.1"});
}

TEST(CudaLoader, SaysTheSameEveryTime) {
  const CudaSummary first = summarizeCuda();
  EXPECT_FALSE(first.detail.empty());
  EXPECT_EQ(describeCuda().empty(), false);
  EXPECT_EQ(loadCudaModule().ok(), loadCudaModule().ok());
  if (!cudaModuleIsBuilt()) {
    EXPECT_FALSE(first.usable);
    EXPECT_EQ(first.detail, "this build has no CUDA backend");
  }
}

TEST(CudaLoader, DescribesADevice) {
  CudaDeviceInfo device;
  device.name = "NVIDIA H100 80GB HBM3";
  device.totalBytes = std::uint64_t{79} << 30;
  device.freeBytes = std::uint64_t{78} << 30;
  EXPECT_EQ(describeCudaDevice(device), "NVIDIA H100 80GB HBM3, 79.00 GiB, 78.00 GiB free");
}

}  // namespace
}  // namespace tidemark

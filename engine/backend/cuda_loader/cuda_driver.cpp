#include "engine/backend/cuda_loader/cuda_driver.h"

#include <dlfcn.h>

#include <array>

namespace tidemark {
namespace {

// Types and numbers of cuda.h.
using CuResult = int;
using CuDevice = int;
using CuInit = CuResult (*)(unsigned int flags);
using CuDeviceGetCount = CuResult (*)(int* count);
using CuDeviceGet = CuResult (*)(CuDevice* device, int ordinal);
using CuDeviceGetName = CuResult (*)(char* name, int length, CuDevice device);
using CuDeviceGetAttribute = CuResult (*)(int* value, int attribute, CuDevice device);
constexpr CuResult kSuccess = 0;
constexpr CuResult kNoDevice = 100;
constexpr int kComputeCapabilityMajor = 75;
constexpr int kComputeCapabilityMinor = 76;

struct Driver {
  CuInit init = nullptr;
  CuDeviceGetCount deviceGetCount = nullptr;
  CuDeviceGet deviceGet = nullptr;
  CuDeviceGetName deviceGetName = nullptr;
  CuDeviceGetAttribute deviceGetAttribute = nullptr;
};

Error failure(const std::string& function, CuResult result) {
  return makeError(ErrorCode::kUnsupported,
                   "the NVIDIA driver failed (" + function + ": error " + std::to_string(result) + ")");
}

template <typename Function>
bool look(void* library, const char* name, Function& into) {
  into = reinterpret_cast<Function>(dlsym(library, name));
  return into != nullptr;
}

Result<Driver> openDriver(const std::filesystem::path& path) {
  // Never closed: a driver that was initialised has threads of its own.
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return makeError(ErrorCode::kNotFound, "no NVIDIA driver was found");
  Driver driver;
  const bool complete =
      look(library, "cuInit", driver.init) && look(library, "cuDeviceGetCount", driver.deviceGetCount) &&
      look(library, "cuDeviceGet", driver.deviceGet) && look(library, "cuDeviceGetName", driver.deviceGetName) &&
      look(library, "cuDeviceGetAttribute", driver.deviceGetAttribute);
  if (!complete) {
    return makeError(ErrorCode::kUnsupported, path.string() + " is not a driver that this version of Tidemark knows");
  }
  return driver;
}

}  // namespace

Result<CudaDriverDevice> findCudaDevice(const std::filesystem::path& library) {
  const auto driver = openDriver(library);
  if (!driver) return driver.error();
  int count = 0;
  const CuResult begun = driver->init(0);
  if (begun != kSuccess && begun != kNoDevice) return failure("cuInit", begun);
  if (begun == kSuccess) {
    if (const CuResult counted = driver->deviceGetCount(&count); counted != kSuccess) {
      return failure("cuDeviceGetCount", counted);
    }
  }
  if (count < 1) return makeError(ErrorCode::kNotFound, "no NVIDIA GPU was found");
  CuDevice handle = 0;
  if (const CuResult got = driver->deviceGet(&handle, 0); got != kSuccess) return failure("cuDeviceGet", got);
  std::array<char, 256> name{};
  if (const CuResult named = driver->deviceGetName(name.data(), static_cast<int>(name.size()) - 1, handle);
      named != kSuccess) {
    return failure("cuDeviceGetName", named);
  }
  CudaDriverDevice device;
  device.name = name.data();
  for (const auto& [attribute, into] : {std::pair(kComputeCapabilityMajor, &device.capabilityMajor),
                                        std::pair(kComputeCapabilityMinor, &device.capabilityMinor)}) {
    if (const CuResult told = driver->deviceGetAttribute(into, attribute, handle); told != kSuccess) {
      return failure("cuDeviceGetAttribute", told);
    }
  }
  return device;
}

}  // namespace tidemark

#pragma once
// What the program asks NVIDIA's driver library before it loads anything of CUDA. The functions are looked up by name
// and declared here, so that no CUDA header is needed.

#include <filesystem>
#include <string>

#include "engine/base/result.h"

namespace tidemark {

struct CudaDriverDevice {
  std::string name;  // "NVIDIA H100 80GB HBM3"
  int capabilityMajor = 0;
  int capabilityMinor = 0;
};

/// Device 0 of the driver library at `library` (a name is looked up where the system looks). The library stays loaded.
/// Errors: kNotFound (no driver, or no device), kUnsupported (a driver that fails).
[[nodiscard]] Result<CudaDriverDevice> findCudaDevice(const std::filesystem::path& library);

}  // namespace tidemark

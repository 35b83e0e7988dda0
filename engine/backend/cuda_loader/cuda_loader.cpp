#include "engine/backend/cuda_loader/cuda_loader.h"

#include <dlfcn.h>

#include <cstring>
#include <system_error>

#include "engine/backend/cuda_loader/cuda_driver.h"
#include "engine/base/system_memory.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDriverLibrary = "libcuda.so.1";
constexpr const char* kModuleName = "tidemark-cuda.so";

Error unusable(const std::string& why) {
  return makeError(ErrorCode::kUnsupported, why);
}

Status requireCapability(const CudaDriverDevice& device) {
  if (device.capabilityMajor >= kLeastCudaCapability) return {};
  return unusable("the " + device.name + " has compute capability " + std::to_string(device.capabilityMajor) + "." +
                  std::to_string(device.capabilityMinor) + " and " + std::to_string(kLeastCudaCapability) +
                  ".0 is needed");
}

Result<const CudaModule*> openModule(const fs::path& path) {
  void* library = dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) {
    const char* reason = dlerror();
    return unusable("the CUDA module could not be opened (" + std::string(reason != nullptr ? reason : "no reason") +
                    ")");
  }
  const auto getter = reinterpret_cast<CudaModuleGetter>(dlsym(library, kCudaModuleSymbol));
  const CudaModule* module = getter != nullptr ? getter() : nullptr;
  if (module == nullptr) {
    dlclose(library);
    return unusable(path.string() + " is not a CUDA module of Tidemark");
  }
  // The version may only be looked at where the table is laid out as it is here.
  const std::string found = module->abi == kCudaModuleAbi ? module->version : "table " + std::to_string(module->abi);
  const std::string needed = module->abi == kCudaModuleAbi ? TM_VERSION : "table " + std::to_string(kCudaModuleAbi);
  if (found == needed) return module;
  dlclose(library);
  return unusable(path.string() + " belongs to another version (" + found + ", needed " + needed +
                  "); install program and module together");
}

/// Beside the program, or where an installed program keeps it.
fs::path findModule() {
  std::error_code failure;
  const fs::path program = fs::read_symlink("/proc/self/exe", failure);
  const fs::path folder = program.parent_path();
  const fs::path beside = folder / kModuleName;
  const fs::path installed = folder.parent_path() / "lib" / "tidemark" / kModuleName;
  return !fs::exists(beside, failure) && fs::exists(installed, failure) ? installed : beside;
}

}  // namespace

Result<const CudaModule*> loadCudaModuleFrom(const fs::path& driver, const fs::path& module) {
  const auto device = findCudaDevice(driver);
  if (!device) return device.error();
  if (Status enough = requireCapability(*device); !enough) return enough.error();
  return openModule(module);
}

Result<const CudaModule*> loadCudaModule() {
  if (!cudaModuleIsBuilt()) return makeError(ErrorCode::kNotFound, "this build has no CUDA backend");
  static const Result<const CudaModule*> loaded = loadCudaModuleFrom(kDriverLibrary, findModule());
  return loaded;
}

bool cudaModuleIsBuilt() {
  return TM_HAVE_CUDA != 0;
}

std::string describeCudaDevice(const CudaDeviceInfo& device) {
  return device.name + ", " + formatBytes(device.totalBytes) + ", " + formatBytes(device.freeBytes) + " free";
}

CudaSummary summarizeCuda() {
  const auto module = loadCudaModule();
  if (!module) return {false, module.error().message};
  const auto device = (*module)->describeDevice(0);
  if (!device) return {false, device.error().message};
  return {true, describeCudaDevice(*device)};
}

std::string describeCuda() {
  return summarizeCuda().detail;
}

}  // namespace tidemark

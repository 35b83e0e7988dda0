// CUDA's runtime: what the device is, and errors.
#include <algorithm>
#include <array>
#include <cstring>

#include "cuda_emulation/host_api.h"
#include "tests/support/cuda_emulation/device.h"

namespace cuda_emulation {
namespace {

constexpr int kMultiprocessors = 132;
constexpr int kDefaultSharedBytes = 48 * 1024;
constexpr int kL2Bytes = 50 * 1024 * 1024;
constexpr int kThreadsPerMultiprocessor = 2048;
constexpr int kSharedPerMultiprocessor = 228 * 1024;

thread_local cudaError_t lastError = cudaSuccess;
thread_local int currentDevice = 0;

struct ErrorText {
  cudaError_t error;
  const char* name;
  const char* text;
};
constexpr std::array<ErrorText, 22> kErrorTexts{{
    {cudaSuccess, "cudaSuccess", "no error"},
    {cudaErrorInvalidValue, "cudaErrorInvalidValue", "invalid argument"},
    {cudaErrorMemoryAllocation, "cudaErrorMemoryAllocation", "out of memory"},
    {cudaErrorInvalidConfiguration, "cudaErrorInvalidConfiguration", "invalid configuration argument"},
    {cudaErrorInvalidPitchValue, "cudaErrorInvalidPitchValue", "invalid pitch argument"},
    {cudaErrorInvalidMemcpyDirection, "cudaErrorInvalidMemcpyDirection", "invalid copy direction"},
    {cudaErrorInsufficientDriver, "cudaErrorInsufficientDriver", "driver too old"},
    {cudaErrorDevicesUnavailable, "cudaErrorDevicesUnavailable", "devices busy or unavailable"},
    {cudaErrorNoDevice, "cudaErrorNoDevice", "no device"},
    {cudaErrorInvalidDevice, "cudaErrorInvalidDevice", "invalid device number"},
    {cudaErrorInvalidResourceHandle, "cudaErrorInvalidResourceHandle", "invalid handle"},
    {cudaErrorNotReady, "cudaErrorNotReady", "not ready"},
    {cudaErrorIllegalAddress, "cudaErrorIllegalAddress", "illegal address"},
    {cudaErrorMisalignedAddress, "cudaErrorMisalignedAddress", "misaligned address"},
    {cudaErrorLaunchFailure, "cudaErrorLaunchFailure", "launch failure"},
    {cudaErrorNotSupported, "cudaErrorNotSupported", "not supported"},
    {cudaErrorStreamCaptureUnsupported, "cudaErrorStreamCaptureUnsupported", "not permitted during capture"},
    {cudaErrorStreamCaptureInvalidated, "cudaErrorStreamCaptureInvalidated", "the capture failed earlier"},
    {cudaErrorStreamCaptureUnmatched, "cudaErrorStreamCaptureUnmatched", "the stream is not capturing"},
    {cudaErrorStreamCaptureIsolation, "cudaErrorStreamCaptureIsolation", "dependency on work outside the capture"},
    {cudaErrorStreamCaptureWrongThread, "cudaErrorStreamCaptureWrongThread", "the capture belongs to another thread"},
    {cudaErrorUnknown, "cudaErrorUnknown", "unknown error"},
}};

const ErrorText& textOf(cudaError_t error) {
  const auto* found = std::find_if(kErrorTexts.begin(), kErrorTexts.end(),
                                   [error](const ErrorText& each) { return each.error == error; });
  return found == kErrorTexts.end() ? kErrorTexts.back() : *found;
}

cudaError_t checkDevice(const Device& device, int number) {
  return number >= 0 && number < device.faults.devices ? cudaSuccess : cudaErrorInvalidDevice;
}

}  // namespace

cudaError_t remember(cudaError_t error) {
  if (error != cudaSuccess) lastError = error;
  return error;
}

}  // namespace cuda_emulation

using cuda_emulation::checkDevice;
using cuda_emulation::currentDevice;
using cuda_emulation::Device;
using cuda_emulation::enter;
using cuda_emulation::lastError;
using cuda_emulation::SharedMemory;

cudaError_t cudaGetDeviceCount(int* count) {
  return enter([&](Device& device, Device::Lock&) {
    *count = device.faults.devices;
    return device.faults.devices > 0 ? cudaSuccess : cudaErrorNoDevice;
  });
}

cudaError_t cudaSetDevice(int number) {
  return enter([&](Device& device, Device::Lock&) {
    const cudaError_t error = checkDevice(device, number);
    if (error == cudaSuccess) currentDevice = number;
    return error;
  });
}

cudaError_t cudaGetDevice(int* number) {
  return enter([&](Device&, Device::Lock&) {
    *number = currentDevice;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceGetAttribute(int* value, cudaDeviceAttr attr, int number) {
  return enter([&](Device& device, Device::Lock&) {
    const cudaError_t error = checkDevice(device, number);
    if (error != cudaSuccess) return error;
    switch (attr) {
      case cudaDevAttrMaxThreadsPerBlock:
        *value = 1024;
        break;
      case cudaDevAttrMaxSharedMemoryPerBlock:
        *value = cuda_emulation::kDefaultSharedBytes;
        break;
      case cudaDevAttrWarpSize:
        *value = warpSize;
        break;
      case cudaDevAttrMultiProcessorCount:
        *value = cuda_emulation::kMultiprocessors;
        break;
      case cudaDevAttrL2CacheSize:
        *value = cuda_emulation::kL2Bytes;
        break;
      case cudaDevAttrMaxThreadsPerMultiProcessor:
        *value = cuda_emulation::kThreadsPerMultiprocessor;
        break;
      case cudaDevAttrComputeCapabilityMajor:
        *value = device.faults.capabilityMajor;
        break;
      case cudaDevAttrComputeCapabilityMinor:
        *value = device.faults.capabilityMinor;
        break;
      case cudaDevAttrMaxSharedMemoryPerMultiprocessor:
        *value = cuda_emulation::kSharedPerMultiprocessor;
        break;
      case cudaDevAttrMaxSharedMemoryPerBlockOptin:
        *value = static_cast<int>(SharedMemory::kMostBytes);
        break;
      default:
        return cudaErrorInvalidValue;
    }
    return cudaSuccess;
  });
}

cudaError_t cudaGetDeviceProperties(cudaDeviceProp* prop, int number) {
  return enter([&](Device& device, Device::Lock&) {
    const cudaError_t error = checkDevice(device, number);
    if (error != cudaSuccess) return error;
    *prop = {};
    std::strncpy(prop->name, "CUDA emulation", sizeof(prop->name) - 1);
    prop->totalGlobalMem = device.faults.deviceBytes;
    prop->sharedMemPerBlock = cuda_emulation::kDefaultSharedBytes;
    prop->warpSize = warpSize;
    prop->maxThreadsPerBlock = 1024;
    prop->major = device.faults.capabilityMajor;
    prop->minor = device.faults.capabilityMinor;
    prop->multiProcessorCount = cuda_emulation::kMultiprocessors;
    prop->l2CacheSize = cuda_emulation::kL2Bytes;
    prop->maxThreadsPerMultiProcessor = cuda_emulation::kThreadsPerMultiprocessor;
    prop->sharedMemPerMultiprocessor = cuda_emulation::kSharedPerMultiprocessor;
    prop->sharedMemPerBlockOptin = SharedMemory::kMostBytes;
    return cudaSuccess;
  });
}

cudaError_t cudaDeviceSynchronize() {
  return enter([](Device& device, Device::Lock& lock) {
    const cudaError_t refused = device.refuseWhileCapturing();
    return refused != cudaSuccess ? refused : device.runAll(lock);
  });
}

cudaError_t cudaRuntimeGetVersion(int* runtimeVersion) {
  *runtimeVersion = CUDART_VERSION;
  return cudaSuccess;
}

cudaError_t cudaDriverGetVersion(int* driverVersion) {
  *driverVersion = CUDART_VERSION;
  return cudaSuccess;
}

cudaError_t cudaGetLastError() {
  const cudaError_t error = cudaPeekAtLastError();
  lastError = cudaSuccess;
  return error;
}

cudaError_t cudaPeekAtLastError() {
  Device& device = Device::instance();
  const Device::Lock lock(device.mutex);
  return device.lostWith != cudaSuccess ? device.lostWith : lastError;
}

const char* cudaGetErrorName(cudaError_t error) {
  return cuda_emulation::textOf(error).name;
}
const char* cudaGetErrorString(cudaError_t error) {
  return cuda_emulation::textOf(error).text;
}

cudaError_t cudaFuncSetAttribute(const void* func, cudaFuncAttribute attr, int value) {
  return enter([&](Device&, Device::Lock&) {
    const bool tooMuch = attr == cudaFuncAttributeMaxDynamicSharedMemorySize &&
                         (value < 0 || static_cast<std::size_t>(value) > SharedMemory::kMostBytes);
    return func == nullptr || tooMuch ? cudaErrorInvalidValue : cudaSuccess;
  });
}

#pragma once
// What the shared module `tidemark-cuda.so` offers to the program that loads it: one table of functions behind one C
// symbol. Program and module come from one build (the version is compared), so C++ values cross the border; neither
// shares any state with the other. No CUDA header is needed to include this.

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "engine/backend/backend.h"
#include "engine/base/result.h"
#include "engine/weights/model_weights.h"

namespace tidemark {

/// Raised whenever the table or a type that crosses the border changes.
inline constexpr int kCudaModuleAbi = 1;
/// Major number of the oldest compute capability that the kernels run on: 8.0.
inline constexpr int kLeastCudaCapability = 8;
inline constexpr const char* kCudaModuleSymbol = "tidemarkCudaModule";

struct CudaOptions {
  int device = 0;
};

struct CudaDeviceInfo {
  std::string name;         // "NVIDIA H100 80GB HBM3"
  int capabilityMajor = 0;  // 9.0: 9
  int capabilityMinor = 0;
  int multiprocessors = 0;
  std::uint64_t totalBytes = 0;
  std::uint64_t freeBytes = 0;
};

/// What happened on the device between start() and stop(), measured with its own events.
struct CudaTimes {
  double seconds = 0;                // of the device's clock
  std::uint64_t groups = 0;          // submitted
  std::uint64_t kernelLaunches = 0;  // of our kernels, those inside a replayed graph counted too
  std::uint64_t gemmLaunches = 0;    // of cuBLASLt products, likewise
  std::uint64_t graphReplays = 0;
  std::uint64_t deviceBytes = 0;  // allocated now, by this backend
};

class CudaInstruments {
 public:
  CudaInstruments() = default;
  CudaInstruments(const CudaInstruments&) = delete;
  CudaInstruments& operator=(const CudaInstruments&) = delete;
  virtual ~CudaInstruments() = default;
  virtual Status start() = 0;
  /// Waits for everything that was submitted.
  virtual Result<CudaTimes> stop() = 0;
};

/// One kind of work of a steady diagonal, run by itself: what no scheduling can beat.
struct CudaFloorPart {
  std::string name;         // as in countCudaParts: "QKV product"
  double milliseconds = 0;  // median, for all layers of one diagonal
  double teraflops = 0;     // of the operations counted there; 0 where bytes are what counts
};

/// Rates of this device, measured now.
struct CudaCeilings {
  double gemmTeraflops = 0;           // bf16, 8192 x 8192 x 8192
  double copyTerabytesPerSecond = 0;  // device to device, bytes read plus bytes written
  std::vector<CudaFloorPart> parts;   // all work of one steady diagonal of the model
};

struct CudaModule {
  int abi = 0;
  const char* version = "";  // of the program it was built with
  Result<CudaDeviceInfo> (*describeDevice)(int device) = nullptr;
  /// Errors: kUnsupported (a shape, a device that is too old), kOutOfMemory (bytes needed and free), kInternal.
  Result<std::unique_ptr<Backend>> (*createBackend)(const ModelConfig& config, ModelWeights weights,
                                                    const CudaOptions& options) = nullptr;
  /// Instruments of a backend that this module made; it owns them.
  CudaInstruments& (*instruments)(Backend& backend) = nullptr;
  /// For a backend that this module made, at the shape of its full segments.
  Result<CudaCeilings> (*measureCeilings)(Backend& backend) = nullptr;
};

extern "C" {
using CudaModuleGetter = const CudaModule* (*)();
}

}  // namespace tidemark

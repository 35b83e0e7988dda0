#pragma once
// What waits in a stream, and what CUDA's handles point to.

#include <chrono>
#include <deque>
#include <functional>
#include <memory>
#include <thread>
#include <vector>

#include "cuda_emulation/host_types.h"

namespace cuda_emulation {

/// One record of an event: whether its stream has come to it, and when.
struct Completion {
  bool done = false;
  std::chrono::steady_clock::time_point at;
};

struct Work {
  enum class Kind { kKernel, kProduct, kCopy, kFill, kHostFunction, kRecord, kWait };
  Kind kind = Kind::kCopy;
  std::function<cudaError_t()> run;
  std::shared_ptr<Completion> completion;  // that kRecord makes and kWait needs
  const void* host = nullptr;              // memory of the host that a copy uses
  std::size_t hostBytes = 0;
};

struct Capture {
  std::vector<Work> nodes;
  std::thread::id thread;
  cudaStreamCaptureMode mode = cudaStreamCaptureModeThreadLocal;
  bool invalid = false;
};

}  // namespace cuda_emulation

// NOLINTBEGIN: names are CUDA's
struct CUstream_st {
  std::deque<cuda_emulation::Work> queue;
  std::unique_ptr<cuda_emulation::Capture> capture;
  bool busy = false;       // its head is running, on whatever thread
  bool destroyed = false;  // goes away once it is empty
};
struct CUevent_st {
  bool timed = true;
  std::shared_ptr<cuda_emulation::Completion> last;  // null: never recorded
};
struct CUgraph_st {
  std::vector<cuda_emulation::Work> nodes;
};
struct CUgraphExec_st {
  std::vector<cuda_emulation::Work> nodes;
};
// NOLINTEND

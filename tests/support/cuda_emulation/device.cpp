#include "tests/support/cuda_emulation/device.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace cuda_emulation {
namespace {

constexpr std::uint64_t kDefaultSeed = 1;

std::uint64_t seedFromEnvironment() {
  const char* text = std::getenv("TM_CUDA_EMULATION_SEED");
  return text == nullptr ? 0 : std::strtoull(text, nullptr, 10);
}

}  // namespace

Device& Device::instance() {
  static Device device;
  return device;
}

Device::Device() {
  reset({});
}

void Device::reset(const Faults& newFaults) {
  streams.clear();
  streams.push_back(std::make_unique<CUstream_st>());
  events.clear();
  graphs.clear();
  graphInstances.clear();
  allocations.clear();
  findings.clear();
  counters = {};
  lostWith = cudaSuccess;
  setFaults(newFaults);
  setSeed(kDefaultSeed);
}

void Device::setFaults(const Faults& newFaults) {
  faults = newFaults;
  m_allocationsUntilFailure = faults.failAllocationAt;
  m_launchesUntilFailure = faults.failLaunchAt;
  m_operationsUntilLoss = faults.loseDeviceAt;
}

void Device::setSeed(std::uint64_t seed) {
  m_random = Random(Random::mix(seedFromEnvironment()) + seed);
}

void Device::lose(cudaError_t error) {
  if (lostWith == cudaSuccess) lostWith = error;
  for (auto& each : streams) {
    each->queue.clear();
    each->capture.reset();
  }
  m_advanced.notify_all();
}

bool Device::allocationAllowed(MemoryKind kind, std::size_t bytes) {
  if (m_allocationsUntilFailure >= 0 && m_allocationsUntilFailure-- == 0) return false;
  return kind != MemoryKind::kDevice ||
         (bytes <= faults.deviceBytes && allocations.deviceBytes() <= faults.deviceBytes - bytes);
}

CUstream_st* Device::stream(cudaStream_t handle) {
  if (handle == nullptr) return streams.front().get();
  return isLive(streams, handle) && !handle->destroyed ? handle : nullptr;
}

CUstream_st* Device::makeStream() {
  streams.push_back(std::make_unique<CUstream_st>());
  return streams.back().get();
}

cudaError_t Device::submit(CUstream_st& target, Work work) {
  if (target.capture) {
    if (target.capture->invalid) return cudaErrorStreamCaptureInvalidated;
    target.capture->nodes.push_back(std::move(work));
    return cudaSuccess;
  }
  if (m_operationsUntilLoss >= 0 && m_operationsUntilLoss-- == 0) {
    lose(cudaErrorUnknown);
    return lostWith;
  }
  ++counters.operations;
  target.queue.push_back(std::move(work));
  return cudaSuccess;
}

bool Device::ready(const CUstream_st& stream) {
  if (stream.busy || stream.queue.empty()) return false;
  const Work& head = stream.queue.front();
  return head.kind != Work::Kind::kWait || head.completion->done;
}

std::vector<CUstream_st*> Device::readyStreams() const {
  std::vector<CUstream_st*> found;
  for (const auto& each : streams) {
    if (ready(*each)) found.push_back(each.get());
  }
  return found;
}

bool Device::runOne(Lock& lock) {
  const std::vector<CUstream_st*> candidates = readyStreams();
  if (candidates.empty()) return false;
  runHead(*candidates[m_random.below(static_cast<std::uint32_t>(candidates.size()))], lock);
  return true;
}

bool Device::advance(Lock& lock) {
  if (runOne(lock)) return true;
  const bool elsewhere = std::any_of(streams.begin(), streams.end(), [](const auto& each) { return each->busy; });
  if (elsewhere) m_advanced.wait(lock);
  return elsewhere;
}

cudaError_t Device::runAll(Lock& lock) {
  return runUntil(lock, [this] {
    return std::all_of(streams.begin(), streams.end(), [](const auto& each) { return each->queue.empty(); });
  });
}

void Device::runHead(CUstream_st& stream, Lock& lock) {
  const Work work = std::move(stream.queue.front());
  stream.busy = true;
  cudaError_t error = cudaSuccess;
  if (work.kind == Work::Kind::kHostFunction) {
    // It may take locks that another thread holds while it calls CUDA.
    lock.unlock();
    error = work.run();
    lock.lock();
  } else {
    error = runWork(work);
  }
  stream.busy = false;
  if (!stream.queue.empty()) stream.queue.pop_front();  // empty: the device was lost meanwhile
  if (error != cudaSuccess) lose(error);
  if (stream.destroyed && stream.queue.empty()) takeHandle<CUstream_st>(streams, &stream);
  m_advanced.notify_all();
}

cudaError_t Device::runWork(const Work& work) {
  switch (work.kind) {
    case Work::Kind::kWait:
      return cudaSuccess;
    case Work::Kind::kRecord:
      work.completion->done = true;
      work.completion->at = std::chrono::steady_clock::now();
      return cudaSuccess;
    case Work::Kind::kKernel:
      ++counters.kernelLaunches;
      if (m_launchesUntilFailure >= 0 && m_launchesUntilFailure-- == 0) return cudaErrorLaunchFailure;
      return work.run();
    case Work::Kind::kProduct:
      ++counters.products;
      return work.run();
    default:
      return work.run();
  }
}

cudaError_t Device::runKernel(const char* name, const std::function<void()>& body, dim3 grid, dim3 block,
                              std::size_t sharedBytes) {
  SharedMemory shared(sharedBytes);
  const KernelLaunch launch{name, &body, grid, block};
  Block runner(launch, shared, m_stacks, m_random.next());
  std::vector<std::uint32_t> order(static_cast<std::size_t>(grid.x) * grid.y * grid.z);
  std::iota(order.begin(), order.end(), 0U);
  for (std::size_t i = order.size(); i > 1; --i) {
    std::swap(order[i - 1], order[m_random.below(static_cast<std::uint32_t>(i))]);
  }
  for (const std::uint32_t number : order) {
    const Finding finding = runner.run({number % grid.x, number / grid.x % grid.y, number / grid.x / grid.y});
    if (finding.error == cudaSuccess) continue;
    find(finding.text);
    return finding.error;
  }
  return cudaSuccess;
}

cudaError_t Device::refuseWhileCapturing() {
  for (auto& each : streams) {
    if (!each->capture || each->capture->mode == cudaStreamCaptureModeRelaxed) continue;
    const bool global = each->capture->mode == cudaStreamCaptureModeGlobal;
    if (!global && each->capture->thread != std::this_thread::get_id()) continue;
    each->capture->invalid = true;
    return cudaErrorStreamCaptureUnsupported;
  }
  return cudaSuccess;
}

}  // namespace cuda_emulation

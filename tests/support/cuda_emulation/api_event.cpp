// CUDA's runtime: events and graphs.
#include <utility>

#include "cuda_emulation/host_api.h"
#include "tests/support/cuda_emulation/device.h"

using cuda_emulation::Completion;
using cuda_emulation::Device;
using cuda_emulation::enter;
using cuda_emulation::enterAnyway;
using cuda_emulation::isLive;
using cuda_emulation::takeHandle;
using cuda_emulation::Work;

cudaError_t cudaEventCreateWithFlags(cudaEvent_t* event, unsigned int flags) {
  return enter([&](Device& device, Device::Lock&) {
    device.events.push_back(std::make_unique<CUevent_st>());
    device.events.back()->timed = (flags & cudaEventDisableTiming) == 0;
    *event = device.events.back().get();
    return cudaSuccess;
  });
}

cudaError_t cudaEventCreate(cudaEvent_t* event) {
  return cudaEventCreateWithFlags(event, cudaEventDefault);
}

cudaError_t cudaEventDestroy(cudaEvent_t event) {
  return enterAnyway([&](Device& device, Device::Lock&) {
    return takeHandle(device.events, event) ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

cudaError_t cudaEventRecord(cudaEvent_t event, cudaStream_t handle) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr || !isLive(device.events, event)) return cudaErrorInvalidResourceHandle;
    if (stream->capture) {  // CUDA would make it an event of the graph, which nobody outside can wait for
      stream->capture->invalid = true;
      return cudaErrorStreamCaptureUnsupported;
    }
    Work work;
    work.kind = Work::Kind::kRecord;
    work.completion = std::make_shared<Completion>();
    event->last = work.completion;
    return device.submit(*stream, std::move(work));
  });
}

cudaError_t cudaEventSynchronize(cudaEvent_t event) {
  return enter([&](Device& device, Device::Lock& lock) {
    if (!isLive(device.events, event)) return cudaErrorInvalidResourceHandle;
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess || event->last == nullptr) return refused;
    const std::shared_ptr<Completion> completion = event->last;
    return device.runUntil(lock, [&] { return completion->done; });
  });
}

cudaError_t cudaEventQuery(cudaEvent_t event) {
  return enter([&](Device& device, Device::Lock& lock) {
    if (!isLive(device.events, event)) return cudaErrorInvalidResourceHandle;
    const cudaError_t refused = device.refuseWhileCapturing();
    if (refused != cudaSuccess || event->last == nullptr) return refused;
    const std::shared_ptr<Completion> completion = event->last;
    if (completion->done) return cudaSuccess;
    device.runOne(lock);  // whoever asks again and again gets there
    if (device.lostWith != cudaSuccess) return device.lostWith;
    return completion->done ? cudaSuccess : cudaErrorNotReady;
  });
}

cudaError_t cudaEventElapsedTime(float* ms, cudaEvent_t start, cudaEvent_t end) {
  return enter([&](Device& device, Device::Lock&) {
    for (const cudaEvent_t event : {start, end}) {
      if (!isLive(device.events, event) || !event->timed || event->last == nullptr) {
        return cudaErrorInvalidResourceHandle;
      }
    }
    if (!start->last->done || !end->last->done) return cudaErrorNotReady;
    *ms = std::chrono::duration<float, std::milli>(end->last->at - start->last->at).count();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphInstantiate(cudaGraphExec_t* pGraphExec, cudaGraph_t graph, unsigned long long) {
  return enter([&](Device& device, Device::Lock&) {
    *pGraphExec = nullptr;
    if (!isLive(device.graphs, graph)) return cudaErrorInvalidValue;
    device.graphInstances.push_back(std::make_unique<CUgraphExec_st>(CUgraphExec_st{graph->nodes}));
    *pGraphExec = device.graphInstances.back().get();
    return cudaSuccess;
  });
}

cudaError_t cudaGraphLaunch(cudaGraphExec_t graphExec, cudaStream_t handle) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr || !isLive(device.graphInstances, graphExec)) return cudaErrorInvalidResourceHandle;
    if (stream->capture) {
      stream->capture->invalid = true;
      return cudaErrorStreamCaptureUnsupported;
    }
    ++device.counters.graphLaunches;
    for (const Work& node : graphExec->nodes) {
      const cudaError_t error = device.submit(*stream, node);
      if (error != cudaSuccess) return error;
    }
    return cudaSuccess;
  });
}

cudaError_t cudaGraphExecDestroy(cudaGraphExec_t graphExec) {
  return enterAnyway([&](Device& device, Device::Lock&) {
    return takeHandle(device.graphInstances, graphExec) ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

cudaError_t cudaGraphDestroy(cudaGraph_t graph) {
  return enterAnyway([&](Device& device, Device::Lock&) {
    return takeHandle(device.graphs, graph) ? cudaSuccess : cudaErrorInvalidResourceHandle;
  });
}

// CUDA's runtime: streams and capture.
#include <utility>

#include "cuda_emulation/host_api.h"
#include "tests/support/cuda_emulation/device.h"

using cuda_emulation::Capture;
using cuda_emulation::Device;
using cuda_emulation::enter;
using cuda_emulation::enterAnyway;
using cuda_emulation::takeHandle;
using cuda_emulation::Work;

namespace {

/// A stream that may be waited for; a wait for one that is capturing ends the capture.
cudaError_t forWaiting(Device& device, cudaStream_t handle, CUstream_st** stream) {
  *stream = device.stream(handle);
  if (*stream == nullptr) return cudaErrorInvalidResourceHandle;
  if ((*stream)->capture == nullptr) return cudaSuccess;
  (*stream)->capture->invalid = true;
  return cudaErrorStreamCaptureUnsupported;
}

}  // namespace

cudaError_t cudaStreamCreateWithFlags(cudaStream_t* pStream, unsigned int) {
  return enter([&](Device& device, Device::Lock&) {
    *pStream = device.makeStream();
    return cudaSuccess;
  });
}

cudaError_t cudaStreamDestroy(cudaStream_t stream) {
  return enterAnyway([&](Device& device, Device::Lock&) {
    CUstream_st* target = stream == nullptr ? nullptr : device.stream(stream);
    if (target == nullptr) return cudaErrorInvalidResourceHandle;
    target->destroyed = true;
    target->capture.reset();
    if (target->queue.empty() && !target->busy) takeHandle(device.streams, stream);
    return cudaSuccess;
  });
}

cudaError_t cudaStreamSynchronize(cudaStream_t handle) {
  return enter([&](Device& device, Device::Lock& lock) {
    CUstream_st* stream = nullptr;
    const cudaError_t error = forWaiting(device, handle, &stream);
    return error != cudaSuccess ? error : device.runUntil(lock, [&] { return stream->queue.empty(); });
  });
}

cudaError_t cudaStreamQuery(cudaStream_t handle) {
  return enter([&](Device& device, Device::Lock& lock) {
    CUstream_st* stream = nullptr;
    const cudaError_t error = forWaiting(device, handle, &stream);
    if (error != cudaSuccess) return error;
    if (stream->queue.empty()) return cudaSuccess;
    device.runOne(lock);  // whoever asks again and again gets there
    if (device.lostWith != cudaSuccess) return device.lostWith;
    return stream->queue.empty() ? cudaSuccess : cudaErrorNotReady;
  });
}

cudaError_t cudaStreamWaitEvent(cudaStream_t handle, cudaEvent_t event, unsigned int) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr || !cuda_emulation::isLive(device.events, event)) return cudaErrorInvalidResourceHandle;
    if (stream->capture) {
      stream->capture->invalid = true;
      return cudaErrorStreamCaptureIsolation;
    }
    if (event->last == nullptr) return cudaSuccess;
    Work work;
    work.kind = Work::Kind::kWait;
    work.completion = event->last;
    return device.submit(*stream, std::move(work));
  });
}

cudaError_t cudaStreamBeginCapture(cudaStream_t handle, cudaStreamCaptureMode mode) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    if (handle == nullptr || stream->capture) return cudaErrorStreamCaptureUnsupported;
    stream->capture = std::make_unique<Capture>();
    stream->capture->thread = std::this_thread::get_id();
    stream->capture->mode = mode;
    return cudaSuccess;
  });
}

cudaError_t cudaStreamEndCapture(cudaStream_t handle, cudaGraph_t* pGraph) {
  return enter([&](Device& device, Device::Lock&) {
    *pGraph = nullptr;
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    if (!stream->capture) return cudaErrorStreamCaptureUnmatched;
    if (stream->capture->mode != cudaStreamCaptureModeRelaxed &&
        stream->capture->thread != std::this_thread::get_id()) {
      return cudaErrorStreamCaptureWrongThread;
    }
    const std::unique_ptr<Capture> capture = std::move(stream->capture);
    if (capture->invalid) return cudaErrorStreamCaptureInvalidated;
    device.graphs.push_back(std::make_unique<CUgraph_st>(CUgraph_st{std::move(capture->nodes)}));
    *pGraph = device.graphs.back().get();
    return cudaSuccess;
  });
}

cudaError_t cudaStreamIsCapturing(cudaStream_t handle, cudaStreamCaptureStatus* pCaptureStatus) {
  return enter([&](Device& device, Device::Lock&) {
    const CUstream_st* stream = device.stream(handle);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    *pCaptureStatus = cudaStreamCaptureStatusNone;
    if (stream->capture) {
      *pCaptureStatus = stream->capture->invalid ? cudaStreamCaptureStatusInvalidated : cudaStreamCaptureStatusActive;
    }
    return cudaSuccess;
  });
}

cudaError_t cudaLaunchHostFunc(cudaStream_t handle, cudaHostFn_t fn, void* userData) {
  return enter([&](Device& device, Device::Lock&) {
    CUstream_st* stream = device.stream(handle);
    if (stream == nullptr) return cudaErrorInvalidResourceHandle;
    Work work;
    work.kind = Work::Kind::kHostFunction;
    work.run = [fn, userData] {
      fn(userData);
      return cudaSuccess;
    };
    return device.submit(*stream, std::move(work));
  });
}

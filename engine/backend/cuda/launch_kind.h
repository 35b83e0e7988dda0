#pragma once
// The two kinds of work that an operation queues. No CUDA here.

namespace tidemark::cuda {

enum class LaunchKind { kKernel, kProduct };  // ours, cuBLASLt's

}  // namespace tidemark::cuda

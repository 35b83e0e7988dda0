#pragma once
// The part of CUDA's runtime that our sources use, for a machine without a GPU: kernels run as fibers on the CPU,
// streams are queues that advance in random order. tests/support/cuda_emulation says what is checked on the way.

#include "cuda_emulation/device_language.h"
#include "cuda_emulation/emulation.h"
#include "cuda_emulation/host_api.h"

#pragma once
#include <cuda_bf16.h>

namespace tidemark::cuda {

using Bf16 = __nv_bfloat16;

}  // namespace tidemark::cuda

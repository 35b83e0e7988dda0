// Compiled with AVX2 and FMA; called only where the processor has them.
#define TM_KERNELS_AVX2
#define TM_KERNELS_GETTER avx2Kernels
#include "engine/backend/cpu/kernels/kernels_impl.h"

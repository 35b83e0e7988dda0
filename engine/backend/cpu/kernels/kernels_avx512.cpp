// Compiled with AVX-512 F/DQ/BW/VL; called only where the processor has them.
#define TM_KERNELS_AVX512
#define TM_KERNELS_GETTER avx512Kernels
#include "engine/backend/cpu/kernels/kernels_impl.h"

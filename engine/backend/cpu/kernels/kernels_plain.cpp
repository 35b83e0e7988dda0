// Compiled for any machine. Same bits as the others; on an x86-64 without FMA the library emulates it and this is slow.
#define TM_KERNELS_GETTER plainKernels
#include "engine/backend/cpu/kernels/kernels_impl.h"

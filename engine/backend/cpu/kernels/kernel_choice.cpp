#include "engine/backend/cpu/kernels/kernel_table.h"

namespace tidemark::cpu {

#if defined(__x86_64__)
const KernelTable& avx512Kernels();
const KernelTable& avx2Kernels();
#endif
const KernelTable& plainKernels();

KernelChoice availableKernels() {
  KernelChoice choice{};
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
      __builtin_cpu_supports("avx512vl")) {
    choice.tables[choice.count++] = &avx512Kernels();
  }
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) choice.tables[choice.count++] = &avx2Kernels();
#endif
  choice.tables[choice.count++] = &plainKernels();
  return choice;
}

}  // namespace tidemark::cpu

#include "engine/backend/cuda/cuda_module.h"

#include "engine/backend/cuda/cuda_backend.h"
#include "engine/backend/cuda/cuda_ceilings.h"

extern "C" __attribute__((visibility("default"))) const tidemark::CudaModule* tidemarkCudaModule() {
  static const tidemark::CudaModule module{tidemark::kCudaModuleAbi,     TM_VERSION,
                                           tidemark::describeCudaDevice, tidemark::createCudaBackend,
                                           tidemark::cudaInstruments,    tidemark::measureCudaCeilings};
  return &module;
}

# The backend's sources, for the module (nvcc) and for its tests on the emulation (the host compiler).
set(TM_CUDA_KERNELS
  kernels/activation.cu kernels/attention.cu kernels/embed.cu kernels/memory_features.cu kernels/memory_finish.cu
  kernels/memory_write.cu
  kernels/norm.cu kernels/rotary.cu kernels/token_choice.cu)
set(TM_CUDA_SOURCES
  cuda_backend.cpp cuda_ceilings.cpp cuda_cells.cpp cuda_error.cpp cuda_logits.cpp cuda_state.cpp cuda_transfer.cpp cuda_weights.cpp product.cpp)
list(TRANSFORM TM_CUDA_KERNELS PREPEND ${CMAKE_CURRENT_LIST_DIR}/)
list(TRANSFORM TM_CUDA_SOURCES PREPEND ${CMAKE_CURRENT_LIST_DIR}/)

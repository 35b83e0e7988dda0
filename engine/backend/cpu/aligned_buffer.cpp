#include "engine/backend/cpu/aligned_buffer.h"

#include <sys/mman.h>

#include <cstring>
#include <new>

namespace tidemark::cpu {
namespace {

constexpr std::size_t kHugePage = std::size_t{2} << 20;

std::size_t mappedBytes(std::size_t floats) {
  return (floats * sizeof(float) + 4095) / 4096 * 4096;
}
bool isMapped(std::size_t floats) {
  return mappedBytes(floats) >= 2 * kHugePage;
}

}  // namespace

// Large buffers are mapped: zero pages come lazily and in huge pages. Small ones come from the heap, where the address
// sanitizer watches their borders.
AlignedBuffer::AlignedBuffer(std::size_t floats) : m_size(floats) {
  if (floats == 0) return;
  if (!isMapped(floats)) {
    m_data = static_cast<float*>(::operator new[](floats * sizeof(float), std::align_val_t{64}));
    std::memset(m_data, 0, floats * sizeof(float));
    return;
  }
  void* memory = mmap(nullptr, mappedBytes(floats), PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::bad_alloc();
  madvise(memory, mappedBytes(floats), MADV_HUGEPAGE);
  m_data = static_cast<float*>(memory);
}

AlignedBuffer::~AlignedBuffer() {
  if (m_data == nullptr) return;
  if (isMapped(m_size)) {
    munmap(m_data, mappedBytes(m_size));
  } else {
    ::operator delete[](m_data, std::align_val_t{64});
  }
}

}  // namespace tidemark::cpu

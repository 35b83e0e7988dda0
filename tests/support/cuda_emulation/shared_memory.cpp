#include "tests/support/cuda_emulation/shared_memory.h"

#include <algorithm>
#include <cstring>
#include <new>

#include "tests/support/cuda_emulation/sanitizer.h"

namespace cuda_emulation {
namespace {

constexpr std::size_t kGuardBytes = kAddressSanitizer ? 0 : SharedMemory::kAlignment;
constexpr std::byte kGuard{0xa5};

}  // namespace

SharedMemory::SharedMemory(std::size_t bytes) : m_bytes(bytes) {
  m_allocation = static_cast<std::byte*>(::operator new (bytes + 2 * kGuardBytes, std::align_val_t{kAlignment}));
  m_data = m_allocation + kGuardBytes;
  std::fill_n(m_allocation, kGuardBytes, kGuard);
  std::fill_n(m_data + bytes, kGuardBytes, kGuard);
}

SharedMemory::~SharedMemory() {
  ::operator delete (m_allocation, std::align_val_t{kAlignment});
}

void SharedMemory::fill() {
  std::fill_n(m_data, m_bytes, std::byte{0xff});
}

bool SharedMemory::guardsIntact() const {
  const auto isGuard = [](std::byte b) { return b == kGuard; };
  const std::byte* end = m_data + m_bytes;
  return std::all_of(m_allocation, m_allocation + kGuardBytes, isGuard) && std::all_of(end, end + kGuardBytes, isGuard);
}

bool SharedMemory::contains(const void* address, std::size_t bytes) const {
  const auto first = reinterpret_cast<std::uintptr_t>(address);
  const auto begin = reinterpret_cast<std::uintptr_t>(m_data);
  return first >= begin && bytes <= m_bytes && first - begin <= m_bytes - bytes;
}

}  // namespace cuda_emulation

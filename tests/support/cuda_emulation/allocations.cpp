#include "tests/support/cuda_emulation/allocations.h"

#include <algorithm>
#include <new>

#include "tests/support/cuda_emulation/sanitizer.h"

namespace cuda_emulation {
namespace {

constexpr std::size_t kAlignment = 256;  // what cudaMalloc promises
constexpr std::size_t kGuardBytes = kAddressSanitizer ? 0 : 256;
constexpr std::byte kGuard{0xa5};

const char* nameOf(MemoryKind kind) {
  return kind == MemoryKind::kDevice ? "device" : "pinned";
}

}  // namespace

void* Allocations::allocate(MemoryKind kind, std::size_t bytes) {
  void* memory = ::operator new (bytes + 2 * kGuardBytes, std::align_val_t{kAlignment}, std::nothrow);
  if (memory == nullptr) return nullptr;
  std::byte* data = static_cast<std::byte*>(memory) + kGuardBytes;
  std::fill_n(static_cast<std::byte*>(memory), kGuardBytes, kGuard);
  std::fill_n(data, bytes, std::byte{0xff});
  std::fill_n(data + bytes, kGuardBytes, kGuard);
  m_live[data] = {kind, bytes, m_made++};
  if (kind == MemoryKind::kDevice) m_deviceBytes += bytes;
  return data;
}

bool Allocations::free(MemoryKind kind, void* address, std::vector<std::string>& findings) {
  const auto found = m_live.find(static_cast<const std::byte*>(address));
  if (found == m_live.end() || found->second.kind != kind) return false;
  checkGuards(found->first, found->second, findings);
  if (kind == MemoryKind::kDevice) m_deviceBytes -= found->second.bytes;
  release(found->first);
  m_live.erase(found);
  return true;
}

void Allocations::checkGuards(std::vector<std::string>& findings) const {
  for (const auto& [address, allocation] : m_live) checkGuards(address, allocation, findings);
}

void Allocations::checkGuards(const std::byte* data, const Allocation& allocation, std::vector<std::string>& findings) {
  const auto isGuard = [](std::byte b) { return b == kGuard; };
  const std::string what = std::string(" of allocation ") + std::to_string(allocation.number) + " (" +
                           nameOf(allocation.kind) + ", " + std::to_string(allocation.bytes) + " bytes)";
  if (!std::all_of(data - kGuardBytes, data, isGuard)) findings.push_back("a write before the begin" + what);
  const std::byte* end = data + allocation.bytes;
  if (!std::all_of(end, end + kGuardBytes, isGuard)) findings.push_back("a write behind the end" + what);
}

void Allocations::release(std::byte* address) {
  ::operator delete (address - kGuardBytes, std::align_val_t{kAlignment});
}

void Allocations::clear() {
  for (const auto& [address, allocation] : m_live) release(address);
  m_live.clear();
  m_deviceBytes = 0;
}

bool Allocations::contains(MemoryKind kind, const void* address, std::size_t bytes) const {
  const auto* first = static_cast<const std::byte*>(address);
  auto next = m_live.upper_bound(first);
  if (next == m_live.begin()) return false;
  const auto& [begin, allocation] = *--next;
  return allocation.kind == kind && bytes <= allocation.bytes &&
         static_cast<std::size_t>(first - begin) <= allocation.bytes - bytes;
}

std::size_t Allocations::bytesOf(const void* address) const {
  const auto found = m_live.find(static_cast<const std::byte*>(address));
  return found == m_live.end() ? 0 : found->second.bytes;
}

}  // namespace cuda_emulation

#pragma once
// Device and pinned memory: separate pieces of the heap, filled with NaN, with zones around them that nobody may write
// to (under AddressSanitizer its own ones).

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace cuda_emulation {

enum class MemoryKind { kDevice, kPinned };

class Allocations {
 public:
  Allocations() = default;
  ~Allocations() { clear(); }
  Allocations(const Allocations&) = delete;
  Allocations& operator=(const Allocations&) = delete;

  /// Null where the heap has no more.
  void* allocate(MemoryKind kind, std::size_t bytes);
  /// False if there is no such allocation. What is wrong with its guards goes to `findings`.
  bool free(MemoryKind kind, void* address, std::vector<std::string>& findings);
  void checkGuards(std::vector<std::string>& findings) const;
  void clear();

  /// Whether all of the bytes lie in one allocation of that kind.
  [[nodiscard]] bool contains(MemoryKind kind, const void* address, std::size_t bytes) const;
  [[nodiscard]] std::size_t bytesOf(const void* address) const;
  [[nodiscard]] std::size_t count() const { return m_live.size(); }
  [[nodiscard]] std::uint64_t deviceBytes() const { return m_deviceBytes; }

 private:
  struct Allocation {
    MemoryKind kind;
    std::size_t bytes;
    std::uint64_t number;  // the how manieth, for messages
  };
  static void checkGuards(const std::byte* data, const Allocation& allocation, std::vector<std::string>& findings);
  static void release(std::byte* address);

  std::map<std::byte*, Allocation, std::less<>> m_live;
  std::uint64_t m_deviceBytes = 0;
  std::uint64_t m_made = 0;
};

}  // namespace cuda_emulation

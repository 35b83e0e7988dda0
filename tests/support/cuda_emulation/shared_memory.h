#pragma once
// The dynamic shared memory of a block: of exactly the size that the launch gave.

#include <cstddef>
#include <cstdint>

namespace cuda_emulation {

class SharedMemory {
 public:
  static constexpr std::size_t kMostBytes = 227 * 1024;  // that a block of an H100 can have
  static constexpr std::size_t kAlignment = 1024;        // what the hardware gives in practice

  explicit SharedMemory(std::size_t bytes);
  ~SharedMemory();
  SharedMemory(const SharedMemory&) = delete;
  SharedMemory& operator=(const SharedMemory&) = delete;

  /// NaN everywhere, as before every block.
  void fill();
  /// Whether a block wrote beyond its memory. Under AddressSanitizer always true: it reports the write itself.
  [[nodiscard]] bool guardsIntact() const;
  [[nodiscard]] bool contains(const void* address, std::size_t bytes) const;
  [[nodiscard]] void* data() const { return m_data; }
  [[nodiscard]] std::size_t bytes() const { return m_bytes; }

 private:
  std::byte* m_allocation = nullptr;
  std::byte* m_data = nullptr;
  std::size_t m_bytes = 0;
};

}  // namespace cuda_emulation

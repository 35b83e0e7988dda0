#pragma once
// Floats on a 64-byte border, zero when created, in huge pages where they are many: weights and activations.

#include <cstddef>
#include <span>
#include <utility>

namespace tidemark::cpu {

class AlignedBuffer {
 public:
  AlignedBuffer() = default;
  /// Throws std::bad_alloc, which the backend turns into an Error.
  explicit AlignedBuffer(std::size_t floats);
  AlignedBuffer(AlignedBuffer&& other) noexcept
      : m_data(std::exchange(other.m_data, nullptr)), m_size(std::exchange(other.m_size, 0)) {}
  AlignedBuffer& operator=(AlignedBuffer&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_size, other.m_size);
    return *this;
  }
  AlignedBuffer(const AlignedBuffer&) = delete;
  AlignedBuffer& operator=(const AlignedBuffer&) = delete;
  ~AlignedBuffer();

  [[nodiscard]] float* data() { return m_data; }
  [[nodiscard]] const float* data() const { return m_data; }
  [[nodiscard]] std::size_t size() const { return m_size; }
  [[nodiscard]] std::span<float> span() { return {m_data, m_size}; }

 private:
  float* m_data = nullptr;
  std::size_t m_size = 0;
};

}  // namespace tidemark::cpu

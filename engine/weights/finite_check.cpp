#include "engine/weights/finite_check.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>

#include "engine/base/json_reader.h"
#include "engine/weights/model_weights.h"

namespace tidemark {
namespace {

// A value is not finite when all bits of its exponent are set. `kMagnitude` drops the sign; adding the lowest exponent
// bit then carries into the top bit for exactly these values, so a whole block is tested with and, add, or.
struct F32Bits {
  using Word = std::uint32_t;
  static constexpr Word kMagnitude = 0x7fffffff;
  static constexpr Word kLowestExponentBit = 0x00800000;
  static constexpr Word kInfinity = 0x7f800000;
};
struct F16Bits {
  using Word = std::uint16_t;
  static constexpr Word kMagnitude = 0x7fff;
  static constexpr Word kLowestExponentBit = 0x0400;
  static constexpr Word kInfinity = 0x7c00;
};
struct Bf16Bits {
  using Word = std::uint16_t;
  static constexpr Word kMagnitude = 0x7fff;
  static constexpr Word kLowestExponentBit = 0x0080;
  static constexpr Word kInfinity = 0x7f80;
};

template <typename Word>
Word loadWord(const std::byte* bytes) {
  Word word = 0;
  std::memcpy(&word, bytes, sizeof word);  // a mapped file promises no alignment
  return word;
}

/// Index of the first element that is a NaN or an infinity.
template <typename Bits>
std::optional<std::size_t> firstNotFinite(std::span<const std::byte> bytes) {
  using Word = typename Bits::Word;
  constexpr std::size_t kBlock = 1024;  // a fixed trip count, so that -O2 vectorises the loop too
  constexpr Word kTop = static_cast<Word>(Bits::kMagnitude + 1);
  const std::size_t count = bytes.size() / sizeof(Word);
  std::size_t first = 0;
  for (; first + kBlock <= count; first += kBlock) {
    const std::byte* block = bytes.data() + first * sizeof(Word);
    Word carry = 0;
    for (std::size_t i = 0; i < kBlock; ++i) {
      const Word magnitude = loadWord<Word>(block + i * sizeof(Word)) & Bits::kMagnitude;
      carry = static_cast<Word>(carry | static_cast<Word>(magnitude + Bits::kLowestExponentBit));
    }
    if ((carry & kTop) != 0) break;
  }
  for (std::size_t i = first; i < count; ++i) {
    if ((loadWord<Word>(bytes.data() + i * sizeof(Word)) & Bits::kMagnitude) >= Bits::kInfinity) return i;
  }
  return std::nullopt;
}

/// Of either width a whole number of blocks; read from a disk in a moment.
constexpr std::size_t kBytesAtOnce = std::size_t{4} << 20;

template <typename Bits>
Status checkTensor(const std::string& tensorName, const TensorView& view, const std::function<bool()>& cancelled) {
  std::optional<std::size_t> index;
  for (std::size_t at = 0; at < view.bytes.size() && !index; at += kBytesAtOnce) {
    if (cancelled && cancelled()) return makeError(ErrorCode::kCancelled, "the check of the weights was stopped");
    const auto piece = view.bytes.subspan(at, std::min(kBytesAtOnce, view.bytes.size() - at));
    if (const auto found = firstNotFinite<Bits>(piece)) index = at / sizeof(typename Bits::Word) + *found;
  }
  if (!index) return {};
  const auto word = loadWord<typename Bits::Word>(view.bytes.data() + *index * sizeof(typename Bits::Word));
  const char* kind = "NaN";
  if ((word & Bits::kMagnitude) == Bits::kInfinity) kind = word == Bits::kInfinity ? "infinity" : "-infinity";
  return makeError(ErrorCode::kCorrupt, "tensor " + inQuotes(tensorName) + " holds " + kind + " at element " +
                                            std::to_string(*index) + " (shape " + toString(view.shape) + ", " +
                                            std::string(name(view.dtype)) + "); download or export the weights again");
}

}  // namespace

Status checkWeightsFinite(const Checkpoint& checkpoint) {
  return checkWeightsFinite(checkpoint, {});
}

Status checkWeightsFinite(const Checkpoint& checkpoint, const std::function<bool()>& cancelled) {
  for (const auto& [tensorName, view] : checkpoint.tensors()) {
    Status status;
    if (view.dtype == DType::kF32) status = checkTensor<F32Bits>(tensorName, view, cancelled);
    if (view.dtype == DType::kF16) status = checkTensor<F16Bits>(tensorName, view, cancelled);
    if (view.dtype == DType::kBF16) status = checkTensor<Bf16Bits>(tensorName, view, cancelled);
    if (!status) return status;
  }
  return {};
}

}  // namespace tidemark

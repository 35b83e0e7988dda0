// What a kernel calls: barriers, shuffles, tensor cores, ldmatrix, cp.async.
#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "cuda_emulation_intrinsics.h"
#include "tests/support/cuda_emulation/block.h"
#include "tests/support/cuda_emulation/sanitizer.h"

namespace cuda_emulation {
namespace {

constexpr std::uint32_t kAllLanes = 0xffffffffU;
constexpr std::size_t kRowBytes = 16;

struct ShuffleArguments {
  std::uint32_t value;
  unsigned source;
  std::uint32_t result;
};

void performShuffle(void* const* arguments, std::uint32_t mask) {
  for (std::uint32_t rest = mask; rest != 0; rest &= rest - 1) {
    auto& own = *static_cast<ShuffleArguments*>(arguments[std::countr_zero(rest)]);
    const bool inMask = own.source < Block::kWarp && (mask >> own.source & 1U) != 0;
    own.result = inMask ? static_cast<ShuffleArguments*>(arguments[own.source])->value : kAllLanes;
  }
}

void performNothing(void* const*, std::uint32_t) {}

float lowHalf(std::uint32_t pair) {
  return std::bit_cast<float>(pair << 16);
}
float highHalf(std::uint32_t pair) {
  return std::bit_cast<float>(pair & 0xffff0000U);
}

struct ProductArguments {
  float* d;
  const std::uint32_t* a;
  const std::uint32_t* b;
};

struct Fragments {
  float a[16][16];
  float b[16][8];
  float d[16][8];
};

/// d += a b, k ascending. Products of bf16 are exact in float, so these are fused multiply-adds. Not instrumented: the
/// sizes of all arrays are in their types, and kernels spend most of their time here.
TM_NOT_SANITIZED void multiply(Fragments& f) {
  for (unsigned row = 0; row < 16; ++row) {
    for (unsigned k = 0; k < 16; ++k) {
      for (unsigned column = 0; column < 8; ++column) f.d[row][column] += f.a[row][k] * f.b[k][column];
    }
  }
}

TM_NOT_SANITIZED void performProduct(void* const* arguments, std::uint32_t) {
  Fragments f;
  for (unsigned lane = 0; lane < Block::kWarp; ++lane) {
    const auto& own = *static_cast<const ProductArguments*>(arguments[lane]);
    const unsigned group = lane / 4;
    const unsigned pair = lane % 4 * 2;
    for (unsigned part = 0; part < 4; ++part) {
      f.a[group + part % 2 * 8][pair + part / 2 * 8] = lowHalf(own.a[part]);
      f.a[group + part % 2 * 8][pair + part / 2 * 8 + 1] = highHalf(own.a[part]);
      f.d[group + part / 2 * 8][pair + part % 2] = own.d[part];
    }
    for (unsigned part = 0; part < 2; ++part) {
      f.b[pair + part * 8][group] = lowHalf(own.b[part]);
      f.b[pair + part * 8 + 1][group] = highHalf(own.b[part]);
    }
  }
  multiply(f);
  for (unsigned lane = 0; lane < Block::kWarp; ++lane) {
    float* d = static_cast<const ProductArguments*>(arguments[lane])->d;
    for (unsigned i = 0; i < 4; ++i) d[i] = f.d[lane / 4 + i / 2 * 8][lane % 4 * 2 + i % 2];
  }
}

struct LoadArguments {
  std::uint32_t* fragments;
  const void* row;
  bool transposed;
};

void performLoad(void* const* arguments, std::uint32_t) {
  std::uint16_t matrices[4][8][8];
  for (unsigned lane = 0; lane < Block::kWarp; ++lane) {
    std::memcpy(matrices[lane / 8][lane % 8], static_cast<const LoadArguments*>(arguments[lane])->row, kRowBytes);
  }
  for (unsigned lane = 0; lane < Block::kWarp; ++lane) {
    const auto& own = *static_cast<const LoadArguments*>(arguments[lane]);
    const unsigned row = lane / 4;
    const unsigned column = lane % 4 * 2;
    for (unsigned m = 0; m < 4; ++m) {
      const std::uint32_t low = own.transposed ? matrices[m][column][row] : matrices[m][row][column];
      const std::uint32_t high = own.transposed ? matrices[m][column + 1][row] : matrices[m][row][column + 1];
      own.fragments[m] = low | high << 16;
    }
  }
}
void performLoadTransposed(void* const* arguments, std::uint32_t mask) {
  performLoad(arguments, mask);
}

void checkAddress(Block& block, const char* name, const void* shared) {
  if (reinterpret_cast<std::uintptr_t>(shared) % kRowBytes != 0) {
    block.fail(cudaErrorMisalignedAddress, std::string(name) + " of a shared address that is no multiple of 16");
  }
  if (!block.shared().contains(shared, kRowBytes)) {
    block.fail(cudaErrorIllegalAddress, std::string(name) + " outside the block's shared memory");
  }
}

}  // namespace

unsigned lane() {
  return Block::running().lane();
}
void barrier() {
  Block::running().barrier();
}
void warpBarrier(std::uint32_t mask) {
  Block::running().collective("__syncwarp", mask, performNothing, nullptr);
}

std::uint32_t shuffle(std::uint32_t mask, std::uint32_t value, unsigned source) {
  ShuffleArguments arguments{value, source, 0};
  Block::running().collective("a shuffle", mask, performShuffle, &arguments);
  return arguments.result;
}

void* sharedMemory(std::size_t bytes, std::size_t alignment) {
  Block& block = Block::running();
  if (bytes > block.shared().bytes()) {
    block.fail(cudaErrorIllegalAddress, "shared storage of " + std::to_string(bytes) + " bytes, but the launch gave " +
                                            std::to_string(block.shared().bytes()));
  }
  if (alignment > SharedMemory::kAlignment) {
    block.fail(cudaErrorMisalignedAddress, "shared storage aligned to " + std::to_string(alignment));
  }
  return block.shared().data();
}

void multiplyFragments(float* d, const std::uint32_t* a, const std::uint32_t* b) {
  ProductArguments arguments{d, a, b};
  Block::running().collective("mmaBf16", kAllLanes, performProduct, &arguments);
}

void loadMatrices(std::uint32_t* fragments, const void* row, bool transposed) {
  Block& block = Block::running();
  const char* name = transposed ? "loadMatrix4Transposed" : "loadMatrix4";
  checkAddress(block, name, row);
  LoadArguments arguments{fragments, row, transposed};
  block.collective(name, kAllLanes, transposed ? performLoadTransposed : performLoad, &arguments);
}

void queueCopy(void* shared, const void* global, bool valid) {
  Block& block = Block::running();
  checkAddress(block, "copyAsync16", shared);
  if (reinterpret_cast<std::uintptr_t>(global) % kRowBytes != 0) {
    block.fail(cudaErrorMisalignedAddress, "copyAsync16 of a global address that is no multiple of 16");
  }
  std::memset(shared, 0xff, kRowBytes);
  block.copies().push_back({shared, global, valid});
}

void commitCopies() {
  Block& block = Block::running();
  std::size_t committed = 0;
  for (const std::size_t group : block.copyGroups()) committed += group;
  block.copyGroups().push_back(block.copies().size() - committed);
}

void awaitCopies(int pending) {
  Block& block = Block::running();
  std::vector<std::size_t>& groups = block.copyGroups();
  std::vector<AsyncCopy>& copies = block.copies();
  const std::size_t due = groups.size() - std::min(groups.size(), static_cast<std::size_t>(pending));
  std::size_t arrived = 0;
  for (std::size_t i = 0; i < due; ++i) arrived += groups[i];
  for (std::size_t i = 0; i < arrived; ++i) {
    if (copies[i].valid) {
      std::memcpy(copies[i].shared, copies[i].global, kRowBytes);
    } else {
      std::memset(copies[i].shared, 0, kRowBytes);
    }
  }
  copies.erase(copies.begin(), copies.begin() + static_cast<std::ptrdiff_t>(arrived));
  groups.erase(groups.begin(), groups.begin() + static_cast<std::ptrdiff_t>(due));
}

}  // namespace cuda_emulation

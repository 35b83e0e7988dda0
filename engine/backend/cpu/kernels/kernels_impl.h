// The kernels of one instruction set. The including file defines TM_KERNELS_AVX512, TM_KERNELS_AVX2 or neither, and the
// function name TM_KERNELS_GETTER. Everything lives in an unnamed namespace, and nothing from the standard library is
// instantiated here (see vec16.h).

#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif
#if defined(__SANITIZE_ADDRESS__)
#include <sanitizer/asan_interface.h>
#endif

#include "engine/backend/cpu/kernels/kernel_table.h"

namespace tidemark::cpu {
namespace {

#include "engine/backend/cpu/kernels/vec16.h"

#if defined(TM_KERNELS_AVX512)
constexpr int kRowPanel = 12;  // 12 x 32: 24 accumulators of 32 registers
constexpr int kVectors = 2;    // per column panel
constexpr const char* kName = "avx512";
#elif defined(TM_KERNELS_AVX2)
constexpr int kRowPanel = 6;  // 6 x 16: 12 accumulators of 16 registers
constexpr int kVectors = 1;
constexpr const char* kName = "avx2";
#else
constexpr int kRowPanel = 4;
constexpr int kVectors = 1;
constexpr const char* kName = "plain";
#endif
constexpr int kColumnPanel = 16 * kVectors;
// 256 rows of a column panel are 32 KiB (16 with AVX2): they stay in the first-level cache while row panels stream by.
constexpr int kDepthBlock = 256;
// Keys are processed in blocks that start at multiples of this, on every machine: the online softmax rescales per
// block, so the block belongs to the arithmetic.
constexpr int kKeyBlock = 96;
static_assert(kKeyBlock % kRowPanel == 0);

inline int minOf(int a, int b) {
  return a < b ? a : b;
}
inline std::size_t index(int i) {
  return static_cast<std::size_t>(i);
}

#include "engine/backend/cpu/kernels/checked_ranges.h"
#include "engine/backend/cpu/kernels/product.h"
#include "engine/backend/cpu/kernels/rows.h"
#include "engine/backend/cpu/kernels/elementwise.h"
#include "engine/backend/cpu/kernels/memory_features.h"
#include "engine/backend/cpu/kernels/attention.h"
#include "engine/backend/cpu/kernels/peak_loop.h"

constexpr KernelTable kTable = {
    .name = kName,
    .rowPanel = kRowPanel,
    .columnPanel = kColumnPanel,
    .multiply = multiply,
    .outerProduct = outerProduct,
    .packRows = packRows,
    .rmsNormPack = rmsNormPack,
    .layerNormPack = layerNormPack,
    .packColumns = packColumns,
    .storeRows = storeRows,
    .addRows = addRows,
    .addQuotient = addQuotient,
    .swiGlu = swiGlu,
    .gelu = gelu,
    .sigmoidRows = sigmoidRows,
    .rotate = rotate,
    .dpfp = dpfp,
    .dot = dot,
    .addScaled = addScaled,
    .accumulate = accumulate,
    .attend = attend,
    .attentionScratch = attentionScratch,
    .peakLoop = peakLoop,
};

}  // namespace

const KernelTable& TM_KERNELS_GETTER() {
  return kTable;
}

}  // namespace tidemark::cpu

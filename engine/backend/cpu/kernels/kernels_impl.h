// The kernels of one instruction set. The including file defines TM_KERNELS_AVX512, TM_KERNELS_AVX2 or neither, and the
// function name TM_KERNELS_GETTER. Everything lives in an unnamed namespace, and nothing from the standard library is
// instantiated here (see vec16.h).

#include <cstddef>
#include <cstdint>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

#include "engine/backend/cpu/kernels/kernel_table.h"

namespace tidemark::cpu {
namespace {

#include "engine/backend/cpu/kernels/vec16.h"

#if defined(TM_KERNELS_AVX512)
constexpr int kRowPanel = 12;   // 12 x 32: 24 accumulators of 32 registers
constexpr int kVectors = 2;     // per column panel
constexpr const char* kName = "avx512";
#elif defined(TM_KERNELS_AVX2)
constexpr int kRowPanel = 6;    // 6 x 16: 12 accumulators of 16 registers
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
// Keys are processed in blocks that start at multiples of this, on every machine: the online softmax rescales per block,
// so the block belongs to the arithmetic.
constexpr int kKeyBlock = 96;
static_assert(kKeyBlock % kRowPanel == 0);

inline int minOf(int a, int b) { return a < b ? a : b; }
inline std::size_t index(int i) { return static_cast<std::size_t>(i); }

// ---- matrix product --------------------------------------------------------------------------------------------------

// c[kRows][ldc] (+)= a x b: a(r, k) = a[k * aStride + r], b(k, :) one panel.
template <int kRows>
void multiplyPanel(const float* a, std::size_t aStride, const float* b, int depth, float* c, std::size_t ldc,
                   bool accumulate) {
  Vec16 sum[kRows][kVectors];
  if (accumulate) {
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) sum[r][v] = load(c + index(r) * ldc + index(16 * v));
    }
  } else {
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) sum[r][v] = zero();
    }
  }
  for (int k = 0; k < depth; ++k) {
    Vec16 column[kVectors];
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) column[v] = load(b + 16 * v);
#pragma GCC unroll 12
    for (int r = 0; r < kRows; ++r) {
      const Vec16 row = broadcast(a[r]);
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) sum[r][v] = fma(row, column[v], sum[r][v]);
    }
    a += aStride;
    b += kColumnPanel;
  }
#pragma GCC unroll 12
  for (int r = 0; r < kRows; ++r) {
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) store(c + index(r) * ldc + index(16 * v), sum[r][v]);
  }
}

using PanelFunction = void (*)(const float*, std::size_t, const float*, int, float*, std::size_t, bool);

PanelFunction panelFunction(int rows) {
  static constexpr PanelFunction kFunctions[] = {
      nullptr,          multiplyPanel<1>, multiplyPanel<2>, multiplyPanel<3>, multiplyPanel<4>,
#if !defined(TM_KERNELS_AVX512) && !defined(TM_KERNELS_AVX2)
  };
#else
      multiplyPanel<5>, multiplyPanel<6>,
#if defined(TM_KERNELS_AVX512)
      multiplyPanel<7>, multiplyPanel<8>, multiplyPanel<9>, multiplyPanel<10>, multiplyPanel<11>, multiplyPanel<12>,
#endif
  };
#endif
  return kFunctions[rows];
}

// One row times four panels at once: a single row alone would wait for its own two accumulators. Memory-bound when the
// weights are not in cache, and then this is the decoding path's whole cost.
void multiplyOneRow(const float* a, const float* b, int columns, int depth, float* c) {
  constexpr int kPanels = 4;
  const std::size_t panel = index(depth) * kColumnPanel;
  int j = 0;
  for (; j + kPanels * kColumnPanel <= columns; j += kPanels * kColumnPanel, b += kPanels * panel) {
    Vec16 sum[kPanels][kVectors];
#pragma GCC unroll 4
    for (int p = 0; p < kPanels; ++p) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) sum[p][v] = zero();
    }
    for (int k = 0; k < depth; ++k) {
      const Vec16 row = broadcast(a[k * kRowPanel]);
#pragma GCC unroll 4
      for (int p = 0; p < kPanels; ++p) {
#pragma GCC unroll 2
        for (int v = 0; v < kVectors; ++v) {
          sum[p][v] = fma(row, load(b + index(p) * panel + index(k * kColumnPanel + 16 * v)), sum[p][v]);
        }
      }
    }
#pragma GCC unroll 4
    for (int p = 0; p < kPanels; ++p) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) store(c + j + p * kColumnPanel + 16 * v, sum[p][v]);
    }
  }
  for (; j < columns; j += kColumnPanel, b += panel) multiplyPanel<1>(a, kRowPanel, b, depth, c + j, 0, false);
}

void multiply(const float* a, const float* b, int rows, int columns, int depth, float* c, std::size_t ldc) {
  if (rows == 1) {
    multiplyOneRow(a, b, columns, depth, c);
    return;
  }
  for (int k = 0; k < depth; k += kDepthBlock) {
    const int deep = minOf(kDepthBlock, depth - k);
    for (int j = 0; j < columns; j += kColumnPanel) {
      const float* panelB = b + index(j) * index(depth) + index(k) * kColumnPanel;
      for (int i = 0; i < rows; i += kRowPanel) {
        const float* panelA = a + index(i) * index(depth) + index(k) * kRowPanel;
        panelFunction(minOf(kRowPanel, rows - i))(panelA, kRowPanel, panelB, deep, c + index(i) * ldc + index(j), ldc,
                                                  k > 0);
      }
    }
  }
}

void outerProduct(const float* k, std::size_t ldk, const float* v, int rows, int depthOut, float* c) {
  for (int j = 0; j < depthOut; j += kRowPanel) {
    panelFunction(minOf(kRowPanel, depthOut - j))(k + j, ldk, v, rows, c + index(j) * kColumnPanel, kColumnPanel, false);
  }
}

// ---- packing and norms -----------------------------------------------------------------------------------------------

// block[kRowPanel][16] -> packed[16][kRowPanel], the first `columns` of the 16.
inline void transposeOut(const float* block, int columns, float* packed) {
#if defined(TM_KERNELS_AVX512) || defined(TM_KERNELS_AVX2)
  if (columns == 16) {
    constexpr int kQuads = kRowPanel / 4;
    for (int k = 0; k < 16; k += 4) {
      for (int q = 0; q < kQuads; ++q) {
        __m128 r0 = _mm_loadu_ps(block + (4 * q + 0) * 16 + k);
        __m128 r1 = _mm_loadu_ps(block + (4 * q + 1) * 16 + k);
        __m128 r2 = _mm_loadu_ps(block + (4 * q + 2) * 16 + k);
        __m128 r3 = _mm_loadu_ps(block + (4 * q + 3) * 16 + k);
        _MM_TRANSPOSE4_PS(r0, r1, r2, r3);
        _mm_storeu_ps(packed + (k + 0) * kRowPanel + 4 * q, r0);
        _mm_storeu_ps(packed + (k + 1) * kRowPanel + 4 * q, r1);
        _mm_storeu_ps(packed + (k + 2) * kRowPanel + 4 * q, r2);
        _mm_storeu_ps(packed + (k + 3) * kRowPanel + 4 * q, r3);
      }
      for (int r = 4 * kQuads; r < kRowPanel; ++r) {
        for (int i = 0; i < 4; ++i) packed[(k + i) * kRowPanel + r] = block[r * 16 + k + i];
      }
    }
    return;
  }
#endif
  for (int k = 0; k < columns; ++k) {
    for (int r = 0; r < kRowPanel; ++r) packed[k * kRowPanel + r] = block[r * 16 + k];
  }
}

// Packs one panel of `rows` (<= kRowPanel) rows; `element(r, k, n)` gives up to 16 values of row r from column k on.
template <typename Element>
inline void packPanel(int rows, int depth, float* packed, Element element) {
  alignas(64) float block[kRowPanel * 16];
  for (int r = rows; r < kRowPanel; ++r) store(block + r * 16, zero());
  for (int k = 0; k < depth; k += 16) {
    const int n = minOf(16, depth - k);
    for (int r = 0; r < rows; ++r) store(block + r * 16, element(r, k, n));
    transposeOut(block, n, packed + index(k) * kRowPanel);
  }
}

void packRows(const float* x, std::size_t ld, int rows, int depth, float* packed, std::size_t packedDepth) {
  for (int i = 0; i < rows; i += kRowPanel) {
    packPanel(minOf(kRowPanel, rows - i), depth, packed + index(i) * packedDepth,
              [=](int r, int k, int n) { return loadUpTo(x + index(i + r) * ld + index(k), n); });
  }
}

void packColumns(const float* w, std::size_t ld, int columns, int depth, float* packed) {
  for (int j = 0; j < columns; j += kColumnPanel) {
    const int n = minOf(kColumnPanel, columns - j);
    for (int k = 0; k < depth; ++k) {
      for (int c = 0; c < kColumnPanel; ++c) packed[c] = c < n ? w[index(j + c) * ld + index(k)] : 0.0f;
      packed += kColumnPanel;
    }
  }
}

float dot(const float* a, const float* b, int n) {
  Vec16 sum = zero();
  for (int i = 0; i < n; i += 16) sum = fma(loadUpTo(a + i, n - i), loadUpTo(b + i, n - i), sum);
  return sumLanes(sum);
}

inline float squareRoot(float x) { return __builtin_sqrtf(x); }

void rmsNormPack(const float* x, std::size_t ld, int rows, int width, const float* weight, float epsilon,
                 float* packed) {
  for (int i = 0; i < rows; i += kRowPanel) {
    const int n = minOf(kRowPanel, rows - i);
    float scale[kRowPanel];
    for (int r = 0; r < n; ++r) {
      const float* row = x + index(i + r) * ld;
      scale[r] = 1.0f / squareRoot(dot(row, row, width) / static_cast<float>(width) + epsilon);
    }
    packPanel(n, width, packed + index(i) * index(width), [&](int r, int k, int lanes) {
      const Vec16 normed = mul(loadUpTo(x + index(i + r) * ld + index(k), lanes), broadcast(scale[r]));
      return mul(normed, loadUpTo(weight + k, lanes));
    });
  }
}

void layerNormPack(const float* x, std::size_t ld, int rows, int width, const float* weight, const float* bias,
                   float epsilon, float* packed) {
  for (int i = 0; i < rows; i += kRowPanel) {
    const int n = minOf(kRowPanel, rows - i);
    float mean[kRowPanel];
    float scale[kRowPanel];
    for (int r = 0; r < n; ++r) {
      const float* row = x + index(i + r) * ld;
      Vec16 sum = zero();
      for (int k = 0; k < width; k += 16) sum = add(sum, loadUpTo(row + k, width - k));
      mean[r] = sumLanes(sum) / static_cast<float>(width);
      Vec16 squares = zero();
      for (int k = 0; k < width; k += 16) {
        const int lanes = minOf(16, width - k);
        float centred[16];
        store(centred, sub(loadUpTo(row + k, lanes), broadcast(mean[r])));
        const Vec16 d = loadUpTo(centred, lanes);  // lanes behind the row must not count
        squares = fma(d, d, squares);
      }
      scale[r] = 1.0f / squareRoot(sumLanes(squares) / static_cast<float>(width) + epsilon);
    }
    packPanel(n, width, packed + index(i) * index(width), [&](int r, int k, int lanes) {
      const Vec16 centred = sub(loadUpTo(x + index(i + r) * ld + index(k), lanes), broadcast(mean[r]));
      return fma(mul(centred, broadcast(scale[r])), loadUpTo(weight + k, lanes), loadUpTo(bias + k, lanes));
    });
  }
}

// ---- elementwise -----------------------------------------------------------------------------------------------------

inline Vec16 biasAt(const float* bias, int j, int n) { return bias != nullptr ? loadUpTo(bias + j, n) : zero(); }

void storeRows(const float* c, std::size_t ldc, int rows, int columns, const float* bias, float* y, std::size_t ldy) {
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      const Vec16 value = loadUpTo(c + index(r) * ldc + index(j), n);
      storeUpTo(y + index(r) * ldy + index(j), bias != nullptr ? add(value, loadUpTo(bias + j, n)) : value, n);
    }
  }
}

void addRows(const float* c, std::size_t ldc, int rows, int columns, const float* bias, const float* x, std::size_t ldx,
             float* y, std::size_t ldy) {
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      Vec16 value = loadUpTo(c + index(r) * ldc + index(j), n);
      if (bias != nullptr) value = add(value, loadUpTo(bias + j, n));
      storeUpTo(y + index(r) * ldy + index(j), add(loadUpTo(x + index(r) * ldx + index(j), n), value), n);
    }
  }
}

void addQuotient(const float* c, std::size_t ldc, int rows, int columns, const float* denominator, float* y,
                 std::size_t ldy) {
  for (int r = 0; r < rows; ++r) {
    const Vec16 divisor = broadcast(denominator != nullptr ? denominator[r] : 1.0f);
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      const Vec16 value = div(loadUpTo(c + index(r) * ldc + index(j), n), divisor);
      float* out = y + index(r) * ldy + index(j);
      storeUpTo(out, add(loadUpTo(out, n), value), n);
    }
  }
}

void swiGlu(float* gate, const float* up, std::size_t ld, int rows, int columns) {
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      const std::size_t at = index(r) * ld + index(j);
      const Vec16 g = loadUpTo(gate + at, n);
      storeUpTo(gate + at, mul(mul(g, sigmoidLanes(g)), loadUpTo(up + at, n)), n);
    }
  }
}

void gelu(float* h, std::size_t ld, int rows, int columns, const float* bias) {
  const Vec16 outer = broadcast(0.7978845608028654f);  // sqrt(2 / pi)
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      float* at = h + index(r) * ld + index(j);
      const Vec16 x = add(loadUpTo(at, n), biasAt(bias, j, n));
      const Vec16 inner = mul(outer, fma(mul(mul(x, x), x), broadcast(0.044715f), x));
      const Vec16 half = mul(x, broadcast(0.5f));
      storeUpTo(at, fma(half, tanhLanes(inner), half), n);
    }
  }
}

void sigmoidRows(float* x, std::size_t ld, int rows, int columns, const float* bias) {
  for (int r = 0; r < rows; ++r) {
    for (int j = 0; j < columns; j += 16) {
      const int n = columns - j;
      float* at = x + index(r) * ld + index(j);
      storeUpTo(at, sigmoidLanes(add(loadUpTo(at, n), biasAt(bias, j, n))), n);
    }
  }
}

void rotate(float* head, const float* cosine, const float* sine, int half) {
  for (int j = 0; j < half; j += 16) {
    const int n = half - j;
    const Vec16 c = loadUpTo(cosine + j, n);
    const Vec16 s = loadUpTo(sine + j, n);
    const Vec16 x = loadUpTo(head + j, n);
    const Vec16 y = loadUpTo(head + half + j, n);
    storeUpTo(head + j, sub(mul(x, c), mul(y, s)), n);
    storeUpTo(head + half + j, fma(x, s, mul(y, c)), n);
  }
}

// ---- associative memory ----------------------------------------------------------------------------------------------

void dpfp(const float* q, int width, bool normalize, float* phi) {
  const int wide = 2 * width;
  // The last order's block serves as room for x = [relu(q), relu(-q)]; it is written last, from high index to low, and
  // element i needs x[i] and x[i - 3] only.
  float* x = phi + 2 * wide;
  for (int i = 0; i < width; ++i) {
    x[i] = q[i] > 0.0f ? q[i] : 0.0f;
    x[width + i] = q[i] < 0.0f ? -q[i] : 0.0f;
  }
  for (int order = 1; order <= 2; ++order) {
    float* out = phi + (order - 1) * wide;
    for (int i = 0; i < order && i < wide; ++i) out[i] = x[i] * x[(i - order + 2 * wide) % wide];
    for (int i = order; i < wide; ++i) out[i] = x[i] * x[i - order];
  }
  float wrapped[3];
  for (int i = 0; i < 3; ++i) wrapped[i] = x[(i - 3 + 2 * wide) % wide];
  for (int i = wide - 1; i >= 3; --i) x[i] = x[i] * x[i - 3];
  for (int i = 0; i < 3 && i < wide; ++i) x[i] = x[i] * wrapped[i];
  if (!normalize) return;
  const float length = squareRoot(dot(phi, phi, 3 * wide));
  const Vec16 divisor = broadcast(length > 1e-12f ? length : 1e-12f);
  for (int i = 0; i < 3 * wide; i += 16) {
    storeUpTo(phi + i, div(loadUpTo(phi + i, 3 * wide - i), divisor), 3 * wide - i);
  }
}

void addScaled(float* z, float gamma, const float* k, int n) {
  const Vec16 factor = broadcast(gamma);
  for (int i = 0; i < n; i += 16) storeUpTo(z + i, fma(factor, loadUpTo(k + i, n - i), loadUpTo(z + i, n - i)), n - i);
}

void accumulate(float* w, const float* delta, int rows, double* deltaSquares, double* squares) {
  for (int v = 0; v < kVectors; ++v) {
    Vec16 changed = zero();
    Vec16 total = zero();
    for (int row = 0; row < rows; ++row) {
      const std::size_t at = index(row) * kColumnPanel + index(16 * v);
      const Vec16 d = load(delta + at);
      const Vec16 sum = add(load(w + at), d);
      store(w + at, sum);
      changed = fma(d, d, changed);
      total = fma(sum, sum, total);
    }
    deltaSquares[v] = static_cast<double>(sumLanes(changed));
    squares[v] = static_cast<double>(sumLanes(total));
  }
}

// ---- attention -------------------------------------------------------------------------------------------------------

std::size_t attentionScratch(int headDim) {
  // query and output tiles [headDim][NR], scores [kKeyBlock][NR], running maximum and sum, visible-key limits [NR]
  return index(2 * headDim + kKeyBlock + 3) * kColumnPanel;
}

struct AttentionState {
  float* query;    // [headDim][NR], scaled
  float* output;   // [headDim][NR]
  float* scores;   // [kKeyBlock][NR]
  float* maximum;  // [NR]
  float* sum;      // [NR]
  float* limit;    // [NR] last visible key
};

// Softmax over the lanes' own columns of one block of keys: scores become weights, the output is rescaled.
inline void softmaxBlock(const AttentionState& s, int headDim, int firstKey, int keys, bool masked) {
  const Vec16 lowest = broadcast(-__builtin_inff());
  for (int v = 0; v < kVectors; ++v) {
    const int lane = 16 * v;
    const Vec16 limit = load(s.limit + lane);
    const Vec16 before = load(s.maximum + lane);
    Vec16 highest = before;
    for (int j = 0; j < keys; ++j) {
      float* at = s.scores + j * kColumnPanel + lane;
      if (masked) store(at, selectLess(limit, broadcast(static_cast<float>(firstKey + j)), lowest, load(at)));
      highest = max(load(at), highest);
    }
    Vec16 blockSum = zero();
    for (int j = 0; j < keys; ++j) {
      float* at = s.scores + j * kColumnPanel + lane;
      const Vec16 weight = expLanes(sub(load(at), highest));
      store(at, weight);
      blockSum = add(blockSum, weight);
    }
    const Vec16 rescale = expLanes(sub(before, highest));
    store(s.maximum + lane, highest);
    store(s.sum + lane, fma(load(s.sum + lane), rescale, blockSum));
    for (int d = 0; d < headDim; ++d) {
      float* at = s.output + d * kColumnPanel + lane;
      store(at, mul(load(at), rescale));
    }
  }
}

void attend(const AttentionTile& t) {
  const int dim = t.headDim;
  AttentionState s;
  s.query = t.scratch;
  s.output = s.query + index(dim) * kColumnPanel;
  s.scores = s.output + index(dim) * kColumnPanel;
  s.maximum = s.scores + kKeyBlock * kColumnPanel;
  s.sum = s.maximum + kColumnPanel;
  s.limit = s.sum + kColumnPanel;

  const int firstRow = t.firstColumn / t.headsPerGroup;
  const int lastRow = (t.firstColumn + t.columnCount - 1) / t.headsPerGroup;
  for (int c = 0; c < kColumnPanel; ++c) {
    // Lanes behind the last column repeat it: they cost nothing and stay finite.
    const int column = t.firstColumn + minOf(c, t.columnCount - 1);
    const int row = column / t.headsPerGroup;
    const float* q = t.query + index(row) * t.queryStride + index((column % t.headsPerGroup) * dim);
    for (int d = 0; d < dim; ++d) s.query[d * kColumnPanel + c] = q[d] * t.scale;
    s.limit[c] = static_cast<float>(t.firstPosition + row);
    s.maximum[c] = -__builtin_inff();
    s.sum[c] = 0.0f;
  }
  for (int i = 0; i < dim * kColumnPanel; i += 16) store(s.output + i, zero());

  const int allVisible = t.firstPosition + firstRow + 1;
  const int someVisible = t.firstPosition + lastRow + 1;
  for (int first = 0; first < someVisible; first += kKeyBlock) {
    const int keys = minOf(kKeyBlock, someVisible - first);
    for (int j = 0; j < keys; j += kRowPanel) {
      multiplyPanel<kRowPanel>(t.keys + index(first + j) * index(dim), kRowPanel, s.query, dim,
                               s.scores + j * kColumnPanel, kColumnPanel, false);
    }
    softmaxBlock(s, dim, first, keys, first + keys > allVisible);
    for (int d = 0; d < dim; d += kRowPanel) {
      panelFunction(minOf(kRowPanel, dim - d))(t.values + index(first) * index(dim) + index(d), index(dim), s.scores,
                                               keys, s.output + d * kColumnPanel, kColumnPanel, true);
    }
  }
  for (int v = 0; v < kVectors; ++v) {
    const Vec16 total = load(s.sum + 16 * v);
    for (int d = 0; d < dim; ++d) {
      float* at = s.output + d * kColumnPanel + 16 * v;
      store(at, div(load(at), total));
    }
  }
  for (int c = 0; c < t.columnCount; ++c) {
    const int row = (t.firstColumn + c) / t.headsPerGroup;
    const int head = (t.firstColumn + c) % t.headsPerGroup;
    float* out = t.output + index(row / kRowPanel) * t.outputK * kRowPanel +
                 (t.outputColumn + index(head * dim)) * kRowPanel + index(row % kRowPanel);
    for (int d = 0; d < dim; ++d) out[d * kRowPanel] = s.output[d * kColumnPanel + c];
  }
}

// ---- what the arithmetic units can do --------------------------------------------------------------------------------

double peakLoop(long iterations) {
  Vec16 sum[kRowPanel][kVectors];  // all start differently, or the compiler computes equal ones only once
#pragma GCC unroll 12
  for (int r = 0; r < kRowPanel; ++r) {
#pragma GCC unroll 2
    for (int v = 0; v < kVectors; ++v) sum[r][v] = broadcast(0.001f * static_cast<float>(r * kVectors + v));
  }
  const Vec16 factor = broadcast(0.999f);
  const Vec16 addend = broadcast(1e-4f);
  for (long i = 0; i < iterations; ++i) {
#pragma GCC unroll 12
    for (int r = 0; r < kRowPanel; ++r) {
#pragma GCC unroll 2
      for (int v = 0; v < kVectors; ++v) sum[r][v] = fma(sum[r][v], factor, addend);
    }
  }
  Vec16 all = zero();
  for (int r = 0; r < kRowPanel; ++r) {
    for (int v = 0; v < kVectors; ++v) all = add(all, sum[r][v]);
  }
  volatile float keep = sumLanes(all);
  (void)keep;
  return 2.0 * 16 * kRowPanel * kVectors * static_cast<double>(iterations);
}

constexpr KernelTable kTable = {
    kName,     kRowPanel, kColumnPanel, multiply,    outerProduct, packRows, rmsNormPack, layerNormPack,
    packColumns, storeRows, addRows,      addQuotient, swiGlu,       gelu,     sigmoidRows, rotate,
    dpfp,      dot,       addScaled,    accumulate,  attend,       attentionScratch, peakLoop,
};

}  // namespace

const KernelTable& TM_KERNELS_GETTER() { return kTable; }

}  // namespace tidemark::cpu

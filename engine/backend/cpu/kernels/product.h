// Matrix products of packed rows and packed columns (kernel_table.h). Included by kernels_impl.h inside its unnamed
// namespace, as all files beside it are.

// c[kRows][ldc] (+)= a x b: a(r, k) = a[k * aStride + r], b(k, :) one panel.
template <int kRows>
TM_RANGES_CHECKED_BEFORE void multiplyPanel(const float* a, std::size_t aStride, const float* b, int depth, float* c,
                                            std::size_t ldc, bool accumulate) {
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
    nullptr,
    multiplyPanel<1>,
    multiplyPanel<2>,
    multiplyPanel<3>,
    multiplyPanel<4>,
#if !defined(TM_KERNELS_AVX512) && !defined(TM_KERNELS_AVX2)
  };
#else
    multiplyPanel<5>,
    multiplyPanel<6>,
#if defined(TM_KERNELS_AVX512)
    multiplyPanel<7>,
    multiplyPanel<8>,
    multiplyPanel<9>,
    multiplyPanel<10>,
    multiplyPanel<11>,
    multiplyPanel<12>,
#endif
  };
#endif
  return kFunctions[rows];
}

void multiplyChecked(int rows, const float* a, std::size_t aStride, const float* b, int depth, float* c,
                     std::size_t ldc, bool accumulate) {
  if (depth > 0) checkRange(a, index(depth - 1) * aStride + index(rows));
  checkRange(b, index(depth) * kColumnPanel);
  checkRange(c, index(rows - 1) * ldc + kColumnPanel);
  panelFunction(rows)(a, aStride, b, depth, c, ldc, accumulate);
}

// One row times four panels at once: a single row alone would wait for its own two accumulators. Memory-bound when the
// weights are not in cache, and then this is the decoding path's whole cost.
TM_RANGES_CHECKED_BEFORE void multiplyOneRow(const float* a, const float* b, int columns, int depth, float* c) {
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
    const std::size_t whole = index((columns + kColumnPanel - 1) / kColumnPanel * kColumnPanel);
    if (depth > 0) checkRange(a, index((depth - 1) * kRowPanel + 1));
    checkRange(b, index(depth) * whole);
    checkRange(c, whole);
    multiplyOneRow(a, b, columns, depth, c);
    return;
  }
  for (int k = 0; k < depth; k += kDepthBlock) {
    const int deep = minOf(kDepthBlock, depth - k);
    for (int j = 0; j < columns; j += kColumnPanel) {
      const float* panelB = b + index(j) * index(depth) + index(k) * kColumnPanel;
      for (int i = 0; i < rows; i += kRowPanel) {
        const float* panelA = a + index(i) * index(depth) + index(k) * kRowPanel;
        multiplyChecked(minOf(kRowPanel, rows - i), panelA, kRowPanel, panelB, deep, c + index(i) * ldc + index(j), ldc,
                        k > 0);
      }
    }
  }
}

void outerProduct(const float* k, std::size_t ldk, const float* v, int rows, int depthOut, float* c) {
  for (int j = 0; j < depthOut; j += kRowPanel) {
    multiplyChecked(minOf(kRowPanel, depthOut - j), k + j, ldk, v, rows, c + index(j) * kColumnPanel, kColumnPanel,
                    false);
  }
}

// Packing of rows and columns, and the two norms, which pack what they normalise. See product.h on inclusion.

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

inline float squareRoot(float x) {
  return __builtin_sqrtf(x);
}

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

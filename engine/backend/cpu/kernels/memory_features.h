// Features and updates of the associative memory. See product.h on inclusion.

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

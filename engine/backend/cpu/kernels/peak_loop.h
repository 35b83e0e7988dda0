// What the arithmetic units can do. See product.h on inclusion.

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

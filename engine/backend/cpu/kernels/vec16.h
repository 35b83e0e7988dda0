// Sixteen float lanes on whatever the including file is compiled for: one AVX-512 register, two AVX registers, or an
// array. Included inside an unnamed namespace by kernels_impl.h only; no header guard trickery, no std templates here:
// an inline function compiled with wider instructions must never be the copy that the rest of the program links.
//
// Every operation is exactly rounded or defined lane by lane, so the three versions agree bit for bit.

// Into whatever calls them: a compiler would not inline them on its own where a sanitizer watches one side only.
#define TM_LANES inline __attribute__((always_inline))

#if defined(TM_KERNELS_AVX512)
struct Vec16 {
  __m512 v;
};
TM_LANES Vec16 load(const float* p) {
  return {_mm512_loadu_ps(p)};
}
TM_LANES void store(float* p, Vec16 a) {
  _mm512_storeu_ps(p, a.v);
}
TM_LANES Vec16 broadcast(float x) {
  return {_mm512_set1_ps(x)};
}
TM_LANES Vec16 add(Vec16 a, Vec16 b) {
  return {_mm512_add_ps(a.v, b.v)};
}
TM_LANES Vec16 sub(Vec16 a, Vec16 b) {
  return {_mm512_sub_ps(a.v, b.v)};
}
TM_LANES Vec16 mul(Vec16 a, Vec16 b) {
  return {_mm512_mul_ps(a.v, b.v)};
}
TM_LANES Vec16 div(Vec16 a, Vec16 b) {
  return {_mm512_div_ps(a.v, b.v)};
}
TM_LANES Vec16 fma(Vec16 a, Vec16 b, Vec16 c) {
  return {_mm512_fmadd_ps(a.v, b.v, c.v)};
}
TM_LANES Vec16 max(Vec16 a, Vec16 b) {
  return {_mm512_max_ps(a.v, b.v)};
}
TM_LANES Vec16 min(Vec16 a, Vec16 b) {
  return {_mm512_min_ps(a.v, b.v)};
}
// a < b ? x : y, per lane
TM_LANES Vec16 selectLess(Vec16 a, Vec16 b, Vec16 x, Vec16 y) {
  return {_mm512_mask_blend_ps(_mm512_cmp_ps_mask(a.v, b.v, _CMP_LT_OQ), y.v, x.v)};
}
// value * 2^n for integral n in [-126, 128): n is added to the exponent field
TM_LANES Vec16 scaleByPowerOfTwo(Vec16 value, Vec16 n) {
  const __m512i shift = _mm512_slli_epi32(_mm512_cvtps_epi32(n.v), 23);
  return {_mm512_castsi512_ps(_mm512_add_epi32(_mm512_castps_si512(value.v), shift))};
}
#elif defined(TM_KERNELS_AVX2)
struct Vec16 {
  __m256 lo, hi;
};
TM_LANES Vec16 load(const float* p) {
  return {_mm256_loadu_ps(p), _mm256_loadu_ps(p + 8)};
}
TM_LANES void store(float* p, Vec16 a) {
  _mm256_storeu_ps(p, a.lo);
  _mm256_storeu_ps(p + 8, a.hi);
}
TM_LANES Vec16 broadcast(float x) {
  return {_mm256_set1_ps(x), _mm256_set1_ps(x)};
}
TM_LANES Vec16 add(Vec16 a, Vec16 b) {
  return {_mm256_add_ps(a.lo, b.lo), _mm256_add_ps(a.hi, b.hi)};
}
TM_LANES Vec16 sub(Vec16 a, Vec16 b) {
  return {_mm256_sub_ps(a.lo, b.lo), _mm256_sub_ps(a.hi, b.hi)};
}
TM_LANES Vec16 mul(Vec16 a, Vec16 b) {
  return {_mm256_mul_ps(a.lo, b.lo), _mm256_mul_ps(a.hi, b.hi)};
}
TM_LANES Vec16 div(Vec16 a, Vec16 b) {
  return {_mm256_div_ps(a.lo, b.lo), _mm256_div_ps(a.hi, b.hi)};
}
TM_LANES Vec16 fma(Vec16 a, Vec16 b, Vec16 c) {
  return {_mm256_fmadd_ps(a.lo, b.lo, c.lo), _mm256_fmadd_ps(a.hi, b.hi, c.hi)};
}
TM_LANES Vec16 max(Vec16 a, Vec16 b) {
  return {_mm256_max_ps(a.lo, b.lo), _mm256_max_ps(a.hi, b.hi)};
}
TM_LANES Vec16 min(Vec16 a, Vec16 b) {
  return {_mm256_min_ps(a.lo, b.lo), _mm256_min_ps(a.hi, b.hi)};
}
TM_LANES Vec16 selectLess(Vec16 a, Vec16 b, Vec16 x, Vec16 y) {
  return {_mm256_blendv_ps(y.lo, x.lo, _mm256_cmp_ps(a.lo, b.lo, _CMP_LT_OQ)),
          _mm256_blendv_ps(y.hi, x.hi, _mm256_cmp_ps(a.hi, b.hi, _CMP_LT_OQ))};
}
TM_LANES __m256 scaleHalf(__m256 value, __m256 n) {
  const __m256i shift = _mm256_slli_epi32(_mm256_cvtps_epi32(n), 23);
  return _mm256_castsi256_ps(_mm256_add_epi32(_mm256_castps_si256(value), shift));
}
TM_LANES Vec16 scaleByPowerOfTwo(Vec16 value, Vec16 n) {
  return {scaleHalf(value.lo, n.lo), scaleHalf(value.hi, n.hi)};
}
#else
struct Vec16 {
  float v[16];
};
#define TM_EACH_LANE(expression) \
  Vec16 r;                       \
  for (int i = 0; i < 16; ++i) { \
    r.v[i] = (expression);       \
  }                              \
  return r
TM_LANES Vec16 load(const float* p) {
  TM_EACH_LANE(p[i]);
}
TM_LANES void store(float* p, const Vec16& a) {
  for (int i = 0; i < 16; ++i) p[i] = a.v[i];
}
TM_LANES Vec16 broadcast(float x) {
  TM_EACH_LANE(x);
}
TM_LANES Vec16 add(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] + b.v[i]);
}
TM_LANES Vec16 sub(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] - b.v[i]);
}
TM_LANES Vec16 mul(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] * b.v[i]);
}
TM_LANES Vec16 div(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] / b.v[i]);
}
TM_LANES Vec16 fma(const Vec16& a, const Vec16& b, const Vec16& c) {
  TM_EACH_LANE(__builtin_fmaf(a.v[i], b.v[i], c.v[i]));
}
// As the x86 instructions: the second operand when either is NaN.
TM_LANES Vec16 max(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] > b.v[i] ? a.v[i] : b.v[i]);
}
TM_LANES Vec16 min(const Vec16& a, const Vec16& b) {
  TM_EACH_LANE(a.v[i] < b.v[i] ? a.v[i] : b.v[i]);
}
TM_LANES Vec16 selectLess(const Vec16& a, const Vec16& b, const Vec16& x, const Vec16& y) {
  TM_EACH_LANE(a.v[i] < b.v[i] ? x.v[i] : y.v[i]);
}
TM_LANES Vec16 scaleByPowerOfTwo(const Vec16& value, const Vec16& n) {
  Vec16 r;
  for (int i = 0; i < 16; ++i) {
    unsigned bits;
    __builtin_memcpy(&bits, &value.v[i], sizeof bits);
    // A NaN's n is NaN: the instructions turn it into INT_MIN, whose shift is 0.
    const int exponent = n.v[i] == n.v[i] ? static_cast<int>(n.v[i]) : 0;
    bits += static_cast<unsigned>(exponent) << 23;
    __builtin_memcpy(&r.v[i], &bits, sizeof bits);
  }
  return r;
}
#undef TM_EACH_LANE
#endif

TM_LANES Vec16 zero() {
  return broadcast(0.0f);
}

// The first n (< 16) lanes from memory, zeros behind; a full vector is load().
TM_LANES Vec16 loadPartial(const float* p, int n) {
  float lanes[16];
  for (int i = 0; i < 16; ++i) lanes[i] = i < n ? p[i] : 0.0f;
  return load(lanes);
}
TM_LANES void storePartial(float* p, const Vec16& a, int n) {
  float lanes[16];
  store(lanes, a);
  for (int i = 0; i < n; ++i) p[i] = lanes[i];
}
TM_LANES Vec16 loadUpTo(const float* p, int n) {
  return n >= 16 ? load(p) : loadPartial(p, n);
}
TM_LANES void storeUpTo(float* p, const Vec16& a, int n) {
  if (n >= 16) {
    store(p, a);
  } else {
    storePartial(p, a, n);
  }
}

// Sum of the lanes in one fixed tree.
TM_LANES float sumLanes(const Vec16& a) {
  float l[16];
  store(l, a);
  for (int width = 8; width > 0; width /= 2) {
    for (int i = 0; i < width; ++i) l[i] += l[i + width];
  }
  return l[0];
}

// e^x: 2^n * p(r) with r = x - n ln 2 in two steps and a polynomial of degree 6 (error below 2 ulp). Below -87 the
// result is 0 (a float's smallest normal is e^-87.3), above 88 it saturates near 1.65e38; NaN stays NaN.
TM_LANES Vec16 expLanes(Vec16 x) {
  const Vec16 low = broadcast(-87.0f);
  const Vec16 tooSmall = x;
  x = min(broadcast(88.0f), max(low, x));
  const Vec16 magic = broadcast(12582912.0f);  // 1.5 * 2^23: adding it rounds to the nearest integer
  const Vec16 n = sub(fma(x, broadcast(1.44269504088896341f), magic), magic);
  Vec16 r = fma(n, broadcast(-0.693359375f), x);
  r = fma(n, broadcast(2.12194440e-4f), r);
  Vec16 p = broadcast(1.9875691500e-4f);
  p = fma(p, r, broadcast(1.3981999507e-3f));
  p = fma(p, r, broadcast(8.3334519073e-3f));
  p = fma(p, r, broadcast(4.1665795894e-2f));
  p = fma(p, r, broadcast(1.6666665459e-1f));
  p = fma(p, r, broadcast(5.0000001201e-1f));
  p = fma(p, mul(r, r), r);
  p = add(p, broadcast(1.0f));
  return selectLess(tooSmall, low, zero(), scaleByPowerOfTwo(p, n));
}

TM_LANES Vec16 sigmoidLanes(Vec16 x) {
  const Vec16 one = broadcast(1.0f);
  return div(one, add(one, expLanes(sub(zero(), x))));
}

// tanh(u) = 1 - 2 / (1 + e^(2u))
TM_LANES Vec16 tanhLanes(Vec16 u) {
  const Vec16 one = broadcast(1.0f);
  return sub(one, div(broadcast(2.0f), add(one, expLanes(add(u, u)))));
}

// What is done to a product's tile before it is stored, and rotary positions. See product.h on inclusion.

inline Vec16 biasAt(const float* bias, int j, int n) {
  return bias != nullptr ? loadUpTo(bias + j, n) : zero();
}

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

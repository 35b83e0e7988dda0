#pragma once
// The kernels' operations in the plainest form, in double, on plain row-major arrays: what tests/ops compares with.

#include <span>
#include <vector>

#include "tests/support/compare.h"

namespace tidemark::testing::naive {

using Floats = std::span<const float>;

/// A row-major matrix inside a larger one.
struct Rows {
  Floats values;
  int count = 0;
  int width = 0;
  int stride = 0;
  [[nodiscard]] double at(int row, int column) const {
    return static_cast<double>(values[static_cast<std::size_t>(row * stride + column)]);
  }
};

/// a [rows, depth] x b [columns, depth]^T.
[[nodiscard]] Expected multiply(const Rows& a, const Rows& b);
/// k [rows, keys]^T x v [rows, columns].
[[nodiscard]] Expected outerProduct(const Rows& k, const Rows& v);
[[nodiscard]] Expected rmsNorm(const Rows& x, Floats weight, double epsilon);
[[nodiscard]] Expected layerNorm(const Rows& x, Floats weight, Floats bias, double epsilon);

// Empty `bias` or `denominator`: none.
[[nodiscard]] Expected addRows(const Rows& x, const Rows& c, Floats bias);
[[nodiscard]] Expected addQuotient(const Rows& y, const Rows& c, Floats denominator);
[[nodiscard]] Expected swiGlu(const Rows& gate, const Rows& up);
[[nodiscard]] Expected gelu(const Rows& h, Floats bias);
[[nodiscard]] Expected sigmoid(const Rows& x, Floats bias);

/// One head of 2 * half values; cosine and sine have `half`.
[[nodiscard]] Expected rotate(Floats head, Floats cosine, Floats sine);
/// phi [6 * width] of one head.
[[nodiscard]] Expected dpfp(Floats q, bool normalize);
[[nodiscard]] Expected dot(Floats a, Floats b);
[[nodiscard]] Expected addScaled(Floats z, float gamma, Floats k);

/// Causal attention of one key/value head: query [rows, group * headDim], keys and values [positions, headDim]; query
/// row r stands at position firstPosition + r. Result [rows, group * headDim].
[[nodiscard]] Expected attend(const Rows& query, Floats keys, Floats values, int headDim, int firstPosition,
                              double scale);

}  // namespace tidemark::testing::naive

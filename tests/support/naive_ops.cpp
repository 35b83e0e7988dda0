#include "tests/support/naive_ops.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace tidemark::testing::naive {
namespace {

double biasAt(Floats bias, int i) {
  return bias.empty() ? 0.0 : static_cast<double>(bias[static_cast<std::size_t>(i)]);
}

double logistic(double x) {
  return 1.0 / (1.0 + std::exp(-x));
}

/// Calls visit(row, column) in row-major order.
template <typename Visit>
void forEach(const Rows& rows, Visit visit) {
  for (int r = 0; r < rows.count; ++r) {
    for (int j = 0; j < rows.width; ++j) visit(r, j);
  }
}

}  // namespace

Expected multiply(const Rows& a, const Rows& b) {
  Expected expected;
  for (int r = 0; r < a.count; ++r) {
    for (int j = 0; j < b.count; ++j) {
      double sum = 0;
      double magnitude = 0;
      for (int k = 0; k < a.width; ++k) {
        const double term = a.at(r, k) * b.at(j, k);
        sum += term;
        magnitude += std::abs(term);
      }
      expected.add(sum, magnitude);
    }
  }
  return expected;
}

Expected outerProduct(const Rows& k, const Rows& v) {
  Expected expected;
  for (int key = 0; key < k.width; ++key) {
    for (int j = 0; j < v.width; ++j) {
      double sum = 0;
      double magnitude = 0;
      for (int row = 0; row < k.count; ++row) {
        const double term = k.at(row, key) * v.at(row, j);
        sum += term;
        magnitude += std::abs(term);
      }
      expected.add(sum, magnitude);
    }
  }
  return expected;
}

Expected rmsNorm(const Rows& x, Floats weight, double epsilon) {
  Expected expected;
  for (int r = 0; r < x.count; ++r) {
    double squares = 0;
    for (int j = 0; j < x.width; ++j) squares += x.at(r, j) * x.at(r, j);
    const double scale = 1.0 / std::sqrt(squares / x.width + epsilon);
    for (int j = 0; j < x.width; ++j) {
      const double value = x.at(r, j) * scale * static_cast<double>(weight[static_cast<std::size_t>(j)]);
      expected.add(value, std::abs(value));
    }
  }
  return expected;
}

Expected layerNorm(const Rows& x, Floats weight, Floats bias, double epsilon) {
  Expected expected;
  for (int r = 0; r < x.count; ++r) {
    double mean = 0;
    double meanMagnitude = 0;
    for (int j = 0; j < x.width; ++j) {
      mean += x.at(r, j) / x.width;
      meanMagnitude += std::abs(x.at(r, j)) / x.width;
    }
    double squares = 0;
    for (int j = 0; j < x.width; ++j) squares += (x.at(r, j) - mean) * (x.at(r, j) - mean);
    const double scale = 1.0 / std::sqrt(squares / x.width + epsilon);
    for (int j = 0; j < x.width; ++j) {
      const double factor = scale * static_cast<double>(weight[static_cast<std::size_t>(j)]);
      expected.add((x.at(r, j) - mean) * factor + biasAt(bias, j),
                   (std::abs(x.at(r, j)) + meanMagnitude) * std::abs(factor) + std::abs(biasAt(bias, j)));
    }
  }
  return expected;
}

Expected addRows(const Rows& x, const Rows& c, Floats bias) {
  Expected expected;
  forEach(c, [&](int r, int j) {
    expected.add(x.at(r, j) + (c.at(r, j) + biasAt(bias, j)),
                 std::abs(x.at(r, j)) + std::abs(c.at(r, j)) + std::abs(biasAt(bias, j)));
  });
  return expected;
}

Expected addQuotient(const Rows& y, const Rows& c, Floats denominator) {
  Expected expected;
  forEach(c, [&](int r, int j) {
    const double quotient =
        c.at(r, j) / (denominator.empty() ? 1.0 : static_cast<double>(denominator[static_cast<std::size_t>(r)]));
    expected.add(y.at(r, j) + quotient, std::abs(y.at(r, j)) + std::abs(quotient));
  });
  return expected;
}

Expected swiGlu(const Rows& gate, const Rows& up) {
  Expected expected;
  forEach(gate, [&](int r, int j) {
    const double value = gate.at(r, j) * logistic(gate.at(r, j)) * up.at(r, j);
    expected.add(value, std::abs(value));
  });
  return expected;
}

Expected gelu(const Rows& h, Floats bias) {
  Expected expected;
  forEach(h, [&](int r, int j) {
    const double x = h.at(r, j) + biasAt(bias, j);
    const double inner = std::sqrt(2 / std::numbers::pi) * (x + 0.044715 * x * x * x);
    // 1 + tanh cancels for negative x: the error goes with |x|, and with the rounding of x itself.
    expected.add(0.5 * x * (1 + std::tanh(inner)), std::abs(h.at(r, j)) + std::abs(biasAt(bias, j)));
  });
  return expected;
}

Expected sigmoid(const Rows& x, Floats bias) {
  Expected expected;
  forEach(x, [&](int r, int j) {
    const double value = logistic(x.at(r, j) + biasAt(bias, j));
    // Rounding x + bias moves the logarithm of the result by as much.
    expected.add(value, value * (1 + (bias.empty() ? 0.0 : std::abs(x.at(r, j) + biasAt(bias, j)) / 2)));
  });
  return expected;
}

Expected rotate(Floats head, Floats cosine, Floats sine) {
  Expected expected;
  const std::size_t half = cosine.size();
  for (std::size_t i = 0; i < 2 * half; ++i) {
    const std::size_t j = i % half;
    const double a = static_cast<double>(head[i]) * static_cast<double>(cosine[j]);
    const double b = static_cast<double>(head[(i + half) % (2 * half)]) * static_cast<double>(sine[j]);
    expected.add(i < half ? a - b : a + b, std::abs(a) + std::abs(b));
  }
  return expected;
}

Expected dpfp(Floats q, bool normalize) {
  std::vector<double> x;
  for (float value : q) x.push_back(std::max(static_cast<double>(value), 0.0));
  for (float value : q) x.push_back(std::max(-static_cast<double>(value), 0.0));
  const std::size_t wide = x.size();
  std::vector<double> phi;
  for (std::size_t order = 1; order <= 3; ++order) {
    for (std::size_t i = 0; i < wide; ++i) phi.push_back(x[i] * x[(i + 3 * wide - order) % wide]);
  }
  double squares = 0;
  for (double value : phi) squares += value * value;
  const double divisor = normalize ? std::max(std::sqrt(squares), 1e-12) : 1.0;
  Expected expected;
  for (double value : phi) expected.add(value / divisor, value / divisor);
  return expected;
}

Expected dot(Floats a, Floats b) {
  const int n = static_cast<int>(a.size());
  return multiply({a, 1, n, n}, {b, 1, n, n});
}

Expected addScaled(Floats z, float gamma, Floats k) {
  Expected expected;
  for (std::size_t i = 0; i < z.size(); ++i) {
    const double term = static_cast<double>(gamma) * static_cast<double>(k[i]);
    expected.add(static_cast<double>(z[i]) + term, std::abs(static_cast<double>(z[i])) + std::abs(term));
  }
  return expected;
}

Expected attend(const Rows& query, Floats keys, Floats values, int headDim, int firstPosition, double scale) {
  Expected expected;
  const Rows keyRows{keys, static_cast<int>(keys.size()) / headDim, headDim, headDim};
  const Rows valueRows{values, keyRows.count, headDim, headDim};
  for (int r = 0; r < query.count; ++r) {
    for (int first = 0; first < query.width; first += headDim) {
      std::vector<double> weights;
      for (int key = 0; key <= firstPosition + r; ++key) {
        double score = 0;
        for (int d = 0; d < headDim; ++d) score += query.at(r, first + d) * keyRows.at(key, d);
        weights.push_back(score * scale);
      }
      const double highest = *std::max_element(weights.begin(), weights.end());
      double total = 0;
      for (double& weight : weights) total += weight = std::exp(weight - highest);
      for (int d = 0; d < headDim; ++d) {
        double sum = 0;
        double magnitude = 0;
        for (std::size_t key = 0; key < weights.size(); ++key) {
          const double term = weights[key] / total * valueRows.at(static_cast<int>(key), d);
          sum += term;
          magnitude += std::abs(term);
        }
        expected.add(sum, magnitude);
      }
    }
  }
  return expected;
}

}  // namespace tidemark::testing::naive

// Causal attention with online softmax over blocks of keys: scores never exist for more than one block. Lanes are
// queries, so no sum crosses lanes. See product.h on inclusion.

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

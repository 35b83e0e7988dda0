#pragma once
// The inner loops of the CPU backend as a table of functions, one table per instruction set, chosen at run time.
//
// All tables give the same bits. Every element of a matrix product is one chain of fused multiply-adds over k in
// ascending order, whatever the tile; sums over a row use 16 lanes and one fixed tree (vec16.h); exp is our own. So a
// session read on one machine has the same hash on another, and a product of one row equals that row of a large
// product.
//
// Layouts, all float32:
//   packed rows     [ceil(rows / MR)][K][MR]   rows of a left operand, MR side by side; the last panel is zero-padded
//   packed columns  [ceil(N / NR)][K][NR]      columns of a right operand (weights, W_mem), NR side by side,
//   zero-padded

#include <cstddef>

namespace tidemark::cpu {

/// Columns that one sum of a panel covers, whatever NR: what is measured must not depend on the instruction set either.
inline constexpr int kLanes = 16;

/// One block of queries of one key/value head. Columns are (row, head of the group) pairs, row-major: column c is query
/// row c / headsPerGroup, head c % headsPerGroup. Key j is visible to a query at position p when j <= p.
struct AttentionTile {
  const float* query = nullptr;   // row 0, first head of the group; heads of the group are headDim apart
  std::size_t queryStride = 0;    // between rows
  const float* keys = nullptr;    // packed rows (keys) of length headDim
  const float* values = nullptr;  // [key][headDim]
  int headDim = 0;
  int headsPerGroup = 0;
  int firstColumn = 0;
  int columnCount = 0;    // at most NR
  int firstPosition = 0;  // position of query row 0; keys 0 .. position are visible
  float scale = 0;
  float* output = nullptr;       // packed rows: row r of the query block, column (head of the model) * headDim + d
  std::size_t outputColumn = 0;  // column of the group's first head
  std::size_t outputK = 0;       // K of the packed output
  float* scratch = nullptr;      // attentionScratch(headDim) floats
};

struct KernelTable {
  const char* name;
  int rowPanel;     // MR
  int columnPanel;  // NR

  /// c[rows][ldc] = A x B for columns [0, columns): `a` packed rows, `b` packed columns, both starting at a panel, K
  /// deep. Writes whole panels: ldc and the buffer must have room for columns rounded up to NR.
  void (*multiply)(const float* a, const float* b, int rows, int columns, int depth, float* c, std::size_t ldc);

  /// c[depthOut][NR] = sum over rows m of k[m][j] * v[m][NR]: the rank-M update of one W_mem panel. k has row stride
  /// ldk.
  void (*outerProduct)(const float* k, std::size_t ldk, const float* v, int rows, int depthOut, float* c);

  /// Packs rows [rows][depth] with stride ld into panels that are packedDepth (>= depth) deep.
  void (*packRows)(const float* x, std::size_t ld, int rows, int depth, float* packed, std::size_t packedDepth);
  /// RMSNorm / LayerNorm of each row, packed.
  void (*rmsNormPack)(const float* x, std::size_t ld, int rows, int width, const float* weight, float epsilon,
                      float* packed);
  void (*layerNormPack)(const float* x, std::size_t ld, int rows, int width, const float* weight, const float* bias,
                        float epsilon, float* packed);
  /// Packs weights given as [columns][depth] rows (stride ld) into columnPanel panels.
  void (*packColumns)(const float* w, std::size_t ld, int columns, int depth, float* packed);

  /// y[r][j] = c[r][j] (+ bias[j]).
  void (*storeRows)(const float* c, std::size_t ldc, int rows, int columns, const float* bias, float* y,
                    std::size_t ldy);
  /// y[r][j] = x[r][j] + (c[r][j] + bias[j]); x may be y.
  void (*addRows)(const float* c, std::size_t ldc, int rows, int columns, const float* bias, const float* x,
                  std::size_t ldx, float* y, std::size_t ldy);
  /// y[r][j] += c[r][j] / denominator[r] (or c[r][j] when denominator is null).
  void (*addQuotient)(const float* c, std::size_t ldc, int rows, int columns, const float* denominator, float* y,
                      std::size_t ldy);
  /// In place: gate <- silu(gate) * up, both [rows][ld].
  void (*swiGlu)(float* gate, const float* up, std::size_t ld, int rows, int columns);
  /// In place: h <- gelu_tanh(h + bias).
  void (*gelu)(float* h, std::size_t ld, int rows, int columns, const float* bias);
  /// In place: x <- sigmoid(x + bias).
  void (*sigmoidRows)(float* x, std::size_t ld, int rows, int columns, const float* bias);

  /// Rotates pairs (j, j + half) of one head: cosine and sine have `half` entries.
  void (*rotate)(float* head, const float* cosine, const float* sine, int half);

  /// DPFP features of one head: q[width] -> phi[6 * width], optionally scaled to unit length (at least 1e-12).
  void (*dpfp)(const float* q, int width, bool normalize, float* phi);
  float (*dot)(const float* a, const float* b, int n);
  /// z[j] += gamma * k[j].
  void (*addScaled)(float* z, float gamma, const float* k, int n);
  /// One panel of W_mem, w[rows][NR] += delta[rows][NR], and for each kLanes of its columns |delta|^2 and |w|^2 after.
  void (*accumulate)(float* w, const float* delta, int rows, double* deltaSquares, double* squares);

  void (*attend)(const AttentionTile& tile);
  std::size_t (*attentionScratch)(int headDim);  // floats

  /// A loop of independent fused multiply-adds: returns the flops done; what the arithmetic units can do at most.
  double (*peakLoop)(long iterations);
};

/// Tables that this build has and this machine can run, fastest first; the plain one is always the last.
struct KernelChoice {
  const KernelTable* tables[3];
  int count;
};
[[nodiscard]] KernelChoice availableKernels();

}  // namespace tidemark::cpu

// What the GPU has to do for the shapes that it is measured with, counted by hand, and what follows from that.

#include "engine/backend/cuda/cuda_prediction.h"

#include <gtest/gtest.h>

#include <set>

#include "app/cli/bench_model.h"

namespace tidemark {
namespace {

/// The low end of what was measured on an H100.
constexpr CudaRates kReference{740, 300, 2.8};

ModelConfig presetConfig(const std::string& name) {
  for (const cli::BenchPreset& preset : cli::benchPresets()) {
    if (preset.name == name) return preset.config;
  }
  ADD_FAILURE() << name;
  return {};
}

CudaShape shapeOf(const ModelConfig& config) {
  auto shape = makeCudaShape(config);
  EXPECT_TRUE(shape.ok());
  return *shape;
}

const CudaPart& find(const std::vector<CudaPart>& parts, const std::string& name) {
  for (const CudaPart& part : parts) {
    if (part.name == name) return part;
  }
  ADD_FAILURE() << name;
  return parts.front();
}

TEST(CudaPrediction, CountsTheOneBillionShapeAsByHand) {
  const ModelConfig config = presetConfig("llama-1b");
  const auto parts = countCudaParts(config, shapeOf(config));
  const double rows = 16 * 1152.0;  // of a diagonal
  EXPECT_EQ(find(parts, "QKV product").operations(), 2 * rows * 2048 * (32 + 2 * 8) * 64);
  EXPECT_EQ(find(parts, "QKV product").bytes(), 2 * (rows * 2048 + 16 * 2048.0 * 3072 + rows * 3072));
  EXPECT_EQ(find(parts, "output product").operations(), 2 * rows * 2048 * 2048);
  EXPECT_EQ(find(parts, "output product").bytes(), 2 * (3 * rows * 2048 + 16 * 2048.0 * 2048));
  EXPECT_EQ(find(parts, "gate/up product").operations(), 2 * rows * 2048 * 16384);
  EXPECT_EQ(find(parts, "down product").operations(), 2 * rows * 2048 * 8192);
  EXPECT_EQ(find(parts, "SwiGLU").bytes(), 2 * rows * 3 * 8192);
  EXPECT_EQ(find(parts, "attention norm").bytes(), 2 * rows * 2 * 2048);
  EXPECT_EQ(find(parts, "rotary positions").bytes(), 2 * rows * 2 * 8 * 64);  // keys; queries turn inside attention
  // q k and p v, 64 multiply-adds each, for 1152 * 1153 / 2 pairs in each of 32 heads.
  EXPECT_EQ(find(parts, "attention").operations(), 16.0 * 32 * 2 * 2 * 64 * (1152 * 1153 / 2));
  // W_mq, and 384 features with W_mem.
  EXPECT_EQ(find(parts, "memory read: products").operations(), 2 * rows * 2048 * (64 + 384));
  // v (2048), k (64), beta (1), padded to 8.
  EXPECT_EQ(find(parts, "memory write: product").operations(), 2 * 16 * 128.0 * 2048 * 2120);
  EXPECT_EQ(find(parts, "memory write: kernels").operations(), 2 * 2 * 16 * 128.0 * 384 * 2048);
  // W_mem in float32 and bf16, read and written; v_new; phi written, read twice; the keys' product; z.
  EXPECT_EQ(find(parts, "memory write: kernels").bytes(),
            16 * (12 * 384.0 * 2048 + 4 * 128 * 2048.0 + 3 * 2 * 128 * 384.0 + 4 * 128 * 64 + 2 * 4 * 384));
}

// Every operation of a cell is there once, or once for each kind of its launches.
TEST(CudaPrediction, CoversEveryOperation) {
  const ModelConfig config = presetConfig("llama-160m");
  std::set<LayerOp> ops;
  std::set<std::string> names;
  std::size_t launches = 0;
  for (const CudaPart& part : countCudaParts(config, shapeOf(config))) {
    ops.insert(part.op);
    EXPECT_TRUE(names.insert(part.name).second) << part.name;
    launches += part.launches.size();
  }
  EXPECT_EQ(ops.size(), 10u);
  EXPECT_EQ(launches, 9u + 7u);  // the embedding runs beside the diagonal
}

TEST(CudaPrediction, ALaunchTakesItsOperationsOrItsBytes) {
  CudaPart part{"two launches", LayerOp::kQueryKeyValue, {}, {{"computes", 2e12, 1e9}, {"moves", 1e9, 3e9}}};
  EXPECT_DOUBLE_EQ(predictMilliseconds(part, {100, 50, 1}), 20 + 3);
  part.op = LayerOp::kAttend;
  EXPECT_DOUBLE_EQ(predictMilliseconds(part, {100, 50, 1}), 40 + 3);
  EXPECT_DOUBLE_EQ(predictReadSeconds({part, part}, {100, 50, 1}, 10), 0.86);
}

TEST(CudaPrediction, OneHundredAndThirtyOneThousandTokensInHalfASecond) {
  const ModelConfig config = presetConfig("llama-1b");
  const CudaShape shape = shapeOf(config);
  const double seconds = predictReadSeconds(countCudaParts(config, shape), kReference, 131072 / 1024);
  EXPECT_TRUE(seconds <= 0.55) << seconds;
  // The four large products alone, at that rate: nothing can be faster, so less would be a miscount.
  EXPECT_TRUE(seconds >= 0.38) << seconds;
  const std::uint64_t bytes = planCudaMemory(config, shape, {1152, config.layers}).total();
  EXPECT_LT(bytes, std::uint64_t{6} << 30);
}

TEST(CudaPrediction, TheSmallShapeIsFiveTimesAsFast) {
  const ModelConfig config = presetConfig("llama-160m");
  const double seconds = predictReadSeconds(countCudaParts(config, shapeOf(config)), kReference, 128);
  EXPECT_TRUE(seconds >= 0.04 && seconds <= 0.11) << seconds;
}

}  // namespace
}  // namespace tidemark

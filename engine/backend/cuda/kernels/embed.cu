#include "engine/backend/cuda/kernels/embed.h"
#include "engine/backend/cuda/kernels/vector_io.h"

namespace tidemark::cuda {
namespace {

constexpr int kThreads = 128;

/// One block a row: 2 D bytes read (4 with positions) and 2 D written.
__global__ void __launch_bounds__(kThreads) embedRows(EmbedArguments a) {
  const int row = static_cast<int>(blockIdx.x);
  const std::size_t width = static_cast<std::size_t>(a.width);
  const bool text = row < a.textRows;
  const Bf16* from = text ? a.embedding + static_cast<std::size_t>(a.tokens[row]) * width
                          : a.memoryTokens + static_cast<std::size_t>(row - a.textRows) * width;
  const int position = text ? a.firstPosition + row : a.firstMemoryPosition + row - a.textRows;
  Bf16* out = a.out + static_cast<std::size_t>(row) * width;
  for (int column = static_cast<int>(threadIdx.x) * 8; column < a.width; column += kThreads * 8) {
    float values[8];
    load8(from + column, values);
    if (a.positions != nullptr) {
      float added[8];
      load8(a.positions + static_cast<std::size_t>(position) * width + column, added);
#pragma unroll
      for (int i = 0; i < 8; ++i) values[i] += added[i];
    }
    store8(out + column, values);
  }
}

}  // namespace

Status launchEmbed(const LaunchTarget& target, const EmbedArguments& arguments) {
  const LaunchShape shape{dim3(static_cast<unsigned>(arguments.textRows + arguments.memoryRows)), kThreads, 0};
  return launch(target, "the embedding", embedRows, shape, arguments);
}

}  // namespace tidemark::cuda

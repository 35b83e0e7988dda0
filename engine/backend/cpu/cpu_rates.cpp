// What this machine's cores can compute: the yardstick of `bench`.

#include <algorithm>
#include <atomic>
#include <vector>

#include "engine/backend/cpu/aligned_buffer.h"
#include "engine/backend/cpu/cpu_backend.h"
#include "engine/backend/cpu/cpu_choice.h"
#include "engine/backend/cpu/cpu_state.h"
#include "engine/base/run_clock.h"
#include "engine/base/thread_pool.h"

namespace tidemark {
namespace cpu {
namespace {

/// A product large enough to leave the caches, cut into tiles as a run cuts its own.
class RateProduct : public ChainWork {
 public:
  static constexpr int kRows = 1536;
  static constexpr int kColumns = 2048;
  static constexpr int kDepth = 2048;
  static constexpr int kColumnTasks = kColumns / kTileColumns;
  static constexpr int kRowTasks = kRows / kTileRows;
  const KernelTable* kernels = nullptr;
  AlignedBuffer rows{at(kRows) * at(kDepth)};
  AlignedBuffer panels{at(kColumns) * at(kDepth)};
  std::vector<AlignedBuffer> tiles;

  void runTask(const Task& task) override {
    const int row = task.index % kRowTasks * kTileRows;
    const int column = task.index / kRowTasks * kTileColumns;
    kernels->multiply(rows.data() + at(row) * at(kDepth), panels.data() + at(column) * at(kDepth), kTileRows,
                      kTileColumns, kDepth, tiles[at(task.worker)].data(), kTileColumns);
  }
};

class PeakLoop : public ChainWork {
 public:
  static constexpr long kIterations = 2'000'000;
  const KernelTable* kernels = nullptr;
  std::atomic<double> flops{0};
  void runTask(const Task& /*task*/) override { flops.fetch_add(kernels->peakLoop(kIterations)); }
};

}  // namespace
}  // namespace cpu

Result<CpuRates> measureCpuRates(int wantedThreads) {
  const auto threads = cpu::chooseThreads(wantedThreads);
  if (!threads) return threads.error();
  ThreadPool pool(*threads);
  const cpu::KernelTable& kernels = *cpu::availableKernels().tables[0];
  cpu::RateProduct product;
  product.kernels = &kernels;
  for (float& x : product.rows.span()) x = 0.01f;
  for (float& x : product.panels.span()) x = 0.02f;
  for (int i = 0; i < *threads; ++i) {
    product.tiles.emplace_back(static_cast<std::size_t>(cpu::kTileRows) * static_cast<std::size_t>(cpu::kTileColumns));
  }
  CpuRates rates;
  const std::uint32_t tasks = cpu::RateProduct::kColumnTasks * cpu::RateProduct::kRowTasks;
  const double flops = 2.0 * cpu::RateProduct::kRows * cpu::RateProduct::kColumns * cpu::RateProduct::kDepth;
  for (int repeat = 0; repeat < 7; ++repeat) {  // the best of seven: what the machine can do undisturbed
    const RunClock clock;
    pool.run(product, *threads, *threads, std::span(&tasks, 1));
    rates.gemmGflops = std::max(rates.gemmGflops, flops * *threads / clock.seconds() * 1e-9);
  }
  const std::uint32_t one = 1;
  for (int repeat = 0; repeat < 5; ++repeat) {
    cpu::PeakLoop peak;
    peak.kernels = &kernels;
    const RunClock clock;
    pool.run(peak, *threads, *threads, std::span(&one, 1));
    rates.peakGflops = std::max(rates.peakGflops, peak.flops.load() / clock.seconds() * 1e-9);
  }
  return rates;
}

}  // namespace tidemark

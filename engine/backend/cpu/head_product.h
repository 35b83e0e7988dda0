#pragma once
// Logits: the final norm's rows times the head, cut into columns.

#include <algorithm>
#include <span>
#include <vector>

#include "engine/backend/cpu/cpu_model.h"
#include "engine/backend/cpu/cpu_state.h"
#include "engine/base/thread_pool.h"

namespace tidemark::cpu {

/// Columns of the head, cut into tasks.
class HeadProduct : public ChainWork {
 public:
  static constexpr int kColumns = 1024;
  const KernelTable* kernels = nullptr;
  const PackedLinear* head = nullptr;
  const float* rows = nullptr;  // packed
  int count = 0;
  std::span<float> out;  // [count, V]
  std::vector<WorkerScratch>* scratch = nullptr;

  void runTask(const Task& task) override {
    const std::size_t vocabulary = at(head->columns);
    const int last = std::min(head->columns, (task.index + 1) * kColumns);
    float* tile = (*scratch)[at(task.worker)].tile.data();
    for (int column = task.index * kColumns; column < last; column += kTileColumns) {
      const int columns = std::min(kTileColumns, last - column);
      for (int row = 0; row < count; row += kTileRows) {
        const int height = std::min(kTileRows, count - row);
        kernels->multiply(rows + at(row) * at(head->depth), head->panels.data() + at(column) * at(head->depth), height,
                          columns, head->depth, tile, kTileColumns);
        kernels->storeRows(tile, kTileColumns, height, columns, nullptr, out.data() + at(row) * vocabulary + at(column),
                           vocabulary);
      }
    }
  }
};

}  // namespace tidemark::cpu

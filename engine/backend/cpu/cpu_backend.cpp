#include "engine/backend/cpu/cpu_backend.h"

#include <algorithm>
#include <new>
#include <system_error>
#include <utility>

#include "engine/backend/cpu/cpu_cells.h"
#include "engine/backend/cpu/cpu_choice.h"
#include "engine/backend/cpu/cpu_model.h"
#include "engine/backend/cpu/cpu_state.h"
#include "engine/backend/cpu/head_product.h"
#include "engine/base/check.h"
#include "engine/base/numeric.h"
#include "engine/base/system_memory.h"

namespace tidemark {
namespace cpu {
namespace {

/// As its makers write it.
std::string instructionSet(std::string_view kernels) {
  if (kernels == "avx512") return "AVX-512";
  if (kernels == "avx2") return "AVX2";
  return "no vector instructions";
}

class CpuBackend : public Backend {
 public:
  CpuBackend(std::unique_ptr<CpuModel> model, const KernelTable& kernels, std::unique_ptr<ThreadPool> pool)
      : m_pool(std::move(pool)),
        m_kernels(kernels),
        m_model(std::move(model)),
        m_runner(*m_model, m_kernels, m_scratch) {
    for (int i = 0; i < m_pool->threadCount(); ++i) m_scratch.push_back(makeScratch(m_model->config, m_kernels));
    if (m_model->weights.positions) m_position.resize(at(m_model->config.hiddenSize));
  }

  [[nodiscard]] std::string name() const override { return "cpu"; }
  [[nodiscard]] std::string description() const override {
    const int threads = m_pool->threadCount();
    return instructionSet(m_kernels.name) + ", " + std::to_string(threads) + (threads == 1 ? " thread" : " threads");
  }
  [[nodiscard]] const ModelConfig& config() const override { return m_model->config; }
  [[nodiscard]] bool tracesMemory() const override { return true; }

  [[nodiscard]] std::uint64_t workspaceBytes(const WorkspaceSpec& spec) const override {
    return workspaceBytesOf(m_model->config, m_kernels, spec, m_pool->threadCount());
  }

  [[nodiscard]] Result<std::unique_ptr<Workspace>> createWorkspace(const WorkspaceSpec& spec) override {
    TM_CHECK(spec.rows > 0 && spec.cells > 0, std::to_string(spec.rows));
    if (Status enough = requireMemory(workspaceBytes(spec), "the working memory of a run"); !enough)
      return enough.error();
    try {
      const ModelConfig& c = m_model->config;
      auto workspace = std::make_unique<CpuWorkspace>();
      workspace->rows = spec.rows;
      workspace->cells = spec.cells;
      const std::size_t slots = spec.cells == 1 ? 1 : at(c.layers + 1);
      for (AlignedBuffer& hidden : workspace->hidden) hidden = AlignedBuffer(slots * at(spec.rows) * at(c.hiddenSize));
      for (int i = 0; i < cellsAtOnce(spec, m_pool->threadCount()); ++i) {
        workspace->buffers.push_back(makeBuffers(c, m_kernels, spec.rows));
      }
      workspace->metrics.resize(at(spec.cells));
      ensureRotaryPositions(*m_model, spec.rows);
      return std::unique_ptr<Workspace>(std::move(workspace));
    } catch (const std::bad_alloc&) {
      return makeError(ErrorCode::kOutOfMemory, "the working memory of a run (" + formatBytes(workspaceBytes(spec)) +
                                                    ") could not be allocated; close other programs");
    }
  }

  [[nodiscard]] Result<std::unique_ptr<DeviceMemory>> createMemory() override {
    const ModelConfig& c = m_model->config;
    const std::uint64_t bytes = at(c.layers) * layerMemoryFloats() * sizeof(float);
    if (Status enough = requireMemory(bytes, "the associative memory"); !enough) return enough.error();
    try {
      auto memory = std::make_unique<CpuMemory>();
      memory->layers.resize(at(c.layers));
      if (!c.memory) return std::unique_ptr<DeviceMemory>(std::move(memory));
      for (CpuLayerMemory& layer : memory->layers) {
        layer.weights = AlignedBuffer(weightsPerHead() * at(c.memory->heads));
        layer.normalizer = AlignedBuffer(at(c.memory->keyWidth()));
      }
      return std::unique_ptr<DeviceMemory>(std::move(memory));
    } catch (const std::bad_alloc&) {
      return makeError(ErrorCode::kOutOfMemory, "the associative memory (" + formatBytes(bytes) +
                                                    ") could not be allocated; close other programs");
    }
  }

  [[nodiscard]] Result<std::unique_ptr<KeyValueCache>> createCache(int positions) override {
    const ModelConfig& c = m_model->config;
    if (Status enough =
            requireMemory(at(c.layers) * storeBytes(c, m_kernels, positions), "the question's keys and values");
        !enough) {
      return enough.error();
    }
    try {
      auto cache = std::make_unique<CpuCache>();
      for (int layer = 0; layer < c.layers; ++layer) cache->layers.push_back(makeStore(c, m_kernels, positions));
      ensureRotaryPositions(*m_model, positions);
      return std::unique_ptr<KeyValueCache>(std::move(cache));
    } catch (const std::bad_alloc&) {
      return makeError(ErrorCode::kOutOfMemory, "the question's keys and values could not be allocated");
    }
  }

  [[nodiscard]] Status embed(Workspace& workspace, int parity, const EmbedArgs& args) override {
    auto& w = static_cast<CpuWorkspace&>(workspace);
    const ModelConfig& c = m_model->config;
    const int textRows = static_cast<int>(args.tokens.size());
    const int memoryRows = args.memoryTokens ? c.memory->memoryTokens : 0;
    TM_CHECK(textRows + memoryRows <= w.rows, std::to_string(textRows));
    const std::size_t width = at(c.hiddenSize);
    float* rows = w.hidden[parity].data();
    for (int row = 0; row < textRows; ++row) {
      const TokenId token = args.tokens[at(row)];
      if (token < 0 || token >= c.vocabularySize) {
        return makeError(ErrorCode::kInvalidArgument, "token " + std::to_string(token) +
                                                          " is outside the model's vocabulary of " +
                                                          std::to_string(c.vocabularySize));
      }
      widenToFloat(m_model->weights.embedding, at(token) * width, std::span(rows + at(row) * width, width));
    }
    if (memoryRows > 0) {
      widenToFloat(*m_model->weights.memoryTokens, 0, std::span(rows + at(textRows) * width, at(memoryRows) * width));
    }
    if (m_model->weights.positions) return addPositions(rows, textRows, memoryRows, args.firstPosition);
    return {};
  }

  [[nodiscard]] Status submitGroup(Workspace& workspace, const CellGroup& group) override {
    TM_CHECK(group.firstLayer + group.count <= m_model->config.layers, std::to_string(group.firstLayer));
    auto& w = static_cast<CpuWorkspace&>(workspace);
    if (!group.plan->writesMemory()) {
      m_runner.run(*m_pool, w, group, {});
      return {};
    }
    TM_CHECK(w.cellsToAwait == 0 && group.count <= w.cells, "the group before it was not awaited");
    m_runner.run(*m_pool, w, group, w.metrics);
    w.cellsToAwait = group.count;
    return {};
  }

  [[nodiscard]] Status awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) override {
    auto& w = static_cast<CpuWorkspace&>(workspace);
    TM_CHECK(w.cellsToAwait > 0, "nothing was submitted");
    const std::size_t cells = at(std::exchange(w.cellsToAwait, 0));
    TM_CHECK(metrics.empty() || metrics.size() >= cells, std::to_string(metrics.size()));
    if (!metrics.empty()) std::copy_n(w.metrics.begin(), cells, metrics.begin());
    return {};
  }

  [[nodiscard]] Status computeLogits(Workspace& workspace, int parity, int firstRow, int count,
                                     std::span<float> out) override {
    if (Status packed = packHead(*m_model, m_kernels); !packed) return packed;
    const ModelConfig& c = m_model->config;
    TM_CHECK(out.size() == at(count) * at(c.vocabularySize), std::to_string(out.size()));
    auto& w = static_cast<CpuWorkspace&>(workspace);
    const std::size_t width = at(c.hiddenSize);
    const std::size_t slot = w.cells == 1 ? 0 : at(c.layers);
    const float* rows = w.hidden[parity].data() + (slot * at(w.rows) + at(firstRow)) * width;
    AlignedBuffer normed(at(roundUp(count, m_kernels.rowPanel)) * width);
    const auto epsilon = static_cast<float>(c.normEpsilon);
    if (m_model->finalNorm.bias.size() > 0) {
      m_kernels.layerNormPack(rows, width, count, c.hiddenSize, m_model->finalNorm.weight.data(),
                              m_model->finalNorm.bias.data(), epsilon, normed.data());
    } else {
      m_kernels.rmsNormPack(rows, width, count, c.hiddenSize, m_model->finalNorm.weight.data(), epsilon, normed.data());
    }
    HeadProduct product;
    product.kernels = &m_kernels;
    product.head = &m_model->head;
    product.rows = normed.data();
    product.count = count;
    product.out = out;
    product.scratch = &m_scratch;
    const auto tasks = static_cast<std::uint32_t>(ceilDiv(c.vocabularySize, HeadProduct::kColumns));
    m_pool->run(product, 1, 1, std::span(&tasks, 1));
    return {};
  }

  [[nodiscard]] Result<std::unique_ptr<MemoryCopy>> queueMemoryCopy(const DeviceMemory& memory, int layer) override {
    const CpuLayerMemory& source = static_cast<const CpuMemory&>(memory).layers[at(layer)];
    try {
      auto copy = std::make_unique<CpuMemoryCopy>();
      copy->written = source.written;
      copy->values.resize(layerMemoryFloats());
      forEachWeight(
          [&](std::size_t plain, std::size_t packed) { copy->values[plain] = source.weights.data()[packed]; });
      std::copy_n(source.normalizer.data(), source.normalizer.size(),
                  copy->values.end() - static_cast<long>(source.normalizer.size()));
      return std::unique_ptr<MemoryCopy>(std::move(copy));
    } catch (const std::bad_alloc&) {
      return makeError(ErrorCode::kOutOfMemory, "a copy of one layer's memory (" +
                                                    formatBytes(layerMemoryFloats() * sizeof(float)) +
                                                    ") could not be allocated; close other programs");
    }
  }

  [[nodiscard]] Result<bool> finishMemoryCopy(MemoryCopy& copy, std::span<float> values) override {
    const auto& done = static_cast<const CpuMemoryCopy&>(copy);
    TM_CHECK(values.size() == done.values.size(), std::to_string(values.size()));
    std::copy(done.values.begin(), done.values.end(), values.begin());
    return done.written;
  }

  [[nodiscard]] Status importMemory(DeviceMemory& memory, int layer, bool written,
                                    std::span<const float> values) override {
    CpuLayerMemory& target = static_cast<CpuMemory&>(memory).layers[at(layer)];
    target.written = written;
    if (!written) {
      std::fill_n(target.weights.data(), target.weights.size(), 0.0f);
      std::fill_n(target.normalizer.data(), target.normalizer.size(), 0.0f);
      return {};
    }
    TM_CHECK(values.size() == layerMemoryFloats(), std::to_string(values.size()));
    forEachWeight([&](std::size_t plain, std::size_t packed) { target.weights.data()[packed] = values[plain]; });
    std::copy_n(values.end() - static_cast<long>(target.normalizer.size()), target.normalizer.size(),
                target.normalizer.data());
    return {};
  }

 private:
  [[nodiscard]] std::size_t weightsPerHead() const {
    const ModelConfig& c = m_model->config;
    return at(roundUp(c.hiddenSize / c.memory->heads, m_kernels.columnPanel)) *
           at(c.memory->keyWidth() / c.memory->heads);
  }

  /// Calls visit(plain, packed) for every element of W_mem: [head][key][column] and its place in the panels.
  template <typename Visit>
  void forEachWeight(Visit visit) const {
    const ModelConfig& c = m_model->config;
    const std::size_t keys = at(c.memory->keyWidth() / c.memory->heads);
    const std::size_t columns = at(c.hiddenSize / c.memory->heads);
    const std::size_t panel = at(m_kernels.columnPanel);
    for (std::size_t head = 0; head < at(c.memory->heads); ++head) {
      for (std::size_t key = 0; key < keys; ++key) {
        for (std::size_t column = 0; column < columns; ++column) {
          visit((head * keys + key) * columns + column,
                head * weightsPerHead() + (column / panel * keys + key) * panel + column % panel);
        }
      }
    }
  }

  [[nodiscard]] Status addPositions(float* rows, int textRows, int memoryRows, int firstPosition) {
    const ModelConfig& c = m_model->config;
    const TensorView& table = *m_model->weights.positions;
    const int tableRows = static_cast<int>(table.shape[0]);
    const std::size_t width = at(c.hiddenSize);
    for (int row = 0; row < textRows + memoryRows; ++row) {
      int index = firstPosition + row;
      // With wrapped positions the memory tokens own the last M rows of the table.
      if (row >= textRows && c.memory->wrapPositions) index = tableRows - memoryRows + (row - textRows);
      if (index >= tableRows) {
        return makeError(ErrorCode::kInvalidArgument, "position " + std::to_string(index) +
                                                          " is past the model's last position " +
                                                          std::to_string(tableRows - 1) + "; ask something shorter");
      }
      widenToFloat(table, at(index) * width, m_position);
      for (std::size_t i = 0; i < width; ++i) rows[at(row) * width + i] += m_position[i];
    }
    return {};
  }

  std::unique_ptr<ThreadPool> m_pool;
  const KernelTable& m_kernels;
  std::unique_ptr<CpuModel> m_model;
  std::vector<WorkerScratch> m_scratch;
  std::vector<float> m_position;  // one row of GPT-2's position table, widened
  CellRunner m_runner;
};

}  // namespace
}  // namespace cpu

Result<std::unique_ptr<Backend>> createCpuBackend(const ModelConfig& config, ModelWeights weights,
                                                  const CpuOptions& options) {
  const auto kernels = cpu::chooseKernels(options.kernels);
  if (!kernels) return kernels.error();
  const auto threads = cpu::chooseThreads(options.threads);
  if (!threads) return threads.error();
  try {
    auto pool = std::make_unique<ThreadPool>(*threads);
    auto model = cpu::packModel(config, std::move(weights), **kernels, *pool);
    if (!model) return model.error();
    return std::unique_ptr<Backend>(
        std::make_unique<cpu::CpuBackend>(std::move(model).value(), **kernels, std::move(pool)));
  } catch (const std::bad_alloc&) {
    return makeError(ErrorCode::kOutOfMemory, "the model does not fit into memory; close other programs");
  } catch (const std::system_error& error) {
    return makeError(ErrorCode::kInternal, std::string("the compute threads could not be started: ") + error.what());
  }
}

std::uint64_t cpuModelBytes(const ModelConfig& config) {
  return cpu::packedModelBytes(config, *cpu::availableKernels().tables[0]);
}

std::uint64_t cpuWorkspaceBytes(const ModelConfig& config, const WorkspaceSpec& spec, int threads) {
  const auto chosen = cpu::chooseThreads(threads);
  return cpu::workspaceBytesOf(config, *cpu::availableKernels().tables[0], spec, chosen ? *chosen : 1);
}

}  // namespace tidemark

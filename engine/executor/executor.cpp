#include "engine/executor/executor.h"

#include "engine/executor/diagonal_executor.h"
#include "engine/executor/sequential_executor.h"
#include "engine/model/decoder_plan.h"

namespace tidemark {
namespace {

/// All layers of one segment, one cell at a time, starting from buffer 0; returns the parity of the result.
Result<int> runLayers(Backend& backend, Workspace& workspace, CellGroup group) {
  group.count = 1;
  for (int layer = 0; layer < backend.config().layers; ++layer) {
    group.firstLayer = layer;
    group.parity = layer % 2;
    if (Status ran = backend.runGroup(workspace, group, {}); !ran) return ran.error();
  }
  return backend.config().layers % 2;
}

}  // namespace

Result<std::unique_ptr<Executor>> makeExecutor(Schedule schedule, Backend& backend, DeviceMemory& memory,
                                               std::int64_t firstSegment) {
  const ModelConfig& config = backend.config();
  if (!config.memory) {
    return makeError(ErrorCode::kUnsupported,
                     "this model has no associative memory, so it cannot read documents segment by segment; only the "
                     "full-attention baseline runs it");
  }
  WorkspaceSpec spec;
  spec.rows = config.memory->segmentSize + config.memory->memoryTokens;
  spec.cells = schedule == Schedule::kDiagonal ? config.layers : 1;
  auto workspace = backend.createWorkspace(spec);
  if (!workspace) return workspace.error();
  if (schedule == Schedule::kDiagonal) {
    return std::unique_ptr<Executor>(
        std::make_unique<DiagonalExecutor>(backend, memory, std::move(workspace).value(), firstSegment));
  }
  return std::unique_ptr<Executor>(
      std::make_unique<SequentialExecutor>(backend, memory, std::move(workspace).value(), firstSegment));
}

Result<int> commitSegment(Backend& backend, Workspace& workspace, DeviceMemory& memory,
                          std::span<const TokenId> tokens) {
  const LayerPlan plan = makeLayerPlan(backend.config(), CellPurpose::kCommit);
  if (Status embedded = backend.embed(workspace, 0, {tokens, true, 0}); !embedded) return embedded.error();
  CellGroup group;
  group.plan = &plan;
  group.rows = static_cast<int>(tokens.size()) + backend.config().memory->memoryTokens;
  group.memory = &memory;
  return runLayers(backend, workspace, group);
}

Result<std::vector<float>> computeFullAttention(Backend& backend, std::span<const TokenId> tokens) {
  const LayerPlan plan = makeLayerPlan(backend.config(), CellPurpose::kPlain);
  const int rows = static_cast<int>(tokens.size());
  std::vector<float> logits;
  if (rows == 0) return logits;
  auto workspace = backend.createWorkspace({rows, 1});
  if (!workspace) return workspace.error();
  if (Status embedded = backend.embed(**workspace, 0, {tokens, false, 0}); !embedded) return embedded.error();
  CellGroup group;
  group.plan = &plan;
  group.rows = rows;
  auto parity = runLayers(backend, **workspace, group);
  if (!parity) return parity.error();
  logits.resize(tokens.size() * static_cast<std::size_t>(backend.config().vocabularySize));
  if (Status done = backend.computeLogits(**workspace, *parity, 0, rows, logits); !done) return done.error();
  return logits;
}

}  // namespace tidemark

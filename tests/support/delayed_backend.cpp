#include "tests/support/delayed_backend.h"

#include <algorithm>
#include <utility>

#include "engine/base/check.h"

namespace tidemark::testing {

class DelayedWorkspace final : public Workspace {
 public:
  DelayedWorkspace(DelayedBackend& owner, std::unique_ptr<Workspace> inner, int cells, int groups)
      : m_owner(owner), m_inner(std::move(inner)), m_metrics(static_cast<std::size_t>(groups)) {
    for (auto& metrics : m_metrics) metrics.resize(static_cast<std::size_t>(cells));
  }
  ~DelayedWorkspace() override { m_owner.computeAll(); }

  [[nodiscard]] Workspace& inner() { return *m_inner; }
  [[nodiscard]] std::vector<CellMetrics>& metricsOf(std::int64_t group) {
    return m_metrics[static_cast<std::size_t>(group) % m_metrics.size()];
  }
  [[nodiscard]] int underWay() const { return static_cast<int>(submitted - awaited); }

  // Groups that write memory.
  std::int64_t submitted = 0;
  std::int64_t computed = 0;
  std::int64_t awaited = 0;

 private:
  DelayedBackend& m_owner;
  std::unique_ptr<Workspace> m_inner;
  std::vector<std::vector<CellMetrics>> m_metrics;
};

struct DelayedBackend::CopyState {
  std::unique_ptr<MemoryCopy> inner;
  bool over = false;
};

class DelayedBackend::DelayedCopy final : public MemoryCopy {
 public:
  std::shared_ptr<CopyState> state = std::make_shared<CopyState>();
};

struct DelayedBackend::Work {
  enum class Kind { kEmbed, kGroup, kCopy };
  Kind kind = Kind::kEmbed;
  DelayedWorkspace* workspace = nullptr;
  // kEmbed
  int parity = 0;
  std::vector<TokenId> tokens;
  bool memoryTokens = false;
  int firstPosition = 0;
  // kGroup
  CellGroup group;
  // kCopy
  const DeviceMemory* memory = nullptr;
  int layer = 0;
  std::shared_ptr<CopyState> copy;
};

DelayedBackend::DelayedBackend(std::unique_ptr<Backend> inner, const Options& options)
    : m_inner(std::move(inner)), m_options(options), m_queue(32) {
  for (Work& work : m_queue) work.tokens.reserve(static_cast<std::size_t>(config().memory->segmentSize));
}

DelayedBackend::~DelayedBackend() = default;

DelayedBackend::Work& DelayedBackend::enqueue() {
  if (m_count == m_queue.size()) computeOldest();
  return m_queue[(m_oldest + m_count++) % m_queue.size()];
}

void DelayedBackend::computeAll() {
  while (m_count > 0) computeOldest();
}

void DelayedBackend::computeOldest() {
  TM_CHECK(m_count > 0, "nobody may wait for what was never submitted");
  Work& work = m_queue[m_oldest];
  m_oldest = (m_oldest + 1) % m_queue.size();
  --m_count;
  compute(work);
}

void DelayedBackend::compute(Work& work) {
  switch (work.kind) {
    case Work::Kind::kEmbed:
      if (!m_state) return;
      m_state =
          m_inner->embed(work.workspace->inner(), work.parity, {work.tokens, work.memoryTokens, work.firstPosition});
      return;
    case Work::Kind::kGroup:
      return computeGroup(work);
    case Work::Kind::kCopy: {
      if (m_state) {
        auto copied = m_inner->queueMemoryCopy(*work.memory, work.layer);
        if (copied) work.copy->inner = std::move(copied).value();
        if (!copied) m_state = copied.error();
      }
      work.copy->over = true;
      work.copy.reset();
      return;
    }
  }
}

void DelayedBackend::computeGroup(Work& work) {
  if (m_state && m_options.lostAtGroup && m_groups == *m_options.lostAtGroup) {
    m_state = makeError(ErrorCode::kDeviceLost, "the GPU failed in the middle of its work; go on with --backend cpu");
  }
  DelayedWorkspace& workspace = *work.workspace;
  const bool writes = work.group.plan->writesMemory();
  if (m_state) {
    const auto metrics = writes ? std::span(workspace.metricsOf(workspace.computed)) : std::span<CellMetrics>();
    m_state = m_inner->runGroup(workspace.inner(), work.group, metrics);
    ++m_groups;
  }
  if (writes) ++workspace.computed;
}

Result<std::unique_ptr<Workspace>> DelayedBackend::createWorkspace(const WorkspaceSpec& spec) {
  if (!m_state) return m_state.error();
  auto inner = m_inner->createWorkspace(spec);
  if (!inner) return inner.error();
  return std::unique_ptr<Workspace>(
      std::make_unique<DelayedWorkspace>(*this, std::move(inner).value(), spec.cells, m_options.lookAhead + 1));
}

Result<std::unique_ptr<DeviceMemory>> DelayedBackend::createMemory() {
  if (!m_state) return m_state.error();
  return m_inner->createMemory();
}

Result<std::unique_ptr<KeyValueCache>> DelayedBackend::createCache(int positions) {
  if (!m_state) return m_state.error();
  return m_inner->createCache(positions);
}

Status DelayedBackend::embed(Workspace& workspace, int parity, const EmbedArgs& args) {
  if (!m_state) return m_state;
  auto& own = static_cast<DelayedWorkspace&>(workspace);
  const bool known = std::all_of(args.tokens.begin(), args.tokens.end(),
                                 [&](TokenId token) { return token >= 0 && token < config().vocabularySize; });
  // A refused token is not queued, and what was queued before it still counts.
  if (!known) {
    computeAll();
    return m_inner->embed(own.inner(), parity, args);
  }
  Work& work = enqueue();
  work.kind = Work::Kind::kEmbed;
  work.workspace = &own;
  work.parity = parity;
  work.tokens.assign(args.tokens.begin(), args.tokens.end());
  work.memoryTokens = args.memoryTokens;
  work.firstPosition = args.firstPosition;
  return {};
}

Status DelayedBackend::submitGroup(Workspace& workspace, const CellGroup& group) {
  if (!m_state) return m_state;
  auto& own = static_cast<DelayedWorkspace&>(workspace);
  if (group.plan->writesMemory()) {
    TM_CHECK(own.underWay() <= m_options.lookAhead, "more groups were submitted than the backend allows");
    ++own.submitted;
    m_mostUnderWay = std::max(m_mostUnderWay, own.underWay());
  }
  Work& work = enqueue();
  work.kind = Work::Kind::kGroup;
  work.workspace = &own;
  work.group = group;
  return {};
}

Status DelayedBackend::awaitGroup(Workspace& workspace, std::span<CellMetrics> metrics) {
  auto& own = static_cast<DelayedWorkspace&>(workspace);
  TM_CHECK(own.awaited < own.submitted, "nothing was submitted");
  while (own.computed <= own.awaited) computeOldest();
  if (!m_state) return m_state;
  const auto& done = own.metricsOf(own.awaited++);
  std::copy_n(done.begin(), std::min(done.size(), metrics.size()), metrics.begin());
  return {};
}

Status DelayedBackend::computeLogits(Workspace& workspace, int parity, int firstRow, int count, std::span<float> out) {
  computeAll();
  if (!m_state) return m_state;
  return m_inner->computeLogits(static_cast<DelayedWorkspace&>(workspace).inner(), parity, firstRow, count, out);
}

Result<std::unique_ptr<MemoryCopy>> DelayedBackend::queueMemoryCopy(const DeviceMemory& memory, int layer) {
  if (!m_state) return m_state.error();
  auto copy = std::make_unique<DelayedCopy>();
  Work& work = enqueue();
  work.kind = Work::Kind::kCopy;
  work.memory = &memory;
  work.layer = layer;
  work.copy = copy->state;
  return std::unique_ptr<MemoryCopy>(std::move(copy));
}

Result<bool> DelayedBackend::finishMemoryCopy(MemoryCopy& copy, std::span<float> values) {
  auto& own = static_cast<DelayedCopy&>(copy);
  while (!own.state->over) computeOldest();
  if (!own.state->inner) return m_state.error();
  return m_inner->finishMemoryCopy(*own.state->inner, values);
}

Status DelayedBackend::importMemory(DeviceMemory& memory, int layer, bool written, std::span<const float> values) {
  computeAll();
  if (!m_state) return m_state;
  return m_inner->importMemory(memory, layer, written, values);
}

}  // namespace tidemark::testing

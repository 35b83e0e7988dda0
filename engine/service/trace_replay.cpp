#include "engine/service/trace_replay.h"

#include "engine/executor/executor.h"

namespace tidemark {
namespace {

constexpr std::size_t kStoredAtOnce = 32;

}  // namespace

Result<JobStep> TraceReplay::step() {
  if (m_next == m_missing.size()) return JobStep::kDone;
  const std::int64_t target = m_missing[m_next];
  if (Status ready = goBefore(target); !ready) return ready.error();
  const std::int64_t segment = m_after + 1;
  if (Status read = readSegment(segment, segment == target); !read) return read.error();
  if (segment == target) ++m_next;
  const bool isDone = m_next == m_missing.size();
  if (m_traces.size() >= kStoredAtOnce || isDone) {
    if (Status stored = m_state.store.storeTraces(m_traces); !stored) return stored.error();
    m_traces.clear();
  }
  return isDone ? JobStep::kDone : JobStep::kMore;
}

/// A memory that stands before `segment`, or on the way to it.
Status TraceReplay::goBefore(std::int64_t segment) {
  Backend& backend = *m_state.model.backend;
  const MemoryConfig& memory = *backend.config().memory;
  if (!m_memory) {
    auto made = backend.createMemory();
    if (!made) return made.error();
    auto workspace = backend.createWorkspace({memory.segmentSize + memory.memoryTokens, 1});
    if (!workspace) return workspace.error();
    m_memory = std::move(made).value();
    m_workspace = std::move(workspace).value();
  }
  if (m_after == segment - 1) return {};
  const auto nearest = m_state.store.newestSnapshot(segment - 1);
  if (!nearest) return nearest.error();
  if (!nearest->has_value() || (*nearest)->segment <= m_after) return {};
  auto record = m_state.store.loadSnapshot((*nearest)->id);
  if (!record) return record.error();
  m_after = record->segment;
  return restoreMemory(backend, *m_memory, toMemorySnapshot(std::move(record).value()));
}

Status TraceReplay::readSegment(std::int64_t segment, bool traced) {
  const auto segments = m_state.store.segments(segment, segment + 1);
  if (!segments) return segments.error();
  if (segments->empty()) {
    return makeError(ErrorCode::kCorrupt, "the session lacks the tokens of segment " + std::to_string(segment) +
                                              ", so what it wrote to memory cannot be found out");
  }
  Backend& backend = *m_state.model.backend;
  const ModelConfig& config = backend.config();
  SegmentWrites writes(config);
  std::vector<MemoryWriteTrace> places;
  for (int layer = 0; layer < config.layers; ++layer) places.push_back(writes.place(config, layer));
  const auto committed = commitSegment(backend, *m_workspace, *m_memory, segments->front().tokens, places);
  if (!committed) return committed.error();
  m_after = segment;
  m_tokensReread += static_cast<std::int64_t>(segments->front().tokens.size());
  if (traced) m_traces.push_back({segment, packWrites(config, writes)});
  return {};
}

}  // namespace tidemark

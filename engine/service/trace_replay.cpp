#include "engine/service/trace_replay.h"

namespace tidemark {
namespace {

constexpr std::size_t kStoredAtOnce = 32;

}  // namespace

Result<JobStep> TraceReplay::step() {
  if (m_next == m_missing.size()) return JobStep::kDone;
  const std::int64_t target = m_missing[m_next];
  if (Status aimed = m_replay.goTo(target - 1); !aimed) return aimed.error();
  const auto there = m_replay.step();
  if (!there) return there.error();
  if (*there == JobStep::kMore) return JobStep::kMore;
  if (Status traced = trace(target); !traced) return traced.error();
  const bool isDone = ++m_next == m_missing.size();
  if (m_traces.size() >= kStoredAtOnce || isDone) {
    if (Status stored = m_state.store.storeTraces(m_traces); !stored) return stored.error();
    m_traces.clear();
  }
  return isDone ? JobStep::kDone : JobStep::kMore;
}

Status TraceReplay::trace(std::int64_t segment) {
  const ModelConfig& config = m_state.model.config();
  SegmentWrites writes(config);
  std::vector<MemoryWriteTrace> places;
  for (int layer = 0; layer < config.layers; ++layer) places.push_back(writes.place(config, layer));
  if (Status read = m_replay.readNext(places); !read) return read;
  m_traces.push_back({segment, packWrites(config, writes)});
  return {};
}

}  // namespace tidemark

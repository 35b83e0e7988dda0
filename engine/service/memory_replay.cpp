#include "engine/service/memory_replay.h"

#include <algorithm>

#include "engine/executor/executor.h"

namespace tidemark {

Status MemoryReplay::goTo(std::int64_t segment) {
  const bool isOnItsWay = m_memory && m_aim == segment && m_after <= segment;  // nothing nearer was known at the start
  m_aim = segment;
  if (isOnItsWay || (m_memory && m_after == segment)) return {};
  if (m_memory && m_after < segment) {
    const auto nearest = m_store.newestSnapshot(segment);
    if (!nearest) return nearest.error();
    if (!nearest->has_value() || (*nearest)->segment <= m_after) return {};
  }
  return restore(segment);
}

Status MemoryReplay::restore(std::int64_t segment) {
  std::shared_ptr<const MemorySnapshot> snapshot;
  if (m_newest != nullptr && *m_newest && (*m_newest)->segment == segment) {
    snapshot = *m_newest;
  } else {
    const auto info = m_store.newestSnapshot(segment);
    if (!info) return info.error();
    if (info->has_value()) {
      auto stored = loadMemory(m_store, (*info)->id);
      if (!stored) return stored.error();
      snapshot = std::make_shared<const MemorySnapshot>(std::move(stored).value());
    }
  }
  Backend& backend = *m_model.backend;
  auto memory = backend.createMemory();
  if (!memory) return memory.error();
  m_memory = std::move(memory).value();
  m_after = -1;
  if (!snapshot) return {};
  m_after = snapshot->segment;
  return restoreMemory(backend, *m_memory, *snapshot);
}

Result<JobStep> MemoryReplay::step() {
  if (m_after >= m_aim) return JobStep::kDone;
  if (Status read = readNext({}); !read) return read.error();
  return m_after >= m_aim ? JobStep::kDone : JobStep::kMore;
}

Status MemoryReplay::readNext(std::span<const MemoryWriteTrace> writes) {
  Backend& backend = *m_model.backend;
  if (!m_workspace) {
    const MemoryConfig& memory = *m_model.config().memory;
    auto workspace = backend.createWorkspace({memory.segmentSize + memory.memoryTokens, 1});
    if (!workspace) return workspace.error();
    m_workspace = std::move(workspace).value();
  }
  const std::int64_t next = m_after + 1;
  const auto found = m_store.segments(next, next + 1);
  if (!found) return found.error();
  const std::int64_t last = std::max(next, m_aim);
  const std::string between = next == last ? "segment " + std::to_string(next)
                                           : "segments " + std::to_string(next) + " to " + std::to_string(last);
  if (found->empty()) {
    return makeError(ErrorCode::kCorrupt, "the session lacks the tokens of " + between + "; choose a later segment");
  }
  const SegmentRecord& segment = found->front();
  if (segment.tokens.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     m_store.path().string() + " holds a memory without its text, so " + between +
                         " cannot be read again; choose a segment with a snapshot (sessions show lists them)");
  }
  auto committed = commitSegment(backend, *m_workspace, *m_memory, segment.tokens, writes);
  if (!committed) return committed.error();
  m_after = next;
  ++m_segmentsReread;
  m_tokensReread += static_cast<std::int64_t>(segment.tokens.size());
  return {};
}

}  // namespace tidemark

#include "engine/service/pin_job.h"

#include "engine/service/segment_cursor.h"

namespace tidemark {

Result<JobStep> PinJob::step() {
  if (m_stop.stop_requested()) return makeError(ErrorCode::kCancelled, "nothing was pinned");
  if (!m_begun) {
    m_begun = true;
    if (Status begun = begin(); !begun) return begun.error();
    if (!m_exists) return JobStep::kMore;
  }
  if (!m_exists) {
    if (m_textChanges != m_state.textChanges) {
      return makeError(ErrorCode::kBusy, "the text was changed while the snapshot was being made; pin it again");
    }
    const auto step = m_replay.step();
    if (!step) return step.error();
    if (*step == JobStep::kMore) return JobStep::kMore;
    if (Status stored = store(); !stored) return stored.error();
  } else if (Status done = m_state.store.pinSnapshot(m_request.segment, true); !done) {
    return done.error();
  }
  if (Status said = pinned(); !said) return said.error();
  return JobStep::kDone;
}

Status PinJob::begin() {
  const std::int64_t segment = m_request.segment;
  const auto count = m_state.store.segmentCount();
  if (!count) return count.error();
  if (segment < 0 || segment >= *count) {
    return makeError(ErrorCode::kInvalidArgument,
                     "segment " + std::to_string(segment) + " is not in memory; " +
                         (*count == 0 ? "nothing has been read yet"
                                      : "segments 0 to " + std::to_string(*count - 1) + " have been read"));
  }
  const auto nearest = m_state.store.newestSnapshot(segment);
  if (!nearest) return nearest.error();
  m_exists = nearest->has_value() && (*nearest)->segment == segment;
  if (m_exists) return {};
  if (Status text = requireText(m_state, "read again for a snapshot"); !text) return text;
  if (Status same = requireSamePrecision(m_state); !same) return same;
  m_textChanges = m_state.textChanges;
  const auto next = cursorAfter(m_state, segment);
  if (!next) return next.error();
  m_next = *next;
  return m_replay.goTo(segment);
}

Status PinJob::store() {
  const auto memory = captureMemory(*m_state.model.backend, m_replay.memory(), m_request.segment);
  if (!memory) return memory.error();
  SnapshotRecord record = toSnapshotRecord(*memory, m_next, SnapshotReason::kPinned);
  record.pinned = true;
  return m_state.store.storeProgress({{}, {}, &record, {}});
}

Status PinJob::pinned() {
  auto info = m_state.store.newestSnapshot(m_request.segment);
  if (!info) return info.error();
  if (!info->has_value()) {
    return makeError(ErrorCode::kNotFound, "the snapshot after segment " + std::to_string(m_request.segment) +
                                               " is gone again; pin it once more");
  }
  m_state.send(SnapshotPinned{m_run, std::move(**info), m_replay.segmentsReread()});
  return {};
}

}  // namespace tidemark

#include "engine/service/read_job.h"

#include <algorithm>

#include "engine/base/system_memory.h"
#include "engine/service/trace_choice.h"

namespace tidemark {
namespace {

// Small documents are imported before the first of them is read: then everything about them is known at once.
constexpr double kSecondsBeforeReading = 0.1;
// Of importing, between two groups: as long as the group took, within limits, so that a slow model does not hold up a
// large file, nor a large file a question.
constexpr double kShortestImportSeconds = 0.004;
constexpr double kLongestImportSeconds = 0.25;
// For text to come, when there is nothing to read: a cancel or a question waits no longer.
constexpr auto kWait = std::chrono::milliseconds(20);

Error cancelled() {
  return makeError(ErrorCode::kCancelled, "reading was cancelled; run the same command again to go on");
}

}  // namespace

ReadJob::ReadJob(EngineState& state, RunId run, ReadRequest request, std::stop_token stop)
    : m_state(state), m_run(run), m_request(std::move(request)), m_stop(std::move(stop)) {}

Result<JobStep> ReadJob::step() {
  if (m_stop.stop_requested()) return cancelled();
  m_stepBegan = m_clock.seconds();
  auto result = advance();
  m_readSeconds += m_clock.seconds() - m_stepBegan;
  if (!result && result.error().code == ErrorCode::kCancelled) return cancelled();
  return result;
}

Result<JobStep> ReadJob::advance() {
  if (!m_importer) {
    if (Status begun = beginImport(); !begun) return begun.error();
  }
  if (Status imported = import(); !imported) return imported.error();
  if (!m_executor) {
    if (!isTimeToRead()) return JobStep::kMore;
    if (Status begun = beginReading(); !begun) return begun.error();
    return JobStep::kMore;
  }
  const double before = m_clock.seconds();
  auto report = m_executor->step(*m_reader);
  if (!report) return report.error();
  m_lastGroupSeconds = m_clock.seconds() - before;
  if (report->has_value()) {
    if (Status recorded = record(**report); !recorded) return recorded.error();
    return JobStep::kMore;
  }
  if (m_executor->isWaiting()) return JobStep::kMore;
  if (Status finished = finish(); !finished) return finished.error();
  return JobStep::kDone;
}

Status ReadJob::beginImport() {
  if (Status same = checkPrecision(m_state); !same) return same;
  if (Status text = requireText(m_state, "read on"); !text) return text;
  if (const std::uint64_t one = snapshotBytes(m_state.model); one > m_request.snapshotBudgetBytes) {
    return makeError(ErrorCode::kInvalidArgument, "a snapshot of this model's memory takes " + formatBytes(one) +
                                                      " and the budget for snapshots is " +
                                                      formatBytes(m_request.snapshotBudgetBytes) +
                                                      "; give it room for at least one");
  }
  auto list = listImports(m_state.store, m_request, m_stop);
  if (!list) return list.error();
  m_importer = std::make_unique<DocumentImporter>(m_state, m_run, std::move(list).value(), m_request.force, m_stop);
  m_request.pasted.clear();  // the list has them
  return {};
}

Status ReadJob::import() {
  if (m_importer->isDone()) return {};
  const bool isIdle = !m_executor || m_executor->isWaiting();
  const double longest = std::clamp(m_lastGroupSeconds, kShortestImportSeconds, kLongestImportSeconds);
  const double end = m_clock.seconds() + longest;
  do {
    const auto step = m_importer->pump(isIdle ? kWait : std::chrono::milliseconds(0));
    if (!step) return step.error();
    if (Status taken = take(*step); !taken) return taken;
    if (*step == DocumentImporter::Step::kNothing || m_importer->isDone()) break;
  } while (m_clock.seconds() < end && !m_stop.stop_requested());
  return {};
}

Status ReadJob::take(DocumentImporter::Step step) {
  if (m_reader && step == DocumentImporter::Step::kImported) {
    m_reader->setText(m_importer->document().bytes, true);
    noteChapters(m_importer->headings());
  }
  if (m_reader && step == DocumentImporter::Step::kRefused && !m_reader->forgetIncomplete()) stopReading();
  if (m_importer->isDone()) {
    if (Status some = checkSomethingWasRead(); !some) return some;
  }
  giveText();
  return {};
}

/// Tells the reader what has come.
void ReadJob::giveText() {
  if (!m_reader) return;
  if (const auto text = m_importer->readableText()) m_reader->setText(*text, false);
  if (m_importer->isDone()) m_reader->endText();
}

/// Of one document, behind those that were noted before.
void ReadJob::noteChapters(const std::vector<HeadingRecord>& headings) {
  for (const HeadingRecord& heading : headings) {
    if (heading.level == 1) m_chapters.push_back(heading.byte);
  }
}

bool ReadJob::beginsChapter(std::int64_t segment) const {
  const ByteRange bytes = m_reader->enteredSegment(segment).segment.bytes;
  const auto chapter = std::lower_bound(m_chapters.begin(), m_chapters.end(), bytes.begin);
  return chapter != m_chapters.end() && *chapter < bytes.end;
}

/// One bad file does not stop the others; it is an error if there are no others.
Status ReadJob::checkSomethingWasRead() const {
  if (m_importer->refusedCount() == 0) return {};
  if (m_importer->isSingle()) return *m_importer->firstRefusal();
  const auto documents = m_state.store.documents();
  if (!documents) return documents.error();
  if (!documents->empty()) return {};
  const Error& first = *m_importer->firstRefusal();
  return makeError(first.code,
                   "none of the " + std::to_string(m_importer->fileCount()) + " files could be read: " + first.message);
}

bool ReadJob::isTimeToRead() const {
  if (m_importer->isDone()) return true;
  // After a refused document the read has begun before, and goes on at once.
  const bool mayBegin = m_resumedSegments >= 0 || m_clock.seconds() >= kSecondsBeforeReading;
  return mayBegin && !m_importer->isRevising() && m_importer->readableText().has_value();
}

/// From the newest memory that is stored.
Status ReadJob::beginReading() {
  auto documents = m_state.store.documents();
  if (!documents) return documents.error();
  const std::int64_t firstSegment = m_state.newest ? m_state.newest->segment + 1 : 0;
  Backend& backend = *m_state.model.backend;
  auto memory = backend.createMemory();
  if (!memory) return memory.error();
  m_memory = std::move(memory).value();
  if (m_state.newest) {
    if (Status restored = restoreMemory(backend, *m_memory, *m_state.newest); !restored) return restored;
  }
  ReadingStarted started;
  started.run = m_run;
  started.firstSegment = firstSegment;
  started.firstByte = m_state.next ? m_state.next->chunkByte : 0;
  started.segmentTokens = m_state.model.config().memory->segmentSize;
  started.totalBytes = documents->empty() ? 0 : documents->back().bytes.end;
  if (const auto text = m_importer->readableText()) started.totalBytes = text->end;
  started.snapshotBytes = snapshotBytes(m_state.model);
  started.snapshotRoom = m_request.snapshotBudgetBytes / started.snapshotBytes;
  m_reader = std::make_unique<DocumentReader>(m_state.store, *m_state.model.tokenizer,
                                              m_state.model.config().memory->segmentSize, firstSegment, m_state.next);
  for (const DocumentRecord& document : *documents) m_reader->setText(document.bytes, true);
  const auto contents = m_state.store.contents();
  if (!contents) return contents.error();
  m_chapters.clear();
  for (const DocumentContents& each : *contents) noteChapters(each.headings);
  giveText();
  auto executor = makeExecutor(m_request.schedule, backend, *m_memory, firstSegment, backend.lookAhead());
  if (!executor) return executor.error();
  m_executor = std::move(executor).value();
  m_collector = std::make_unique<SnapshotCollector>(
      backend, *m_memory, m_request.snapshotSeconds,
      SnapshotCollector::SegmentKnowledge{[this](std::int64_t segment) { return m_reader->isStorable(segment); },
                                          [this](std::int64_t segment) { return beginsChapter(segment); }});
  m_executor->setObserver(m_collector.get());
  if (m_resumedSegments < 0) m_resumedSegments = firstSegment;
  m_segmentsRead = firstSegment - m_resumedSegments;
  const auto traces = keptTraces(m_request.keepTraces, backend);
  if (!traces) return traces.error();
  if (*traces) m_executor->setWriteSink((m_traces = std::make_unique<TraceCollector>(backend.config())).get());
  started.keepsTraces = *traces;
  started.traceBytes = traceBytes(backend.config());
  m_state.send(started);
  return {};
}

/// What is not stored is given up; beginReading goes on from what is.
void ReadJob::stopReading() {
  m_executor.reset();
  m_traces.reset();
  m_collector.reset();
  m_reader.reset();
  m_memory.reset();
  m_metrics.clear();
}

Status ReadJob::record(const GroupReport& report) {
  for (int i = 0; i < report.count; ++i) {
    const CellMetrics& cell = report.metrics[static_cast<std::size_t>(i)];
    m_metrics.push_back(
        {report.firstSegment - i, report.firstLayer + i, cell.novelty, cell.writeStrength, cell.relativeChange});
  }
  if (report.finishedSegment) {
    ++m_segmentsRead;
    if (m_traces) m_traces->segmentFinished(*report.finishedSegment);
  }
  noteBytesRead(report);
  if (Status copied = m_collector->groupFinished(report); !copied) return copied;
  if (auto complete = m_collector->takeComplete()) {
    if (Status stored = store(*complete, SnapshotReason::kInterval); !stored) return stored;
  }
  GroupFinished event;
  event.run = m_run;
  event.index = report.index;
  event.firstLayer = report.firstLayer;
  event.firstSegment = report.firstSegment;
  event.startSeconds = report.startSeconds;
  event.endSeconds = report.endSeconds;
  event.cells.assign(report.metrics.begin(), report.metrics.end());
  event.bytesRead = m_bytesRead;
  m_state.send(event);
  return {};
}

/// With look-ahead the reader is further on than the group that is reported.
void ReadJob::noteBytesRead(const GroupReport& report) {
  if (report.firstLayer == 0) {
    m_bytesRead = m_reader->enteredSegment(report.firstSegment).segment.bytes.end;
  } else if (m_request.schedule == Schedule::kDiagonal) {
    m_bytesRead = m_reader->bytesRead();  // the front drains: everything has entered
  }
}

Status ReadJob::store(const MemorySnapshot& snapshot, SnapshotReason reason) {
  RunClock clock;
  const TextCursor next = m_reader->enteredSegment(snapshot.segment).next;
  const SnapshotRecord record = toSnapshotRecord(snapshot, next, reason);
  std::vector<SegmentRecord> segments;
  auto& entered = m_reader->entered();
  while (!entered.empty() && entered.front().segment.index <= snapshot.segment) {
    segments.push_back(std::move(entered.front().segment));
    entered.pop_front();
  }
  const auto later = std::stable_partition(m_metrics.begin(), m_metrics.end(), [&](const CellMetricsRecord& cell) {
    return cell.segment <= snapshot.segment;
  });
  const std::span metrics(m_metrics.begin(), later);
  const std::vector<TraceRecord> traces = takeTraces(m_traces.get(), snapshot.segment);
  if (Status stored =
          m_state.store.storeProgress({segments, metrics, &record, m_state.model.backend->precision(), traces});
      !stored)
    return stored;
  m_metrics.erase(m_metrics.begin(), later);
  auto kept = m_state.store.thinSnapshots(m_request.snapshotBudgetBytes);
  if (!kept) return kept.error();
  m_state.newest = std::make_shared<const MemorySnapshot>(snapshot);
  m_state.next = next;
  m_collector->stored(clock.seconds());
  m_state.send(SnapshotStored{m_run, snapshot.segment, m_collector->copySeconds() + clock.seconds(),
                              m_state.store.byteCount(), std::move(kept).value()});
  return {};
}

Status ReadJob::finish() {
  const std::int64_t lastSegment = m_resumedSegments + m_segmentsRead - 1;
  const std::int64_t storedSegment = m_state.newest ? m_state.newest->segment : -1;
  const auto last = captureMemory(*m_state.model.backend, *m_memory, lastSegment);
  if (!last) return last.error();
  if (lastSegment > storedSegment) {
    if (Status stored = store(*last, SnapshotReason::kEnd); !stored) return stored;
  }
  TailRecord tail;
  tail.segmentsBefore = lastSegment + 1;
  tail.tokens = m_reader->tail();
  tail.next = m_reader->end();
  if (Status stored = m_state.store.storeTail(tail); !stored) return stored;

  ReadFinished event;
  event.run = m_run;
  event.segmentsRead = m_segmentsRead;
  event.segmentsResumed = m_resumedSegments;
  event.tailTokens = static_cast<std::int64_t>(tail.tokens.ids.size());
  const int segmentSize = m_state.model.config().memory->segmentSize;
  event.tokens = (m_resumedSegments + m_segmentsRead) * segmentSize + event.tailTokens;
  event.tokensRead = m_segmentsRead * segmentSize + event.tailTokens;
  event.seconds = m_readSeconds + m_clock.seconds() - m_stepBegan;
  event.stateHash = hashMemory(*last);
  event.stateBytes = snapshotBytes(m_state.model);
  m_state.send(event);
  return {};
}

}  // namespace tidemark

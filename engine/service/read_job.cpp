#include "engine/service/read_job.h"

#include <algorithm>

#include "engine/document/text_import.h"
#include "engine/service/trace_choice.h"

namespace tidemark {
namespace {

Error cancelled() {
  return makeError(ErrorCode::kCancelled, "reading was cancelled; run the same command again to go on");
}

/// Whether the documents are the first ones of a list of files, in its order; a file that is named twice counts once.
bool beginsWith(const std::vector<std::string>& hashes, const std::vector<DocumentRecord>& documents) {
  std::vector<std::string> list;
  for (const std::string& hash : hashes) {
    if (std::find(list.begin(), list.end(), hash) == list.end()) list.push_back(hash);
  }
  if (documents.size() > list.size()) return false;
  return std::equal(
      documents.begin(), documents.end(), list.begin(),
      [](const DocumentRecord& document, const std::string& hash) { return document.sourceSha256 == hash; });
}

}  // namespace

ReadJob::ReadJob(EngineState& state, RunId run, ReadRequest request, std::stop_token stop)
    : m_state(state), m_run(run), m_request(std::move(request)), m_stop(std::move(stop)) {}

Result<JobStep> ReadJob::step() {
  if (m_stop.stop_requested()) return cancelled();
  const double before = m_clock.seconds();
  if (!m_executor) {
    if (Status begun = begin(); !begun) return begun.error();
    m_readSeconds += m_clock.seconds() - before;
    return JobStep::kMore;
  }
  auto report = m_executor->step(*m_reader);
  if (!report) return report.error();
  if (report->has_value()) {
    if (Status recorded = record(**report); !recorded) return recorded.error();
    m_readSeconds += m_clock.seconds() - before;
    return JobStep::kMore;
  }
  m_readSeconds += m_clock.seconds() - before;
  if (Status finished = finish(); !finished) return finished.error();
  return JobStep::kDone;
}

/// Going on in another precision mixes two arithmetics in one memory: only for somebody who chose the backend.
Status ReadJob::checkPrecision() const {
  const auto before = m_state.store.precision();
  if (!before) return before.error();
  const Backend& backend = *m_state.model.backend;
  if (!m_state.newest || m_state.model.backendNamed || *before == "mixed" || *before == backend.precision()) return {};
  const std::string matching = *before == "bf16" ? "cuda" : "cpu";
  return makeError(ErrorCode::kMismatch, m_state.store.path().string() + " was read with " + *before +
                                             " arithmetic and the " + backend.name() + " backend computes with " +
                                             backend.precision() + "; use --backend " + matching + ", or --backend " +
                                             backend.name() + " to mix the two on purpose");
}

Status ReadJob::begin() {
  if (Status same = checkPrecision(); !same) return same;
  const auto leftOut = m_state.store.textIsLeftOut();
  if (!leftOut) return leftOut.error();
  if (*leftOut) {
    return makeError(ErrorCode::kInvalidArgument, m_state.store.path().string() +
                                                      " holds a memory without its text: it can be asked, and not read "
                                                      "on; read into the session that it was exported from");
  }
  if (Status imported = importFiles(); !imported) return imported;
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
  m_reader = std::make_unique<DocumentReader>(m_state.store, *m_state.model.tokenizer, std::move(documents).value(),
                                              m_state.model.config().memory->segmentSize, firstSegment, m_state.next);
  auto executor = makeExecutor(m_request.schedule, backend, *m_memory, firstSegment, backend.lookAhead());
  if (!executor) return executor.error();
  m_executor = std::move(executor).value();
  m_collector = std::make_unique<SnapshotCollector>(backend, *m_memory, m_request.snapshotSeconds);
  m_executor->setObserver(m_collector.get());
  const auto traces = keptTraces(m_request.keepTraces, backend);
  if (!traces) return traces.error();
  if (*traces) m_executor->setWriteSink((m_traces = std::make_unique<TraceCollector>(backend.config())).get());
  started.keepsTraces = *traces;
  started.traceBytes = traceBytes(backend.config());
  m_resumedSegments = firstSegment;
  m_state.send(started);
  return {};
}

Status ReadJob::importFiles() {
  auto documents = m_state.store.documents();
  if (!documents) return documents.error();
  std::vector<std::string> hashes;
  for (const auto& file : m_request.files) {
    auto hash = hashFile(file);
    if (!hash) return hash.error();
    hashes.push_back(*hash);
  }
  const auto isStored = [&](const std::string& hash) {
    return std::any_of(documents->begin(), documents->end(),
                       [&](const DocumentRecord& document) { return document.sourceSha256 == hash; });
  };
  // The same list of files as last time goes on where it stopped; anything else is added on purpose or not at all.
  const bool sameList = beginsWith(hashes, *documents);
  for (std::size_t i = 0; i < m_request.files.size(); ++i) {
    if (isStored(hashes[i])) continue;
    if (!m_request.append && !sameList) {
      return makeError(ErrorCode::kInvalidArgument,
                       m_state.store.path().string() + " already holds \"" + documents->front().title + "\"" +
                           (documents->size() > 1 ? " and others" : "") + "; use --append to add " +
                           m_request.files[i].string() + " to it, or another session");
    }
    if (Status imported = importFile(m_request.files[i], hashes[i]); !imported) return imported;
    documents = m_state.store.documents();
    if (!documents) return documents.error();
  }
  return {};
}

Status ReadJob::importFile(const std::filesystem::path& file, const std::string& sha256) {
  auto id = m_state.store.beginDocument(file.filename().string(), std::filesystem::absolute(file).string());
  if (!id) return id.error();
  const auto giveUp = [&](const Error& error) -> Status {
    // The first error is the one to report; an unfinished document is dropped at the next opening anyway.
    (void)m_state.store.dropDocument(*id);
    return error;
  };
  auto report = importTextFile(
      file, [&](std::string_view piece) { return m_state.store.appendText(*id, piece); }, m_stop);
  if (!report) return giveUp(report.error().code == ErrorCode::kCancelled ? cancelled() : report.error());
  if (report->sourceSha256 != sha256) {
    return giveUp(makeError(ErrorCode::kIo, file.string() + " changed while it was being read; try again"));
  }
  auto document = m_state.store.finishDocument(*id, report->sourceSha256, report->characters, report->replacedBytes);
  if (!document) return giveUp(document.error());
  m_state.send(DocumentImported{m_run, std::move(document).value()});
  return {};
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
  if (auto thinned = m_state.store.thinSnapshots(m_request.snapshotBudgetBytes); !thinned) return thinned.error();
  m_state.newest = std::make_shared<const MemorySnapshot>(snapshot);
  m_state.next = next;
  m_collector->stored(clock.seconds());
  m_state.send(SnapshotStored{m_run, snapshot.segment, m_collector->copySeconds() + clock.seconds()});
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
  event.seconds = m_readSeconds;
  event.stateHash = hashMemory(*last);
  event.stateBytes = m_state.model.backend->layerMemoryFloats() * sizeof(float) *
                     static_cast<std::uint64_t>(m_state.model.config().layers);
  m_state.send(event);
  return {};
}

}  // namespace tidemark

#pragma once
// Reads documents into the session's memory: imports them, resumes at the newest snapshot, reads step by step what has
// come, stores. Engine thread.
//
// Importing and reading take turns, so reading begins long before a large document is complete. What is read does not
// depend on that: see document_reader.h. Nothing of a document is stored before it is complete, so the session never
// speaks of text that is not there; if it is refused in the end, the read goes on from the newest snapshot without it.

#include <memory>
#include <stop_token>

#include "engine/executor/executor.h"
#include "engine/memory/memory_trace.h"
#include "engine/service/document_importer.h"
#include "engine/service/document_reader.h"
#include "engine/service/engine_state.h"
#include "engine/service/requests.h"
#include "engine/service/snapshot_collector.h"

namespace tidemark {

class ReadJob {
 public:
  ReadJob(EngineState& state, RunId run, ReadRequest request, std::stop_token stop);

  /// A piece of importing, and one group of cells if there is something to read; at the end the last snapshot, the tail
  /// and ReadFinished. Errors end the job; what is stored stays resumable. kCancelled when the stop token asked for it.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Result<JobStep> advance();
  [[nodiscard]] Status beginImport();
  [[nodiscard]] Status import();
  [[nodiscard]] Status take(DocumentImporter::Step step);
  [[nodiscard]] Status checkSomethingWasRead() const;
  [[nodiscard]] bool isTimeToRead() const;
  [[nodiscard]] Status beginReading();
  void stopReading();
  void giveText();
  void noteChapters(const std::vector<HeadingRecord>& headings);
  [[nodiscard]] bool beginsChapter(std::int64_t segment) const;
  [[nodiscard]] Status record(const GroupReport& report);
  void noteBytesRead(const GroupReport& report);
  [[nodiscard]] Status store(const MemorySnapshot& snapshot, SnapshotReason reason);
  [[nodiscard]] Status finish();

  EngineState& m_state;
  RunId m_run;
  ReadRequest m_request;
  std::stop_token m_stop;
  RunClock m_clock;

  std::unique_ptr<DocumentImporter> m_importer;
  std::unique_ptr<DeviceMemory> m_memory;
  std::unique_ptr<DocumentReader> m_reader;
  std::unique_ptr<SnapshotCollector> m_collector;
  std::unique_ptr<TraceCollector> m_traces;  // before the executor, which gives it up; null: traces are not kept
  std::unique_ptr<Executor> m_executor;
  std::vector<CellMetricsRecord> m_metrics;  // of segments that are not stored yet
  std::vector<std::uint64_t> m_chapters;     // where they begin, session-wide, ascending
  std::int64_t m_resumedSegments = -1;       // -1: reading has not begun
  std::int64_t m_segmentsRead = 0;           // after those
  std::uint64_t m_bytesRead = 0;             // end of the newest segment whose first group ended
  double m_lastGroupSeconds = 0;
  double m_stepBegan = 0;
  double m_readSeconds = 0;  // inside steps: pauses and questions in between do not count
};

}  // namespace tidemark

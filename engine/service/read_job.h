#pragma once
// Reads documents into the session's memory: import, resume at the newest snapshot, step by step, store. Engine thread.

#include <memory>
#include <stop_token>

#include "engine/executor/executor.h"
#include "engine/memory/memory_trace.h"
#include "engine/service/document_reader.h"
#include "engine/service/engine_state.h"
#include "engine/service/requests.h"
#include "engine/service/snapshot_collector.h"

namespace tidemark {

class ReadJob {
 public:
  ReadJob(EngineState& state, RunId run, ReadRequest request, std::stop_token stop);

  /// First call: imports and restores. Then one group of cells a call; at the end the last snapshot, the tail and
  /// ReadFinished. Errors end the job; what is stored stays resumable. kCancelled when the stop token asked for it.
  [[nodiscard]] Result<JobStep> step();

 private:
  [[nodiscard]] Status begin();
  [[nodiscard]] Status checkPrecision() const;
  [[nodiscard]] Status importFiles();
  [[nodiscard]] Status importFile(const std::filesystem::path& file, const std::string& sha256);
  [[nodiscard]] Status record(const GroupReport& report);
  void noteBytesRead(const GroupReport& report);
  [[nodiscard]] Status store(const MemorySnapshot& snapshot, SnapshotReason reason);
  [[nodiscard]] Status finish();

  EngineState& m_state;
  RunId m_run;
  ReadRequest m_request;
  std::stop_token m_stop;
  RunClock m_clock;

  std::unique_ptr<DeviceMemory> m_memory;
  std::unique_ptr<DocumentReader> m_reader;
  std::unique_ptr<SnapshotCollector> m_collector;
  std::unique_ptr<TraceCollector> m_traces;  // before the executor, which gives it up; null: traces are not kept
  std::unique_ptr<Executor> m_executor;
  std::vector<CellMetricsRecord> m_metrics;  // of segments that are not stored yet
  std::int64_t m_resumedSegments = 0;
  std::int64_t m_segmentsRead = 0;
  std::uint64_t m_bytesRead = 0;  // end of the newest segment whose first group ended
  double m_readSeconds = 0;       // inside steps: pauses and questions in between do not count
};

}  // namespace tidemark

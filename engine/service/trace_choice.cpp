#include "engine/service/trace_choice.h"

namespace tidemark {

bool keepsTracesByDefault(const ModelConfig& config) {
  return traceBytes(config) <= kTraceBytesPerToken * static_cast<std::uint64_t>(config.memory->segmentSize);
}

Result<bool> keptTraces(std::optional<bool> wanted, const Backend& backend) {
  if (!wanted) return backend.tracesMemory() && keepsTracesByDefault(backend.config());
  if (*wanted && !backend.tracesMemory()) {
    return makeError(ErrorCode::kUnsupported, "the " + backend.name() +
                                                  " backend cannot keep what segments write to memory; use --backend "
                                                  "cpu, or read without traces");
  }
  return *wanted;
}

std::vector<TraceRecord> takeTraces(TraceCollector* collector, std::int64_t last) {
  std::vector<TraceRecord> records;
  if (collector == nullptr) return records;
  for (TraceCollector::Trace& trace : collector->take(last)) {
    records.push_back({trace.segment, std::move(trace.packed)});
  }
  return records;
}

}  // namespace tidemark

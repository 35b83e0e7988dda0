#pragma once
// Whether a read keeps what segments write to memory.

#include <optional>
#include <vector>

#include "engine/memory/memory_trace.h"
#include "engine/session/session_records.h"

namespace tidemark {

/// Traces are kept without being asked for up to so many bytes for each token of text: 124 for the built-in model,
/// 8,500 for one of a billion weights.
inline constexpr std::uint64_t kTraceBytesPerToken = 256;

[[nodiscard]] bool keepsTracesByDefault(const ModelConfig& config);

/// `wanted`, or what is the default for this model. Errors: kUnsupported if they are wanted of a backend that cannot.
[[nodiscard]] Result<bool> keptTraces(std::optional<bool> wanted, const Backend& backend);

/// Traces of segments that have left the last layer, up to and with `last`; none without a collector.
[[nodiscard]] std::vector<TraceRecord> takeTraces(TraceCollector* collector, std::int64_t last);

}  // namespace tidemark

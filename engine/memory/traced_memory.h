#pragma once
// A memory changed by traces instead of by reading. Not bit for bit what reading leaves, but up to the rounding of
// traces: for finding out what an answer depends on, never for what is stored.

#include "engine/memory/memory_snapshot.h"
#include "engine/memory/memory_trace.h"

namespace tidemark {

/// Adds `factor` times what a segment wrote to W_mem: with -1, the memory as it would be without that contribution. z
/// stays, so what else is read keeps its denominator. The layers must have been written.
void addWrites(const ModelConfig& config, const SegmentWrites& writes, float factor, MemorySnapshot& memory);

/// Takes W_mem and z from before the segment to after it. `memory` has all layers, written or not.
void replayWrites(const ModelConfig& config, const SegmentWrites& writes, MemorySnapshot& memory);

}  // namespace tidemark

#pragma once
// Which snapshots to give up so that the others fit a budget. Pure: no database.

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/session/session_records.h"

namespace tidemark {

/// Positions in `snapshots` (oldest segment first) that are to be removed, ascending, so that at most `budgetBytes`
/// remain. The newest and the pinned ones are never among them, even when they alone exceed the budget.
///
/// The text read so far is cut into stretches whose lengths are powers of two, grow with the distance from the newest
/// snapshot and begin at multiples of themselves; the first snapshot in each stretch stays. Stretches of a later time
/// are unions of those of an earlier one, so thinning again and again while reading keeps about what thinning once at
/// the end would keep.
[[nodiscard]] std::vector<std::size_t> snapshotsToRemove(std::span<const SnapshotInfo> snapshots,
                                                         std::uint64_t budgetBytes);

}  // namespace tidemark

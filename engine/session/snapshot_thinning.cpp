#include "engine/session/snapshot_thinning.h"

#include <algorithm>

namespace tidemark {
namespace {

constexpr double kCoarsest = 4.0;  // one stretch holds everything
constexpr double kStepFactor = 1.05;

/// Length, at least 1, of the stretch that begins `age` segments before the newest snapshot.
std::uint64_t stretchLength(std::uint64_t age, double ratio) {
  const double most = std::min(static_cast<double>(age) * ratio, 0x1p62);
  std::uint64_t length = 1;
  while (static_cast<double>(length * 2) <= most) length *= 2;
  return length;
}

/// For each snapshot whether it stays when stretches have `ratio` of their age as length.
std::vector<bool> keepAt(std::span<const SnapshotInfo> snapshots, double ratio) {
  std::vector<bool> keep(snapshots.size());
  const auto newest = static_cast<std::uint64_t>(snapshots.back().segment);
  std::uint64_t end = 0;  // of the current stretch
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    const auto segment = static_cast<std::uint64_t>(std::max<std::int64_t>(snapshots[i].segment, 0));
    bool isFirst = i == 0;
    while (end <= segment) {
      // Where stretches have no snapshots, whole aligned blocks are passed over without walking through them.
      const std::uint64_t length = stretchLength(newest - std::min(end, newest), ratio);
      end += std::max(length, (segment - end) / length * length);
      isFirst = true;
    }
    keep[i] = isFirst || snapshots[i].pinned || i + 1 == snapshots.size();
  }
  return keep;
}

}  // namespace

std::vector<std::size_t> snapshotsToRemove(std::span<const SnapshotInfo> snapshots, std::uint64_t budgetBytes) {
  std::vector<bool> keep(snapshots.size(), true);
  const auto keptBytes = [&] {
    std::uint64_t bytes = 0;
    for (std::size_t i = 0; i < snapshots.size(); ++i) bytes += keep[i] ? snapshots[i].bytes : 0;
    return bytes;
  };
  if (snapshots.empty() || keptBytes() <= budgetBytes) return {};

  const double oldestAge = static_cast<double>(snapshots.back().segment) + 1.0;
  double ratio = 1.0 / oldestAge;
  while (keptBytes() > budgetBytes && ratio < kCoarsest) {
    keep = keepAt(snapshots, ratio);
    ratio *= kStepFactor;
  }
  for (std::size_t i = 0; i + 1 < snapshots.size() && keptBytes() > budgetBytes; ++i) keep[i] = snapshots[i].pinned;

  std::vector<std::size_t> removed;
  for (std::size_t i = 0; i < snapshots.size(); ++i) {
    if (!keep[i]) removed.push_back(i);
  }
  return removed;
}

}  // namespace tidemark

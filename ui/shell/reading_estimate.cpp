#include "ui/shell/reading_estimate.h"

#include <algorithm>
#include <array>

namespace tidemark::ui {
namespace {

constexpr double kLeastSeconds = 2;
constexpr double kLeastShare = 0.02;
constexpr qint64 kLeastGroups = 64;
constexpr std::size_t kWindows = 12;    // rates that the range is taken from
constexpr double kShortestStretch = 6;  // seconds of work that "lately" is at least
constexpr double kStretchShare = 0.3;   // of all the work, if that is more
constexpr double kLongestStretch = 300;
constexpr double kSlowest = 0.2;  // of the mean rate: one stall is no reason to say "hours"

}  // namespace

void ReadingEstimate::start(qint64 totalBytes) {
  *this = ReadingEstimate();
  m_total = static_cast<double>(totalBytes);
}

void ReadingEstimate::pause(double seconds) {
  if (m_isPaused) return;
  m_isPaused = true;
  m_pausedSince = seconds;
}

void ReadingEstimate::resume(double seconds) {
  if (!m_isPaused) return;
  m_isPaused = false;
  if (!m_samples.empty()) m_pausedSeconds += std::max(0.0, seconds - m_pausedSince);
}

void ReadingEstimate::addSample(double seconds, qint64 bytesDone, qint64 groupsDone) {
  if (m_isPaused) return;
  const double worked = seconds - m_pausedSeconds;
  const auto bytes = static_cast<double>(bytesDone);
  if (m_samples.empty()) {
    m_firstSeconds = worked;
    m_firstBytes = bytes;
    m_firstGroups = groupsDone;
  } else if (worked <= m_samples.back().seconds) {
    if (worked == m_samples.back().seconds) m_samples.back().bytes = std::max(m_samples.back().bytes, bytes);
    return;
  }
  m_groups = std::max(m_groups, groupsDone - m_firstGroups);
  m_samples.push_back({worked, m_samples.empty() ? bytes : std::max(bytes, m_samples.back().bytes)});
  const double stretch = std::clamp((worked - m_firstSeconds) * kStretchShare, kShortestStretch, kLongestStretch);
  while (m_samples.size() > 2 && m_samples[1].seconds < worked - stretch) m_samples.pop_front();
}

double ReadingEstimate::bytesAt(double seconds) const {
  const auto after = std::lower_bound(m_samples.begin(), m_samples.end(), seconds,
                                      [](const Sample& sample, double at) { return sample.seconds < at; });
  if (after == m_samples.begin()) return m_samples.front().bytes;
  if (after == m_samples.end()) return m_samples.back().bytes;
  const Sample& before = *std::prev(after);
  const double share = (seconds - before.seconds) / (after->seconds - before.seconds);
  return before.bytes + (after->bytes - before.bytes) * share;
}

std::optional<RemainingTime> ReadingEstimate::remaining() const {
  if (m_samples.size() < 2) return std::nullopt;
  const Sample& last = m_samples.back();
  const double left = m_total - last.bytes;
  const double done = last.bytes - m_firstBytes;
  if (left <= 0 || done <= 0 || last.seconds - m_firstSeconds < kLeastSeconds) return std::nullopt;
  if (done < kLeastShare * (m_total - m_firstBytes) && m_groups < kLeastGroups) return std::nullopt;

  const double stretch = std::clamp((last.seconds - m_firstSeconds) * kStretchShare, kShortestStretch, kLongestStretch);
  const double from = std::max(m_samples.front().seconds, last.seconds - stretch);
  const double width = (last.seconds - from) / kWindows;
  const double mean = (last.bytes - bytesAt(from)) / (last.seconds - from);
  if (!(mean > 0)) return std::nullopt;
  std::array<double, kWindows> rates{};
  for (std::size_t i = 0; i < kWindows; ++i) {
    const double begin = from + width * static_cast<double>(i);
    rates[i] = std::max((bytesAt(begin + width) - bytesAt(begin)) / width, kSlowest * mean);
  }
  std::sort(rates.begin(), rates.end());
  // Noise of single windows averages out over what is left: half way from the mean to the outer quarters.
  const double slow = (mean + std::min(mean, rates[kWindows / 4])) / 2;
  const double fast = (mean + std::max(mean, rates[kWindows - 1 - kWindows / 4])) / 2;
  return RemainingTime{left / fast, left / slow};
}

}  // namespace tidemark::ui

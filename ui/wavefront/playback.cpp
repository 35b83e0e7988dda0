#include "ui/wavefront/playback.h"

#include <algorithm>
#include <cmath>

namespace tidemark::ui {

PlaybackTimeline PlaybackTimeline::recorded(const WavefrontData& data) {
  PlaybackTimeline timeline;
  timeline.m_kind = TimelineKind::kRecorded;
  timeline.m_data = &data;
  return timeline;
}

PlaybackTimeline PlaybackTimeline::scheduled(TimelineKind kind, const ReadBounds& bounds) {
  PlaybackTimeline timeline;
  timeline.m_kind = kind;
  timeline.m_bounds = bounds;
  return timeline;
}

std::int64_t PlaybackTimeline::groups() const {
  return m_data != nullptr ? static_cast<std::int64_t>(m_data->groups().size()) : groupCount(m_bounds);
}

double PlaybackTimeline::duration() const {
  if (m_data == nullptr) return static_cast<double>(groups()) / kStepsPerSecond;
  return m_data->groups().empty() ? 0 : m_data->groups().back().endSeconds();
}

std::int64_t PlaybackTimeline::finishedAt(double seconds) const {
  if (m_data == nullptr) {
    // A position that was set to the start of a step is that step, whatever division made of it.
    const auto steps = static_cast<std::int64_t>(std::floor(seconds * kStepsPerSecond + 1e-6));
    return std::clamp<std::int64_t>(steps, 0, groups());
  }
  const auto& log = m_data->groups();
  const auto place = std::partition_point(
      log.begin(), log.end(), [seconds](const GroupRecord& group) { return group.endSeconds() <= seconds; });
  return place - log.begin();
}

double PlaybackTimeline::startOf(std::int64_t ordinal) const {
  if (ordinal >= groups()) return duration();
  if (m_data == nullptr) return static_cast<double>(std::max<std::int64_t>(0, ordinal)) / kStepsPerSecond;
  if (ordinal <= 0) return 0;
  // The moment the group before it ended: between the two, this one is what runs.
  return m_data->groups()[static_cast<std::size_t>(ordinal - 1)].endSeconds();
}

GroupShape PlaybackTimeline::shapeOf(std::int64_t ordinal) const {
  if (m_data == nullptr) return groupAt(m_bounds, ordinal);
  if (ordinal < 0 || ordinal >= groups()) return {};
  return m_data->groups()[static_cast<std::size_t>(ordinal)].shape();
}

std::int64_t PlaybackTimeline::doneEndAfter(std::int64_t finished, int layer) const {
  if (m_data == nullptr) return ui::doneEndAfter(m_bounds, finished, layer);
  // In one layer segments run in order, so the cells done by then are a prefix.
  std::int64_t low = 0;
  std::int64_t high = m_data->doneEnd(layer);
  while (low < high) {
    const std::int64_t middle = low + (high - low) / 2;
    const auto group = m_data->groupOf(middle, layer);
    if (!group || *group < finished) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void Playback::load(const PlaybackTimeline& timeline) {
  m_timeline = timeline;
  m_loaded = true;
  m_playing = false;
  anchor(0);
}

void Playback::clear() {
  m_timeline = {};
  m_loaded = false;
  m_playing = false;
  anchor(0);
}

void Playback::anchor(double position) {
  m_anchorPosition = std::clamp(position, 0.0, m_timeline.duration());
  m_anchorClock = m_clock();
}

void Playback::play() {
  if (!m_loaded) return;
  anchor(isAtEnd() ? 0 : position());
  m_playing = true;
}

void Playback::pause() {
  anchor(position());
  m_playing = false;
}

void Playback::seek(double seconds) {
  anchor(seconds);
}

void Playback::stepGroups(std::int64_t groups) {
  anchor(m_timeline.startOf(std::max<std::int64_t>(0, finishedGroups() + groups)));
}

void Playback::setSpeed(double speed) {
  anchor(position());
  m_fitSeconds = 0;
  m_speed = std::clamp(speed, kMinSpeed, kMaxSpeed);
}

void Playback::setFit(double seconds) {
  anchor(position());
  m_fitSeconds = std::max(0.0, seconds);
}

double Playback::rate() const {
  return m_fitSeconds > 0 ? m_timeline.duration() / m_fitSeconds : m_speed;
}

double Playback::position() const {
  if (!m_playing) return m_anchorPosition;
  return std::min(m_timeline.duration(), m_anchorPosition + (m_clock() - m_anchorClock) * rate());
}

bool Playback::isAtEnd() const {
  return position() >= m_timeline.duration();
}

bool Playback::isPlaying() const {
  return m_playing && !isAtEnd();
}

}  // namespace tidemark::ui

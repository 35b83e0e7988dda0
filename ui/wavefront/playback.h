#pragma once
// Playing a read again: what happened when (PlaybackTimeline) and where the playhead is (Playback). Pure; the clock is
// given by the owner, nothing here starts a timer.

#include <cstdint>
#include <functional>

#include "ui/wavefront/wavefront_data.h"
#include "ui/wavefront/wavefront_schedule.h"

namespace tidemark::ui {

enum class TimelineKind {
  kRecorded,   // from the log: the groups as they ran, with their times
  kUntimed,    // the read was not watched: its groups from the schedule, in equal steps
  kSimulated,  // an order the read did not have, in equal steps
};

class PlaybackTimeline {
 public:
  static constexpr double kStepsPerSecond = 30;  // of timelines without times, at 1x

  PlaybackTimeline() = default;
  /// `data` outlives the timeline. Groups that come later belong to it as well.
  static PlaybackTimeline recorded(const WavefrontData& data);
  static PlaybackTimeline scheduled(TimelineKind kind, const ReadBounds& bounds);

  [[nodiscard]] TimelineKind kind() const { return m_kind; }
  [[nodiscard]] std::int64_t groups() const;
  [[nodiscard]] double duration() const;  // seconds
  /// Groups that have ended at a time.
  [[nodiscard]] std::int64_t finishedAt(double seconds) const;
  /// When a group begins; the duration for the one after the last.
  [[nodiscard]] double startOf(std::int64_t ordinal) const;
  [[nodiscard]] GroupShape shapeOf(std::int64_t ordinal) const;
  /// First segment of `layer` that is not done after `finished` groups.
  [[nodiscard]] std::int64_t doneEndAfter(std::int64_t finished, int layer) const;

 private:
  TimelineKind m_kind = TimelineKind::kUntimed;
  const WavefrontData* m_data = nullptr;
  ReadBounds m_bounds;
};

class Playback {
 public:
  static constexpr double kMinSpeed = 0.25;
  static constexpr double kMaxSpeed = 16;

  /// `clock` gives monotonic seconds.
  explicit Playback(std::function<double()> clock) : m_clock(std::move(clock)) {}

  void load(const PlaybackTimeline& timeline);
  void clear();
  [[nodiscard]] bool isLoaded() const { return m_loaded; }
  [[nodiscard]] const PlaybackTimeline& timeline() const { return m_timeline; }

  /// Starts again from the beginning when the playhead is at the end.
  void play();
  void pause();
  void seek(double seconds);
  void stepGroups(std::int64_t groups);
  /// Recorded seconds per second, 0.25 to 16.
  void setSpeed(double speed);
  /// The whole read in `seconds`, whatever its length; 0 goes back to the speed.
  void setFit(double seconds);

  [[nodiscard]] bool isPlaying() const;  // false once the end is reached
  [[nodiscard]] double position() const;
  [[nodiscard]] bool isAtEnd() const;
  [[nodiscard]] double rate() const;
  [[nodiscard]] std::int64_t finishedGroups() const { return m_timeline.finishedAt(position()); }

 private:
  void anchor(double position);

  std::function<double()> m_clock;
  PlaybackTimeline m_timeline;
  bool m_loaded = false;
  bool m_playing = false;
  double m_speed = 1;
  double m_fitSeconds = 0;
  double m_anchorPosition = 0;
  double m_anchorClock = 0;
};

}  // namespace tidemark::ui

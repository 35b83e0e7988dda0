// Timelines: one question with its answers as of many places.

#include <cmath>

#include "engine/session/session_file.h"

namespace tidemark {
namespace {

constexpr const char* kStoringTimeline = "store a timeline in";
constexpr const char* kReadingTimelines = "read the timelines of";
constexpr const char* kInsertTimelineSql =
    "INSERT INTO timelines (question, state, asked_at, checksum) VALUES (?, ?, ?, '')";
constexpr const char* kUpdateTimelineSql = "UPDATE timelines SET state = ?, checksum = ? WHERE id = ?";
constexpr const char* kSelectTimelinesSql = "SELECT id, question, state, asked_at, checksum FROM timelines ORDER BY id";
constexpr const char* kInsertPointSql = R"sql(
INSERT INTO timeline_points (timeline, segment, answer, log_probability, checksum, tokens)
VALUES (?, ?, ?, ?, ?, ?))sql";
constexpr const char* kSelectPointsSql = R"sql(
SELECT segment, answer, log_probability, checksum, tokens FROM timeline_points WHERE timeline = ? ORDER BY segment)sql";

std::string timelineChecksum(const SessionFile& file, const TimelineRecord& timeline) {
  return file.rowHash("timeline")
      .add(timeline.id)
      .add(timeline.question)
      .add(std::int64_t{static_cast<int>(timeline.state)})
      .add(timeline.askedAt)
      .digest();
}

std::string pointChecksum(const SessionFile& file, std::int64_t timeline, const TimelinePoint& point) {
  return file.rowHash("timeline point")
      .add(timeline)
      .add(point.segment)
      .add(point.answer)
      .add(std::as_bytes(std::span(&point.logProbability, 1)))
      .add(std::as_bytes(std::span(point.tokens)))
      .digest();
}

Status setTimelineState(const SessionFile& file, TimelineRecord& timeline, QuestionState state) {
  timeline.state = state;
  return file.database.run(kUpdateTimelineSql, kStoringTimeline, static_cast<int>(state),
                           timelineChecksum(file, timeline), timeline.id);
}

Result<std::vector<TimelineRecord>> timelinesWithoutPoints(const SessionFile& file) {
  Result<Statement> rows = file.database.prepare(kSelectTimelinesSql, kReadingTimelines);
  if (!rows) return rows.error();
  std::vector<TimelineRecord> timelines;
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return timelines;
    TimelineRecord timeline;
    timeline.id = rows->integer(0);
    timeline.question = rows->text(1);
    const std::int64_t state = rows->integer(2);
    timeline.state = static_cast<QuestionState>(state);
    timeline.askedAt = rows->text(3);
    const std::string checksum = timelineChecksum(file, timeline);
    if (checksum != rows->text(4) || state < 0 || state > static_cast<int>(QuestionState::kFailed)) {
      return file.corrupt("timeline number " + std::to_string(timeline.id), rows->text(4), checksum);
    }
    timelines.push_back(std::move(timeline));
  }
}

Status loadPoints(const SessionFile& file, TimelineRecord& timeline) {
  Result<Statement> rows = file.database.prepare(kSelectPointsSql, kReadingTimelines);
  if (!rows) return rows.error();
  rows->bind(timeline.id);
  while (true) {
    const Result<bool> row = rows->step();
    if (!row) return row.error();
    if (!*row) return {};
    TimelinePoint point{rows->integer(0), rows->text(1), {}, rows->real(2)};
    auto tokens = valuesOf<TokenId>(rows->blob(4));
    if (tokens) point.tokens = std::move(*tokens);
    if (const std::string checksum = pointChecksum(file, timeline.id, point); checksum != rows->text(3) || !tokens) {
      return file.corrupt("a point of timeline number " + std::to_string(timeline.id), rows->text(3), checksum);
    }
    timeline.points.push_back(std::move(point));
  }
}

}  // namespace

Status cancelRunningTimelines(const SessionFile& file) {
  auto timelines = timelinesWithoutPoints(file);
  if (!timelines) return timelines.error();
  for (TimelineRecord& timeline : *timelines) {
    if (timeline.state != QuestionState::kRunning) continue;
    if (Status updated = setTimelineState(file, timeline, QuestionState::kCancelled); !updated) return updated;
  }
  return {};
}

Result<TimelineRecord> SessionStore::beginTimeline(const std::string& question) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable.error();
  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kStoringTimeline);
  if (!transaction) return transaction.error();
  TimelineRecord timeline;
  timeline.question = question;
  timeline.askedAt = utcNow();
  if (Status inserted = file.database.run(kInsertTimelineSql, kStoringTimeline, timeline.question,
                                          static_cast<int>(timeline.state), timeline.askedAt);
      !inserted) {
    return inserted.error();
  }
  timeline.id = file.database.lastInsertId();
  if (Status updated = setTimelineState(file, timeline, QuestionState::kRunning); !updated) return updated.error();
  if (Status committed = transaction->commit(); !committed) return committed.error();
  return timeline;
}

Status SessionStore::addTimelinePoint(std::int64_t timeline, const TimelinePoint& point) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  if (!std::isfinite(point.logProbability)) return file.invalid("a probability of a timeline is not a number");
  return file.database.run(kInsertPointSql, kStoringTimeline, timeline, point.segment, point.answer,
                           point.logProbability, pointChecksum(file, timeline, point),
                           std::as_bytes(std::span(point.tokens)));
}

Status SessionStore::finishTimeline(const TimelineRecord& timeline) {
  const SessionFile& file = *m_impl;
  if (Status writable = file.requireWritable(); !writable) return writable;
  TimelineRecord stored = timeline;
  return setTimelineState(file, stored, timeline.state);
}

Result<std::vector<TimelineRecord>> SessionStore::timelines() const {
  const SessionFile& file = *m_impl;
  if (file.schemaVersion < kTimelinesVersion) return std::vector<TimelineRecord>();
  auto timelines = timelinesWithoutPoints(file);
  if (!timelines) return timelines.error();
  for (TimelineRecord& timeline : *timelines) {
    if (Status loaded = loadPoints(file, timeline); !loaded) return loaded.error();
  }
  return timelines;
}

}  // namespace tidemark

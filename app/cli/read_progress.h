#pragma once
// How far a read is, on stderr: one line that is redrawn on a terminal, a line now and then elsewhere.

#include <cstdint>
#include <string>

#include "app/cli/progress_line.h"
#include "engine/base/run_clock.h"
#include "engine/service/events.h"

namespace tidemark::cli {

/// "12,345".
[[nodiscard]] std::string withSeparators(std::int64_t number);
/// "0:07", "12:30", "3:05:00".
[[nodiscard]] std::string formatDuration(double seconds);

class ReadProgress {
 public:
  explicit ReadProgress(bool terminal) : m_line(terminal) {}

  void handle(const Event& event);
  /// ProgressLine::close().
  void close() { m_line.close(); }

 private:
  void extracted(const DocumentProgress& event);
  void started(const ReadingStarted& event);
  void groupFinished(const GroupFinished& event);
  void say(const std::string& text);
  [[nodiscard]] std::string line() const;

  ProgressLine m_line;
  bool m_saidRoom = false;  // for snapshots
  bool m_revised = false;   // something is read again because its file changed
  RunClock m_clock;
  double m_startedAt = 0;
  std::int64_t m_steps = 0;
  std::int64_t m_segments = 0;  // entered the front in this run
  std::uint64_t m_firstByte = 0;
  std::uint64_t m_bytesRead = 0;
  std::uint64_t m_importedBytes = 0;  // of documents that are complete
  std::uint64_t m_totalBytes = 0;     // as far as it is known
  int m_segmentTokens = 0;
  int m_deepestLayer = 0;
};

}  // namespace tidemark::cli

#include "app/cli/read_progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/cli/report_error.h"

namespace tidemark::cli {
namespace {

constexpr double kRedrawSeconds = 0.1;
constexpr double kLineSeconds = 2.0;
constexpr int kBarCells = 24;
// Time left is an estimate of a rate that is not steady: shown as a range, and only once there is something to go by.
constexpr double kSecondsBeforeEstimate = 1.0;

}  // namespace

std::string withSeparators(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

std::string formatDuration(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::llround(std::max(seconds, 0.0)));
  std::array<char, 48> text{};
  if (whole >= 3600) {
    std::snprintf(text.data(), text.size(), "%lld:%02d:%02d", static_cast<long long>(whole / 3600),
                  static_cast<int>(whole / 60 % 60), static_cast<int>(whole % 60));
  } else {
    std::snprintf(text.data(), text.size(), "%d:%02d", static_cast<int>(whole / 60), static_cast<int>(whole % 60));
  }
  return text.data();
}

void ReadProgress::handle(const Event& event) {
  if (const auto* imported = std::get_if<DocumentImported>(&event)) {
    const DocumentRecord& document = imported->document;
    reportProgress("\"" + oneLine(document.title) + "\" has " +
                   withSeparators(static_cast<std::int64_t>(document.characters)) + " characters");
    if (document.replacedBytes > 0) {
      reportProgress(withSeparators(static_cast<std::int64_t>(document.replacedBytes)) +
                     " bytes of it were not UTF-8 and were replaced by U+FFFD");
    }
  } else if (const auto* start = std::get_if<ReadingStarted>(&event)) {
    started(*start);
  } else if (const auto* group = std::get_if<GroupFinished>(&event)) {
    groupFinished(*group);
  }
}

void ReadProgress::started(const ReadingStarted& event) {
  m_startedAt = m_clock.seconds();
  m_firstByte = m_bytesRead = event.firstByte;
  m_totalBytes = event.totalBytes;
  m_segmentTokens = event.segmentTokens;
  if (event.firstSegment > 0) {
    reportProgress("resumed after segment " + withSeparators(event.firstSegment - 1) +
                   "; nothing before it is read again");
  }
}

void ReadProgress::groupFinished(const GroupFinished& event) {
  ++m_steps;
  if (event.firstLayer == 0) ++m_segments;
  m_bytesRead = event.bytesRead;
  m_deepestLayer = std::max(m_deepestLayer, event.firstLayer + static_cast<int>(event.cells.size()));
  const double now = m_clock.seconds();
  if (now - m_lastShown < (m_terminal ? kRedrawSeconds : kLineSeconds)) return;
  m_lastShown = now;
  if (m_terminal) {
    std::fprintf(stderr, "\r%s\033[K", line(now).c_str());
    std::fflush(stderr);
    m_drawn = true;
  } else {
    reportProgress(line(now));
  }
}

std::string ReadProgress::line(double now) const {
  const double share = m_totalBytes > 0 ? static_cast<double>(m_bytesRead) / static_cast<double>(m_totalBytes) : 0.0;
  const double elapsed = now - m_startedAt;
  std::string text;
  if (m_terminal) {
    const int filled = static_cast<int>(share * kBarCells);
    text += "[" + std::string(static_cast<std::size_t>(filled), '=') +
            std::string(static_cast<std::size_t>(kBarCells - filled), ' ') + "] ";
  }
  std::array<char, 96> numbers{};
  std::snprintf(numbers.data(), numbers.size(), "%3.0f %%  %s segments  %s tokens/s", share * 100,
                withSeparators(m_segments).c_str(),
                withSeparators(static_cast<std::int64_t>(static_cast<double>(m_segments * m_segmentTokens) /
                                                         std::max(elapsed, 1e-3)))
                    .c_str());
  text += numbers.data();
  if (elapsed >= kSecondsBeforeEstimate && m_steps >= 2 * m_deepestLayer && m_bytesRead > m_firstByte) {
    const double left = elapsed * static_cast<double>(m_totalBytes - std::min(m_bytesRead, m_totalBytes)) /
                        static_cast<double>(m_bytesRead - m_firstByte);
    text += "  " + formatDuration(0.9 * left) + " to " + formatDuration(1.15 * left + 0.5) + " left";
  }
  return text;
}

void ReadProgress::close() {
  if (!m_drawn) return;
  std::fputs("\r\033[K", stderr);
  m_drawn = false;
}

}  // namespace tidemark::cli

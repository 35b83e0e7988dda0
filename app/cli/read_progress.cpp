#include "app/cli/read_progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>

#include "app/cli/report_error.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

constexpr int kBarCells = 24;
// Time left is an estimate of a rate that is not steady: shown as a range, and only once there is something to go by.
constexpr double kSecondsBeforeEstimate = 1.0;

/// How long the text of a document is going to be.
std::uint64_t estimatedBytes(const ImportProgress& progress) {
  const auto text = static_cast<double>(progress.textBytes);
  if (progress.pages > 0 && progress.pageCount >= progress.pages) {
    return static_cast<std::uint64_t>(text * static_cast<double>(progress.pageCount) /
                                      static_cast<double>(progress.pages));
  }
  if (progress.sourceBytes > 0 && progress.sourceBytesTotal >= progress.sourceBytes) {
    return static_cast<std::uint64_t>(text * static_cast<double>(progress.sourceBytesTotal) /
                                      static_cast<double>(progress.sourceBytes));
  }
  return progress.textBytes;
}

}  // namespace

std::string withSeparators(std::int64_t number) {
  std::string digits = std::to_string(number);
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  for (std::size_t at = digits.size(); at > first + 3;) {
    at -= 3;
    digits.insert(digits.begin() + static_cast<std::ptrdiff_t>(at), ',');
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
  if (const auto* importing = std::get_if<DocumentProgress>(&event)) {
    extracted(*importing);
  } else if (const auto* imported = std::get_if<DocumentImported>(&event)) {
    m_importedBytes = m_totalBytes = imported->document.bytes.end;
    m_revised = m_revised || imported->revised;
    say("\"" + oneLine(imported->document.title) + "\" has " + coverageText(imported->coverage));
  } else if (const auto* refused = std::get_if<DocumentRefused>(&event)) {
    say(refused->error.message);
  } else if (const auto* start = std::get_if<ReadingStarted>(&event)) {
    started(*start);
  } else if (const auto* group = std::get_if<GroupFinished>(&event)) {
    groupFinished(*group);
  }
}

/// A line of its own, also while another one is redrawn.
void ReadProgress::say(const std::string& text) {
  close();
  reportProgress(text);
}

void ReadProgress::extracted(const DocumentProgress& event) {
  const ImportProgress& progress = event.progress;
  m_totalBytes = m_importedBytes + estimatedBytes(progress);
  // The beginnings and ends of quick ones are not worth a line; while there is something to read, its line says more.
  if (m_segments > 0 || !m_line.isDue()) return;
  std::string text = oneLine(std::filesystem::path(event.path).filename().string()) + ": ";
  if (progress.pages > 0) {
    text += "page " + withSeparators(progress.pages);
    if (progress.pageCount > 0) text += " of " + withSeparators(progress.pageCount);
  } else {
    text += formatBytes(progress.textBytes) + " of text";
  }
  if (event.files > 1) text += " (file " + std::to_string(event.file + 1) + " of " + std::to_string(event.files) + ")";
  m_line.show(text);
}

void ReadProgress::started(const ReadingStarted& event) {
  if (!m_saidRoom) {
    m_saidRoom = true;
    say("a snapshot takes " + formatBytes(event.snapshotBytes) + "; room for " +
        withSeparators(static_cast<std::int64_t>(event.snapshotRoom)));
  }
  m_startedAt = m_clock.seconds();
  m_firstByte = m_bytesRead = event.firstByte;
  m_totalBytes = std::max(m_totalBytes, event.totalBytes);
  m_segmentTokens = event.segmentTokens;
  if (m_revised) {
    say("read again from segment " + withSeparators(event.firstSegment) + " on");
  } else if (event.firstSegment > 0) {
    say("resumed after segment " + withSeparators(event.firstSegment - 1) + "; nothing before it is read again");
  }
}

void ReadProgress::groupFinished(const GroupFinished& event) {
  ++m_steps;
  if (event.firstLayer == 0) ++m_segments;
  m_bytesRead = event.bytesRead;
  m_deepestLayer = std::max(m_deepestLayer, event.firstLayer + static_cast<int>(event.cells.size()));
  if (m_line.isDue()) m_line.show(line());
}

std::string ReadProgress::line() const {
  const double share =
      m_totalBytes > 0 ? std::min(1.0, static_cast<double>(m_bytesRead) / static_cast<double>(m_totalBytes)) : 0.0;
  const double elapsed = m_clock.seconds() - m_startedAt;
  std::string text;
  if (m_line.isOnTerminal()) {
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

}  // namespace tidemark::cli

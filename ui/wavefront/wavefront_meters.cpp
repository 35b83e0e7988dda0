#include "ui/wavefront/wavefront_meters.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>
#include <algorithm>
#include <cmath>

#include "ui/theme/byte_text.h"

namespace tidemark::ui {
namespace {

struct MeterWords {
  Q_DECLARE_TR_FUNCTIONS(WavefrontMeters)
};

}  // namespace

void ThroughputMeter::reset(int layers, int segmentTokens) {
  *this = ThroughputMeter();
  m_tokensPerCell = layers > 0 ? static_cast<double>(segmentTokens) / layers : 0;
}

void ThroughputMeter::add(const GroupRecord& group) {
  if (m_windowTokens == 0) m_windowStart = group.startSeconds;
  m_windowTokens += m_tokensPerCell * group.count;
  m_windowEnd = group.endSeconds();
  const double seconds = m_windowEnd - m_windowStart;
  if (seconds < kWindowSeconds) return;
  m_windows.push_back(static_cast<float>(m_windowTokens / seconds));
  if (m_windows.size() > kKeptWindows) m_windows.erase(m_windows.begin());
  m_windowTokens = 0;
}

double ThroughputMeter::tokensPerSecond() const {
  if (m_windows.empty()) {
    const double seconds = m_windowEnd - m_windowStart;
    return seconds > 0 ? m_windowTokens / seconds : 0;
  }
  const std::size_t count = std::min(kMedianWindows, m_windows.size());
  std::vector<float> newest(m_windows.end() - static_cast<std::ptrdiff_t>(count), m_windows.end());
  const auto middle = newest.begin() + static_cast<std::ptrdiff_t>(count / 2);
  std::nth_element(newest.begin(), middle, newest.end());
  return static_cast<double>(*middle);
}

MemoryFigures memoryFigures(std::uint64_t stateBytes, std::uint64_t kvBytesPerToken, std::int64_t segments,
                            int segmentTokens) {
  const auto tokens = static_cast<std::uint64_t>(std::max<std::int64_t>(0, segments)) *
                      static_cast<std::uint64_t>(std::max(0, segmentTokens));
  return {stateBytes, tokens * kvBytesPerToken};
}

QString figuresText(double tokensPerSecond, const MemoryFigures& memory) {
  QStringList parts;
  if (tokensPerSecond > 0) {
    parts
        << MeterWords::tr("%1 tokens/s").arg(QLocale().toString(static_cast<qlonglong>(std::llround(tokensPerSecond))));
  }
  if (memory.stateBytes > 0) parts << MeterWords::tr("memory %1").arg(byteText(memory.stateBytes));
  if (memory.cacheBytes > 0) parts << MeterWords::tr("a KV cache would be %1").arg(byteText(memory.cacheBytes));
  return parts.join(QStringLiteral(" · "));
}

}  // namespace tidemark::ui

#include "ui/document/line_widths.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr std::size_t kLeastLines = 8;       // fewer say nothing about a text
constexpr std::size_t kLongestSample = 400;  // bytes; a longer line is long in every script
constexpr std::size_t kSharePerLongLine = 33;
constexpr std::size_t kSamplesPerBucket = 8;

constexpr std::array<float, 128> widthsOfAscii() {
  std::array<float, 128> widths{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) widths[c] = 1;
  for (std::size_t c = 'A'; c <= 'Z'; ++c) widths[c] = 1.35F;
  for (std::size_t c = '0'; c <= '9'; ++c) widths[c] = 1.15F;
  for (const char c :
       {' ', '.', ',', ';', ':', '\'', '!', '|', 'i', 'j', 'l', 't', 'f', 'r', '(', ')', '[', ']', 'I'}) {
    widths[static_cast<std::size_t>(c)] = 0.65F;
  }
  for (const char c : {'m', 'w', 'M', 'W', '@', '%'}) widths[static_cast<std::size_t>(c)] = 1.6F;
  widths['\t'] = 5;
  return widths;
}

}  // namespace

double LineWidths::estimate(std::string_view line) {
  static constexpr std::array<float, 128> kWidths = widthsOfAscii();
  double width = 0;
  for (const char c : line) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80) {
      width += static_cast<double>(kWidths[byte]);
    } else if (byte >= 0xE3) {
      width += 2;  // East Asian letters and what comes behind them
    } else if (byte >= 0xC0) {
      width += 1;
    }
  }
  return width;
}

void LineWidths::add(std::string_view line) {
  if (line.find_first_not_of(" \t\f\r") == std::string_view::npos) return;
  ++m_lines;
  if (line.size() > kLongestSample) return;
  const double width = std::ceil(estimate(line));
  if (width > kShort) return;
  const auto bucket = static_cast<std::size_t>(width);
  ++m_counts[bucket];
  if (m_samples[bucket].size() < kSamplesPerBucket) m_samples[bucket].emplace_back(line);
}

std::size_t LineWidths::widerThan(std::size_t limit) const {
  std::size_t rest = m_lines;
  for (std::size_t bucket = 0; bucket <= limit; ++bucket) rest -= m_counts[bucket];
  return rest;
}

bool LineWidths::isNearlyAll(std::size_t limit) const {
  return widerThan(limit) * kSharePerLongLine <= m_lines;
}

std::size_t LineWidths::usualBucket() const {
  std::size_t usual = kBuckets - 1;
  while (usual > 0 && widerThan(usual - 1) * 20 <= m_lines) --usual;
  return usual;
}

std::vector<std::string> LineWidths::usual() const {
  if (m_lines < kLeastLines || !isNearlyAll(kBuckets - 1)) return {};
  return m_samples[usualBucket()];
}

std::vector<std::string> LineWidths::widest() const {
  std::vector<std::string> lines;
  if (m_lines < kLeastLines || !isNearlyAll(kBuckets - 1)) return lines;
  const std::size_t usual = usualBucket();
  // What sticks out of the block by more than a word was not wrapped with it.
  std::size_t limit = std::min(kBuckets - 1, usual + usual / 10);
  if (!isNearlyAll(limit)) limit = kBuckets - 1;
  for (std::size_t bucket = limit + 1; bucket-- > 0;) {
    for (const std::string& line : m_samples[bucket]) {
      lines.push_back(line);
      if (lines.size() == kMostKept) return lines;
    }
  }
  return lines;
}

}  // namespace tidemark::ui

#include "engine/memory/memory_trace.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "engine/base/check.h"

namespace tidemark {
namespace {

std::size_t size(int count) {
  return static_cast<std::size_t>(count);
}

// A row is its largest number and fractions of that: 16 bits for keys, which phi multiplies with each other, 8 for
// values, of which there are many.
using KeyFraction = std::int16_t;
using ValueFraction = std::int8_t;

template <typename Fraction>
constexpr std::size_t packedRowBytes(std::size_t width) {
  return sizeof(float) + width * sizeof(Fraction);
}

/// Appends one row; fractions are integers, so every machine packs the same bytes.
template <typename Fraction>
std::byte* packRow(std::span<const float> row, std::byte* out) {
  constexpr float kMost = std::numeric_limits<Fraction>::max();
  float largest = 0;
  for (const float value : row) {
    // What is no number must stay none, or a broken memory would look whole.
    largest = std::max(largest, std::isfinite(value) ? std::abs(value) : HUGE_VALF);
  }
  const float factor = largest > 0 ? kMost / largest : 0;
  std::memcpy(out, &largest, sizeof largest);
  out += sizeof largest;
  for (const float value : row) {
    const float scaled = std::isfinite(largest) ? std::clamp(value * factor, -kMost, kMost) : 0.0f;
    const auto fraction = static_cast<Fraction>(std::lrintf(scaled));
    std::memcpy(out, &fraction, sizeof fraction);
    out += sizeof fraction;
  }
  return out;
}

template <typename Fraction>
const std::byte* unpackRow(const std::byte* packed, std::span<float> row) {
  float largest = 0;
  std::memcpy(&largest, packed, sizeof largest);
  packed += sizeof largest;
  const float step = largest / std::numeric_limits<Fraction>::max();
  for (float& value : row) {
    Fraction fraction = 0;
    std::memcpy(&fraction, packed, sizeof fraction);
    packed += sizeof fraction;
    value = static_cast<float>(fraction) * step;
  }
  return packed;
}

/// DPFP of one head: x = [relu(q), relu(-q)], then x times itself rolled by 1, 2 and 3.
void headFeatures(std::span<const float> row, bool normalize, std::span<float> features) {
  const std::size_t width = row.size();
  const std::size_t wide = 2 * width;
  const auto part = [&](std::size_t i) { return i < width ? std::max(row[i], 0.0f) : std::max(-row[i - width], 0.0f); };
  double squares = 0;
  for (std::size_t order = 1; order <= size(kDpfpOrder); ++order) {
    for (std::size_t i = 0; i < wide; ++i) {
      const float feature = part(i) * part((i + kDpfpOrder * wide - order) % wide);
      features[(order - 1) * wide + i] = feature;
      squares += static_cast<double>(feature) * static_cast<double>(feature);
    }
  }
  if (!normalize) return;
  const auto length = static_cast<float>(std::max(std::sqrt(squares), 1e-12));
  for (float& feature : features) feature /= length;
}

}  // namespace

SegmentWrites::SegmentWrites(const ModelConfig& config)
    : keys(size(config.layers) * size(config.memory->memoryTokens) * size(config.memory->dMem)),
      values(size(config.layers) * size(config.memory->memoryTokens) * size(config.hiddenSize)) {}

MemoryWriteTrace SegmentWrites::place(const ModelConfig& config, int layer) {
  const std::size_t row = size(layer) * size(config.memory->memoryTokens);
  return {keys.data() + row * size(config.memory->dMem), values.data() + row * size(config.hiddenSize)};
}

std::uint64_t traceBytes(const ModelConfig& config) {
  return size(config.layers) * size(config.memory->memoryTokens) *
         (packedRowBytes<KeyFraction>(size(config.memory->dMem)) +
          packedRowBytes<ValueFraction>(size(config.hiddenSize)));
}

std::vector<std::byte> packWrites(const ModelConfig& config, const SegmentWrites& writes) {
  const std::size_t keyWidth = size(config.memory->dMem);
  const std::size_t valueWidth = size(config.hiddenSize);
  std::vector<std::byte> packed(traceBytes(config));
  std::byte* out = packed.data();
  for (std::size_t row = 0; row < size(config.layers) * size(config.memory->memoryTokens); ++row) {
    out = packRow<KeyFraction>(std::span(writes.keys).subspan(row * keyWidth, keyWidth), out);
    out = packRow<ValueFraction>(std::span(writes.values).subspan(row * valueWidth, valueWidth), out);
  }
  return packed;
}

Result<SegmentWrites> unpackWrites(const ModelConfig& config, std::span<const std::byte> packed) {
  if (packed.size() != traceBytes(config)) {
    return makeError(ErrorCode::kMismatch, "a memory trace has " + std::to_string(packed.size()) +
                                               " bytes and this model's have " + std::to_string(traceBytes(config)));
  }
  const std::size_t keyWidth = size(config.memory->dMem);
  const std::size_t valueWidth = size(config.hiddenSize);
  SegmentWrites writes(config);
  const std::byte* in = packed.data();
  for (std::size_t row = 0; row < size(config.layers) * size(config.memory->memoryTokens); ++row) {
    in = unpackRow<KeyFraction>(in, std::span(writes.keys).subspan(row * keyWidth, keyWidth));
    in = unpackRow<ValueFraction>(in, std::span(writes.values).subspan(row * valueWidth, valueWidth));
  }
  return writes;
}

void memoryFeatures(const MemoryConfig& memory, std::span<const float> row, std::span<float> features) {
  const std::size_t heads = size(memory.heads);
  const std::size_t width = size(memory.dMem) / heads;
  const std::size_t wide = size(memory.keyWidth()) / heads;
  TM_CHECK(row.size() == heads * width && features.size() == heads * wide, std::to_string(row.size()));
  for (std::size_t head = 0; head < heads; ++head) {
    headFeatures(row.subspan(head * width, width), memory.normalizeKeys, features.subspan(head * wide, wide));
  }
}

MemoryWriteTrace TraceCollector::roomFor(std::int64_t segment, int layer) {
  const auto found = m_open.find(segment);
  if (found != m_open.end()) return found->second.place(m_config, layer);
  SegmentWrites room;
  if (m_free.empty()) {
    room = SegmentWrites(m_config);
  } else {
    room = std::move(m_free.back());
    m_free.pop_back();
  }
  return m_open.emplace(segment, std::move(room)).first->second.place(m_config, layer);
}

void TraceCollector::segmentFinished(std::int64_t segment) {
  const auto found = m_open.find(segment);
  TM_CHECK(found != m_open.end(), std::to_string(segment));
  m_packed.push_back({segment, packWrites(m_config, found->second)});
  m_free.push_back(std::move(found->second));
  m_open.erase(found);
}

std::vector<TraceCollector::Trace> TraceCollector::take(std::int64_t last) {
  std::vector<Trace> taken;
  while (!m_packed.empty() && m_packed.front().segment <= last) {
    taken.push_back(std::move(m_packed.front()));
    m_packed.pop_front();
  }
  return taken;
}

}  // namespace tidemark

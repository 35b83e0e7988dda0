#pragma once
// A text with sentences put into it at chosen places, without a copy of the text; and the segments of several such
// texts one after the other, as a session reads its documents.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/document/token_stream.h"
#include "engine/executor/executor.h"

namespace tidemark {

struct Planting {
  std::uint64_t at = 0;  // byte of the text before which it is put
  std::string text;
};

class PlantedText final : public TextSource {
 public:
  /// `plantings` ascend and lie within the text, which must outlive this one; several may have the same place.
  PlantedText(const TextSource& text, std::vector<Planting> plantings);

  [[nodiscard]] std::uint64_t byteCount() const override;
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override;
  /// Where planting `index` came to lie.
  [[nodiscard]] ByteRange bytesOf(std::size_t index) const;

 private:
  const TextSource& m_text;
  std::vector<Planting> m_plantings;
  std::vector<std::uint64_t> m_begins;  // in this text
};

struct SentencePlace {
  std::size_t at = 0;
  bool isBehindSpace = false;
};
/// Where a sentence may be put into `text`: behind the first sentence that ends past its middle; else before its first
/// word past the middle; else between two characters.
[[nodiscard]] SentencePlace findSentencePlace(std::string_view text);

/// The `count` middles of equal parts of `segments` segments; ascending, different if there are as many segments.
[[nodiscard]] std::vector<std::int64_t> spreadEvenly(std::int64_t segments, int count);

/// Segments of texts in order; positions count over all of them.
class SegmentsOfTexts final : public SegmentSource {
 public:
  /// `entered` is told of every segment's bytes. All must outlive it.
  SegmentsOfTexts(std::vector<const TextSource*> texts, const Tokenizer& tokenizer, int segmentSize,
                  std::function<void(std::int64_t segment, ByteRange bytes)> entered);

  [[nodiscard]] Result<bool> nextSegment(std::vector<TokenId>& tokens) override;

  [[nodiscard]] std::int64_t count() const { return m_count; }
  /// After the end: what fills no segment.
  [[nodiscard]] const TokenRun& tail() const { return m_segmenter.tail(); }

 private:
  std::vector<const TextSource*> m_texts;
  const Tokenizer& m_tokenizer;
  Segmenter m_segmenter;
  std::function<void(std::int64_t, ByteRange)> m_entered;
  std::optional<TokenStream> m_stream;
  std::size_t m_nextText = 0;
  std::uint64_t m_nextByte = 0;  // where that begins
  std::int64_t m_count = 0;
};

}  // namespace tidemark

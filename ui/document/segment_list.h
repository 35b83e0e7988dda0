#pragma once
// Which bytes of the document belong to which segment.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "ui/document/document_text.h"
#include "ui/document/paragraph_layout.h"

namespace tidemark::ui {

/// Sorted byte ranges; entry i is segment firstSegment + i. Setting shares the vector, appending copies it once.
class SegmentList {
 public:
  void set(std::shared_ptr<const std::vector<ByteRange>> segments, std::int64_t firstSegment);
  void append(std::span<const ByteRange> more);
  void clear();

  [[nodiscard]] std::int64_t firstSegment() const { return m_first; }
  [[nodiscard]] std::size_t size() const { return m_shared->size() + m_own.size(); }
  /// The segment of a byte; nothing if no segment holds it (not read yet, or no segments known).
  [[nodiscard]] std::optional<std::int64_t> segmentAt(std::uint64_t byte) const;
  /// Nothing if there is no such segment.
  [[nodiscard]] std::optional<ByteRange> bytesOf(std::int64_t segment) const;

  /// Starts of segments (not of the first one) that are shown in `paragraph`. White space in front of a segment's text
  /// is skipped, so that a segment that starts with a line end is marked in front of the next paragraph.
  [[nodiscard]] std::vector<SegmentBoundary> boundariesIn(ByteRange paragraph, const DocumentText& text) const;

  void setShown(bool shown) { m_shown = shown; }
  [[nodiscard]] bool isShown() const { return m_shown; }
  /// Whether segments are long enough for a line with a caption above those that start a paragraph; captions every few
  /// lines would tear the text to shreds.
  [[nodiscard]] bool haveRoom() const;
  /// 0 without segments.
  [[nodiscard]] double meanBytes() const;

 private:
  [[nodiscard]] const ByteRange& at(std::size_t index) const;
  /// Number of segments that start before `byte`.
  [[nodiscard]] std::size_t countBefore(std::uint64_t byte) const;

  std::shared_ptr<const std::vector<ByteRange>> m_shared = std::make_shared<const std::vector<ByteRange>>();
  std::vector<ByteRange> m_own;  // behind those of m_shared
  std::int64_t m_first = 0;
  bool m_shown = true;
};

}  // namespace tidemark::ui

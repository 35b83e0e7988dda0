#pragma once
// Pages as lines on a descriptor; whoever reads them sets the pace.

#include <cstdint>
#include <string_view>

#include "engine/extraction/extraction_lines.h"

namespace tidemark {

class LineSink : public ExtractionSink {
 public:
  /// Text of one line at most; escaped it takes six times as many bytes at worst.
  static constexpr std::size_t kMostText = std::size_t{2} << 20;

  LineSink(int descriptor, std::string name, std::uint64_t mostBytes);

  /// Errors of all: kIo, kInvalidArgument (more than `mostBytes` in all).
  [[nodiscard]] Status head(DocumentHead head) override;
  /// A page with more text becomes several with the same label, cut at line ends where there are any.
  [[nodiscard]] Status page(ExtractedPage page) override;
  [[nodiscard]] Status end(ExtractionSummary summary) override;

 private:
  [[nodiscard]] Status write(std::string_view line);

  int m_descriptor;
  std::string m_name;
  std::uint64_t m_bytesLeft;
  std::uint64_t m_mostBytes;
  std::int64_t m_pages = 0;
};

}  // namespace tidemark

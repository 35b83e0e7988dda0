#pragma once
// Pages on their way to the sink. One is held back, because what separates it from the next belongs to its own text.

#include <optional>
#include <string>
#include <string_view>

#include "engine/extraction/extracted_document.h"

namespace tidemark {

class PageWriter {
 public:
  explicit PageWriter(ExtractionSink& sink) : m_sink(sink) {}

  /// `separator`: what stands between this page's text and the next page: a blank line, a line end, or nothing where a
  /// paragraph goes on. After an error of the sink pages are dropped.
  void write(ExtractedPage page, std::string_view separator);
  /// Gives the last page to the sink. Errors: those of the sink.
  [[nodiscard]] Status finish();

  [[nodiscard]] const Status& status() const { return m_status; }
  [[nodiscard]] bool hasText() const { return m_hasText; }
  [[nodiscard]] bool hasImage() const { return m_hasImage; }

 private:
  void pass();

  ExtractionSink& m_sink;
  std::optional<ExtractedPage> m_held;
  std::string_view m_separator;
  Status m_status;
  bool m_hasText = false;
  bool m_hasImage = false;
};

}  // namespace tidemark

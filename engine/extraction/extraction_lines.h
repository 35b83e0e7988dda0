#pragma once
// What tidemark-extract writes to its standard output: one JSON object a line, and nothing else.
//
//   {"extraction":1,"format":"pdf","title":"..","author":"..","pages":3000}            first
//   {"page":1,"label":"i","text":"..","headings":[[offset,level,"title"],..],"image":true}   each page, from 1, in
//   order
//   {"end":true,"replaced_bytes":0,"running_lines":0,"encoding":"","skipped":[["what",count],..]}     last, or
//   {"error":"corrupt","message":"one sentence"}                                       last
//
// The reader trusts nothing: the process that writes may have been taken over by the file it reads.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/extraction/extracted_document.h"

namespace tidemark {

/// Writes lines; each ends with "\n".
[[nodiscard]] std::string toLine(const DocumentHead& head);
[[nodiscard]] std::string toLine(std::int64_t number, const ExtractedPage& page);
[[nodiscard]] std::string toLine(const ExtractionSummary& summary);
[[nodiscard]] std::string toLine(const Error& error);

/// The error that an error line stands for; nothing if the line is another one. `name`: of the file.
[[nodiscard]] std::optional<Error> errorInLine(std::string_view line, const std::string& name);

/// Turns bytes from the pipe, cut anywhere, into calls of a sink.
class ExtractionLineReader {
 public:
  /// The longest line that is waited for; a page with more text than fits is cut into several by the writer.
  static constexpr std::size_t kLongestLine = std::size_t{16} << 20;

  /// `name`: of the file, for messages. `sink` must outlive the reader.
  ExtractionLineReader(std::string name, ExtractionSink& sink);

  /// Errors: kCorrupt (a line that does not follow the format, lines out of order, text that is not UTF-8, offsets
  /// outside the page), what an error line says, what the sink returns. Nothing may be pushed after an error.
  [[nodiscard]] Status push(std::string_view bytes);
  /// After the last byte. Errors: kCorrupt (the summary never came).
  [[nodiscard]] Status finish();
  [[nodiscard]] bool isComplete() const { return m_complete; }

 private:
  [[nodiscard]] Status line(std::string_view text);

  std::string m_name;
  ExtractionSink& m_sink;
  std::string m_pending;
  std::int64_t m_pages = 0;
  bool m_headSeen = false;
  bool m_complete = false;
};

}  // namespace tidemark

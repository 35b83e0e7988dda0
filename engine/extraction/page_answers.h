#pragma once
// The lines of the rendering protocol (page_renderer.h), read by the side that trusts nothing.

#include <string>
#include <string_view>
#include <vector>

#include "engine/extraction/page_renderer.h"

namespace tidemark {

[[nodiscard]] std::string requestLine(std::int64_t page, int width, const std::vector<std::string>& quotes);

/// Errors: what an error line says; kCorrupt (anything else that is not the first line of the protocol).
[[nodiscard]] Result<std::vector<PageSize>> parseSizesLine(std::string_view line, const std::string& name);

/// What was asked for, and what the answer may therefore be.
struct ExpectedPicture {
  std::int64_t page = 0;
  int width = 0;
  int height = 0;  // pictureHeight()
  std::size_t quotes = 0;
};

/// The picture's place for pixels is made, and filled by the caller. Errors: kCorrupt (the page cannot be drawn;
/// numbers that do not agree with each other or with what was asked for).
[[nodiscard]] Result<RenderedPage> parseAnswerLine(std::string_view line, const ExpectedPicture& expected,
                                                   const std::string& name);

}  // namespace tidemark

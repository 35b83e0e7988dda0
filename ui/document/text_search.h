#pragma once
// Finding a text in a document. Any thread: works on a copy of the document's list of pieces.

#include <QString>
#include <cstddef>
#include <functional>
#include <stop_token>
#include <vector>

#include "ui/document/document_text.h"

namespace tidemark::ui {

struct SearchQuery {
  QString needle;
  bool matchCase = false;
  bool wholeWords = false;  // no letter, digit, mark or underscore beside a match that ends in one
  friend bool operator==(const SearchQuery&, const SearchQuery&) = default;
};

enum class SearchEnd { kFinished, kStopped, kLimit };

inline constexpr std::size_t kMostMatches = 1'000'000;

/// Receives matches in the order of the text, a batch at a time.
using MatchSink = std::function<void(std::vector<ByteRange> matches)>;

/// The matches that a search from left to right finds, each starting behind the one before, up to `limit`. Without
/// matchCase characters are compared as QString does it (simple case folding of all of Unicode). Stops within a few
/// milliseconds. Pieces share matches: a match may start in one and end in the next.
SearchEnd searchText(const DocumentText& text, const SearchQuery& query, const std::stop_token& stop,
                     const MatchSink& sink, std::size_t limit = kMostMatches);

}  // namespace tidemark::ui

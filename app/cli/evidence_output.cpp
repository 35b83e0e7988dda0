#include "app/cli/evidence_output.h"

#include <cstdio>

#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark::cli {
namespace {

/// On one line, and as long as fits under an answer.
std::string shortened(const std::string& quote) {
  constexpr std::size_t kLongest = 240;
  std::string line;
  for (const char c : quote) {
    const bool white = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\v';
    if (!white) {
      line += c;
    } else if (!line.empty() && line.back() != ' ') {
      line += ' ';
    }
  }
  if (line.size() <= kLongest) return line;
  return line.substr(0, characterBoundary(line, kLongest)) + "...";
}

}  // namespace

Json evidenceJson(std::span<const EvidenceRecord> evidence) {
  Json list = Json::array();
  for (const EvidenceRecord& each : evidence) {
    Json object;
    object["segment"] = each.segment;
    object["share"] = each.share;
    object["log_drop"] = each.logDrop;
    object["page"] = each.page > 0 ? Json(each.page) : Json(nullptr);
    object["byte_begin"] = each.bytes.begin;
    object["byte_end"] = each.bytes.end;
    object["quote"] = each.quote;
    list.push_back(std::move(object));
  }
  return list;
}

std::string evidenceText(std::span<const EvidenceRecord> evidence) {
  std::string text = "memory trace (what the answer was read from, no proof):\n";
  for (const EvidenceRecord& each : evidence) {
    char share[32];
    std::snprintf(share, sizeof share, "%.0f %%", each.share * 100);
    text += "  segment " + withSeparators(each.segment);
    if (each.page > 0) text += ", page " + withSeparators(each.page);
    text += ", bytes " + withSeparators(static_cast<std::int64_t>(each.bytes.begin)) + " to " +
            withSeparators(static_cast<std::int64_t>(each.bytes.end)) + ", " + share + " of what was read";
    if (!each.quote.empty()) text += ": \"" + safeText(shortened(each.quote)) + "\"";
    text += "\n";
  }
  return text;
}

}  // namespace tidemark::cli

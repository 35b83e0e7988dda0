#include "app/cli/sessions_diff.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>

#include "app/cli/interrupt.h"
#include "app/cli/page_lookup.h"
#include "app/cli/progress_line.h"
#include "app/cli/sessions_diff_output.h"
#include "app/cli/standard_output.h"
#include "engine/service/memory_diff_job.h"

namespace tidemark::cli {
namespace {

/// "segment:12", "page:45", "page:TITLE:xii", "end"; nothing for the end.
Result<std::optional<std::int64_t>> findPlace(const std::filesystem::path& session, const std::string& place) {
  if (place.empty() || place == "end") return std::optional<std::int64_t>();
  const std::size_t colon = std::min(place.find(':'), place.size());
  const std::string kind = place.substr(0, colon);
  const std::string name = place.substr(std::min(colon + 1, place.size()));
  if (kind == "page" && !name.empty()) {
    const auto segment = findLastSegmentOfPage(session, name);
    if (!segment) return segment.error();
    return std::optional(*segment);
  }
  std::int64_t segment = 0;
  const auto parsed = std::from_chars(name.data(), name.data() + name.size(), segment);
  if (kind == "segment" && parsed.ec == std::errc() && parsed.ptr == name.data() + name.size()) {
    return std::optional(segment);
  }
  return makeError(ErrorCode::kInvalidArgument,
                   "'" + place + "' names no place; use segment:12, page:45 (a number, a label, or TITLE:45) or end");
}

Result<MemoryDiffRequest> diffRequestOf(const std::string& first, const std::string& second,
                                        const DiffSettings& settings) {
  if (second.empty() && settings.at.empty() && settings.andPlace.empty()) {
    return makeError(ErrorCode::kInvalidArgument,
                     "diff needs something to compare with: a second session, or a place (--at segment:12)");
  }
  MemoryDiffRequest request;
  request.questions = settings.questions;
  request.first.session = sessionPath(first);
  request.second.session = second.empty() ? request.first.session : sessionPath(second);
  const auto at = findPlace(request.first.session, settings.at);
  if (!at) return at.error();
  request.first.segment = *at;
  const auto andPlace = findPlace(request.second.session, settings.andPlace);
  if (!andPlace) return andPlace.error();
  request.second.segment = *andPlace;
  return request;
}

}  // namespace

std::vector<Option> diffOptions(DiffSettings& settings) {
  return {
      text("at", "PLACE", &settings.at, "diff: the first memory after segment:N or page:P, or at the end (default)"),
      text("and", "PLACE", &settings.andPlace, "diff: the same for the second"),
      flag("questions", &settings.questions, "diff: ask both what the sessions were asked before"),
  };
}

Status diffSessions(const std::string& first, const std::string& second, const DiffSettings& settings,
                    const SessionSettings& model, bool json) {
  const auto request = diffRequestOf(first, second, settings);
  if (!request) return request.error();
  ProgressLine progress(isatty(STDERR_FILENO) == 1);
  MemoryDiffHooks hooks;
  hooks.loadModel = [&](const std::string& precision) { return loadChosenModel(model, precision); };
  hooks.cancelled = interrupted;
  hooks.segmentRead = [&](std::int64_t done, std::int64_t all) {
    progress.showStep("segments read again:", done, all);
  };
  hooks.answered = [&](std::int64_t done, std::int64_t all) { progress.showStep("answers:", done, all); };
  const auto diff = diffMemories(*request, hooks);
  progress.close();
  if (!diff) return diff.error();
  return json ? printJson(diffJson(*diff, settings.questions)) : writeOutput(diffText(*diff, settings.questions));
}

}  // namespace tidemark::cli

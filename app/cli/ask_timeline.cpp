#include "app/cli/ask_timeline.h"

#include <algorithm>
#include <vector>

#include "app/cli/json_output.h"
#include "app/cli/page_lookup.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"

namespace tidemark::cli {
namespace {

/// A point and where in the documents it lies.
struct Place {
  TimelinePoint point;
  std::optional<PageOfSegment> page;
};

std::string placeText(const Place& place) {
  std::string text = "segment " + withSeparators(place.point.segment);
  if (place.page) text += ", page " + oneLine(place.page->page);
  return text;
}

std::string lineOf(const Place& place, bool changed) {
  return std::string(changed ? "* " : "  ") + placeText(place) + "  " + oneLine(place.point.answer) + "\n";
}

std::string changesText(const std::vector<Place>& places, const std::vector<std::size_t>& changes) {
  if (changes.empty()) return "the answer is the same everywhere\n";
  std::string text;
  for (const std::size_t change : changes) {
    text += "changes between " + placeText(places[change - 1]) + " and " + placeText(places[change]) + ": " +
            oneLine(places[change - 1].point.answer) + " -> " + oneLine(places[change].point.answer) + "\n";
  }
  return text;
}

Json pointJson(const Place& place, bool changed) {
  Json object;
  object["segment"] = place.point.segment;
  object["document"] = place.page ? Json(place.page->document) : Json();
  object["page"] = place.page ? Json(place.page->page) : Json();
  object["answer"] = place.point.answer;
  object["token_ids"] = place.point.tokens;
  object["log_probability"] = place.point.logProbability;
  object["changed"] = changed;
  return object;
}

Json changeJson(const Place& before, const Place& place) {
  Json object;
  object["after_segment"] = before.point.segment;
  object["segment"] = place.point.segment;
  object["document"] = place.page ? Json(place.page->document) : Json();
  object["page"] = place.page ? Json(place.page->page) : Json();
  object["from"] = before.point.answer;
  object["to"] = place.point.answer;
  return object;
}

Json toJson(const std::vector<Place>& places, const std::vector<std::size_t>& changes) {
  Json object;
  object["points"] = Json::array();
  for (std::size_t i = 0; i < places.size(); ++i) {
    const bool changed = std::find(changes.begin(), changes.end(), i) != changes.end();
    object["points"].push_back(pointJson(places[i], changed));
  }
  object["changes"] = Json::array();
  for (const std::size_t change : changes) {
    object["changes"].push_back(changeJson(places[change - 1], places[change]));
  }
  return object;
}

}  // namespace

Status askTimeline(const SessionSettings& session, const TimelineSettings& settings) {
  RunWatcher watcher;
  const auto started = startService(session, false, watcher);
  if (!started) return started.error();
  const auto run = started->service->work(TimelineRequest{settings.question, settings.every, settings.maxTokens});
  if (!run) return run.error();
  const std::filesystem::path path = sessionPath(session.session);
  std::vector<Place> places;
  TimelineFinished finished;
  Status shown;
  const Status followed = watcher.follow(*started->service, *run, [&](const Event& event) {
    if (const auto* done = std::get_if<TimelineFinished>(&event)) finished = *done;
    const auto* advanced = std::get_if<TimelineAdvanced>(&event);
    if (advanced == nullptr || !shown) return;
    auto page = findPageOfSegment(path, advanced->point.segment);
    if (!page) {
      shown = page.error();
      return;
    }
    places.push_back({advanced->point, std::move(*page)});
    if (!settings.json) shown = writeOutput(lineOf(places.back(), advanced->changed));
  });
  if (!followed) return followed;
  if (!shown) return shown;
  const std::vector<std::size_t> changes = changePoints(finished.timeline);
  if (!settings.json) return writeOutput(changesText(places, changes));
  Json object = toJson(places, changes);
  object["question"] = finished.timeline.question;
  object["tokens_reread"] = finished.tokensReread;
  object["seconds"] = finished.seconds;
  object["backend"] = started->backend;
  return printJson(object);
}

}  // namespace tidemark::cli

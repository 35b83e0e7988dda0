#include "app/cli/ask_timeline.h"

#include "app/cli/json_output.h"
#include "app/cli/page_lookup.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"

namespace tidemark::cli {
namespace {

std::string lineOf(const TimelineAdvanced& event, const std::optional<PageOfSegment>& page) {
  std::string where = "segment " + withSeparators(event.point.segment);
  if (page) where += ", page " + oneLine(page->page);
  return std::string(event.changed ? "* " : "  ") + where + "  " + oneLine(event.point.answer) + "\n";
}

Json toJson(const TimelineAdvanced& event, const std::optional<PageOfSegment>& page) {
  const TimelinePoint& point = event.point;
  Json object;
  object["segment"] = point.segment;
  object["document"] = page ? Json(page->document) : Json();
  object["page"] = page ? Json(page->page) : Json();
  object["answer"] = point.answer;
  object["token_ids"] = point.tokens;
  object["log_probability"] = point.logProbability;
  object["changed"] = event.changed;
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
  Json points = Json::array();
  Json changes = Json::array();
  TimelineFinished finished;
  Status written;
  const Status followed = watcher.follow(*started->service, *run, [&](const Event& event) {
    if (const auto* done = std::get_if<TimelineFinished>(&event)) finished = *done;
    const auto* point = std::get_if<TimelineAdvanced>(&event);
    if (point == nullptr || !written) return;
    const auto page = findPageOfSegment(path, point->point.segment);
    if (!page) {
      written = page.error();
    } else if (settings.json) {
      points.push_back(toJson(*point, *page));
      if (point->changed) changes.push_back(point->point.segment);
    } else {
      written = writeOutput(lineOf(*point, *page));
    }
  });
  if (!followed) return followed;
  if (!written) return written;
  if (!settings.json) return {};
  Json object;
  object["question"] = finished.timeline.question;
  object["points"] = std::move(points);
  object["changes"] = std::move(changes);
  object["tokens_reread"] = finished.tokensReread;
  object["seconds"] = finished.seconds;
  object["backend"] = started->backend;
  return printJson(object);
}

}  // namespace tidemark::cli

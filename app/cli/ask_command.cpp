// ask: one question, answered from a session's memory.

#include "app/cli/arguments.h"
#include "app/cli/ask_timeline.h"
#include "app/cli/commands.h"
#include "app/cli/evidence_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/page_lookup.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_access.h"
#include "app/cli/standard_output.h"

namespace tidemark::cli {
namespace {

struct AskSettings {
  SessionSettings session;
  std::vector<std::string> question;
  std::int64_t asOfSegment = -2;  // -2: not given
  std::string asOfPage;           // empty: not given
  int maxTokens = 64;
  double temperature = 0;
  int topK = 0;
  double topP = 1;
  std::int64_t seed = 0;
  bool evidence = false;
  bool timeline = false;
  std::int64_t every = 0;
  bool json = false;
};

CommandSyntax syntaxOf(AskSettings& s) {
  CommandSyntax syntax;
  syntax.name = "ask";
  syntax.summary =
      "Answers a question from the memory of a session; nothing is read again, and asking never changes the memory.\n"
      "Greedy unless --temperature is given.";
  syntax.positionals = {"QUESTION", "the question, as one argument", &s.question, 1, 1};
  syntax.options = sessionOptions(s.session);
  for (Option& option : std::vector<Option>{
           integer("as-of-segment", "N", &s.asOfSegment, -1, INT64_MAX,
                   "answer as if reading had stopped after segment N"),
           text("as-of-page", "P", &s.asOfPage,
                "answer as if reading had stopped after page P (a number, a label, or TITLE:P)"),
           integer("max-tokens", "N", &s.maxTokens, 1, 1'000'000, "longest answer (default 64)"),
           number("temperature", "X", &s.temperature, 0, 100, "0 is greedy (default)"),
           integer("top-k", "N", &s.topK, 0, 10'000'000, "sample from the N likeliest tokens (default: all)"),
           number("top-p", "X", &s.topP, 1e-6, 1, "sample from the likeliest tokens that reach this probability"),
           integer("seed", "N", &s.seed, 0, INT64_MAX, "of the sampling (default 0)"),
           flag("evidence", &s.evidence, "also where the answer comes from, by the memory trace"),
           flag("timeline", &s.timeline, "answer as of every snapshot, and mark where the answer changes"),
           integer("every", "N", &s.every, 1, INT64_MAX,
                   "with --timeline: as of every N segments instead, reading again what lies between"),
           flag("json", &s.json, "print one JSON object"),
       }) {
    syntax.options.push_back(std::move(option));
  }
  return syntax;
}

Json toJson(const StartedService& started, const AnswerFinished& finished, const std::optional<PageOfSegment>& page) {
  const QuestionRecord& question = finished.question;
  Json object;
  object["question"] = question.question;
  object["answer"] = question.answer;
  object["token_ids"] = question.tokens;
  object["as_of_segment"] = question.asOfSegment;
  object["as_of_document"] = page ? Json(page->document) : Json();
  object["as_of_page"] = page ? Json(page->page) : Json();
  object["tokens_reread"] = question.tokensReread;
  object["first_token_ms"] = question.firstTokenMs;
  object["seconds"] = finished.seconds;
  object["backend"] = started.backend;
  object["precision"] = started.precision;
  object["evidence"] = evidenceJson(question.evidence);
  if (!question.noEvidence.empty()) object["no_evidence"] = question.noEvidence;
  return object;
}

Result<std::optional<std::int64_t>> asOfSegment(const AskSettings& s) {
  if (s.asOfSegment != -2 && !s.asOfPage.empty()) {
    return makeError(ErrorCode::kInvalidArgument, "--as-of-segment and --as-of-page were both given; choose one");
  }
  if (s.asOfSegment != -2) return std::optional(s.asOfSegment);
  if (s.asOfPage.empty()) return std::optional<std::int64_t>{};
  auto segment = findLastSegmentOfPage(sessionPath(s.session.session), s.asOfPage);
  if (!segment) return segment.error();
  return std::optional(*segment);
}

Status ask(const AskSettings& s) {
  const auto segment = asOfSegment(s);
  if (!segment) return segment.error();
  if (s.timeline || s.every > 0) {
    if (!s.timeline || segment->has_value() || s.temperature > 0) {
      return makeError(ErrorCode::kInvalidArgument,
                       !s.timeline
                           ? "--every goes with --timeline"
                           : "--timeline asks greedily and as of many places; leave out --as-of and --temperature");
    }
    return askTimeline(s.session, {s.question.front(), s.every, s.maxTokens, s.json});
  }
  RunWatcher watcher;
  const auto started = startService(s.session, false, watcher);
  if (!started) return started.error();
  EngineService& service = *started->service;
  AskRequest request;
  request.question = s.question.front();
  request.asOfSegment = *segment;
  request.maxTokens = s.maxTokens;
  request.sampling = {static_cast<float>(s.temperature), s.topK, static_cast<float>(s.topP),
                      static_cast<std::uint64_t>(s.seed)};
  if (s.evidence) request.evidence = EvidenceChoice::kReplay;
  const auto run = service.ask(request);
  if (!run) return run.error();

  AnswerFinished finished;
  Status written;
  const Status followed = watcher.follow(service, *run, [&](const Event& event) {
    if (const auto* delta = std::get_if<AnswerDelta>(&event); delta != nullptr && !s.json && written) {
      written = writeOutput(safeText(delta->text));
    }
    if (const auto* begun = std::get_if<AnswerStarted>(&event); begun != nullptr && !begun->readFinished) {
      reportProgress("the reading is not finished; this is answered as of segment " +
                     withSeparators(begun->asOfSegment));
    }
    if (const auto* done = std::get_if<AnswerFinished>(&event)) finished = *done;
  });
  if (!followed) return followed;
  if (!written) return written;
  const auto page = findPageOfSegment(sessionPath(s.session.session), finished.question.asOfSegment);
  if (!page) return page.error();
  if (s.json) return printJson(toJson(*started, finished, *page));
  if (Status ended = writeOutput("\n"); !ended) return ended;
  char milliseconds[32];
  std::snprintf(milliseconds, sizeof milliseconds, "%.0f", finished.question.firstTokenMs);
  const std::string where = *page ? " (" + (*page)->document + ", page " + (*page)->page + ")" : std::string();
  reportProgress("from memory as of segment " + withSeparators(finished.question.asOfSegment) + where + ", " +
                 withSeparators(finished.question.tokensReread) + " tokens read again, first token after " +
                 milliseconds + " ms");
  if (!s.evidence) return {};
  if (finished.question.evidence.empty()) {
    reportProgress("no memory trace: " + finished.question.noEvidence);
    return {};
  }
  return writeOutput(evidenceText(finished.question.evidence));
}

}  // namespace

int runAsk(std::span<char* const> arguments) {
  AskSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  catchInterrupts();
  const Status done = ask(settings);
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli

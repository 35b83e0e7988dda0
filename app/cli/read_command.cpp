// read: documents into the memory of a session, resumable.

#include <unistd.h>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_access.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"
#include "engine/document/regular_file.h"
#include "engine/session/session_library.h"

namespace tidemark::cli {
namespace {

struct ReadSettings {
  SessionSettings session;
  std::vector<std::string> files;
  std::string schedule = "diagonal";
  std::string traces = "auto";
  bool append = false;
  bool json = false;
  double snapshotSeconds = 4;
  double snapshotBudgetMebibytes = 2048;
};

CommandSyntax syntaxOf(ReadSettings& s) {
  CommandSyntax syntax;
  syntax.name = "read";
  syntax.summary =
      "Reads text files once, segment by segment, into the memory of a session. The same command goes on where an\n"
      "interrupted one stopped. Ask with: tidemark-cli ask QUESTION --session FILE";
  syntax.positionals = {"FILE...", "UTF-8 text or Markdown files", &s.files, 1, 10'000};
  syntax.options = sessionOptions(s.session);
  syntax.options.push_back(flag("append", &s.append, "add the files to a session that holds other documents"));
  syntax.options.push_back(
      choice("schedule", {"diagonal", "sequential"}, &s.schedule, "order of the cells; the result is the same"));
  syntax.options.push_back(number("snapshot-seconds", "S", &s.snapshotSeconds, 0.01, 3600,
                                  "most seconds of reading that an interruption may lose (default 4)"));
  syntax.options.push_back(number("snapshot-budget", "MIB", &s.snapshotBudgetMebibytes, 1, 1e9,
                                  "room for snapshots in the session file (default 2048)"));
  syntax.options.push_back(choice("traces", {"auto", "yes", "no"}, &s.traces,
                                  "keep what segments write to memory, for ask --evidence (auto: if it is small)"));
  syntax.options.push_back(flag("json", &s.json, "print one JSON object"));
  return syntax;
}

struct ReadOutcome {
  std::vector<std::string> titles;  // imported by this run
  ReadFinished finished;
  ReadingStarted started;
};

Json toJson(const ReadSettings& s, const StartedService& started, const ReadOutcome& outcome) {
  const ReadFinished& f = outcome.finished;
  Json object;
  object["document"] =
      s.files.size() == 1 ? Json(std::filesystem::path(s.files.front()).filename().string()) : Json(s.files);
  object["session"] = sessionPath(s.session.session).string();
  object["tokens"] = f.tokens;
  object["segments_read"] = f.segmentsRead;
  object["segments_resumed"] = f.segmentsResumed;
  object["tail_tokens"] = f.tailTokens;
  object["seconds"] = f.seconds;
  object["tokens_per_second"] = f.seconds > 0 ? static_cast<double>(f.tokensRead) / f.seconds : 0.0;
  object["peak_rss_bytes"] = peakResidentBytes();
  object["state_bytes"] = f.stateBytes;
  object["state_hash"] = f.stateHash;
  object["traces"] = outcome.started.keepsTraces;
  object["trace_bytes_per_segment"] = outcome.started.traceBytes;
  object["schedule"] = s.schedule;
  object["backend"] = started.backend;
  object["precision"] = started.precision;
  return object;
}

std::string toText(const ReadOutcome& outcome) {
  const ReadFinished& f = outcome.finished;
  std::string text = "read " + withSeparators(f.segmentsRead) + " segments";
  if (f.segmentsResumed > 0) text += " (" + withSeparators(f.segmentsResumed) + " were in memory already)";
  text += ", " + withSeparators(f.tailTokens) + " tokens of tail, in " + formatDuration(f.seconds);
  if (f.segmentsRead > 0 && f.seconds > 0) {
    text +=
        ": " + withSeparators(static_cast<std::int64_t>(static_cast<double>(f.tokensRead) / f.seconds)) + " tokens/s";
  }
  return text + "\nmemory " + formatBytes(f.stateBytes) + ", state " + f.stateHash.substr(0, 16) + "\n";
}

/// A wrong name is not worth loading a model for.
Status checkFiles(const ReadSettings& s) {
  for (const std::string& file : s.files) {
    if (const auto opened = RegularFile::open(file); !opened) return opened.error();
  }
  return {};
}

Status read(const ReadSettings& s) {
  if (Status readable = checkFiles(s); !readable) return readable;
  const std::filesystem::path path = sessionPath(s.session.session);
  std::error_code ignored;
  const bool isNew = !std::filesystem::exists(path, ignored);
  RunWatcher watcher;
  auto started = startService(s.session, true, watcher);
  if (!started) return started.error();
  std::unique_ptr<EngineService>& service = started->service;
  ReadRequest request;
  for (const std::string& file : s.files) request.files.emplace_back(file);
  request.append = s.append;
  request.schedule = s.schedule == "sequential" ? Schedule::kSequential : Schedule::kDiagonal;
  request.snapshotSeconds = s.snapshotSeconds;
  request.snapshotBudgetBytes = static_cast<std::uint64_t>(s.snapshotBudgetMebibytes * 1024 * 1024);
  if (s.traces != "auto") request.keepTraces = s.traces == "yes";
  const auto run = service->read(request);
  if (!run) return run.error();

  ReadProgress progress(isatty(STDERR_FILENO) == 1);
  ReadOutcome outcome;
  const Status followed = watcher.follow(*service, *run, [&](const Event& event) {
    progress.handle(event);
    if (const auto* begun = std::get_if<ReadingStarted>(&event)) {
      outcome.started = *begun;
      reportProgress(
          (begun->keepsTraces ? "memory traces are kept: " : "memory traces are not kept; they would take ") +
          formatBytes(begun->traceBytes) + " for each segment of " + std::to_string(begun->segmentTokens) + " tokens");
    }
    if (const auto* finished = std::get_if<ReadFinished>(&event)) outcome.finished = *finished;
  });
  progress.close();
  if (!followed) {
    service.reset();  // lets go of the session
    if (isNew && followed.error().code != ErrorCode::kCancelled) removeUnusedSession(path);
    return followed;
  }
  return s.json ? printJson(toJson(s, *started, outcome)) : writeOutput(toText(outcome));
}

}  // namespace

int runRead(std::span<char* const> arguments) {
  ReadSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  catchInterrupts();
  const Status done = read(settings);
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli

// read: documents into the memory of a session, resumable.

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/document_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_access.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"
#include "engine/document/regular_file.h"
#include "engine/extraction/document_import.h"
#include "engine/service/source_check.h"
#include "engine/session/session_library.h"

namespace tidemark::cli {
namespace {

struct ReadSettings {
  SessionSettings session;
  std::vector<std::string> files;
  std::string schedule = "diagonal";
  std::string traces = "auto";
  bool append = false;
  bool force = false;
  bool revise = false;
  bool json = false;
  double snapshotSeconds = 4;
  double snapshotBudgetMebibytes = 2048;
};

CommandSyntax syntaxOf(ReadSettings& s) {
  CommandSyntax syntax;
  syntax.name = "read";
  syntax.summary =
      "Reads documents once, segment by segment, into the memory of a session: PDF, EPUB, DOCX, ODT, HTML, Markdown\n"
      "and text. The same command goes on where an interrupted one stopped; a file that cannot be read does not stop "
      "the\n"
      "others. Without a file, reads on what the session holds. Ask with: tidemark-cli ask QUESTION --session FILE";
  syntax.positionals = {"FILE...", "files, and folders of files, in the order in which they are read", &s.files, 0,
                        10'000};
  syntax.options = sessionOptions(s.session);
  syntax.options.push_back(flag("append", &s.append, "add the files to a session that holds other documents"));
  syntax.options.push_back(
      flag("revise", &s.revise, "read documents again whose files have changed, from the first changed segment on"));
  syntax.options.push_back(flag("force", &s.force, "also documents whose pages are mostly images"));
  syntax.options.push_back(
      choice("schedule", {"diagonal", "sequential"}, &s.schedule, "order of the cells; the result is the same"));
  syntax.options.push_back(number("snapshot-seconds", "S", &s.snapshotSeconds, 0.01, 3600,
                                  "most seconds of reading that an interruption may lose (default 4)"));
  syntax.options.push_back(number("snapshot-budget", "MIB", &s.snapshotBudgetMebibytes, 0.001, 1e9,
                                  "room for snapshots in the session file (default 2048)"));
  syntax.options.push_back(choice("traces", {"auto", "yes", "no"}, &s.traces,
                                  "keep what segments write to memory, for ask --evidence (auto: if it is small)"));
  syntax.options.push_back(flag("json", &s.json, "print one JSON object"));
  return syntax;
}

struct ReadOutcome {
  std::vector<DocumentRefused> refused;
  ReadFinished finished;
  ReadingStarted started;
};

/// All documents of the session, and what was refused.
Status addDocuments(const std::filesystem::path& session, const ReadOutcome& outcome, Json& object) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto documents = store->documents();
  if (!documents) return documents.error();
  auto contents = store->contents();
  if (!contents) return contents.error();
  contents->resize(documents->size());
  object["documents"] = Json::array();
  for (std::size_t i = 0; i < documents->size(); ++i) {
    object["documents"].push_back(documentJson((*documents)[i], (*contents)[i]));
  }
  object["refused"] = Json::array();
  for (const DocumentRefused& refused : outcome.refused) {
    object["refused"].push_back({{"file", refused.path}, {"reason", refused.error.message}});
  }
  return {};
}

Result<Json> toJson(const ReadSettings& s, const StartedService& started, const ReadOutcome& outcome) {
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
  if (Status added = addDocuments(sessionPath(s.session.session), outcome, object); !added) return added.error();
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

/// Wrong names are not worth loading a model for, if there is nothing else to read.
Status checkFiles(const std::vector<std::filesystem::path>& files) {
  std::optional<Error> first;
  for (const std::filesystem::path& file : files) {
    const auto opened = RegularFile::open(file);
    if (opened) return {};
    if (!first) first = opened.error();
  }
  if (!first) return {};
  if (files.size() == 1) return *first;
  return makeError(first->code,
                   "none of the " + std::to_string(files.size()) + " files could be read: " + first->message);
}

/// The documents whose files are not what they were: of all, or of those that are named.
Result<std::vector<std::int64_t>> findChanged(const std::filesystem::path& session,
                                              const std::vector<std::filesystem::path>& files) {
  const auto store = SessionStore::open(session, SessionAccess::kRead);
  if (!store) return store.error();
  const auto documents = store->documents();
  if (!documents) return documents.error();
  const auto checks = checkSources(*store);
  if (!checks) return checks.error();
  std::vector<std::int64_t> changed;
  for (std::size_t i = 0; i < checks->size() && i < documents->size(); ++i) {
    const auto source = std::filesystem::path((*documents)[i].sourcePath).lexically_normal();
    const bool isNamed = files.empty() || std::any_of(files.begin(), files.end(), [&](const auto& file) {
                           return std::filesystem::absolute(file).lexically_normal() == source;
                         });
    if (!isNamed) continue;
    const SourceCheck& check = (*checks)[i];
    const std::string name = "\"" + (*documents)[i].title + "\"";
    if (check.state == SourceState::kChanged || (check.state == SourceState::kUnchanged && check.olderExtraction)) {
      changed.push_back(check.document);
      reportProgress(name + (check.state == SourceState::kChanged ? " has changed" : " was read by an older version") +
                     " and is read again");
    } else if (!check.problem.empty()) {
      reportProgress(name + " stays as it was read: " + check.problem);
    }
  }
  if (changed.empty()) reportProgress("no file has changed");
  return changed;
}

Result<ReadRequest> requestOf(const ReadSettings& s, bool isNew) {
  ReadRequest request;
  auto files = expandFolders({s.files.begin(), s.files.end()});
  if (!files) return files.error();
  if (Status readable = checkFiles(*files); !readable) return readable.error();
  if (s.revise && !isNew) {
    auto changed = findChanged(sessionPath(s.session.session), *files);
    if (!changed) return changed.error();
    request.revise = std::move(*changed);
  }
  request.files = std::move(*files);
  request.append = s.append;
  request.force = s.force;
  request.schedule = s.schedule == "sequential" ? Schedule::kSequential : Schedule::kDiagonal;
  request.snapshotSeconds = s.snapshotSeconds;
  request.snapshotBudgetBytes = static_cast<std::uint64_t>(s.snapshotBudgetMebibytes * 1024 * 1024);
  if (s.traces != "auto") request.keepTraces = s.traces == "yes";
  return request;
}

/// What was read is read; the files that were not are a failure all the same.
Status refusedStatus(const ReadOutcome& outcome) {
  if (outcome.refused.empty()) return {};
  const DocumentRefused& first = outcome.refused.front();
  const std::size_t count = outcome.refused.size();
  return makeError(first.error.code, (count == 1 ? first.path + " was" : std::to_string(count) + " files were") +
                                         " left out, as said above; everything else was read");
}

Status read(const ReadSettings& s) {
  const std::filesystem::path path = sessionPath(s.session.session);
  std::error_code ignored;
  const bool isNew = !std::filesystem::exists(path, ignored);
  auto request = requestOf(s, isNew);
  if (!request) return request.error();
  RunWatcher watcher;
  auto started = startService(s.session, !s.files.empty(), watcher);
  if (!started) return started.error();
  std::unique_ptr<EngineService>& service = started->service;
  const auto run = service->read(std::move(*request));
  if (!run) return run.error();

  ReadProgress progress(isatty(STDERR_FILENO) == 1);
  ReadOutcome outcome;
  const Status followed = watcher.follow(*service, *run, [&](const Event& event) {
    progress.handle(event);
    if (const auto* refused = std::get_if<DocumentRefused>(&event)) outcome.refused.push_back(*refused);
    if (const auto* begun = std::get_if<ReadingStarted>(&event)) {
      const bool isFirst = std::exchange(outcome.started, *begun).segmentTokens == 0;
      if (isFirst)
        reportProgress(
            (begun->keepsTraces ? "memory traces are kept: " : "memory traces are not kept; they would take ") +
            formatBytes(begun->traceBytes) + " for each segment of " + std::to_string(begun->segmentTokens) +
            " tokens");
    }
    if (const auto* finished = std::get_if<ReadFinished>(&event)) outcome.finished = *finished;
  });
  progress.close();
  if (!followed) {
    service.reset();  // lets go of the session
    if (isNew && followed.error().code != ErrorCode::kCancelled) removeUnusedSession(path);
    return followed;
  }
  Status printed;
  if (s.json) {
    const auto json = toJson(s, *started, outcome);
    printed = json ? printJson(*json) : json.error();
  } else {
    printed = writeOutput(toText(outcome));
  }
  return printed ? refusedStatus(outcome) : printed;
}

}  // namespace

int runRead(std::span<char* const> arguments) {
  ReadSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  std::error_code ignored;
  const bool exists = std::filesystem::exists(sessionPath(settings.session.session), ignored);
  if (settings.files.empty() && !settings.revise && !exists) {
    return reportUsage("read",
                       makeError(ErrorCode::kInvalidArgument, "read needs a file, or a session that holds some"));
  }
  catchInterrupts();
  const Status done = read(settings);
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli

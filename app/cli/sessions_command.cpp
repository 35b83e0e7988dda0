// sessions: what session files hold.

#include <algorithm>
#include <filesystem>
#include <functional>

#include "app/cli/arguments.h"
#include "app/cli/closest_name.h"
#include "app/cli/commands.h"
#include "app/cli/document_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/json_output.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/session_access.h"
#include "app/cli/session_changes.h"
#include "app/cli/session_copies.h"
#include "app/cli/sessions_diff.h"
#include "app/cli/sessions_recall.h"
#include "app/cli/standard_output.h"
#include "engine/base/system_memory.h"
#include "engine/session/session_leftovers.h"

namespace tidemark::cli {
namespace {

struct SessionsSettings {
  std::vector<std::string> words;  // verb, then paths
  SessionCopy copy;
  PlaceSettings places;
  DiffSettings diff;
  RecallSettings recall;
  SessionSettings model;
  bool unpin = false;
  bool json = false;
};

CommandSyntax syntaxOf(SessionsSettings& s) {
  CommandSyntax syntax;
  syntax.name = "sessions";
  syntax.summary =
      "list [FOLDER]   the session files of a folder\n"
      "show SESSION    documents, memory, snapshots and questions of one\n"
      "verify SESSION  every page, checksum and range of one; exit status 1 if anything is damaged\n"
      "fork SESSION NEW     a session of its own that goes on from where this one is, or was (--as-of-page)\n"
      "rewind SESSION       takes everything behind a place out again, or what lies between two (--to-page "
      "--skip-to-page)\n"
      "pin SESSION SEGMENT  a snapshot after that very segment, which stays whatever the room for snapshots\n"
      "diff A B             what two memories differ in; with one session: at two places of it (--at, --and)\n"
      "recall SESSION       reads it again with facts planted in it, and asks for them: how far back it remembers\n"
      "export SESSION FILE  a copy to take along; --memory-only leaves out the text\n"
      "import FILE SESSION  checks a session from elsewhere and takes it in";
  syntax.positionals = {"VERB [WHAT..]", "list, show, verify, fork, rewind, pin, diff, recall, export or import",
                        &s.words, 1, 3};
  syntax.options = {
      flag("memory-only", &s.copy.memoryOnly, "export: memory, page numbers and titles, without the text"),
      flag("drop-tail", &s.copy.dropTail,
           "with --memory-only: also without the last tokens, which are in no segment yet"),
      flag("all-snapshots", &s.copy.allSnapshots,
           "with --memory-only: every snapshot, not the newest and the pinned ones only"),
      flag("unpin", &s.unpin, "pin: lets go of the snapshot again"), flag("json", &s.json, "print one JSON object")};
  append(syntax.options, placeOptions(s.places));
  append(syntax.options, diffOptions(s.diff));
  append(syntax.options, recallOptions(s.recall));
  append(syntax.options, computeOptions(s.model));
  return syntax;
}

struct Contents {
  std::filesystem::path path;
  std::uintmax_t fileBytes = 0;
  ModelIdentity model;
  std::vector<DocumentRecord> documents;
  std::vector<DocumentContents> contents;  // of each
  std::vector<SourceCheck> sources;        // of each; empty: not looked at
  std::int64_t segments = 0;
  std::vector<SnapshotInfo> snapshots;
  std::int64_t tailTokens = -1;  // -1: the read is not finished
  std::vector<QuestionRecord> questions;
};

/// `withSources`: looks at the files as well.
Result<Contents> readContents(const std::filesystem::path& path, bool withSources) {
  auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  Contents contents;
  contents.path = path;
  std::error_code ignored;
  contents.fileBytes = std::filesystem::file_size(path, ignored);
  contents.model = store->model();
  auto documents = store->documents();
  if (!documents) return documents.error();
  contents.documents = std::move(documents).value();
  auto all = store->contents();
  if (!all) return all.error();
  contents.contents = std::move(all).value();
  contents.contents.resize(contents.documents.size());
  if (withSources) {
    auto sources = checkSources(*store);
    if (!sources) return sources.error();
    contents.sources = std::move(sources).value();
  }
  const auto segments = store->segmentCount();
  if (!segments) return segments.error();
  contents.segments = *segments;
  auto snapshots = store->snapshots();
  if (!snapshots) return snapshots.error();
  contents.snapshots = std::move(snapshots).value();
  const auto tail = store->loadTail(contents.segments);
  if (!tail) return tail.error();
  if (tail->has_value()) contents.tailTokens = static_cast<std::int64_t>((*tail)->tokens.ids.size());
  auto questions = store->questions();
  if (!questions) return questions.error();
  contents.questions = std::move(questions).value();
  return contents;
}

const char* nameOf(QuestionState state) {
  switch (state) {
    case QuestionState::kRunning:
      return "running";
    case QuestionState::kDone:
      return "done";
    case QuestionState::kCancelled:
      return "cancelled";
    case QuestionState::kFailed:
      return "failed";
  }
  return "?";
}

Json toJson(const Contents& c, bool everything) {
  Json object;
  object["session"] = c.path.string();
  object["file_bytes"] = c.fileBytes;
  object["model"] = {{"name", c.model.name},
                     {"weights_sha256", c.model.weightsSha256},
                     {"precision", c.model.precision},
                     {"segment_size", c.model.segmentSize},
                     {"memory_tokens", c.model.memoryTokens}};
  object["documents"] = Json::array();
  for (std::size_t i = 0; i < c.documents.size(); ++i) {
    Json document = documentJson(c.documents[i], c.contents[i]);
    if (i < c.sources.size()) {
      document["source_state"] = sourceStateName(c.sources[i].state);
      document["older_extraction"] = c.sources[i].olderExtraction;
    }
    object["documents"].push_back(std::move(document));
  }
  object["segments"] = c.segments;
  object["tail_tokens"] = c.tailTokens < 0 ? Json() : Json(c.tailTokens);
  object["finished"] = c.tailTokens >= 0;
  object["snapshots"] = c.snapshots.size();
  object["questions"] = c.questions.size();
  if (!everything) return object;
  object["snapshots"] = Json::array();
  for (const SnapshotInfo& snapshot : c.snapshots) {
    object["snapshots"].push_back({{"segment", snapshot.segment},
                                   {"bytes", snapshot.bytes},
                                   {"pinned", snapshot.pinned},
                                   {"state_hash", snapshot.stateHash},
                                   {"created", snapshot.createdAt}});
  }
  object["questions"] = Json::array();
  for (const QuestionRecord& question : c.questions) {
    object["questions"].push_back({{"question", question.question},
                                   {"answer", question.answer},
                                   {"as_of_segment", question.asOfSegment},
                                   {"state", nameOf(question.state)},
                                   {"asked", question.askedAt}});
    if (!question.noEvidence.empty()) object["questions"].back()["no_evidence"] = question.noEvidence;
  }
  return object;
}

std::string summary(const Contents& c) {
  std::string titles;
  for (const DocumentRecord& document : c.documents) titles += (titles.empty() ? "" : ", ") + oneLine(document.title);
  return oneLine(c.path.string()) + "  " + (titles.empty() ? "nothing read" : titles) + "  " +
         withSeparators(c.segments) + " segments" + (c.tailTokens < 0 ? " (unfinished)" : "") + "  " +
         withSeparators(static_cast<std::int64_t>(c.questions.size())) + " questions  " + formatBytes(c.fileBytes) +
         "\n";
}

std::string sourceText(const DocumentRecord& document, const SourceCheck& source) {
  if (document.sourcePath.empty()) return ", pasted";
  std::string text = ", read from " + oneLine(document.sourcePath);
  if (source.state == SourceState::kChanged) text += ", which has changed since";
  if (source.state == SourceState::kMissing) text += ", which is not there any more";
  if (source.state == SourceState::kUnreadable) text += ", which cannot be read any more";
  if (source.olderExtraction && source.state == SourceState::kUnchanged) text += " by an older version of Tidemark";
  return text;
}

std::string details(const Contents& c) {
  std::string text = summary(c);
  text += "model      " + oneLine(c.model.name) + ", segments of " + std::to_string(c.model.segmentSize) + " + " +
          std::to_string(c.model.memoryTokens) + ", weights " + c.model.weightsSha256.substr(0, 16) + "\n";
  for (std::size_t i = 0; i < c.documents.size(); ++i) {
    text += "document   " + oneLine(c.documents[i].title) + "  " +
            oneLine(documentText(c.documents[i], c.contents[i])) +
            sourceText(c.documents[i], i < c.sources.size() ? c.sources[i] : SourceCheck{}) + "\n";
  }
  if (c.tailTokens >= 0) text += "tail       " + withSeparators(c.tailTokens) + " tokens\n";
  for (const SnapshotInfo& snapshot : c.snapshots) {
    text += "snapshot   after segment " + withSeparators(snapshot.segment) + "  " + formatBytes(snapshot.bytes) +
            "  state " + snapshot.stateHash.substr(0, 16) + (snapshot.pinned ? "  pinned" : "") + "\n";
  }
  for (const QuestionRecord& question : c.questions) {
    text += "question   " + oneLine(question.question) + "\n  answer   " + oneLine(question.answer) + "  (" +
            nameOf(question.state) + ", as of segment " + withSeparators(question.asOfSegment) + ")\n";
    if (!question.noEvidence.empty()) text += "  no memory trace: " + oneLine(question.noEvidence) + "\n";
  }
  return text;
}

Status list(const std::filesystem::path& folder, bool json) {
  removeLeftovers(folder);
  std::error_code error;
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    if (entry.path().extension() == ".tidemark") paths.push_back(entry.path());
  }
  if (error) {
    return makeError(ErrorCode::kIo,
                     folder.string() + " cannot be listed: " + error.message() + "; name another folder");
  }
  std::sort(paths.begin(), paths.end());
  Json object;
  object["sessions"] = Json::array();
  std::string text;
  for (const auto& path : paths) {
    const auto contents = readContents(path, false);
    if (contents) {
      object["sessions"].push_back(toJson(*contents, false));
      text += summary(*contents);
    } else {  // one damaged file does not hide the others
      object["sessions"].push_back({{"session", path.string()}, {"problem", contents.error().message}});
      text += oneLine(path.string()) + "  " + oneLine(contents.error().message) + "\n";
    }
  }
  if (json) return printJson(object);
  return writeOutput(text.empty() ? "no session files in " + oneLine(folder.string()) + "\n" : text);
}

Status show(const std::filesystem::path& path, bool json) {
  const auto contents = readContents(path, true);
  if (!contents) return contents.error();
  return json ? printJson(toJson(*contents, true)) : writeOutput(details(*contents));
}

Status verify(const std::filesystem::path& path, bool json) {
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  const auto check = store->verify();
  if (!check) return check.error();
  if (json) {
    Json object;
    object["session"] = path.string();
    object["snapshots"] = check->snapshots;
    object["bytes"] = check->bytes;
    object["problems"] = check->problems;
    if (Status printed = printJson(object); !printed) return printed;
  } else if (check->problems.empty()) {
    return writeOutput(oneLine(path.string()) + " is whole: " + withSeparators(check->snapshots) +
                       " snapshots and everything else agree with their checksums\n");
  }
  if (check->problems.empty()) return {};
  std::string all = check->problems.front();
  if (check->problems.size() > 1) all += " (and " + std::to_string(check->problems.size() - 1) + " more; see --json)";
  return makeError(ErrorCode::kCorrupt, path.string() + ": " + all);
}

}  // namespace

int runSessions(std::span<char* const> arguments) {
  SessionsSettings s;
  if (const auto status = handleArguments(syntaxOf(s), arguments)) return *status;
  catchInterrupts();
  struct Verb {
    const char* name;
    std::size_t words;  // behind it, at least
    const char* needs;
    std::function<Status()> run;
  };
  const auto word = [&s](std::size_t index) { return s.words.size() > index ? s.words[index] : std::string(); };
  const std::vector<Verb> verbs = {
      {"list", 0, "", [&] { return list(s.words.size() > 1 ? word(1) : ".", s.json); }},
      {"show", 1, "a session file", [&] { return show(sessionPath(word(1)), s.json); }},
      {"verify", 1, "a session file", [&] { return verify(sessionPath(word(1)), s.json); }},
      {"fork", 2, "a session file and the name of the new one",
       [&] { return forkSessionAsOf(word(1), word(2), s.places, s.model, s.json); }},
      {"rewind", 1, "a session file", [&] { return rewindSession(word(1), s.places, s.model, s.json); }},
      {"pin", 2, "a session file and a segment",
       [&] {
         return s.unpin ? unpinSegment(word(1), word(2), s.json) : pinSegment(word(1), word(2), s.model, s.json);
       }},
      {"diff", 1, "a session file", [&] { return diffSessions(word(1), word(2), s.diff, s.model, s.json); }},
      {"recall", 1, "a session file", [&] { return measureSessionRecall(word(1), s.recall, s.model, s.json); }},
      {"export", 2, "a session file and the name of the copy",
       [&] { return exportSession(word(1), word(2), s.copy, s.json); }},
      {"import", 2, "a file and the name of the new session", [&] { return takeSession(word(1), word(2), s.json); }}};
  std::vector<std::string> names;
  for (const Verb& verb : verbs) {
    names.emplace_back(verb.name);
    if (s.words.front() != verb.name) continue;
    if (s.words.size() <= verb.words) {
      return reportUsage("sessions",
                         makeError(ErrorCode::kInvalidArgument, s.words.front() + " needs " + std::string(verb.needs)));
    }
    const Status done = verb.run();
    return done ? kExitDone : reportError(done.error());
  }
  const std::string closest = closestName(s.words.front(), names);
  return reportUsage(
      "sessions",
      makeError(ErrorCode::kInvalidArgument,
                "unknown verb '" + s.words.front() + "'; " +
                    (closest.empty() ? "use list, show, verify, fork, rewind, pin, diff, recall, export or import"
                                     : "did you mean " + closest + "?")));
}

}  // namespace tidemark::cli

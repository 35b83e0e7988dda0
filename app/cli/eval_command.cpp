// eval: how well a model finds facts in long texts, in the way of BABILong.

#include <unistd.h>

#include <algorithm>

#include "app/cli/arguments.h"
#include "app/cli/commands.h"
#include "app/cli/eval_output.h"
#include "app/cli/interrupt.h"
#include "app/cli/open_model.h"
#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"
#include "app/cli/standard_output.h"
#include "app/common/resources.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

constexpr int kMostSamples = 1'000'000;

struct EvalSettings {
  std::string tasks;
  std::string lengths;
  std::filesystem::path data;
  std::filesystem::path model;  // empty: the built-in one
  int samples = 100;
  std::int64_t seed = 0;
  int maxTokens = 16;
  std::filesystem::path out;  // empty: results are printed and not kept
  std::string backend = "auto";
  int threads = 0;
  bool json = false;
};

CommandSyntax syntaxOf(EvalSettings& s) {
  CommandSyntax syntax;
  syntax.name = "eval";
  syntax.summary =
      "Hides the facts of bAbI questions in background text, in their order and at random places, reads each text "
      "into\n"
      "a fresh memory, asks the question and compares the answer: the benchmark BABILong (arXiv:2402.10790). DIR "
      "holds\n"
      "\n"
      "  DIR/tasks/qa1_NAME.txt    questions of task qa1 in the bAbI format; any other task is named the same way\n"
      "  DIR/background/*.txt      books as plain text; longer texts than they have repeat them\n"
      "  DIR/prompts.json          instructions by task, for models that follow some; may be missing:\n"
      "                            {\"qa1\": {\"instruction\": \"..\", \"examples\": \"..\", \"post_prompt\": "
      "\"..\"}}\n"
      "\n"
      "A length is what facts and background have in tokens of the model: 0k (facts alone), 4k, 1m, 1500. With --out\n"
      "every answer is kept as a line of JSON, and the same command goes on where an interrupted one stopped; more\n"
      "tasks, lengths and samples may join later, while another model, seed or text is refused.";
  syntax.options = {
      required(text("tasks", "LIST", &s.tasks, "such as qa1,qa2")),
      required(text("lengths", "LIST", &s.lengths, "such as 0k,1k,128k,1m")),
      required(text("data", "DIR", &s.data, "tasks and background")),
      text("model", "DIR", &s.model, "the model directory (default: the built-in model)"),
      integer("samples", "N", &s.samples, 1, kMostSamples, "questions of each task at each length (default 100)"),
      integer("seed", "N", &s.seed, 0, INT64_MAX, "of questions, background and places (default 0)"),
      integer("max-tokens", "N", &s.maxTokens, 1, 1'000'000, "longest answer (default 16)"),
      text("out", "FILE", &s.out, "keep every answer here, and go on from it"),
      choice("backend", {"auto", "cpu", "cuda"}, &s.backend, "what computes (default auto)"),
      integer("threads", "N", &s.threads, 1, kMostThreads, "compute threads (default: all cores)"),
      flag("json", &s.json, "print one JSON object"),
  };
  return syntax;
}

Error wrongList(const std::string& option, const std::string& list, const std::string& what) {
  return makeError(ErrorCode::kInvalidArgument, "--" + option + " '" + list + "' has " + what);
}

/// Items between commas. Errors: kInvalidArgument (an empty item, or one that comes twice).
Result<std::vector<std::string>> splitList(const std::string& option, const std::string& list) {
  std::vector<std::string> items;
  for (std::size_t begin = 0; begin <= list.size();) {
    const std::size_t end = std::min(list.find(',', begin), list.size());
    items.push_back(list.substr(begin, end - begin));
    begin = end + 1;
    if (items.back().empty()) return wrongList(option, list, "an empty item");
    const bool twice = std::count(items.begin(), items.end(), items.back()) > 1;
    if (twice) return wrongList(option, list, "'" + items.back() + "' twice");
  }
  return items;
}

Result<std::vector<std::string>> parseTasks(const std::string& list) {
  auto tasks = splitList("tasks", list);
  if (!tasks) return tasks;
  for (const std::string& task : *tasks) {
    // They become file names.
    const bool plain = std::all_of(task.begin(), task.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!plain) {
      return makeError(ErrorCode::kInvalidArgument,
                       "--tasks has '" + task + "'; a task is named with letters, digits and '-', such as qa1");
    }
  }
  return tasks;
}

Result<EvaluationPlan> parsePlan(const EvalSettings& s) {
  EvaluationPlan plan;
  plan.samples = s.samples;
  plan.seed = static_cast<std::uint64_t>(s.seed);
  plan.maxTokens = s.maxTokens;
  const auto lengths = splitList("lengths", s.lengths);
  if (!lengths) return lengths.error();
  for (const std::string& text : *lengths) {
    auto length = parseEvaluationLength(text);
    if (!length) return length.error().withContext("--lengths");
    const bool twice = std::any_of(plan.lengths.begin(), plan.lengths.end(),
                                   [&](const EvaluationLength& known) { return known.tokens == length->tokens; });
    if (twice) {
      return makeError(ErrorCode::kInvalidArgument, "--lengths '" + s.lengths + "' has " + length->label + " twice");
    }
    plan.lengths.push_back(std::move(length).value());
  }
  return plan;
}

Result<LoadedModel> openEvaluatedModel(const EvalSettings& s) {
  const auto directory = namedOrBuiltinModel(s.model);
  if (!directory) return directory.error();
  ModelOptions options;
  options.backend = backendChoice(s.backend);
  options.threads = s.threads;
  return loadModel(*directory, options);
}

struct EvalOutcome {
  std::vector<EvaluationCell> cells;
  std::size_t samples = 0;
  std::size_t resumed = 0;
  std::string textsSha256;
  double seconds = 0;
};

Json toJson(const EvalSettings& s, const LoadedModel& model, const EvalOutcome& outcome) {
  Json object;
  object["model"] = model.identity.name;
  object["data"] = s.data.string();
  object["seed"] = s.seed;
  object["max_tokens"] = s.maxTokens;
  object["samples"] = outcome.samples;
  object["samples_resumed"] = outcome.resumed;
  object["results"] = evaluationJson(outcome.cells);
  object["texts_sha256"] = outcome.textsSha256;
  object["out"] = s.out.empty() ? Json(nullptr) : Json(s.out.string());
  object["seconds"] = outcome.seconds;
  object["peak_rss_bytes"] = peakResidentBytes();
  object["backend"] = model.backend->name();
  object["precision"] = model.backend->precision();
  return object;
}

std::string toText(const EvalOutcome& outcome) {
  std::string text = evaluationTable(outcome.cells);
  text += "right answers with their 95 % interval, and of how many; " +
          withSeparators(static_cast<std::int64_t>(outcome.samples)) + " samples";
  if (outcome.resumed > 0) {
    text += " (" + withSeparators(static_cast<std::int64_t>(outcome.resumed)) + " were there already)";
  }
  return text + " in " + formatDuration(outcome.seconds) + ", texts " + outcome.textsSha256.substr(0, 16) + "\n";
}

void reportMissing(const EvalSettings& s, std::span<const EvaluationCell> cells) {
  for (const EvaluationCell& cell : cells) {
    if (cell.samples == s.samples) continue;
    std::string line = cell.task + " has only " + withSeparators(cell.samples) + " questions";
    if (cell.length != "0k") line += " whose facts fit into " + cell.length;
    reportProgress(line);
  }
}

Error explainCancel(const EvalSettings& s) {
  return makeError(ErrorCode::kCancelled,
                   s.out.empty() ? "cancelled; nothing was kept, name a file with --out to be able to go on"
                                 : "cancelled; run the same command again to go on");
}

Status evaluate(const EvalSettings& s, std::span<const std::string> tasks, const EvaluationPlan& plan) {
  const bool needsBackground = std::any_of(plan.lengths.begin(), plan.lengths.end(),
                                           [](const EvaluationLength& length) { return length.tokens > 0; });
  const auto data = openEvaluationData(s.data, tasks, needsBackground);
  if (!data) return data.error();
  const auto model = openEvaluatedModel(s);
  if (!model) return model.error();
  if (model->gpuFound) reportProgress(model->backendNote);
  EvaluationLog log;
  if (!s.out.empty()) {
    auto opened = EvaluationLog::open(s.out, settingsOf(*model, *data, plan));
    if (!opened) return opened.error();
    log = std::move(opened).value();
  }
  const auto samples = planSamples(*data, plan);
  EvalOutcome outcome;
  outcome.samples = samples.size();
  outcome.resumed = static_cast<std::size_t>(std::count_if(
      samples.begin(), samples.end(), [&](const PlannedSample& sample) { return log.find(sample.key()) != nullptr; }));
  if (outcome.resumed > 0) {
    reportProgress(withSeparators(static_cast<std::int64_t>(outcome.resumed)) + " of " +
                   withSeparators(static_cast<std::int64_t>(outcome.samples)) + " samples were done before");
  }

  RunClock clock;
  EvalProgress progress(isatty(STDERR_FILENO) == 1, samples.size());
  EvaluationHooks hooks;
  hooks.cancelled = interrupted;
  hooks.sampleBegins = [&](const PlannedSample& sample, std::size_t done) { progress.sampleBegins(sample, done); };
  hooks.tokensRead = [&](std::int64_t tokens) { progress.tokensRead(tokens); };
  hooks.sampleEnds = [&](const SampleRecord& record) { progress.sampleEnds(record); };
  const Status done = runEvaluation(*model, *data, plan, samples, log, hooks);
  progress.close();
  if (!done) return done.error().code == ErrorCode::kCancelled ? explainCancel(s) : done.error();
  outcome.seconds = clock.seconds();
  outcome.cells = summarize(*data, plan, samples, log);
  outcome.textsSha256 = hashTexts(samples, log);
  reportMissing(s, outcome.cells);
  return s.json ? printJson(toJson(s, *model, outcome)) : writeOutput(toText(outcome));
}

}  // namespace

int runEval(std::span<char* const> arguments) {
  EvalSettings settings;
  if (const auto status = handleArguments(syntaxOf(settings), arguments)) return *status;
  const auto tasks = parseTasks(settings.tasks);
  if (!tasks) return reportUsage("eval", tasks.error());
  const auto plan = parsePlan(settings);
  if (!plan) return reportUsage("eval", plan.error());
  catchInterrupts();
  const Status done = evaluate(settings, *tasks, *plan);
  return done ? kExitDone : reportError(done.error());
}

}  // namespace tidemark::cli

#include "engine/evaluation/evaluation.h"

#include <algorithm>
#include <charconv>

#include "engine/base/sha256.h"
#include "engine/base/split_mix.h"
#include "engine/evaluation/haystack.h"
#include "engine/evaluation/sample_answer.h"

namespace tidemark {
namespace {

constexpr std::int64_t kThousand = 1000;
constexpr std::int64_t kMillion = 1'000'000;
// A line of a story has about eight tokens.
constexpr std::int64_t kTokensPerLine = 8;

std::string labelOf(std::int64_t tokens) {
  if (tokens > 0 && tokens % kMillion == 0) return std::to_string(tokens / kMillion) + "m";
  if (tokens % kThousand == 0) return std::to_string(tokens / kThousand) + "k";
  return std::to_string(tokens);
}

/// The same purpose and seed give the same numbers, others unrelated ones.
std::uint64_t deriveSeed(std::uint64_t seed, const std::string& purpose) {
  Sha256 hash;
  hash.update(std::to_string(seed) + "/" + purpose);
  const std::string digest = hash.hexDigest();
  std::uint64_t derived = 0;
  std::from_chars(digest.data(), digest.data() + 16, derived, 16);
  return derived;
}

std::vector<std::size_t> shuffledOrder(std::size_t count, std::uint64_t seed) {
  std::vector<std::size_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = i;
  SplitMix64 random(seed);
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[random.below(i)]);
  return order;
}

bool leavesRoom(const BabiQuestion& question, std::int64_t tokens) {
  return tokens == 0 || static_cast<std::int64_t>(question.factCount) + 1 <= tokens / kTokensPerLine;
}

Result<SampleRecord> runSample(const LoadedModel& model, const EvaluationData& data, const EvaluationPlan& plan,
                               const PlannedSample& sample, const EvaluationHooks& hooks) {
  SampleRecord record;
  record.key = sample.key();
  record.question = sample.question->text;
  record.target = sample.question->answer;
  HaystackRequest request;
  request.facts = std::span(sample.story->facts).first(sample.question->factCount);
  request.tokens = sample.length->tokens;
  request.seed = deriveSeed(
      plan.seed, sample.task->name + "/" + sample.length->label + "/" + std::to_string(sample.questionIndex));
  std::string question = record.question;
  if (sample.task->prompt) {
    request.before = textBefore(*sample.task->prompt);
    request.after = textBehind();
    question = promptedQuestion(question);
  }
  request.cancelled = hooks.cancelled;
  const auto text = Haystack::make(request, data.background ? &*data.background : nullptr, *model.tokenizer);
  if (!text) return text.error();
  record.textSha256 = (*text)->sha256();
  auto answer = readAndAsk(model, **text, question, plan.maxTokens, {hooks.cancelled, hooks.tokensRead});
  if (!answer) return answer.error();
  record.answer = std::move(answer->answer);
  record.right = isRightAnswer(record.target, record.answer, record.question, sample.task->labels);
  record.tokens = answer->tokens;
  record.readTokens = answer->readTokens;
  record.readSeconds = answer->readSeconds;
  record.answerSeconds = answer->answerSeconds;
  return record;
}

}  // namespace

Result<EvaluationLength> parseEvaluationLength(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  std::int64_t scale = 0;
  if (unit.empty()) scale = 1;
  if (unit == "k" || unit == "K") scale = kThousand;
  if (unit == "m" || unit == "M") scale = kMillion;
  const bool ok = failure == std::errc() && scale > 0 && number >= 0 && number <= kLongestEvaluation / scale;
  if (!ok) {
    return makeError(ErrorCode::kInvalidArgument, "'" + std::string(text) +
                                                      "' is no length; write 0k (facts alone), 4k, 128k, 1m or a "
                                                      "number of tokens, up to " +
                                                      labelOf(kLongestEvaluation));
  }
  return EvaluationLength{number * scale, labelOf(number * scale)};
}

EvaluationSettings settingsOf(const LoadedModel& model, const EvaluationData& data, const EvaluationPlan& plan) {
  std::string stops;
  for (const std::string& stop : model.chatTemplate.stop) stops += (stops.empty() ? "" : " ") + stop;
  EvaluationSettings settings = {
      {"seed", std::to_string(plan.seed)},
      {"max tokens", std::to_string(plan.maxTokens)},
      {"model config", model.identity.configSha256},
      {"model weights", model.identity.weightsSha256},
      {"tokenizer", model.identity.tokenizerSha256},
      {"precision", model.identity.precision},
      {"prompt", model.chatTemplate.prompt},
      {"stop", stops},
      {"tail", model.config().prompt.tail == TailPolicy::kJoin ? "join" : "commit-copy"},
      {"prompts.json", data.promptsSha256},
  };
  if (data.background) settings["background"] = data.background->sha256();
  for (const EvaluationTask& task : data.tasks) settings["task " + task.name] = task.sha256;
  return settings;
}

std::vector<PlannedSample> planSamples(const EvaluationData& data, const EvaluationPlan& plan) {
  std::vector<std::vector<BabiQuestionPlace>> places;
  std::vector<std::vector<std::size_t>> orders;
  for (const EvaluationTask& task : data.tasks) {
    places.push_back(questionPlaces(task.task));
    orders.push_back(shuffledOrder(places.back().size(), deriveSeed(plan.seed, task.name + "/order")));
  }
  std::vector<PlannedSample> samples;
  for (const EvaluationLength& length : plan.lengths) {
    for (std::size_t t = 0; t < data.tasks.size(); ++t) {
      int chosen = 0;
      for (const std::size_t index : orders[t]) {
        if (chosen == plan.samples) break;
        const BabiQuestionPlace place = places[t][index];
        const BabiStory& story = data.tasks[t].task.stories[place.story];
        const BabiQuestion& question = story.questions[place.question];
        if (!leavesRoom(question, length.tokens)) continue;
        samples.push_back({&data.tasks[t], &length, &story, &question, index});
        ++chosen;
      }
    }
  }
  return samples;
}

Status runEvaluation(const LoadedModel& model, const EvaluationData& data, const EvaluationPlan& plan,
                     std::span<const PlannedSample> samples, EvaluationLog& log, const EvaluationHooks& hooks) {
  std::size_t done = 0;
  for (const PlannedSample& sample : samples) done += log.find(sample.key()) != nullptr ? 1 : 0;
  for (const PlannedSample& sample : samples) {
    if (log.find(sample.key()) != nullptr) continue;
    if (hooks.sampleBegins) hooks.sampleBegins(sample, done);
    auto record = runSample(model, data, plan, sample, hooks);
    if (!record) return record.error();
    if (Status added = log.add(*record); !added) return added;
    if (hooks.sampleEnds) hooks.sampleEnds(*record);
    ++done;
  }
  return {};
}

std::string hashTexts(std::span<const PlannedSample> samples, const EvaluationLog& log) {
  Sha256 hash;
  for (const PlannedSample& sample : samples) {
    if (const SampleRecord* record = log.find(sample.key())) hash.update(record->textSha256 + "\n");
  }
  return hash.hexDigest();
}

std::vector<EvaluationCell> summarize(const EvaluationData& data, const EvaluationPlan& plan,
                                      std::span<const PlannedSample> samples, const EvaluationLog& log) {
  std::vector<EvaluationCell> cells;
  auto sample = samples.begin();
  for (const EvaluationLength& length : plan.lengths) {
    for (const EvaluationTask& task : data.tasks) {
      EvaluationCell cell;
      cell.task = task.name;
      cell.length = length.label;
      // The plan goes cell by cell.
      for (; sample != samples.end() && sample->task == &task && sample->length == &length; ++sample) {
        const SampleRecord* record = log.find(sample->key());
        if (record == nullptr) continue;
        ++cell.samples;
        cell.right += record->right ? 1 : 0;
        cell.tokens += record->tokens;
        cell.readTokens += record->readTokens;
        cell.readSeconds += record->readSeconds;
        cell.answerSeconds += record->answerSeconds;
      }
      cell.interval = wilsonInterval(cell.right, cell.samples);
      cells.push_back(std::move(cell));
    }
  }
  return cells;
}

}  // namespace tidemark

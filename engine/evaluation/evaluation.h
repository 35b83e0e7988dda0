#pragma once
// An evaluation: which questions are asked at which lengths, asking them, and what came out. As BABILong does it
// (arXiv:2402.10790): every task at every length, the facts of a question hidden in background text (haystack.h), the
// text read into a fresh memory, one question, a greedy answer, compared by the labels of the task (answer_match.h).

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/evaluation/accuracy.h"
#include "engine/evaluation/evaluation_data.h"
#include "engine/evaluation/evaluation_log.h"
#include "engine/service/loaded_model.h"

namespace tidemark {

/// Tokens of text; 0 is the facts alone.
struct EvaluationLength {
  std::int64_t tokens = 0;
  std::string label;  // "0k", "4k", "1m", "1500"
};

inline constexpr std::int64_t kLongestEvaluation = 100'000'000;

/// "4k" is 4,000, "1m" 1,000,000 (as BABILong counts), "1500" itself. Errors: kInvalidArgument.
[[nodiscard]] Result<EvaluationLength> parseEvaluationLength(std::string_view text);

struct EvaluationPlan {
  std::vector<EvaluationLength> lengths;
  int samples = 100;  // of each task at each length
  std::uint64_t seed = 0;
  int maxTokens = 16;  // of an answer
};

/// What the results depend on. Samples, lengths and tasks are not among it: a sample is the same whatever else is
/// asked.
[[nodiscard]] EvaluationSettings settingsOf(const LoadedModel& model, const EvaluationData& data,
                                            const EvaluationPlan& plan);

/// One text with one question; the references live as long as data and plan.
struct PlannedSample {
  const EvaluationTask* task = nullptr;
  const EvaluationLength* length = nullptr;
  const BabiStory* story = nullptr;
  const BabiQuestion* question = nullptr;
  std::uint64_t questionIndex = 0;  // in the file of the task

  [[nodiscard]] SampleKey key() const { return {task->name, length->label, questionIndex}; }
};

/// Length by length, then task by task: the first `samples` questions in an order that the seed gives, without those
/// whose story has more lines than an eighth of the tokens (they would leave no room for background). Fewer where the
/// file has no more.
[[nodiscard]] std::vector<PlannedSample> planSamples(const EvaluationData& data, const EvaluationPlan& plan);

struct EvaluationHooks {
  std::function<bool()> cancelled;
  /// `done` samples of the plan are there already.
  std::function<void(const PlannedSample& sample, std::size_t done)> sampleBegins;
  std::function<void(std::int64_t tokens)> tokensRead;
  std::function<void(const SampleRecord& record)> sampleEnds;
};

/// Does what `log` does not have yet. Engine thread. Errors: kCancelled, those of texts, model and log; what was done
/// before is in the log.
[[nodiscard]] Status runEvaluation(const LoadedModel& model, const EvaluationData& data, const EvaluationPlan& plan,
                                   std::span<const PlannedSample> samples, EvaluationLog& log,
                                   const EvaluationHooks& hooks);

/// One task at one length.
struct EvaluationCell {
  std::string task;
  std::string length;
  std::int64_t samples = 0;
  std::int64_t right = 0;
  ShareInterval interval;       // of the share of right answers, 95 %
  std::int64_t tokens = 0;      // of all its texts
  std::int64_t readTokens = 0;  // of them that went into the memory
  double readSeconds = 0;
  double answerSeconds = 0;
};

/// Of the samples that `log` has: every task at every length, in the order of the plan.
[[nodiscard]] std::vector<EvaluationCell> summarize(const EvaluationData& data, const EvaluationPlan& plan,
                                                    std::span<const PlannedSample> samples, const EvaluationLog& log);

/// SHA-256 over the hashes of their texts: equal where the same texts were read.
[[nodiscard]] std::string hashTexts(std::span<const PlannedSample> samples, const EvaluationLog& log);

}  // namespace tidemark

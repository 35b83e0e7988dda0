// An evaluation answers as a session does: the same text read into a session file and the same question asked there.

#include <gmock/gmock.h>

#include "engine/evaluation/evaluation.h"
#include "engine/evaluation/haystack.h"
#include "engine/evaluation/sample_answer.h"
#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

constexpr int kMaxTokens = 12;

class EvaluationAnswer : public ServiceTest, public ::testing::WithParamInterface<const char*> {
 protected:
  void SetUp() override {
    // SetUp() of the fixture names the folder after the test, and this name has a slash.
    m_directory =
        std::filesystem::temp_directory_path() / ("tidemark-evaluation-" + std::to_string(getpid()) + "-" + GetParam());
    std::filesystem::create_directories(m_directory / "data/background");
    std::filesystem::copy(resource("models/mini"), m_directory / "model");
    std::string config = readWhole(m_directory / "model/config.json");
    const std::string tail = "\"commit-copy\"";
    config.replace(config.find(tail), tail.size(), "\"" + std::string(GetParam()) + "\"");
    write("model/config.json", config);
    std::filesystem::copy(std::filesystem::path(TM_SOURCE_DIR) / "tests/data/eval/tasks", m_directory / "data/tasks");
    write("data/background/book.txt", readWhole(resource("samples/moby-dick.txt")).substr(30'000, 60'000));
  }

  [[nodiscard]] LoadedModel loadCopy() const {
    auto model = loadModel(m_directory / "model", {BackendChoice::kCpu, 2});
    EXPECT_TRUE(model.ok()) << model.error().message;
    return std::move(model).value();
  }

  /// What a session says about `text`, and how many tokens it read.
  std::pair<std::string, std::int64_t> sessionAnswer(const std::string& name, const std::string& text,
                                                     const std::string& question) {
    testing::EventLog log;
    auto service = startWith(loadCopy(), name, log);
    const auto reading = log.wait<ReadFinished>(*service->read(readRequest(write(name + ".txt", text))));
    AskRequest request = askRequest(question);
    request.maxTokens = kMaxTokens;
    const auto answer = log.wait<AnswerFinished>(*service->ask(request));
    EXPECT_TRUE(reading && answer);
    return {answer ? answer->question.answer : "no answer", reading ? reading->tokens : -1};
  }
};

std::string textOf(const TextSource& source) {
  std::string text(source.byteCount(), '?');
  EXPECT_EQ(*source.read(0, text), text.size());
  return text;
}

TEST_P(EvaluationAnswer, IsThatOfReadAndAsk) {
  const LoadedModel model = loadCopy();
  const std::vector<std::string> tasks = {"qa1", "facts"};
  const auto data = openEvaluationData(m_directory / "data", tasks, true);
  ASSERT_TRUE(data.ok()) << data.error().message;
  EvaluationPlan plan;
  // A tail alone, exactly one segment, segments and a tail, more than one chunk of text.
  plan.lengths = {{0, "0k"}, {128, "128"}, {300, "300"}, {kLongTextBytes < 100'000 ? 1200 : 3000, "long"}};
  plan.samples = 1;
  std::int64_t different = 0;
  for (const PlannedSample& sample : planSamples(*data, plan)) {
    const auto facts = std::span(sample.story->facts).first(sample.question->factCount);
    const auto text =
        Haystack::make({facts, sample.length->tokens, 17, "", "", {}}, &*data->background, *model.tokenizer);
    ASSERT_TRUE(text.ok()) << text.error().message;
    const auto answer = readAndAsk(model, **text, sample.question->text, kMaxTokens, {});
    ASSERT_TRUE(answer.ok()) << answer.error().message;
    const std::string name = sample.task->name + sample.length->label + std::to_string(sample.questionIndex);
    const auto [said, tokens] = sessionAnswer(name, textOf(**text), sample.question->text);
    EXPECT_EQ(answer->answer, said) << name;
    EXPECT_EQ(answer->tokens, tokens) << name;
    EXPECT_FALSE(said.empty()) << name;
    EXPECT_NEAR(static_cast<double>(tokens), static_cast<double>(std::max<std::int64_t>(sample.length->tokens, 24)), 9);
    different += said == sample.question->answer ? 0 : 1;
  }
  EXPECT_LT(different, 8);  // the model knows some
}

TEST_P(EvaluationAnswer, OfAWholeEvaluationWithPrompts) {
  write("data/prompts.json",
        R"({"qa1": {"instruction": "Here are facts in a long text.", "examples": "", "post_prompt": "Be brief."}})");
  const LoadedModel model = loadCopy();
  const std::vector<std::string> tasks = {"qa1"};
  const auto data = openEvaluationData(m_directory / "data", tasks, false);
  ASSERT_TRUE(data.ok()) << data.error().message;
  EvaluationPlan plan;
  plan.lengths = {{0, "0k"}};
  plan.samples = 2;
  plan.maxTokens = kMaxTokens;
  const auto samples = planSamples(*data, plan);
  EvaluationLog log;
  ASSERT_TRUE(runEvaluation(model, *data, plan, samples, log, {}).ok());
  ASSERT_EQ(samples.size(), 2u);
  for (const PlannedSample& sample : samples) {
    std::string text = "Here are facts in a long text.\n\nBe brief.\n<context>\n";
    for (std::size_t i = 0; i < sample.question->factCount; ++i) text += (i == 0 ? "" : " ") + sample.story->facts[i];
    const SampleRecord* record = log.find(sample.key());
    ASSERT_NE(record, nullptr);
    const auto [said, tokens] = sessionAnswer("p" + std::to_string(sample.questionIndex), text + "\n</context>",
                                              "Question: " + sample.question->text);
    EXPECT_EQ(record->answer, said);
    EXPECT_EQ(record->tokens, tokens);
  }
}

INSTANTIATE_TEST_SUITE_P(Tails, EvaluationAnswer, ::testing::Values("commit-copy", "join"), [](const auto& test) {
  return std::string(test.param == std::string("join") ? "Join" : "Commit");
});

TEST_P(EvaluationAnswer, StopsWhenAskedTo) {
  const LoadedModel model = loadCopy();
  const std::vector<std::string> tasks = {"qa1"};
  const auto data = openEvaluationData(m_directory / "data", tasks, true);
  EvaluationPlan plan;
  plan.lengths = {{2000, "2k"}};
  plan.samples = 3;
  const auto samples = planSamples(*data, plan);
  EvaluationLog log;
  std::int64_t tokens = 0;
  EvaluationHooks hooks;
  hooks.tokensRead = [&](std::int64_t read) { tokens = read; };
  hooks.cancelled = [&] { return log.size() == 1 && tokens >= 500; };
  hooks.sampleBegins = [&](const PlannedSample&, std::size_t) { tokens = 0; };
  const Status stopped = runEvaluation(model, *data, plan, samples, log, hooks);
  ASSERT_FALSE(stopped.ok());
  EXPECT_EQ(stopped.error().code, ErrorCode::kCancelled);
  EXPECT_EQ(log.size(), 1u);
  EXPECT_LT(tokens, 1000);
  EXPECT_TRUE(runEvaluation(model, *data, plan, samples, log, {}).ok());
  EXPECT_EQ(log.size(), 3u);
}

}  // namespace
}  // namespace tidemark

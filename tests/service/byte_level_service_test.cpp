// A model directory with a tokenizer.json: the built-in weights under a small byte-level vocabulary. What it answers
// means nothing; how it is asked does.

#include "tests/service/service_fixture.h"

namespace tidemark {
namespace {

using testing::EventLog;

class ByteLevelServiceTest : public ServiceTest {
 protected:
  /// Without the prompt of config.json if `ownPrompt` is false.
  Result<LoadedModel> load(bool ownPrompt) {
    const auto folder = m_directory / "model";
    std::filesystem::create_directories(folder);
    std::filesystem::copy_file(resource("models/mini/model.safetensors"), folder / "model.safetensors",
                               std::filesystem::copy_options::overwrite_existing);
    std::filesystem::copy_file(TM_SOURCE_DIR "/tests/data/tokenizer/llama3/tokenizer.json", folder / "tokenizer.json",
                               std::filesystem::copy_options::overwrite_existing);
    std::string config = readWhole(resource("models/mini/config.json"));
    const std::string prompt = R"("prompt": "<q>{question}<a>",)";
    EXPECT_NE(config.find(prompt), std::string::npos);
    if (!ownPrompt) config.erase(config.find(prompt), prompt.size());
    write("model/config.json", config);
    return loadModel(folder, {BackendChoice::kCpu, 2});
  }
};

TEST_F(ByteLevelServiceTest, TheTokenizerChoosesTheTemplateUnlessConfigDoes) {
  const auto own = load(true);
  ASSERT_TRUE(own.ok()) << own.error().message;
  EXPECT_EQ(own->chatTemplate.name, "config.json");
  EXPECT_EQ(own->chatTemplate.prompt, "<q>{question}<a>");
  EXPECT_EQ(own->chatTemplate.stop, std::vector<std::string>{"</s>"});
  const auto chosen = load(false);
  ASSERT_TRUE(chosen.ok()) << chosen.error().message;
  EXPECT_EQ(chosen->chatTemplate.name, "llama-3");
  EXPECT_EQ(chosen->chatTemplate.stop, (std::vector<std::string>{"<|eot_id|>", "<|end_of_text|>", "</s>"}))
      << "what config.json stops at stays";
}

TEST_F(ByteLevelServiceTest, ReadsAndAnswers) {
  EventLog log;
  auto service = startWith(load(false), "a.tidemark", log);
  const std::string text = readWhole(resource("samples/harbor-notes.txt")).substr(0, 6000);
  const auto read = service->read(readRequest(write("text.txt", text)));
  const auto finished = log.wait<ReadFinished>(*read);
  ASSERT_TRUE(finished);
  EXPECT_GT(finished->segmentsRead, 10);
  AskRequest request = askRequest("Where is <|eot_id|> Mary?");
  request.maxTokens = 4;
  const auto asked = service->ask(request);
  const auto answer = log.wait<AnswerFinished>(*asked);
  ASSERT_TRUE(answer);
  EXPECT_LE(answer->question.tokens.size(), 4u);
}

}  // namespace
}  // namespace tidemark

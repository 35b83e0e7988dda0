// Any bytes are a task whose questions have facts, text and answer, or one sentence; and answers are compared without
// harm whatever labels the file has.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/evaluation/answer_match.h"
#include "engine/evaluation/babi_task.h"

namespace {

void require(bool condition) {
  if (!condition) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto task = tidemark::parseBabiTask(bytes, "task");
  if (!task) {
    require(!task.error().message.empty());
    return 0;
  }
  require(task->questionCount() > 0);
  require(tidemark::questionPlaces(*task).size() == task->questionCount());
  const tidemark::LabelSet labels = tidemark::taskLabels("qa7", *task);
  std::size_t characters = 0;
  for (const tidemark::BabiStory& story : task->stories) {
    for (const std::string& fact : story.facts) {
      require(!fact.empty());
      characters += fact.size();
    }
    for (const tidemark::BabiQuestion& question : story.questions) {
      require(!question.text.empty() && !question.answer.empty());
      require(question.factCount > 0 && question.factCount <= story.facts.size());
      characters += question.text.size() + question.answer.size();
      // Right for itself unless the question gives the answer away, or it is no more than its first sentence.
      (void)tidemark::isRightAnswer(question.answer, question.answer, question.text, labels);
      require(!tidemark::isRightAnswer(question.answer, "", question.text, labels));
    }
  }
  require(characters <= 3 * size);
  return 0;
}

#pragma once
// A task of the bAbI collection (arXiv:1502.05698) or of anybody who writes in its format: numbered lines, a story
// starts again at 1, a line with tabs is a question with its answer and the lines that support it.
//
//   1 Mary went to the kitchen.
//   2 John went to the garden.
//   3 Where is Mary? <TAB> kitchen <TAB> 1

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

struct BabiQuestion {
  std::string text;
  std::string answer;
  std::size_t factCount = 0;    // the facts of the story that stand before it; at least 1
  std::vector<int> supporting;  // line numbers within the story, as the file has them
};

struct BabiStory {
  std::vector<std::string> facts;  // in order, without the questions
  std::vector<BabiQuestion> questions;
};

struct BabiTask {
  std::vector<BabiStory> stories;

  [[nodiscard]] std::size_t questionCount() const;
};

/// One question of a task with its story.
struct BabiQuestionPlace {
  std::size_t story = 0;
  std::size_t question = 0;
};
/// Of every question, in the order of the file.
[[nodiscard]] std::vector<BabiQuestionPlace> questionPlaces(const BabiTask& task);

/// Parses the bytes of a file; `source` names it in errors. Line ends, a byte order mark and bytes that are not UTF-8
/// are cleaned as in documents. Errors: kCorrupt (a line that does not follow the format, with its number; a task
/// without a question), kInvalidArgument (no text: a NUL byte, UTF-16).
[[nodiscard]] Result<BabiTask> parseBabiTask(std::string_view bytes, const std::string& source);

}  // namespace tidemark

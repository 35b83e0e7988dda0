#pragma once
// The folder that an evaluation works on:
//
//   DIR/tasks/qa1_ANYTHING.txt   the questions of task qa1, in the bAbI format (see babi_task.h)
//   DIR/background/*.txt         books to hide the facts in; not needed for texts of facts alone
//   DIR/prompts.json             instructions by task (see task_prompts.h); may be missing

#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "engine/evaluation/answer_match.h"
#include "engine/evaluation/babi_task.h"
#include "engine/evaluation/background.h"
#include "engine/evaluation/task_prompts.h"

namespace tidemark {

struct EvaluationTask {
  std::string name;  // "qa1"
  std::filesystem::path file;
  std::string sha256;  // of the file
  BabiTask task;
  LabelSet labels;
  std::optional<TaskPrompt> prompt;
};

struct EvaluationData {
  std::vector<EvaluationTask> tasks;  // in the order that was asked for
  std::optional<Background> background;
  std::string promptsSha256;  // "none" without a file
};

/// Reads and checks what the tasks need. Of several files of one task the one whose name ends in "_test.txt" is taken.
/// Errors: kNotFound (the folder, a task, the background), kInvalidArgument (two files of one task), kCorrupt.
[[nodiscard]] Result<EvaluationData> openEvaluationData(const std::filesystem::path& directory,
                                                        std::span<const std::string> tasks, bool needsBackground);

}  // namespace tidemark

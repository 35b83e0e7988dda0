#pragma once
// Instructions for models that were tuned to follow them, by task: a file of the user's, because those that BABILong
// publishes are data of that benchmark. A model that was trained on the tasks needs none.

#include <map>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// The parts that BABILong's prompts have.
struct TaskPrompt {
  std::string instruction;
  std::string examples;
  std::string postPrompt;
};
/// By the name of the task.
using TaskPrompts = std::map<std::string, TaskPrompt>;

/// {"qa1": {"instruction": "...", "examples": "...", "post_prompt": "..."}, ...}; parts may be missing. Errors:
/// kCorrupt (JSON, a part of another name or that is no string).
[[nodiscard]] Result<TaskPrompts> parseTaskPrompts(std::string_view text, const std::string& source);

/// What stands around the text: the parts and "<context>" in front, "</context>" behind.
[[nodiscard]] std::string textBefore(const TaskPrompt& prompt);
[[nodiscard]] std::string textBehind();
/// What is asked then.
[[nodiscard]] std::string promptedQuestion(const std::string& question);

}  // namespace tidemark

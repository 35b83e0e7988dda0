#include "engine/evaluation/task_prompts.h"

#include <algorithm>

#include "engine/base/json_reader.h"

namespace tidemark {
namespace {

Error wrongPrompts(const std::string& source, const std::string& what) {
  return makeError(ErrorCode::kCorrupt, "'" + source + "': " + what +
                                            R"(; write {"qa1": {"instruction": "...", "examples": "...", )"
                                            R"("post_prompt": "..."}})");
}

}  // namespace

Result<TaskPrompts> parseTaskPrompts(std::string_view text, const std::string& source) {
  const auto json = parseJson(text, source);
  if (!json) return json.error();
  if (!json->is_object()) return wrongPrompts(source, "it holds no prompts by task");
  TaskPrompts prompts;
  for (const auto& [task, parts] : json->items()) {
    if (!parts.is_object()) return wrongPrompts(source, "the prompt of " + inQuotes(task) + " has no parts");
    TaskPrompt prompt;
    for (const auto& [name, value] : parts.items()) {
      std::string* target = name == "instruction"   ? &prompt.instruction
                            : name == "examples"    ? &prompt.examples
                            : name == "post_prompt" ? &prompt.postPrompt
                                                    : nullptr;
      if (target == nullptr) {
        return wrongPrompts(source, "the prompt of " + inQuotes(task) + " has an unknown part " + inQuotes(name));
      }
      if (!value.is_string()) {
        return wrongPrompts(source, inQuotes(name) + " of " + inQuotes(task) + " is no string");
      }
      *target = value.get<std::string>();
    }
    prompts.emplace(task, std::move(prompt));
  }
  return prompts;
}

std::string textBefore(const TaskPrompt& prompt) {
  std::string text = prompt.instruction + "\n" + prompt.examples + "\n" + prompt.postPrompt + "\n<context>\n";
  text.erase(0, std::min(text.find_first_not_of(" \n"), text.size()));
  return text;
}

std::string textBehind() {
  return "\n</context>";
}

std::string promptedQuestion(const std::string& question) {
  return "Question: " + question;
}

}  // namespace tidemark

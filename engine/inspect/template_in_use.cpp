#include "engine/inspect/template_in_use.h"

#include <algorithm>
#include <optional>

namespace tidemark {

Result<ChatTemplate> templateInUse(const Tokenizer& tokenizer, const PromptConfig& prompt, const std::string& hint) {
  std::optional<ChatTemplate> ofConfig;
  if (prompt.isGiven) ofConfig = ChatTemplate{"config.json", prompt.about, prompt.prompt, prompt.stop};
  auto chosen = chooseChatTemplate(tokenizer, hint, ofConfig);
  if (!chosen) return chosen.error();
  for (const std::string& stop : prompt.stop) {
    if (std::find(chosen->stop.begin(), chosen->stop.end(), stop) == chosen->stop.end()) chosen->stop.push_back(stop);
  }
  return chosen;
}

}  // namespace tidemark

#include "engine/generate/answer_score.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "engine/base/check.h"
#include "engine/model/decoder_plan.h"

namespace tidemark {

Result<double> scoreAnswer(Backend& backend, Workspace& workspace, DeviceMemory& memory,
                           std::span<const TokenId> prompt, std::span<const TokenId> answer) {
  TM_CHECK(!prompt.empty() && !answer.empty(), std::to_string(prompt.size()));
  const ModelConfig& config = backend.config();
  std::vector<TokenId> tokens(prompt.begin(), prompt.end());
  tokens.insert(tokens.end(), answer.begin(), answer.end() - 1);  // what follows the last one is of no interest
  if (Status embedded = backend.embed(workspace, 0, {tokens, false, 0}); !embedded) return embedded.error();
  const LayerPlan plan = makeLayerPlan(config, CellPurpose::kQuestion);
  CellGroup group;
  group.plan = &plan;
  group.count = 1;
  group.rows = static_cast<int>(tokens.size());
  group.memory = &memory;
  for (int layer = 0; layer < config.layers; ++layer) {
    group.firstLayer = layer;
    group.parity = layer % 2;
    if (Status ran = backend.runGroup(workspace, group, {}); !ran) return ran.error();
  }
  std::vector<float> logits(static_cast<std::size_t>(config.vocabularySize));
  double score = 0;
  for (std::size_t i = 0; i < answer.size(); ++i) {
    const int row = static_cast<int>(prompt.size() + i) - 1;
    if (Status done = backend.computeLogits(workspace, config.layers % 2, row, 1, logits); !done) return done.error();
    const auto largest = static_cast<double>(*std::max_element(logits.begin(), logits.end()));
    double sum = 0;
    for (const float logit : logits) sum += std::exp(static_cast<double>(logit) - largest);
    score += static_cast<double>(logits[static_cast<std::size_t>(answer[i])]) - largest - std::log(sum);
  }
  return score;
}

}  // namespace tidemark

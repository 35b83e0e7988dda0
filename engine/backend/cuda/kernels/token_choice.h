#pragma once
#include "engine/backend/cuda/launch.h"
#include "engine/backend/token_choice.h"

namespace tidemark::cuda {

struct ChosenToken {
  std::int32_t token = 0;          // -1: none could be chosen
  std::int32_t withoutNumber = 0;  // then the first token whose logit is NaN or infinite
};

/// chosenToken of logits [V] f32, by the rules of engine/backend/token_choice.h. `out` may be pinned memory of the
/// host.
struct TokenChoiceArguments {
  const float* logits = nullptr;
  int count = 0;  // V
  TokenChoice choice;
  ChosenToken* out = nullptr;
};

[[nodiscard]] Status launchTokenChoice(const LaunchTarget& target, const TokenChoiceArguments& arguments);

}  // namespace tidemark::cuda

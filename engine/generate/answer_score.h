#pragma once
// How likely a memory makes an answer that was given already. Engine thread.

#include <span>

#include "engine/backend/backend.h"

namespace tidemark {

/// Rows that `scoreAnswer` needs of a workspace.
[[nodiscard]] inline int answerRows(std::span<const TokenId> prompt, std::span<const TokenId> answer) {
  return static_cast<int>(prompt.size() + answer.size());
}

/// The natural logarithm of the probability that `answer` follows `prompt`, token by token, with what `memory` holds.
/// Neither is empty. Errors: those of the backend.
[[nodiscard]] Result<double> scoreAnswer(Backend& backend, Workspace& workspace, DeviceMemory& memory,
                                         std::span<const TokenId> prompt, std::span<const TokenId> answer);

}  // namespace tidemark

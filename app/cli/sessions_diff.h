#pragma once
// `sessions diff`: what two memories differ in, of two sessions or at two places of one.

#include <string>
#include <vector>

#include "app/cli/session_access.h"

namespace tidemark::cli {

struct DiffSettings {
  std::string at;        // a place in the first session; empty: its end
  std::string andPlace;  // a place in the second one
  bool questions = false;
};
[[nodiscard]] std::vector<Option> diffOptions(DiffSettings& settings);

/// `second` is empty for two places of one session. `model` says what computes, if anything has to be. Prints a table,
/// or one JSON object. Errors: those of diffMemories and of the places' names, kInvalidArgument (nothing to compare
/// with).
[[nodiscard]] Status diffSessions(const std::string& first, const std::string& second, const DiffSettings& settings,
                                  const SessionSettings& model, bool json);

}  // namespace tidemark::cli

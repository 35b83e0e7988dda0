#pragma once
// `sessions recall`: how much of a session's text is recalled, by distance from its end.

#include <string>
#include <vector>

#include "app/cli/session_access.h"

namespace tidemark::cli {

struct RecallSettings {
  int facts = 24;
  int factsPerReading = 6;
  std::int64_t seed = 0;
};
[[nodiscard]] std::vector<Option> recallOptions(RecallSettings& settings);

/// Says what it costs before it starts, and how far it is. Prints a table, or one JSON object. Errors: those of
/// measureRecall, kCancelled.
[[nodiscard]] Status measureSessionRecall(const std::string& session, const RecallSettings& settings,
                                          const SessionSettings& model, bool json);

}  // namespace tidemark::cli

#pragma once
// `ask --timeline`: one question over many places of a session, a line or an object for each.

#include <cstdint>
#include <string>

#include "app/cli/session_access.h"

namespace tidemark::cli {

struct TimelineSettings {
  std::string question;
  std::int64_t every = 0;  // segments; 0: wherever there is a snapshot
  int maxTokens = 64;
  bool json = false;
};

/// Errors: those of the session and of the run; kCancelled.
[[nodiscard]] Status askTimeline(const SessionSettings& session, const TimelineSettings& settings);

}  // namespace tidemark::cli

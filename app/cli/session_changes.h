#pragma once
// What takes a model: going back in a session, forking it as of a place, a snapshot as of exactly one segment.

#include <string>

#include "app/cli/page_lookup.h"
#include "app/cli/session_access.h"

namespace tidemark::cli {

/// Options of the verbs that name places.
struct PlaceSettings {
  std::int64_t toSegment = -2;  // -2: not given
  std::string toPage;
  std::int64_t skipToSegment = -2;
  std::string skipToPage;
  std::int64_t asOfSegment = -2;
  std::string asOfPage;
};
[[nodiscard]] std::vector<Option> placeOptions(PlaceSettings& places);

// Each opens the files, does it and says what came of it.
[[nodiscard]] Status rewindSession(const std::string& session, const PlaceSettings& places,
                                   const SessionSettings& settings, bool json);
/// The whole session where no place is named, which takes no model.
[[nodiscard]] Status forkSessionAsOf(const std::string& session, const std::string& fork, const PlaceSettings& places,
                                     const SessionSettings& settings, bool json);
[[nodiscard]] Status pinSegment(const std::string& session, const std::string& segment, const SessionSettings& settings,
                                bool json);

}  // namespace tidemark::cli

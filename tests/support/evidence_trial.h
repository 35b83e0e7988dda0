#pragma once
// Plants facts in a document, reads it into a session, asks for each fact with evidence, and says how well the memory
// trace found it.

#include <filesystem>
#include <string>
#include <vector>

#include "engine/service/loaded_model.h"
#include "tests/support/planted_facts.h"

namespace tidemark::testing {

struct EvidenceTrial {
  PlantedFact fact;
  bool planted = true;
  bool right = false;  // the answer is the fact's
  std::string answer;
  std::int64_t distance = 0;             // segments between the fact and the end of the document
  int rank = -1;                         // of the first segment in the evidence that holds the fact, from 0; -1: none
  std::vector<EvidenceRecord> evidence;  // as it was answered
  bool quoteHoldsFact = false;           // of the first one
  double randomDrop = 0;                 // of the log-probability without another, random segment
  double seconds = 0;                    // of the answer with its evidence
};

/// Asks for every fact of the document, then for those that were never planted if `askNeverPlanted`. `folder` is room
/// for a session. The model is given back in `model`. Errors: those of the engine.
[[nodiscard]] Result<std::vector<EvidenceTrial>> tryEvidence(LoadedModel& model, const std::filesystem::path& folder,
                                                             const PlantedDocument& document, std::uint64_t seed,
                                                             bool askNeverPlanted);

}  // namespace tidemark::testing

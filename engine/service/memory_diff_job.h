#pragma once
// Finds two memories, in two sessions or at two places of one, and compares them and what they answer. The sessions are
// looked at and never written, also while somebody else writes to them. diffMemories blocks, for workers and commands;
// memory_comparison.h does the same step by step.

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "engine/service/memory_answer.h"
#include "engine/service/memory_diff.h"

namespace tidemark {

struct MemoryPlace {
  std::filesystem::path session;
  std::optional<std::int64_t> segment;  // after this one, -1: the empty memory; nothing: as far as was read
};

struct MemoryDiffRequest {
  MemoryPlace first;
  MemoryPlace second;
  bool questions = false;  // ask both what the sessions were asked before
  int maxTokens = 64;      // of an answer
};

/// What takes time: segments that are read again, and answers. Nothing is known of them before the first step.
struct DiffProgress {
  std::int64_t segments = 0;
  std::int64_t segmentsAll = 0;
  std::int64_t answers = 0;
  std::int64_t answersAll = 0;
  friend bool operator==(const DiffProgress&, const DiffProgress&) = default;
};

struct MemoryDiffHooks {
  /// Called once at most, and only if something has to be read again or asked. `precision` is the sessions'.
  std::function<Result<LoadedModel>(const std::string& precision)> loadModel;
  std::function<bool()> cancelled;                                       // asked between segments and tokens
  std::function<void(std::int64_t done, std::int64_t all)> segmentRead;  // of those that are read again, of both
  std::function<void(std::int64_t done, std::int64_t all)> answered;     // of the answers
};

struct ComparedMemory {
  std::filesystem::path session;
  std::int64_t segment = -1;  // the memory after it
  bool atEnd = false;         // no place was named: the tail takes part in answers
  std::string stateHash;
  std::int64_t segmentsReread = 0;
};

struct QuestionDifference {
  std::string question;
  MemoryAnswer first;
  MemoryAnswer second;
  std::string problem;  // why it cannot be asked, one sentence; then there are no answers
  [[nodiscard]] bool differs() const { return first.tokens != second.tokens; }
};

struct MemoryDiff {
  ComparedMemory first;
  ComparedMemory second;
  ModelIdentity model;  // of both
  std::vector<LayerDifference> layers;
  ReadingDifference reading;
  bool tailsDiffer = false;                 // both are at the end, where other tokens follow
  std::vector<SegmentDifference> segments;  // from the first different one on; all of them if that cannot be told
  std::vector<QuestionDifference> questions;
  [[nodiscard]] bool sameState() const { return first.stateHash == second.stateHash; }
};

/// Errors: kMismatch (another model, shape or precision: which, and both values), kInvalidArgument (no such place;
/// nothing read; a memory without its text at a place without a snapshot, with the nearest one before), kCancelled,
/// those of the stores, the model and the backend.
[[nodiscard]] Result<MemoryDiff> diffMemories(const MemoryDiffRequest& request, const MemoryDiffHooks& hooks);

}  // namespace tidemark

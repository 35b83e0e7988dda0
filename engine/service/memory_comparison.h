#pragma once
// Compares two memories step by step, so that other work of the engine thread goes on in between: a segment that is
// read again, a token of an answer. The sessions are looked at only.

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "engine/service/job_step.h"
#include "engine/service/memory_diff_job.h"

namespace tidemark {

struct ComparedSide;

class MemoryComparison {
 public:
  /// Asked once at most, and only if something has to be read again or asked. What it returns must outlive the
  /// comparison. `precision` is the sessions'.
  using FindModel = std::function<Result<const LoadedModel*>(const std::string& precision)>;

  MemoryComparison(MemoryDiffRequest request, FindModel findModel);
  ~MemoryComparison();
  MemoryComparison(const MemoryComparison&) = delete;
  MemoryComparison& operator=(const MemoryComparison&) = delete;

  /// The first step opens both sessions; the last one compares. Errors: those of diffMemories; the comparison is over
  /// then.
  [[nodiscard]] Result<JobStep> step();
  [[nodiscard]] const DiffProgress& progress() const { return m_progress; }
  /// Once it is done.
  [[nodiscard]] MemoryDiff take() { return std::move(m_diff); }

 private:
  enum class Phase { kOpen, kReplay, kAnswer, kCompare };

  [[nodiscard]] Status open();
  [[nodiscard]] Status findModel();
  [[nodiscard]] Result<JobStep> replay(ComparedSide& side);
  [[nodiscard]] Status beginAnswers(ComparedSide& side);
  [[nodiscard]] Result<JobStep> answer(ComparedSide& side);
  [[nodiscard]] Result<JobStep> ask(ComparedSide& side, QuestionDifference& question);
  [[nodiscard]] Status compare();
  [[nodiscard]] ComparedSide& side() { return *m_sides[m_side]; }
  void nextSide(Phase next);

  const MemoryDiffRequest m_request;
  const FindModel m_findModel;
  const LoadedModel* m_model = nullptr;
  std::array<std::unique_ptr<ComparedSide>, 2> m_sides;
  Phase m_phase = Phase::kOpen;
  std::size_t m_side = 0;
  std::size_t m_question = 0;
  DiffProgress m_progress;
  MemoryDiff m_diff;
};

}  // namespace tidemark

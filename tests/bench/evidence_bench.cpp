// How well the memory trace finds where an answer came from: evidence_bench [DOCUMENTS [FACTS [SEGMENTS [SEED]]]], by
// default 100 documents of 64 segments with 6 facts each, hidden in the sample book and asked of the built-in model.

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>

#include "tests/support/evidence_trial.h"

namespace {

using tidemark::testing::EvidenceTrial;

struct Tally {
  int questions = 0;
  int right = 0;
  int first = 0;  // of the right ones: the fact's segment is the first of the evidence
  int three = 0;  // or among the first three
};

void add(Tally& tally, const EvidenceTrial& trial) {
  ++tally.questions;
  tally.right += trial.right;
  tally.first += trial.right && trial.rank == 0;
  tally.three += trial.right && trial.rank >= 0 && trial.rank < 3;
}

double percent(int part, int of) {
  return of > 0 ? 100.0 * part / of : 0.0;
}

void print(const char* label, const Tally& tally) {
  std::printf("%-24s %5d %6d %9.1f %% %9.1f %%\n", label, tally.questions, tally.right,
              percent(tally.first, tally.right), percent(tally.three, tally.right));
}

/// Drops of the best segment, over so many equal parts of the trials.
void printDrops(const char* label, std::vector<double> drops) {
  std::sort(drops.begin(), drops.end());
  std::printf("%s:", label);
  for (const double at : {0.05, 0.1, 0.25, 0.5, 0.75, 0.9}) {
    if (!drops.empty())
      std::printf(" %2.0f %% %.2f,", 100 * at, drops[static_cast<std::size_t>(at * static_cast<double>(drops.size()))]);
  }
  std::printf(" of %zu\n", drops.size());
}

}  // namespace

int main(int count, char** arguments) {
  const auto argument = [&](int i, int fallback) { return count > i ? std::atoi(arguments[i]) : fallback; };
  const int documents = argument(1, 100);
  const int facts = argument(2, 6);
  const int segments = argument(3, 64);
  const int seed = argument(4, 1);
  const auto resources = std::filesystem::path(TM_SOURCE_DIR) / "resources";
  auto model = tidemark::loadModel(resources / "models" / "mini", {});
  if (!model) {
    std::fprintf(stderr, "%s\n", model.error().message.c_str());
    return EXIT_FAILURE;
  }
  const auto prose = tidemark::testing::proseOf(resources / "samples" / "moby-dick.txt");
  const auto folder = std::filesystem::temp_directory_path() / ("tidemark-evidence-" + std::to_string(getpid()));
  Tally all;
  std::array<Tally, 4> byDistance;
  int quoted = 0;
  int reported = 0;
  int neverPlanted = 0;
  int neverPlantedReported = 0;
  double topDrop = 0;
  double randomDrop = 0;
  double seconds = 0;
  std::vector<double> rightDrops, otherDrops;
  for (int i = 0; i < documents; ++i) {
    const auto number = static_cast<std::uint64_t>(seed * 1'000'000 + i);
    auto document = tidemark::testing::plantFacts(prose, *model->tokenizer, segments,
                                                  model->config().memory->segmentSize, facts, number);
    auto trials = document ? tidemark::testing::tryEvidence(*model, folder, *document, number, true) : document.error();
    if (!trials) {
      std::fprintf(stderr, "%s\n", trials.error().message.c_str());
      return EXIT_FAILURE;
    }
    for (const EvidenceTrial& trial : *trials) {
      const double drop = trial.evidence.empty() ? 0.0 : trial.evidence.front().logDrop;
      seconds += trial.seconds;
      if (!trial.planted) {
        ++neverPlanted;
        neverPlantedReported += !trial.evidence.empty();
        otherDrops.push_back(drop);
        continue;
      }
      add(all, trial);
      const std::int64_t quarter = std::min<std::int64_t>(3, 4 * (trial.distance - 1) / segments);
      add(byDistance[static_cast<std::size_t>(quarter)], trial);
      if (!trial.right) continue;
      rightDrops.push_back(drop);
      reported += !trial.evidence.empty();
      quoted += trial.quoteHoldsFact;
      topDrop += drop;
      randomDrop += trial.randomDrop;
    }
  }
  std::printf("%d documents of %d segments, %d facts each\n\n", documents, segments, facts);
  std::printf("%-24s %5s %6s %11s %11s\n", "distance in segments", "asked", "right", "first", "first three");
  for (std::size_t i = 0; i < byDistance.size(); ++i) {
    const int width = segments / 4;
    const std::string label =
        std::to_string(static_cast<int>(i) * width + 1) + " to " + std::to_string((static_cast<int>(i) + 1) * width);
    print(label.c_str(), byDistance[i]);
  }
  print("all", all);
  std::printf("\nright answers with evidence: %.1f %%; with the fact in the first quote: %.1f %%\n",
              percent(reported, all.right), percent(quoted, all.right));
  std::printf("log-probability of right answers without the best segment: -%.2f, without a random one: -%.3f\n",
              topDrop / std::max(1, all.right), randomDrop / std::max(1, all.right));
  std::printf("questions about what was never planted: %d, answered with evidence: %.1f %%\n", neverPlanted,
              percent(neverPlantedReported, neverPlanted));
  printDrops("drop without the best segment, right answers", rightDrops);
  printDrops("drop without the best segment, never planted", otherDrops);
  std::printf("%.0f ms for an answer with its evidence\n", 1000 * seconds / std::max(1, all.questions + neverPlanted));
  return EXIT_SUCCESS;
}

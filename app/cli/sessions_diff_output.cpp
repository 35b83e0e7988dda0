#include "app/cli/sessions_diff_output.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/cli/read_progress.h"
#include "app/cli/report_error.h"

namespace tidemark::cli {
namespace {

constexpr std::size_t kMostSegmentLines = 20;

const char* nameOf(ReadingBasis basis) {
  switch (basis) {
    case ReadingBasis::kTokens:
      return "tokens";
    case ReadingBasis::kCellMetrics:
      return "cell_metrics";
    case ReadingBasis::kUnknown:
      return "unknown";
  }
  return "?";
}

Json sideJson(const ComparedMemory& memory) {
  Json object;
  object["session"] = memory.session.string();
  object["segment"] = memory.segment;
  object["at_end"] = memory.atEnd;
  object["segments_reread"] = memory.segmentsReread;
  object["state_hash"] = memory.stateHash;
  return object;
}

Json writeJson(const std::optional<SegmentWrite>& write) {
  if (!write) return nullptr;
  return {{"novelty", write->novelty},
          {"write_strength", write->writeStrength},
          {"relative_change", write->relativeChange}};
}

std::string sideText(const char* name, const ComparedMemory& memory) {
  return std::string(name) + "  " + oneLine(memory.session.string()) + "  after segment " +
         withSeparators(memory.segment) + "  state " + memory.stateHash.substr(0, 16) + "\n";
}

template <typename... Values>
std::string formatted(const char* format, Values... values) {
  std::array<char, 160> text{};
  std::snprintf(text.data(), text.size(), format, values...);
  return text.data();
}

std::string numberText(const std::optional<SegmentWrite>& write, double SegmentWrite::*number) {
  return write ? formatted("%.4f", *write.*number) : "-";
}

/// How much more or less was written; without both there is nothing to compare.
double gapOf(const SegmentDifference& segment) {
  if (!segment.first || !segment.second) return -1;
  return std::abs(segment.first->novelty - segment.second->novelty) +
         std::abs(segment.first->writeStrength - segment.second->writeStrength);
}

std::string readingText(const MemoryDiff& diff) {
  const ReadingDifference& reading = diff.reading;
  const char* by = reading.basis == ReadingBasis::kTokens ? "by their tokens" : "by what the cells did, without text";
  if (reading.basis == ReadingBasis::kUnknown) {
    return "reading  cannot be compared: text and metrics were left out\n";
  }
  std::string text = "reading  ";
  if (reading.firstSegment) {
    text += "the first segment that differs is " + withSeparators(*reading.firstSegment) + " (" + by + ")";
  } else {
    text += std::string("the same segments (") + by + ")";
  }
  if (diff.tailsDiffer) text += ", and other tokens behind the last one";
  return text + "\n";
}

std::string segmentsText(const std::vector<SegmentDifference>& all) {
  if (all.empty()) return "";
  std::vector<SegmentDifference> shown = all;
  if (shown.size() > kMostSegmentLines) {
    std::stable_sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return gapOf(a) > gapOf(b); });
    shown.resize(kMostSegmentLines);
    std::sort(shown.begin(), shown.end(), [](const auto& a, const auto& b) { return a.segment < b.segment; });
  }
  std::string text = "segment        novelty             write strength\n";
  for (const SegmentDifference& each : shown) {
    text += formatted("%-9s  %9s %9s  %9s %9s\n", withSeparators(each.segment).c_str(),
                      numberText(each.first, &SegmentWrite::novelty).c_str(),
                      numberText(each.second, &SegmentWrite::novelty).c_str(),
                      numberText(each.first, &SegmentWrite::writeStrength).c_str(),
                      numberText(each.second, &SegmentWrite::writeStrength).c_str());
  }
  if (shown.size() < all.size()) {
    text += withSeparators(static_cast<std::int64_t>(all.size() - shown.size())) +
            " more segments that differ less; --json lists all\n";
  }
  return text;
}

std::string questionsText(const std::vector<QuestionDifference>& questions) {
  if (questions.empty()) return "questions  none were asked before\n";
  const auto differ = std::count_if(questions.begin(), questions.end(), [](const auto& q) { return q.differs(); });
  std::string text = "questions  " + withSeparators(differ) + " of " +
                     withSeparators(static_cast<std::int64_t>(questions.size())) + " answers differ\n";
  for (const QuestionDifference& each : questions) {
    text += std::string(each.differs() ? "* " : "  ") + oneLine(each.question) + "\n";
    if (!each.problem.empty()) {
      text += "    " + oneLine(each.problem) + "\n";
    } else if (each.differs()) {
      text += "    first   " + oneLine(each.first.text) + "\n    second  " + oneLine(each.second.text) + "\n";
    } else {
      text += "    both    " + oneLine(each.first.text) + "\n";
    }
  }
  return text;
}

}  // namespace

Json diffJson(const MemoryDiff& diff, bool asked) {
  Json object;
  object["first"] = sideJson(diff.first);
  object["second"] = sideJson(diff.second);
  object["same_state"] = diff.sameState();
  object["layers"] = Json::array();
  for (std::size_t layer = 0; layer < diff.layers.size(); ++layer) {
    const LayerDifference& each = diff.layers[layer];
    object["layers"].push_back({{"layer", layer},
                                {"dw", each.matrix},
                                {"dw_relative", each.relative()},
                                {"w_first", each.matrixFirst},
                                {"w_second", each.matrixSecond},
                                {"dz", each.keySum},
                                {"z_first", each.keySumFirst},
                                {"z_second", each.keySumSecond}});
  }
  object["reading_compared_by"] = nameOf(diff.reading.basis);
  object["first_different_segment"] = diff.reading.firstSegment ? Json(*diff.reading.firstSegment) : Json();
  object["tails_differ"] = diff.tailsDiffer;
  object["segments"] = Json::array();
  for (const SegmentDifference& each : diff.segments) {
    object["segments"].push_back(
        {{"segment", each.segment}, {"first", writeJson(each.first)}, {"second", writeJson(each.second)}});
  }
  if (!asked) return object;
  object["questions"] = Json::array();
  for (const QuestionDifference& each : diff.questions) {
    Json question;
    question["question"] = each.question;
    question["differs"] = each.differs();
    question["first"] = each.first.text;
    question["second"] = each.second.text;
    question["first_token_ids"] = each.first.tokens;
    question["second_token_ids"] = each.second.tokens;
    if (!each.problem.empty()) question["problem"] = each.problem;
    object["questions"].push_back(std::move(question));
  }
  return object;
}

std::string diffText(const MemoryDiff& diff, bool asked) {
  std::string text = sideText("first ", diff.first) + sideText("second", diff.second);
  if (diff.sameState()) text += "the two memories are the same, bit for bit\n";
  text += "layer  |dW|        of |W|    |dz|\n";
  for (std::size_t layer = 0; layer < diff.layers.size(); ++layer) {
    const LayerDifference& each = diff.layers[layer];
    text += formatted("%-5zu  %-10.4g  %5.1f %%   %-10.4g\n", layer, each.matrix, each.relative() * 100, each.keySum);
  }
  text += readingText(diff) + segmentsText(diff.segments);
  if (asked) text += questionsText(diff.questions);
  return text;
}

}  // namespace tidemark::cli

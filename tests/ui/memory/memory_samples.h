#pragma once
// A comparison and a measurement, made up.

#include "engine/service/memory_diff_job.h"
#include "engine/service/model_recall.h"

namespace tidemark::ui {

/// Six layers, 30 segments that differ from the tenth on, three questions.
inline MemoryDiff sampleDiff() {
  MemoryDiff diff;
  diff.first = {"/books/whale.tidemark", 39, true, "aaaaaaaaaaaaaaaaaaaa", 0};
  diff.second = {"/books/other.tidemark", 29, false, "bbbbbbbbbbbbbbbbbbbb", 0};
  for (int layer = 0; layer < 6; ++layer) {
    LayerDifference each;
    each.matrix = 0.01 * (layer + 1);
    each.matrixFirst = each.matrixSecond = 1;
    each.keySum = layer == 0 ? 0 : 0.03;
    each.keySumFirst = each.keySumSecond = 1;
    diff.layers.push_back(each);
  }
  diff.reading = {ReadingBasis::kTokens, 10};
  for (std::int64_t segment = 10; segment < 40; ++segment) {
    SegmentDifference each;
    each.segment = segment;
    each.first = SegmentWrite{0.001 * static_cast<double>(segment), 0.1, 0.01};
    if (segment < 30) each.second = SegmentWrite{1, 0.2, 0.02};
    diff.segments.push_back(each);
  }
  diff.questions.resize(3);
  diff.questions[0].question = "Where is <b>Mary</b>?";
  diff.questions[0].first = {"garden", {1}};
  diff.questions[0].second = {"garden", {1}};
  diff.questions[1].question = "Where was Mary born?";
  diff.questions[1].first = {"Geneva", {2}};
  diff.questions[1].second = {"", {}};
  diff.questions[2].question = "Why?";
  diff.questions[2].problem = "the question is too long; ask something shorter";
  return diff;
}

/// Eight facts in two readings of 40 segments, recalled up to the 20th from the end; one right by luck.
inline ModelRecall sampleRecall() {
  ModelRecall recall;
  recall.seconds = 2;
  recall.readings.resize(2);
  for (int i = 0; i < 8; ++i) {
    MarkerOutcome outcome;
    outcome.fact = {"The owner of the barn is Anna.", "Who is the owner of the barn?", "Anna", " Anna "};
    outcome.distance = 38 - 5 * i;
    outcome.plantedAt = static_cast<std::uint64_t>(100 * i);
    outcome.recalled = outcome.distance < 20;
    outcome.answer = outcome.recalled ? "Anna" : "";
    outcome.guessed = i == 7;
    recall.readings[static_cast<std::size_t>(i % 2)].outcomes.push_back(outcome);
  }
  for (MarkedReading& reading : recall.readings) {
    reading.segments = reading.places = 40;
    reading.tokens = 40 * 128;
    reading.novelty.assign(40, 0.01);
  }
  recall.buckets = countByDistance(recall.readings, 4);
  return recall;
}

}  // namespace tidemark::ui

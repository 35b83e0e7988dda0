#include "app/cli/eval_output.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "app/cli/read_progress.h"

namespace tidemark::cli {
namespace {

double shareOf(const EvaluationCell& cell) {
  return cell.samples > 0 ? static_cast<double>(cell.right) / static_cast<double>(cell.samples) : 0.0;
}

double rate(std::int64_t tokens, double seconds) {
  return seconds > 0 ? static_cast<double>(tokens) / seconds : 0.0;
}

std::string cellText(const EvaluationCell& cell) {
  if (cell.samples == 0) return "-";
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%.0f %% (%.0f-%.0f) %lld", 100 * shareOf(cell), 100 * cell.interval.low,
                100 * cell.interval.high, static_cast<long long>(cell.samples));
  return text.data();
}

using Rows = std::vector<std::vector<std::string>>;

std::string aligned(const Rows& rows) {
  std::vector<std::size_t> widths;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  std::string text;
  for (const auto& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      text += row[i];
      if (i + 1 < row.size()) text += std::string(widths[i] - row[i].size() + 3, ' ');
    }
    text += "\n";
  }
  return text;
}

/// Tasks or lengths in the order in which they first appear.
std::vector<std::string> namesOf(std::span<const EvaluationCell> cells, std::string EvaluationCell::*name) {
  std::vector<std::string> names;
  for (const EvaluationCell& cell : cells) {
    if (std::find(names.begin(), names.end(), cell.*name) == names.end()) names.push_back(cell.*name);
  }
  return names;
}

}  // namespace

std::string evaluationTable(std::span<const EvaluationCell> cells) {
  const auto tasks = namesOf(cells, &EvaluationCell::task);
  const auto lengths = namesOf(cells, &EvaluationCell::length);
  Rows rows = {{"task"}};
  rows[0].insert(rows[0].end(), lengths.begin(), lengths.end());
  for (const std::string& task : tasks) {
    rows.push_back({task});
    for (const std::string& length : lengths) {
      const auto cell = std::find_if(cells.begin(), cells.end(), [&](const EvaluationCell& candidate) {
        return candidate.task == task && candidate.length == length;
      });
      rows.back().push_back(cell != cells.end() ? cellText(*cell) : "-");
    }
  }
  rows.push_back({"tokens/s"});
  for (const std::string& length : lengths) {
    std::int64_t tokens = 0;
    double seconds = 0;
    for (const EvaluationCell& cell : cells) {
      if (cell.length != length) continue;
      tokens += cell.readTokens;
      seconds += cell.readSeconds;
    }
    rows.back().push_back(tokens == 0 ? "-" : withSeparators(static_cast<std::int64_t>(rate(tokens, seconds))));
  }
  return aligned(rows);
}

Json evaluationJson(std::span<const EvaluationCell> cells) {
  Json list = Json::array();
  for (const EvaluationCell& cell : cells) {
    Json object;
    object["task"] = cell.task;
    object["length"] = cell.length;
    object["samples"] = cell.samples;
    object["correct"] = cell.right;
    object["accuracy"] = cell.samples > 0 ? Json(shareOf(cell)) : Json(nullptr);
    object["interval_low"] = cell.interval.low;
    object["interval_high"] = cell.interval.high;
    object["tokens"] = cell.tokens;
    object["tokens_read"] = cell.readTokens;
    object["read_seconds"] = cell.readSeconds;
    object["answer_seconds"] = cell.answerSeconds;
    object["tokens_per_second"] = rate(cell.readTokens, cell.readSeconds);
    list.push_back(std::move(object));
  }
  return list;
}

void EvalProgress::sampleBegins(const PlannedSample& sample, std::size_t done) {
  m_sample = sample.task->name + " " + sample.length->label;
  m_done = done;
  m_tokens = 0;
}

void EvalProgress::tokensRead(std::int64_t tokens) {
  m_tokens = tokens;
  show();
}

void EvalProgress::sampleEnds(const SampleRecord& record) {
  ++m_done;
  ++m_asked;
  m_right += record.right ? 1 : 0;
  show();
}

void EvalProgress::show() {
  if (!m_line.isDue()) return;
  m_line.show("sample " + withSeparators(static_cast<std::int64_t>(m_done)) + " of " +
              withSeparators(static_cast<std::int64_t>(m_samples)) + ", " + m_sample + ", " + withSeparators(m_tokens) +
              " tokens read; " + withSeparators(m_right) + " of " + withSeparators(m_asked) + " right");
}

}  // namespace tidemark::cli

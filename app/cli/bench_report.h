#pragma once
// What a benchmark found out, as JSON and as text of at most 100 columns.

#include <cstdint>
#include <cstdio>
#include <string>

#include "app/cli/bench_model.h"
#include "app/cli/bench_run.h"
#include "app/cli/json_output.h"

namespace tidemark::cli {

struct BenchReport {
  BenchPreset preset;
  std::int64_t segments = 0;
  std::int64_t tokens = 0;
  std::uint64_t flops = 0;         // of a read
  std::uint64_t prefillFlops = 0;  // of full attention over the same tokens
  std::uint64_t memoryBytes = 0;   // of this machine
  std::string backend, backendDescription, precision, backendNote;
  BenchTimes times;

  [[nodiscard]] bool onDevice() const { return times.ceilings.has_value(); }
  /// Of this machine's large matrix products.
  [[nodiscard]] double gemmGflops() const {
    return onDevice() ? 1e3 * times.ceilings->gemmTeraflops : times.rates.gemmGflops;
  }
  [[nodiscard]] double gflops(const ScheduleTimes& t) const { return static_cast<double>(flops) * 1e-9 / t.median(); }
  [[nodiscard]] double gflops(const FullAttentionTimes& t) const {
    return static_cast<double>(prefillFlops) * 1e-9 / t.median();
  }
  [[nodiscard]] double tokensPerSecond(const RunTimes& t) const { return static_cast<double>(tokens) / t.median(); }
  /// Tokens per second, diagonal over sequential; 0 unless both ran.
  [[nodiscard]] double ratio() const {
    return times.schedules.size() == 2 ? times.schedules[1].median() / times.schedules[0].median() : 0;
  }
};

/// The fields of the first schedule (diagonal, if both ran) stand at the top, and every schedule has an object of its
/// own. What a device adds: "cuda", and "device" in every schedule.
[[nodiscard]] Json benchJson(const BenchReport& report);

[[nodiscard]] std::string benchText(const BenchReport& report);

/// printf into a string of at most 255 characters.
template <typename... Values>
[[nodiscard]] std::string formatLine(const char* format, Values... values) {
  char text[256];
  std::snprintf(text, sizeof text, format, values...);
  return text;
}

}  // namespace tidemark::cli

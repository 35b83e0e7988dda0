#pragma once
// What a benchmark says besides when a GPU computed: launches, the parts of a diagonal beside what they cannot be
// faster than, device memory.

#include <string>
#include <vector>

#include "app/cli/bench_report.h"
#include "engine/backend/cuda/cuda_prediction.h"

namespace tidemark::cli {

/// A part of a steady diagonal, measured by itself and predicted from the rates of the same device.
struct FloorRow {
  CudaFloorPart measured;
  double operations = 0;
  double bytes = 0;
  double predictedMilliseconds = 0;
};

struct DeviceFloor {
  CudaRates rates;
  std::vector<FloorRow> rows;
  double milliseconds = 0;           // of all parts: what no scheduling can beat
  double predictedMilliseconds = 0;  // what no kernel can beat, either
};

[[nodiscard]] DeviceFloor deviceFloorOf(const ModelConfig& config, const CudaCeilings& ceilings);

[[nodiscard]] Json deviceTimesJson(const CudaTimes& times);
[[nodiscard]] Json deviceJson(const BenchReport& report);

[[nodiscard]] std::string deviceScheduleTable(const BenchReport& report);
[[nodiscard]] std::string deviceFloorTable(const BenchReport& report);
[[nodiscard]] std::string deviceMemoryText(const BenchReport& report);

}  // namespace tidemark::cli

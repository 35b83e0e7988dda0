#include "app/cli/bench_device_report.h"

#include <algorithm>

#include "engine/base/check.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

double perGroup(std::uint64_t count, const CudaTimes& times) {
  return times.groups > 0 ? static_cast<double>(count) / static_cast<double>(times.groups) : 0;
}

/// Of a run with a workspace of that size.
std::uint64_t plannedBytes(const ModelConfig& config, const WorkspaceSpec& spec) {
  const auto shape = makeCudaShape(config);
  TM_CHECK(shape.ok(), "a backend was made for this shape");
  return planCudaMemory(config, *shape, spec).total();
}

WorkspaceSpec specOf(const BenchReport& r, Schedule schedule) {
  const ModelConfig& config = r.preset.config;
  return {config.memory->segmentSize + config.memory->memoryTokens,
          schedule == Schedule::kDiagonal ? config.layers : 1};
}

std::uint64_t plannedBytes(const BenchReport& r, Schedule schedule) {
  return plannedBytes(r.preset.config, specOf(r, schedule));
}

std::uint64_t plannedFullAttentionBytes(const BenchReport& r) {
  return plannedBytes(r.preset.config, {static_cast<int>(r.tokens), 1});
}

std::string timesRow(const char* name, const BenchReport& r, const RunTimes& t, double gflops) {
  const CudaTimes device = t.device.value_or(CudaTimes{});
  return formatLine("%-15s %9.4f %10.0f %9.1f %11.1f%% %8llu %8.1f %9.1f %7.2f\n", name, t.median(),
                    r.tokensPerSecond(t), gflops * 1e-3, 100 * gflops / r.gemmGflops(),
                    static_cast<unsigned long long>(device.groups), perGroup(device.kernelLaunches, device),
                    perGroup(device.gemmLaunches, device), perGroup(device.graphReplays, device));
}

std::string floorRow(const std::string& name, double milliseconds, double share, double teraflops, double predicted) {
  const std::string rate = teraflops > 0 ? formatLine("%.1f", teraflops) : "-";
  return formatLine("%-25s %9.3f %7.1f%% %9s %10.3f %12.2f\n", name.c_str(), milliseconds, share, rate.c_str(),
                    predicted, milliseconds / predicted);
}

std::string memoryOf(const char* name, const RunTimes& t, std::uint64_t planned) {
  const std::uint64_t used = t.device ? t.device->deviceBytes : 0;
  return formatLine("%s %s of %s planned", name, formatBytes(used).c_str(), formatBytes(planned).c_str());
}

}  // namespace

DeviceFloor deviceFloorOf(const ModelConfig& config, const CudaCeilings& ceilings) {
  const auto shape = makeCudaShape(config);
  TM_CHECK(shape.ok(), "a backend was made for this shape");
  DeviceFloor floor;
  floor.rates = {ceilings.gemmTeraflops, kAttentionShareOfGemmRate * ceilings.gemmTeraflops,
                 ceilings.copyTerabytesPerSecond};
  for (const CudaPart& part : countCudaParts(config, *shape)) {
    floor.predictedMilliseconds += predictMilliseconds(part, floor.rates);
    const auto found = std::find_if(ceilings.parts.begin(), ceilings.parts.end(),
                                    [&](const CudaFloorPart& measured) { return measured.name == part.name; });
    if (found == ceilings.parts.end()) continue;  // another part does its work
    floor.milliseconds += found->milliseconds;
    floor.rows.push_back({*found, part.operations(), part.bytes(), predictMilliseconds(part, floor.rates)});
  }
  return floor;
}

Json deviceTimesJson(const CudaTimes& times) {
  return {{"groups", times.groups},
          {"kernel_launches", times.kernelLaunches},
          {"product_launches", times.gemmLaunches},
          {"graph_replays", times.graphReplays},
          {"kernels_per_group", perGroup(times.kernelLaunches, times)},
          {"products_per_group", perGroup(times.gemmLaunches, times)},
          {"graph_replays_per_group", perGroup(times.graphReplays, times)},
          {"bytes", times.deviceBytes}};
}

Json deviceJson(const BenchReport& r) {
  const DeviceFloor floor = deviceFloorOf(r.preset.config, *r.times.ceilings);
  Json json;
  json["gemm_teraflops"] = floor.rates.gemmTeraflops;
  json["copy_terabytes_per_second"] = floor.rates.copyTerabytesPerSecond;
  json["parts"] = Json::array();
  for (const FloorRow& row : floor.rows) {
    json["parts"].push_back({{"name", row.measured.name},
                             {"milliseconds", row.measured.milliseconds},
                             {"teraflops", row.measured.teraflops},
                             {"operations", row.operations},
                             {"bytes", row.bytes},
                             {"predicted_milliseconds", row.predictedMilliseconds}});
  }
  // Every cell once: as many steady diagonals as there are segments.
  const auto diagonals = static_cast<double>(r.segments);
  json["parts_milliseconds"] = floor.milliseconds;
  json["parts_seconds"] = 1e-3 * floor.milliseconds * diagonals;
  json["predicted_milliseconds"] = floor.predictedMilliseconds;
  json["predicted_seconds"] = 1e-3 * floor.predictedMilliseconds * diagonals;
  for (const ScheduleTimes& t : r.times.schedules) {
    json["planned_bytes"][scheduleName(t.schedule)] = plannedBytes(r, t.schedule);
  }
  if (r.times.fullAttention) json["planned_bytes"]["full_attention"] = plannedFullAttentionBytes(r);
  return json;
}

std::string deviceScheduleTable(const BenchReport& r) {
  const CudaCeilings& ceilings = *r.times.ceilings;
  std::string out = formatLine("this GPU: %.1f TFLOP/s in bf16 products of 8192 x 8192 x 8192, %.2f TB/s copying\n",
                               ceilings.gemmTeraflops, ceilings.copyTerabytesPerSecond);
  out += formatLine("times by the GPU's own clock, median of %zu; launches per group, those in graphs included\n\n",
                    r.times.schedules.front().seconds.size());
  out += "schedule          seconds   tokens/s   TFLOP/s  of products   groups  kernels  products  graphs\n";
  for (const ScheduleTimes& t : r.times.schedules) out += timesRow(scheduleName(t.schedule), r, t, r.gflops(t));
  if (!r.times.fullAttention || !r.times.fullAttention->failure.empty()) return out;
  return out + timesRow("full attention", r, *r.times.fullAttention, r.gflops(*r.times.fullAttention));
}

std::string deviceFloorTable(const BenchReport& r) {
  const DeviceFloor floor = deviceFloorOf(r.preset.config, *r.times.ceilings);
  std::string out = "part of a full diagonal          ms    share   TFLOP/s  predicted  x predicted\n";
  for (const FloorRow& row : floor.rows) {
    out += floorRow(row.measured.name, row.measured.milliseconds, 100 * row.measured.milliseconds / floor.milliseconds,
                    row.measured.teraflops, row.predictedMilliseconds);
  }
  out += floorRow("sum", floor.milliseconds, 100, 0, floor.predictedMilliseconds);
  out +=
      formatLine("predicted: operations at the rate above (attention at %.0f TFLOP/s), or bytes, if they take longer\n",
                 floor.rates.attentionTeraflops);
  const ScheduleTimes& first = r.times.schedules.front();
  const double diagonals = 1e-3 * static_cast<double>(r.segments);
  const double parts = floor.milliseconds * diagonals;
  const double predicted = floor.predictedMilliseconds * diagonals;
  out += formatLine("the whole read: %.4f s by its parts, %.4f s predicted, %.4f s measured (%s):\n", parts, predicted,
                    first.median(), scheduleName(first.schedule));
  return out + formatLine("%.2f times its parts, %.2f times the prediction\n", first.median() / parts,
                          first.median() / predicted);
}

std::string deviceMemoryText(const BenchReport& r) {
  std::string out = "GPU memory: ";
  for (const ScheduleTimes& t : r.times.schedules) {
    if (&t != &r.times.schedules.front()) out += ", ";
    out += memoryOf(scheduleName(t.schedule), t, plannedBytes(r, t.schedule));
  }
  out += "\n";
  if (!r.times.fullAttention) return out;
  const FullAttentionTimes& full = *r.times.fullAttention;
  if (!full.failure.empty()) {
    return out + "            full attention " + formatBytes(plannedFullAttentionBytes(r)) + " planned\n";
  }
  return out + "            " + memoryOf("full attention", full, plannedFullAttentionBytes(r)) + "\n";
}

}  // namespace tidemark::cli

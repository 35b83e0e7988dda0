#include "app/cli/bench_report.h"

#include "app/cli/bench_device_report.h"
#include "engine/base/system_memory.h"

namespace tidemark::cli {
namespace {

void addTimes(const BenchReport& r, const ScheduleTimes& t, Json& json) {
  json["seconds"] = t.median();
  json["runs"] = t.seconds.size();
  json["run_seconds"] = t.seconds;
  json["tokens_per_second"] = r.tokensPerSecond(t);
  json["gflops"] = r.gflops(t);
  json["fraction_of_gemm_rate"] = r.gflops(t) / r.gemmGflops();
  if (!r.onDevice()) json["fraction_of_peak"] = r.gflops(t) / r.times.rates.peakGflops;
  json["launches"] = t.launches;
  json["state_hash"] = t.stateHash;
  if (t.device) json["device"] = deviceTimesJson(*t.device);
}

Json fullAttentionJson(const BenchReport& r, const FullAttentionTimes& t) {
  Json json;
  if (!t.failure.empty()) return {{"failure", t.failure}};
  json["seconds"] = t.median();
  json["runs"] = t.seconds.size();
  json["run_seconds"] = t.seconds;
  json["tokens_per_second"] = r.tokensPerSecond(t);
  json["flops"] = r.prefillFlops;
  json["gflops"] = r.gflops(t);
  json["fraction_of_gemm_rate"] = r.gflops(t) / r.gemmGflops();
  if (t.device) json["device"] = deviceTimesJson(*t.device);
  return json;
}

Json shapeJson(const ModelConfig& c) {
  return {{"layers", c.layers},
          {"hidden_size", c.hiddenSize},
          {"intermediate_size", c.intermediateSize},
          {"heads", c.heads},
          {"key_value_heads", c.keyValueHeads},
          {"head_dim", c.headDim},
          {"vocabulary_size", c.vocabularySize},
          {"segment_size", c.memory->segmentSize},
          {"memory_tokens", c.memory->memoryTokens},
          {"d_mem", c.memory->dMem}};
}

std::string cpuTable(const BenchReport& r) {
  const CpuRates& rates = r.times.rates;
  std::string out = formatLine("this machine: %.1f GFLOP/s matrix products, %.1f GFLOP/s arithmetic peak\n",
                               rates.gemmGflops, rates.peakGflops);
  out += "schedule      seconds   tokens/s   GFLOP/s  of products  of peak  launches\n";
  for (const ScheduleTimes& t : r.times.schedules) {
    out += formatLine("%-11s %9.3f %10.0f %9.1f %11.1f%% %7.1f%% %9lld\n", scheduleName(t.schedule), t.median(),
                      r.tokensPerSecond(t), r.gflops(t), 100 * r.gflops(t) / rates.gemmGflops,
                      100 * r.gflops(t) / rates.peakGflops, static_cast<long long>(t.launches));
  }
  return out;
}

/// How full attention compares, or why it does not.
std::string fullAttentionText(const BenchReport& r, const FullAttentionTimes& t) {
  if (!t.failure.empty()) return "full attention over the same tokens was not possible: " + t.failure + "\n";
  const ScheduleTimes& first = r.times.schedules.front();
  return formatLine("full attention over the same tokens: %.3f s, %.0f tokens/s; %s is %.2f times as fast\n",
                    t.median(), r.tokensPerSecond(t), scheduleName(first.schedule), t.median() / first.median());
}

}  // namespace

Json benchJson(const BenchReport& r) {
  Json json;
  json["preset"] = r.preset.name;
  json["shape"] = shapeJson(r.preset.config);
  json["backend"] = r.backend;
  json["backend_description"] = r.backendDescription;
  json["backend_note"] = r.backendNote;
  json["precision"] = r.precision;
  json["tokens"] = r.tokens;
  json["segments"] = r.segments;
  json["flops"] = r.flops;
  json["gemm_rate_gflops"] = r.gemmGflops();
  if (!r.onDevice()) json["peak_gflops"] = r.times.rates.peakGflops;
  json["schedule"] = scheduleName(r.times.schedules.front().schedule);
  addTimes(r, r.times.schedules.front(), json);
  for (const ScheduleTimes& t : r.times.schedules) addTimes(r, t, json["schedules"][scheduleName(t.schedule)]);
  json["ratio"] = r.ratio() > 0 ? Json(r.ratio()) : Json();
  if (r.times.fullAttention) json["full_attention"] = fullAttentionJson(r, *r.times.fullAttention);
  if (r.onDevice()) json["cuda"] = deviceJson(r);
  json["memory_bytes"] = r.memoryBytes;
  json["peak_rss_bytes"] = peakResidentBytes();
  return json;
}

std::string benchText(const BenchReport& r) {
  const double gflop = static_cast<double>(r.flops) * 1e-9;
  std::string out =
      formatLine("%s: %lld tokens in %lld segments of %d + %d, %.1f %s; %s\n", r.preset.name.c_str(),
                 static_cast<long long>(r.tokens), static_cast<long long>(r.segments),
                 r.preset.config.memory->segmentSize, r.preset.config.memory->memoryTokens,
                 r.onDevice() ? 1e-3 * gflop : gflop, r.onDevice() ? "TFLOP" : "GFLOP", r.backendDescription.c_str());
  if (!r.backendNote.empty()) out += r.backendNote + "\n";
  out += r.onDevice() ? deviceScheduleTable(r) : cpuTable(r);
  if (r.ratio() > 0) out += formatLine("diagonal is %.2f times as fast as sequential\n", r.ratio());
  if (r.times.fullAttention) out += fullAttentionText(r, *r.times.fullAttention);
  if (r.onDevice()) out += "\n" + deviceFloorTable(r) + "\n" + deviceMemoryText(r);
  out += "state hash " + r.times.schedules.front().stateHash + "\n";
  return out + "peak memory " + formatBytes(peakResidentBytes()) + "\n";
}

}  // namespace tidemark::cli

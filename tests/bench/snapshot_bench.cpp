// What snapshots and memory traces cost a read: snapshot_bench [ROUNDS [BYTES [THREADS]]], by default 7 rounds over the
// whole sample book. Every round reads the same text in each way, in an order that changes from round to round, into a
// new session of the folder for temporary files. Processor time is that of the whole process, which does nothing else.

#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <limits>
#include <mutex>
#include <string>
#include <vector>

#include "engine/base/run_clock.h"
#include "engine/service/engine_service.h"
#include "tests/bench/quantile.h"

namespace {

using namespace tidemark;

struct Way {
  const char* name;
  double snapshotSeconds;
  bool traces;
  bool chapters;  // lines that begin a chapter are headings: more places for snapshots
};
constexpr double kNever = std::numeric_limits<double>::infinity();
const double kDefault = ReadRequest{}.snapshotSeconds;
const std::array kWays = {
    Way{"no snapshots but the last", kNever, false, false}, Way{"snapshots", kDefault, false, false},
    Way{"snapshots, also at chapters", kDefault, false, true}, Way{"snapshots and traces", kDefault, true, false}};

struct Sample {
  double wall = 0;
  double processor = 0;
  double tokens = 0;
  double storing = 0;  // seconds in copying and writing snapshots, as the engine counts them
  int snapshots = 0;
  std::uintmax_t bytes = 0;  // of the session
};

double processorSeconds() {
  rusage used{};
  getrusage(RUSAGE_SELF, &used);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return seconds(used.ru_utime) + seconds(used.ru_stime);
}

[[noreturn]] void fail(const std::string& why) {
  std::fprintf(stderr, "snapshot_bench: %s\n", why.c_str());
  std::exit(EXIT_FAILURE);
}

template <typename T>
T orFail(Result<T> result) {
  if (!result) fail(result.error().message);
  return std::move(result).value();
}

Sample readOnce(const std::filesystem::path& text, const std::filesystem::path& session, const Way& way, int threads) {
  LoadedModel model =
      orFail(loadModel(std::filesystem::path(TM_SOURCE_DIR) / "resources/models/mini", {BackendChoice::kCpu, threads}));
  auto store = orFail(SessionStore::create(session, model.identity));
  Sample sample;
  std::mutex mutex;
  std::condition_variable changed;
  bool ended = false;
  std::string failure;
  const auto sink = [&](const Event& event) {  // as good as nothing for every group of cells
    if (const auto* stored = std::get_if<SnapshotStored>(&event)) {
      ++sample.snapshots;
      sample.storing += stored->seconds;
    }
    const auto* finished = std::get_if<ReadFinished>(&event);
    const auto* failed = std::get_if<RunFailed>(&event);
    if (finished == nullptr && failed == nullptr) return;
    const std::lock_guard lock(mutex);
    if (finished != nullptr) sample.tokens = static_cast<double>(finished->tokensRead);
    if (failed != nullptr) failure = failed->error.message;
    ended = true;
    changed.notify_all();
  };
  auto service = orFail(EngineService::start(std::move(model), std::move(store), sink));
  ReadRequest request;
  request.files = {text};
  request.snapshotSeconds = way.snapshotSeconds;
  request.keepTraces = way.traces;
  const double before = processorSeconds();
  const RunClock clock;
  (void)orFail(service->read(request));
  {
    std::unique_lock lock(mutex);
    changed.wait(lock, [&] { return ended; });
  }
  sample.wall = clock.seconds();
  sample.processor = processorSeconds() - before;
  service.reset();
  if (!failure.empty()) fail(failure);
  sample.bytes = std::filesystem::file_size(session);
  std::filesystem::remove(session);
  return sample;
}

/// The sample book, and the same with its chapters as headings of Markdown.
void writeTexts(const std::filesystem::path& plain, const std::filesystem::path& chapters, std::size_t bytes) {
  std::ifstream file(std::filesystem::path(TM_SOURCE_DIR) / "resources/samples/moby-dick.txt", std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  text.resize(std::min(text.size(), bytes));
  std::ofstream(plain, std::ios::binary) << text;
  for (std::size_t at = 0; (at = text.find("\nCHAPTER ", at)) != std::string::npos;) text.insert(at += 1, "# ");
  std::ofstream(chapters, std::ios::binary) << text;
}

void print(const std::array<std::vector<Sample>, kWays.size()>& samples) {
  const auto medianOf = [](const std::vector<Sample>& of, const auto& value) {
    std::vector<double> values;
    for (const Sample& each : of) values.push_back(value(each));
    return bench::quantile(values, 0.5);
  };
  // Each round is compared with itself: the machine is not the same from minute to minute.
  const auto ratio = [&](std::size_t way, const auto& value) {
    std::vector<double> ratios;
    for (std::size_t i = 0; i < samples[way].size(); ++i) {
      const Sample& sample = samples[way][i];
      const Sample& without = samples[0][i];
      ratios.push_back((value(sample) / sample.tokens) / (value(without) / without.tokens));
    }
    return bench::quantile(ratios, 0.5);
  };
  const auto wall = [](const Sample& sample) { return sample.wall; };
  const auto processor = [](const Sample& sample) { return sample.processor; };
  std::printf("%-28s %8s %7s %10s %7s %10s %8s %10s\n", "medians", "wall s", "ratio", "processor", "ratio", "snapshots",
              "storing", "session");
  for (std::size_t way = 0; way < kWays.size(); ++way) {
    const std::vector<Sample>& of = samples[way];
    std::printf("%-28s %8.3f %7.4f %10.3f %7.4f %10.0f %6.2f %% %6.1f MiB\n", kWays[way].name, medianOf(of, wall),
                ratio(way, wall), medianOf(of, processor), ratio(way, processor),
                medianOf(of, [](const Sample& sample) { return static_cast<double>(sample.snapshots); }),
                medianOf(of, [](const Sample& sample) { return 100 * sample.storing / sample.wall; }),
                medianOf(of, [](const Sample& sample) { return static_cast<double>(sample.bytes) / (1 << 20); }));
  }
}

}  // namespace

int main(int count, char** arguments) {
  const auto argument = [&](int i, long fallback) { return count > i ? std::atol(arguments[i]) : fallback; };
  const auto rounds = static_cast<int>(argument(1, 7));
  const auto bytes = static_cast<std::size_t>(argument(2, 1L << 40));
  const auto threads = static_cast<int>(argument(3, 0));
  const auto folder = std::filesystem::temp_directory_path() / ("tidemark-snapshots-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  writeTexts(folder / "book.txt", folder / "book.md", bytes);
  const auto read = [&](const Way& way) {
    return readOnce(folder / (way.chapters ? "book.md" : "book.txt"), folder / "s.tidemark", way, threads);
  };
  (void)read(kWays[0]);  // files and code come into memory
  std::array<std::vector<Sample>, kWays.size()> samples;
  for (int round = 0; round < rounds; ++round) {
    for (std::size_t i = 0; i < kWays.size(); ++i) {
      // Backwards every other round, and beginning elsewhere: whatever drifts meets all ways alike.
      const std::size_t turn = round % 2 == 0 ? i : kWays.size() - 1 - i;
      const std::size_t way = (turn + static_cast<std::size_t>(round / 2)) % kWays.size();
      samples[way].push_back(read(kWays[way]));
    }
  }
  print(samples);
  std::filesystem::remove_all(folder);
  return EXIT_SUCCESS;
}

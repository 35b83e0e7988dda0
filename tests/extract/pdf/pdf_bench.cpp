// How fast PDFs become text, next to pdftotext on the same files in the same run:
//
//   pdf_bench [FILE.pdf ..]      without files: 3,000 pages of its own
//
// tidemark-extract with two processes, with one, and pdftotext, in turn, five times; the best of each, in seconds that
// pass and in processor seconds of all processes, from start to end. Nothing else should be running.

#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <vector>

#include "engine/extraction/extraction_lines.h"
#include "engine/extraction/extractor_process.h"
#include "tests/support/pdf_file.h"

extern char** environ;

namespace {

using namespace tidemark;
using Clock = std::chrono::steady_clock;

constexpr int kRounds = 5;

struct Times {
  double wall = 1e9;
  double processor = 1e9;

  void keepBest(const Times& other) {
    wall = std::min(wall, other.wall);
    processor = std::min(processor, other.processor);
  }
};

/// Of processes that have ended and were waited for.
double processorSeconds() {
  struct rusage usage {};
  ::getrusage(RUSAGE_CHILDREN, &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
}

template <typename Work>
Times measure(const Work& work) {
  const double before = processorSeconds();
  const auto begin = Clock::now();
  work();
  const std::chrono::duration<double> wall = Clock::now() - begin;
  return {wall.count(), processorSeconds() - before};
}

class CountingSink : public ExtractionSink {
 public:
  Status head(DocumentHead) override { return {}; }
  Status page(ExtractedPage page) override {
    ++pages;
    bytes += page.text.size();
    return {};
  }
  Status end(ExtractionSummary) override { return {}; }
  std::size_t pages = 0;
  std::size_t bytes = 0;
};

/// `sink` may be null: then what comes is taken and forgotten, as pdftotext's is.
void ours(const std::string& file, int processes, ExtractionSink* sink) {
  ExtractionLimits limits;
  limits.processes = processes;
  Result<ExtractorProcess> process = ExtractorProcess::start(file, {"read", "--name", file}, limits);
  if (!process) {
    std::printf("%s\n", process.error().message.c_str());
    return;
  }
  std::optional<ExtractionLineReader> lines;
  if (sink != nullptr) lines.emplace(file, *sink);
  std::vector<char> buffer(1 << 18);
  for (;;) {
    const Result<ExtractorProcess::Output> output = process->read(buffer, std::chrono::minutes(1));
    if (!output || output->atEnd) break;
    Status status;
    if (lines) status = lines->push({buffer.data(), output->bytes});
    if (!status) std::printf("%s\n", status.error().message.c_str());
  }
  (void)process->end();
}

void theirs(const std::string& file) {
  std::string name = file;
  std::string program = "pdftotext";
  std::string nowhere = "/dev/null";
  std::vector<char*> words = {program.data(), name.data(), nowhere.data(), nullptr};
  pid_t process = 0;
  if (::posix_spawnp(&process, program.c_str(), nullptr, nullptr, words.data(), environ) != 0) return;
  ::waitpid(process, nullptr, 0);
}

std::string ownFile() {
  testing::PdfFile file;
  for (int page = 0; page < 3000; ++page) {
    std::vector<std::string> lines;
    for (int line = 0; line < 50; ++line) {
      lines.push_back("line " + std::to_string(line) + " of page " + std::to_string(page) +
                      " tells of ships, of lamps and of the long nights at sea by the gulf");
    }
    file.addPage(testing::pdfLines(72, 80, lines));
  }
  const std::string path = (std::filesystem::temp_directory_path() / "tidemark-pdf-bench.pdf").string();
  std::ofstream(path, std::ios::binary) << file.bytes();
  return path;
}

void compare(const std::string& file) {
  CountingSink sink;
  ours(file, 2, &sink);
  Times two;
  Times one;
  Times other;
  for (int round = 0; round < kRounds; ++round) {
    two.keepBest(measure([&] { ours(file, 2, nullptr); }));
    other.keepBest(measure([&] { theirs(file); }));
    one.keepBest(measure([&] { ours(file, 1, nullptr); }));
  }
  std::printf("%s: %zu pages, %.1f MB of text\n", file.c_str(), sink.pages, static_cast<double>(sink.bytes) * 1e-6);
  std::printf("  pdftotext      %6.3f s, processor %6.3f s\n", other.wall, other.processor);
  const auto line = [&other](const char* name, const Times& times) {
    std::printf("  %s  %6.3f s, processor %6.3f s, factors %.2f and %.2f\n", name, times.wall, times.processor,
                times.wall / other.wall, times.processor / other.processor);
  };
  line("two processes", two);
  line("one process  ", one);
  std::fflush(stdout);
}

}  // namespace

int main(int count, char** words) {
  std::vector<std::string> files(words + 1, words + count);
  const bool own = files.empty();
  if (own) files.push_back(ownFile());
  for (const std::string& file : files) compare(file);
  if (own) std::filesystem::remove(files.front());
  return 0;
}

// How fast PDFs become text, next to pdftotext on the same files in the same run:
//
//   pdf_bench [FILE.pdf ..]      without files: 3,000 pages of its own
//
// Processor seconds (the other work of a machine does not change them much), the best of three.

#include <fcntl.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <QGuiApplication>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "extract/document_readers.h"
#include "tests/support/pdf_file.h"

extern char** environ;

namespace {

using namespace tidemark;

double seconds(int who) {
  struct rusage usage {};
  ::getrusage(static_cast<__rusage_who>(who), &usage);
  const auto of = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) * 1e-6;
  };
  return of(usage.ru_utime) + of(usage.ru_stime);
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

double ours(const std::string& file, CountingSink& sink) {
  const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  const double before = seconds(RUSAGE_SELF);
  const Status status = readPdfDocument({descriptor, file, {}}, sink);
  const double taken = seconds(RUSAGE_SELF) - before;
  ::close(descriptor);
  if (!status) std::printf("%s\n", status.error().message.c_str());
  return taken;
}

double theirs(const std::string& file) {
  std::string name = file;
  std::string program = "pdftotext";
  std::string nowhere = "/dev/null";
  std::vector<char*> words = {program.data(), name.data(), nowhere.data(), nullptr};
  const double before = seconds(RUSAGE_CHILDREN);
  pid_t process = 0;
  if (::posix_spawnp(&process, program.c_str(), nullptr, nullptr, words.data(), environ) != 0) return 0;
  ::waitpid(process, nullptr, 0);
  return seconds(RUSAGE_CHILDREN) - before;
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

}  // namespace

int main(int count, char** words) {
  ::setenv("QT_QPA_PLATFORM", "offscreen", 0);
  QGuiApplication application(count, words);
  std::vector<std::string> files(words + 1, words + count);
  const bool own = files.empty();
  if (own) files.push_back(ownFile());
  for (const std::string& file : files) {
    double best = 1e9;
    double other = 1e9;
    CountingSink sink;
    for (int round = 0; round < 3; ++round) {
      sink.pages = sink.bytes = 0;
      best = std::min(best, ours(file, sink));
      other = std::min(other, theirs(file));
    }
    std::printf("%s: %zu pages, %.1f MB of text: %.2f s, pdftotext %.2f s, factor %.2f\n", file.c_str(), sink.pages,
                static_cast<double>(sink.bytes) * 1e-6, best, other, best / other);
  }
  if (own) std::filesystem::remove(files.front());
  return 0;
}

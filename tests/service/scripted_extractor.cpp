// Stands in for tidemark-extract: the file that it is given, descriptor 3, says which pages come, and when. It begins
// like a PDF; then come lines:
//   page N         and N bytes of text, and a line end
//   image          a page without text
//   wait MS        nothing happens for so long
//   await PATH     nothing happens until there is such a file
//   refuse TEXT    an error line
//   crash
// and without another end, the summary.

#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <thread>

#include "engine/extraction/extraction_lines.h"

namespace {

void put(const std::string& line) {
  std::fwrite(line.data(), 1, line.size(), stdout);
  std::fflush(stdout);
}

std::string wholeFile() {
  std::string text;
  char buffer[65536];
  for (ssize_t count = 0; (count = ::read(3, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

}  // namespace

int main() {
  using namespace tidemark;
  const std::string file = wholeFile();
  std::size_t at = file.find('\n') + 1;
  put(toLine(DocumentHead{DocumentFormat::kPdf, "a title", "an author", 0}));
  std::int64_t number = 0;
  while (at < file.size()) {
    const std::size_t end = file.find('\n', at);
    const std::string line = file.substr(at, end - at);
    at = end + 1;
    const std::string rest = line.substr(std::min(line.size(), line.find(' ') + 1));
    if (line.starts_with("page ")) {
      const std::size_t bytes = std::stoul(rest);
      ++number;
      put(toLine(number, ExtractedPage{"p" + std::to_string(number), file.substr(at, bytes), {}, false}));
      at += bytes + 1;
    } else if (line == "image") {
      put(toLine(++number, ExtractedPage{"", "", {}, true}));
    } else if (line.starts_with("wait ")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::stoi(rest)));
    } else if (line.starts_with("await ")) {
      while (!std::filesystem::exists(rest)) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    } else if (line.starts_with("refuse ")) {
      put(toLine(makeError(ErrorCode::kCorrupt, rest)));
      return 0;
    } else if (line == "crash") {
      raise(SIGKILL);
    }
  }
  put(toLine(ExtractionSummary{}));
  return 0;
}

// Called as tidemark-extract is. The file, descriptor 3, holds a first line that makes it a document and then one order
// a line.

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <iterator>
#include <sstream>
#include <string>
#include <thread>

#include "engine/extraction/extraction_lines.h"
#include "engine/extraction/extractor_process.h"

extern char** environ;

namespace tidemark::test {
namespace {

void say(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(STDOUT_FILENO, text.data(), text.size());
    if (count < 0) ::_exit(9);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
}

std::string wholeFile() {
  std::string text;
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(3, buffer, sizeof buffer)) > 0;) {
    text.append(buffer, static_cast<std::size_t>(count));
  }
  return text;
}

ExtractedPage pageOf(const std::string& text) {
  ExtractedPage page;
  page.text = text;
  return page;
}

/// Arguments, environment, open descriptors and folder, as this process sees them.
std::string surroundings(int argc, char** argv) {
  std::string text;
  for (int i = 1; i < argc; ++i) text += std::string("argument ") + argv[i] + "\n";
  for (char** variable = environ; *variable != nullptr; ++variable) text += std::string(*variable) + "\n";
  for (int descriptor = 0; descriptor < 256; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) text += "descriptor " + std::to_string(descriptor) + "\n";
  }
  return text + "folder " + std::filesystem::current_path().string() + "\n";
}

void sleepLong() {
  std::this_thread::sleep_for(std::chrono::minutes(5));
}

/// Gives back every line of a request.
void echo() {
  char buffer[4096];
  for (ssize_t count = 0; (count = ::read(STDIN_FILENO, buffer, sizeof buffer)) > 0;) {
    say({buffer, static_cast<std::size_t>(count)});
  }
}

void obey(const std::string& order, std::istringstream& words, std::int64_t& pages) {
  const auto page = [&](ExtractedPage made) { say(toLine(++pages, made)); };
  std::string rest;
  std::getline(words >> std::ws, rest);
  if (order == "head") say(toLine(DocumentHead{DocumentFormat::kPdf, rest, "A. Writer", 0}));
  if (order == "page") page(pageOf(rest + "\n"));
  if (order == "labelled") page({rest, "text of " + rest + "\n", {{0, 1, "Heading " + rest}}, false});
  if (order == "pages") {
    for (int i = std::stoi(rest); i > 0; --i) page(pageOf("page " + std::to_string(pages + 1) + "\n"));
  }
  if (order == "scan") page({"", "", {}, true});
  if (order == "blank") page({});
  if (order == "end") say(toLine(ExtractionSummary{0, 7, {{"tables", 2}}, ""}));
  if (order == "error") say(toLine(makeError(ErrorCode::kCorrupt, rest)));
  if (order == "garbage") say("\x01\x02\xff{]\n");
  if (order == "say") say(rest + "\n");
  if (order == "echo") echo();
  if (order == "sleep") sleepLong();
  if (order == "close") ::close(STDOUT_FILENO);
  if (order == "exit") ::_exit(std::stoi(rest));
  if (order == "signal") {
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::signal(std::stoi(rest), SIG_DFL);
    ::raise(std::stoi(rest));
  }
  while (order == "flood") page(pageOf(std::string(100'000, 'x')));
  while (order == "long-line") say(std::string(100'000, 'x'));
  while (order == "drip") {
    say("x");
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace
}  // namespace tidemark::test

int main(int argc, char** argv) {
  using namespace tidemark::test;
  std::istringstream orders(wholeFile());
  std::string line;
  std::getline(orders, line);
  std::int64_t pages = 0;
  while (std::getline(orders, line)) {
    std::istringstream words(line);
    std::string order;
    words >> order;
    if (order == "surroundings") {
      say(tidemark::toLine(++pages, pageOf(surroundings(argc, argv))));
    } else {
      obey(order, words, pages);
    }
  }
  return 0;
}

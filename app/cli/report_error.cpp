#include "app/cli/report_error.h"

#include <cstdio>

namespace tidemark::cli {
namespace {

void printLine(const std::string& text) {
  std::fprintf(stderr, "tidemark: %s\n", oneLine(text).c_str());
}

}  // namespace

std::string oneLine(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    line += byte < 0x20 || byte == 0x7f ? '?' : c;
  }
  return line;
}

std::string safeText(std::string_view text) {
  std::string safe;
  for (const char c : text) safe += c == '\n' || c == '\t' ? std::string(1, c) : oneLine({&c, 1});
  return safe;
}

int reportError(const Error& error) {
  printLine(error.message);
  return error.code == ErrorCode::kCancelled ? kExitCancelled : kExitFailed;
}

int reportUsage(std::string_view command, const Error& error) {
  const std::string help = "tidemark-cli " + (command.empty() ? "" : std::string(command) + " ") + "--help";
  printLine(error.message + " (see " + help + ")");
  return kExitUsage;
}

void reportProgress(const std::string& text) {
  printLine(text);
}

}  // namespace tidemark::cli

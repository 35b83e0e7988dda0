#pragma once
// Runs the built tidemark-cli and keeps what it said.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace tidemark::testing {

struct ProgramRun {
  int status = -1;  // exit status, or 128 + signal
  std::string out;
  std::string err;

  /// stdout as JSON; fails the test when it is anything else.
  [[nodiscard]] nlohmann::json json() const;
  /// True for exactly one line on stderr that begins with "tidemark: ".
  [[nodiscard]] bool hasOneLineError() const;
};

/// `environment` is put in front: "TIDEMARK_RESOURCES=/somewhere".
[[nodiscard]] ProgramRun runProgram(const std::vector<std::string>& arguments, const std::string& environment = "");

}  // namespace tidemark::testing

#include "tests/cli/run_program.h"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {
namespace {

std::string quoted(const std::string& word) {
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

}  // namespace

nlohmann::json ProgramRun::json() const {
  nlohmann::json parsed = nlohmann::json::parse(out, nullptr, false);
  EXPECT_TRUE(parsed.is_object()) << out << err;
  return parsed;
}

bool ProgramRun::hasOneLineError() const {
  return err.starts_with("tidemark: ") && err.ends_with("\n") && std::count(err.begin(), err.end(), '\n') == 1;
}

ProgramRun runProgram(const std::vector<std::string>& arguments, const std::string& environment) {
  const TemporaryDirectory directory;
  const auto errors = directory.path() / "stderr";
  std::string command = (environment.empty() ? "" : "env " + quoted(environment) + " ") + quoted(TM_CLI_PROGRAM);
  for (const std::string& argument : arguments) command += " " + quoted(argument);
  command += " 2>" + quoted(errors.string()) + " </dev/null";
  ProgramRun run;
  FILE* pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  if (pipe == nullptr) return run;
  std::array<char, 4096> buffer{};
  for (std::size_t got = 0; (got = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) {
    run.out.append(buffer.data(), got);
  }
  const int ended = pclose(pipe);
  run.status = WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
  run.err = readFile(errors);
  return run;
}

}  // namespace tidemark::testing

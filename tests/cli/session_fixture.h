#pragma once
// A folder for sessions and documents, and the commands that work on them with the built-in model.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/cli/spawned_program.h"
#include "tests/unit/weights_fixture.h"

namespace tidemark::testing {

inline std::filesystem::path sample(const std::string& name) {
  return std::filesystem::path(TM_SOURCE_DIR) / "resources" / "samples" / name;
}

inline const std::filesystem::path kTavern = sample("tavern-night.txt");
/// Answered by the tavern text, and by what contains it: Geneva.
inline constexpr const char* kQuestion = "Where was Mary born?";

class SessionCommands : public ::testing::Test {
 protected:
  using Words = std::vector<std::string>;

  [[nodiscard]] std::filesystem::path path(const std::string& name) const { return m_directory.path() / name; }
  std::filesystem::path write(const std::string& name, std::string_view bytes) const {
    writeFile(path(name), bytes);
    return path(name);
  }
  /// `times` copies of a sample, one after the other.
  std::filesystem::path writeCopies(const std::string& name, const std::string& source, int times) const {
    const std::string text = readFile(sample(source));
    std::ofstream file(path(name), std::ios::binary);
    for (int i = 0; i < times; ++i) file << text;
    return path(name);
  }
  [[nodiscard]] Words readWords(const std::string& session, const Words& more) const {
    Words words = {"read", "--session", path(session).string(), "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] Words askWords(const std::string& session, const std::string& question, const Words& more = {}) const {
    Words words = {"ask", question, "--session", path(session).string(), "--json"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  /// What `read --json` says; fails the test when it does not end with 0.
  nlohmann::json read(const std::string& session, const Words& more) const {
    return expectDone(runProgram(readWords(session, more)));
  }
  nlohmann::json ask(const std::string& session, const std::string& question, const Words& more = {}) const {
    return expectDone(runProgram(askWords(session, question, more)));
  }
  nlohmann::json sessions(const std::string& verb, const std::string& session) const {
    return expectDone(runProgram({"sessions", verb, path(session).string(), "--json"}));
  }
  /// `sessions WORDS.. --json`, which must succeed.
  [[nodiscard]] static nlohmann::json done(Words words) {
    words.insert(words.begin(), "sessions");
    words.emplace_back("--json");
    return expectDone(runProgram(words));
  }
  [[nodiscard]] std::string name(const std::string& session) const { return path(session).string(); }
  void expectWhole(const std::string& session) const {
    const ProgramRun run = runProgram({"sessions", "verify", path(session).string()});
    EXPECT_EQ(run.status, 0) << run.err;
  }
  static nlohmann::json expectDone(const ProgramRun& run) {
    EXPECT_EQ(run.status, 0) << run.err;
    return run.json();
  }
  /// Status 1, nothing on stdout, one line on stderr that holds all of `parts`.
  static void expectRefused(const ProgramRun& run, const Words& parts, int status = 1) {
    EXPECT_EQ(run.status, status);
    EXPECT_THAT(run.out, ::testing::IsEmpty());
    EXPECT_TRUE(run.hasOneLineError()) << run.err;
    for (const std::string& part : parts) EXPECT_THAT(run.err, ::testing::HasSubstr(part));
  }

 private:
  TemporaryDirectory m_directory;
};

}  // namespace tidemark::testing

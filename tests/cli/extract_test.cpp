// extract, as a user runs it.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/run_program.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;

class Extract : public ::testing::Test {
 protected:
  ProgramRun extract(const std::string& name, const std::string& bytes, std::vector<std::string> more = {}) const {
    more.insert(more.begin(), {"extract", m_folder.write(name, bytes).string()});
    return runProgram(more);
  }
  test::TemporaryFolder m_folder;
};

TEST_F(Extract, TextGoesToStandardOutputAndTheAccountToStandardError) {
  const ProgramRun run = extract("a.md", "# One\r\ntext \xff\n\f\n\f## Two\n");
  EXPECT_EQ(run.status, 0) << run.err;
  EXPECT_EQ(run.out, "# One\ntext \uFFFD\n\f\n\f## Two\n");
  EXPECT_EQ(run.err,
            "3 pages, 23 characters; 1 page without text (2); 1 byte that was no UTF-8 replaced\n"
            "  One  [1]\n    Two  [3]\n");
}

TEST_F(Extract, JsonIsTheAccount) {
  const std::string text = "# One\ntext\n\f\n\f## Two\n";
  const ProgramRun run = extract("a.md", text, {"--json", "--text"});
  EXPECT_EQ(run.status, 0);
  EXPECT_EQ(run.err, "");
  const nlohmann::json json = run.json();
  EXPECT_EQ(json["format"], "markdown");
  EXPECT_EQ(json["pages"], 3);
  EXPECT_EQ(json["characters"], text.size());
  EXPECT_EQ(json["text"], text);
  EXPECT_EQ(json["encoding"], "UTF-8");
  EXPECT_EQ(json["replaced_bytes"], 0);
  EXPECT_EQ(json["pages_without_text"], nlohmann::json::parse("[[2,2]]"));
  EXPECT_EQ(json["page_starts"],
            nlohmann::json::parse(R"([{"byte":0,"label":""},{"byte":12,"label":""},{"byte":14,"label":""}])"));
  EXPECT_EQ(json["headings"][1]["title"], "Two");
  EXPECT_EQ(json["headings"][1]["byte"], 14);
  EXPECT_FALSE(extract("a.md", text, {"--json"}).json().contains("text"));
}

TEST_F(Extract, WhatCannotBeReadIsOneSentence) {
  const std::pair<std::string, std::string> files[] = {
      {"empty.txt", ""}, {"photo.pdf", "\x89PNG\r\n\x1A\n"}, {"broken.epub", "PK\3\4"}};
  for (const auto& [name, bytes] : files) {
    const ProgramRun run = extract(name, bytes);
    EXPECT_EQ(run.status, 1) << name;
    EXPECT_TRUE(run.hasOneLineError()) << run.err;
    EXPECT_THAT(run.err, HasSubstr(name));
    EXPECT_EQ(run.out, "");
  }
  EXPECT_EQ(runProgram({"extract"}).status, 2);
}

TEST_F(Extract, WithoutTheOtherProgramItIsSaid) {
  const auto file = m_folder.write("a.html", "<!DOCTYPE html><p>x");
  const ProgramRun run = runProgram({"extract", file.string()}, "TIDEMARK_EXTRACT=/no/such/program");
  EXPECT_EQ(run.status, 1);
  EXPECT_TRUE(run.hasOneLineError()) << run.err;
  EXPECT_THAT(run.err, HasSubstr("a.html cannot be read: the program tidemark-extract was not found"));
}

}  // namespace
}  // namespace tidemark::testing

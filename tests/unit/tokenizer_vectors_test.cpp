// Texts with ids that other implementations gave (tools/reference/tokenizer_vectors.py and .mjs).

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "engine/tokenizer/utf8.h"
#include "tests/unit/tokenizer_fixture.h"

namespace tidemark {
namespace {

struct Vector {
  std::string text;
  std::vector<TokenId> ids;
};

std::vector<Vector> readVectors(const std::filesystem::path& path) {
  std::vector<Vector> vectors;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    Vector vector;
    const std::size_t tab = line.find('\t');
    for (std::size_t i = 0; i + 1 < tab; i += 2) {
      vector.text.push_back(static_cast<char>(std::stoi(line.substr(i, 2), nullptr, 16)));
    }
    std::istringstream ids(line.substr(tab + 1));
    for (TokenId id = 0; ids >> id;) vector.ids.push_back(id);
    vectors.push_back(std::move(vector));
  }
  return vectors;
}

std::string cleaned(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    const Utf8Sequence sequence = readUtf8(text);
    result += sequence.kind == Utf8Kind::kCharacter ? text.substr(0, sequence.length) : kReplacementCharacter;
    text.remove_prefix(sequence.length);
  }
  return result;
}

/// The number of vectors; every one that differs is a failure.
std::size_t checkVectors(const std::filesystem::path& folder) {
  const Result<std::unique_ptr<Tokenizer>> tokenizer = loadTokenizer(folder);
  EXPECT_TRUE(tokenizer.ok()) << tokenizer.error().message;
  const std::vector<Vector> vectors = readVectors(folder / "vectors.txt");
  for (std::size_t i = 0; i < vectors.size() && tokenizer.ok(); ++i) {
    const TokenRun run = test::encoded(**tokenizer, vectors[i].text, 1000);
    EXPECT_EQ(run.ids, vectors[i].ids) << "vector " << i << ": " << testing::PrintToString(vectors[i].text);
    EXPECT_EQ(test::decoded(**tokenizer, run.ids), cleaned(vectors[i].text)) << "vector " << i;
    test::checkRanges(run, vectors[i].text, 1000);
  }
  return vectors.size();
}

TEST(TokenizerVectors, SmallVocabularies) {
  for (const char* name : {"gpt2", "llama3"}) {
    EXPECT_GE(checkVectors(std::filesystem::path(TM_SOURCE_DIR "/tests/data/tokenizer") / name), 600u) << name;
  }
}

/// Published vocabularies are too large for the repository: TIDEMARK_TOKENIZERS names a folder with NAME/tokenizer.json
/// and NAME/vectors.txt.
TEST(TokenizerVectors, PublishedVocabularies) {
  const char* folder = std::getenv("TIDEMARK_TOKENIZERS");
  if (folder == nullptr) GTEST_SKIP() << "TIDEMARK_TOKENIZERS names no folder with published vocabularies";
  std::size_t folders = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    const std::size_t count = checkVectors(entry.path());
    std::printf("%s: %zu texts\n", entry.path().filename().c_str(), count);
    EXPECT_GT(count, 0u);
    ++folders;
  }
  EXPECT_GT(folders, 0u);
}

}  // namespace
}  // namespace tidemark

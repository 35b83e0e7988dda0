// Model directories and tokenizer files as hostile input.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <random>
#include <string>

#include "tests/unit/tokenizer_fixture.h"

namespace tidemark {
namespace {

using test::loadBytes;
using test::SentencePieceBuilder;
using test::TemporaryFolder;
using testing::HasSubstr;

Error errorOf(const std::filesystem::path& directory) {
  const Result<std::unique_ptr<Tokenizer>> loaded = loadTokenizer(directory);
  EXPECT_FALSE(loaded.ok());
  return loaded.ok() ? Error{} : loaded.error();
}

TEST(LoadTokenizer, SaysWhatADirectoryLacks) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOf(folder.path() / "absent").code, ErrorCode::kNotFound);
  EXPECT_EQ(errorOf(folder.path()).code, ErrorCode::kNotFound);
  EXPECT_THAT(errorOf(folder.path()).message, HasSubstr((folder.path() / "tokenizer.model").string()));

  folder.write("tokenizer.json", "{}");
  EXPECT_THAT(errorOf(folder.path()).message, HasSubstr("tokenizer.json"));

  ASSERT_EQ(::mkfifo((folder.path() / "tokenizer.model").c_str(), 0600), 0);
  EXPECT_EQ(errorOf(folder.path()).code, ErrorCode::kInvalidArgument) << "and does not hang";
}

TEST(LoadTokenizer, AnEmptyFileIsCorrupt) {
  const Result<std::unique_ptr<Tokenizer>> loaded = loadBytes("");
  ASSERT_FALSE(loaded.ok());
  EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(loaded.error().message, HasSubstr("tokenizer.model' is empty"));
}

TEST(LoadTokenizer, EveryTruncationOfASmallModelIsRefusedOrWorks) {
  const std::string file = SentencePieceBuilder().add("\u2581").add("a").add("\u2581a").build();
  ASSERT_TRUE(loadBytes(file).ok());
  int refused = 0;
  for (std::size_t size = 0; size < file.size(); ++size) {
    const Result<std::unique_ptr<Tokenizer>> loaded = loadBytes(file.substr(0, size));
    if (loaded.ok()) continue;  // cut between two fields: a smaller model
    ++refused;
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
    EXPECT_THAT(loaded.error().message, HasSubstr("tokenizer.model"));
  }
  EXPECT_GT(refused, static_cast<int>(file.size() / 2));
}

TEST(LoadTokenizer, TruncationsOfTheBuiltInModelAreRefused) {
  const std::string file = test::readWhole(test::modelFolder() / "tokenizer.model");
  for (std::size_t size = 1; size < file.size(); size += 7919) {
    const Result<std::unique_ptr<Tokenizer>> loaded = loadBytes(file.substr(0, size));
    if (loaded.ok()) continue;
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt) << size;
  }
  EXPECT_EQ(loadBytes(file.substr(0, file.size() - 1)).error().code, ErrorCode::kCorrupt);
}

TEST(LoadTokenizer, ChangedBytesNeverCrash) {
  const std::string file = test::readWhole(test::modelFolder() / "tokenizer.model");
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    std::string changed = file;
    for (std::size_t i = 0, n = 1 + random() % 8; i < n; ++i)
      changed[random() % changed.size()] = static_cast<char>(random());
    const Result<std::unique_ptr<Tokenizer>> loaded = loadBytes(changed);
    if (!loaded.ok()) {
      EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
      continue;
    }
    TokenRun run;
    (void)(*loaded)->encode("Where is \uFB01sh \U0001F600 \u338F?", 0, run);
  }
}

TEST(LoadTokenizer, OtherFilesAreRefused) {
  for (const std::string& bytes :
       {std::string("not a model"), std::string(1000, '\0'), std::string(1000, '\xFF'),
        std::string("\x0A\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01"), std::string("{\"model\": 1}")}) {
    const Result<std::unique_ptr<Tokenizer>> loaded = loadBytes(bytes);
    ASSERT_FALSE(loaded.ok()) << bytes;
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  }
}

/// A normalisation table: [bytes of the trie][trie of 256 equal units][one empty replacement].
std::string tableOf(std::uint32_t unit, std::uint32_t claimedBytes) {
  const auto append = [](std::string& out, std::uint32_t value) {
    for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i));
  };
  std::string table;
  append(table, claimedBytes);
  for (int i = 0; i < 256; ++i) append(table, unit);
  return table + '\0';
}

TEST(LoadTokenizer, ANormalisationTableThatPointsOutsideIsRefused) {
  const auto load = [](const std::string& table) {
    return loadBytes(SentencePieceBuilder().add("\u2581").add("a").withNormalisationTable(table).build());
  };
  EXPECT_TRUE(load(tableOf(0, 1024)).ok()) << "a trie whose first unit leads to itself";
  for (const std::string& table : {
           tableOf(0, 1028),             // as long as the table
           tableOf(0, 0xFFFFFFFCu),      // longer than any
           tableOf(0, 1023),             // no whole units
           tableOf(0, 0),                // no units
           tableOf(1000u << 10, 1024),   // the root's children are outside
           tableOf(0xFFFFFFFFu, 1024),   // far outside
           tableOf('a' | 0x100u, 1024),  // a value behind the strings
           std::string("\x01"),          // cut off
       }) {
    const Result<std::unique_ptr<Tokenizer>> loaded = load(table);
    ASSERT_FALSE(loaded.ok()) << table.size();
    EXPECT_EQ(loaded.error().code, ErrorCode::kCorrupt);
  }
}

}  // namespace
}  // namespace tidemark

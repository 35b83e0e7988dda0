#pragma once
// The built-in model's tokenizer, loaded once per test program, and tokenizers made by hand.

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "engine/tokenizer/tokenizer.h"
#include "tests/unit/sentencepiece_builder.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark::test {

inline const std::filesystem::path& modelFolder() {
  static const std::filesystem::path path = TM_SOURCE_DIR "/resources/models/mini";
  return path;
}

inline const Tokenizer& builtInTokenizer() {
  static const std::unique_ptr<Tokenizer> tokenizer = [] {
    Result<std::unique_ptr<Tokenizer>> loaded = loadTokenizer(modelFolder());
    TM_CHECK(loaded.ok(), loaded.error().message);
    return std::move(*loaded);
  }();
  return *tokenizer;
}

inline Result<std::unique_ptr<Tokenizer>> loadBytes(const std::string& bytes) {
  const TemporaryFolder folder;
  folder.write("tokenizer.model", bytes);
  return loadTokenizer(folder.path());
}

inline std::unique_ptr<Tokenizer> made(const SentencePieceBuilder& builder) {
  Result<std::unique_ptr<Tokenizer>> loaded = loadBytes(builder.build());
  TM_CHECK(loaded.ok(), loaded.error().message);
  return std::move(*loaded);
}

inline TokenRun encoded(const Tokenizer& tokenizer, std::string_view text, std::uint64_t byteOffset = 0) {
  TokenRun run;
  const Status status = tokenizer.encode(text, byteOffset, run);
  EXPECT_TRUE(status.ok()) << status.error().message;
  EXPECT_EQ(run.ids.size(), run.bytes.size());
  return run;
}

/// What tokenizer.h promises about ranges.
inline void checkRanges(const TokenRun& run, std::string_view text, std::uint64_t offset) {
  if (run.bytes.empty()) return;
  EXPECT_EQ(run.bytes.front().begin, offset);
  EXPECT_EQ(run.bytes.back().end, offset + text.size());
  for (std::size_t i = 0; i < run.bytes.size(); ++i) {
    EXPECT_LE(run.bytes[i].begin, run.bytes[i].end);
    if (i == 0) continue;
    EXPECT_LT(run.bytes[i].begin, run.bytes[i].end) << "token " << i << " of " << testing::PrintToString(text);
    EXPECT_LE(run.bytes[i - 1].begin, run.bytes[i].begin);
    EXPECT_LE(run.bytes[i - 1].end, run.bytes[i].end);
    EXPECT_LE(run.bytes[i].begin, run.bytes[i - 1].end) << "a gap before token " << i;
  }
}

inline std::string decoded(const Tokenizer& tokenizer, const std::vector<TokenId>& ids) {
  std::string text;
  for (const TokenId id : ids) text += tokenizer.bytes(id);
  return text;
}

}  // namespace tidemark::test

#include "engine/base/sha256.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/base/sha256_compress.h"

namespace tidemark {
namespace {

std::string hashOf(std::string_view text) {
  Sha256 hash;
  hash.update(text);
  return hash.hexDigest();
}

// Vectors of FIPS 180-4 and NIST's CAVP.
TEST(Sha256, MatchesPublishedVectors) {
  EXPECT_EQ(hashOf(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(hashOf("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hashOf("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(hashOf(std::string(1000000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, TheProcessorsInstructionsGiveTheSameBlocks) {
  const Sha256Compress accelerated = acceleratedCompress();
  if (accelerated == nullptr) GTEST_SKIP() << "this processor has no SHA instructions";
  std::vector<std::uint8_t> data(64 * 9);
  for (std::size_t i = 0; i < data.size(); ++i) data[i] = static_cast<std::uint8_t>(i * 167 + 13);
  for (std::size_t blocks : {1, 2, 9}) {
    std::uint32_t plain[8] = {1, 2, 3, 4, 0xffffffff, 6, 7, 8};
    std::uint32_t fast[8] = {1, 2, 3, 4, 0xffffffff, 6, 7, 8};
    compressPlain(plain, data.data(), blocks);
    accelerated(fast, data.data(), blocks);
    for (int i = 0; i < 8; ++i) EXPECT_EQ(fast[i], plain[i]) << blocks << " blocks, word " << i;
  }
}

TEST(Sha256, PiecesOfAnySizeGiveTheSameHash) {
  std::string text;
  for (int i = 0; i < 300; ++i) text += static_cast<char>('a' + i % 26);
  for (std::size_t piece : {1, 7, 55, 56, 63, 64, 65, 128}) {
    Sha256 hash;
    for (std::size_t at = 0; at < text.size(); at += piece) hash.update(std::string_view(text).substr(at, piece));
    EXPECT_EQ(hash.hexDigest(), hashOf(text)) << piece;
  }
}

}  // namespace
}  // namespace tidemark

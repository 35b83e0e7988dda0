// How fast text becomes tokens: tokenizer_bench [MODEL_DIRECTORY]. Prose in chunks as documents are read, and texts
// that are hard for pairs or for the regular expression, in one piece.

#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <random>
#include <string>

#include "engine/document/memory_text_source.h"
#include "engine/document/token_stream.h"
#include "engine/tokenizer/tokenizer.h"

namespace {

using namespace tidemark;

double secondsOf(const auto& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void report(const char* what, std::size_t bytes, std::size_t tokens, double seconds) {
  std::printf("%-34s %8.2f MB %10zu tokens %8.3f s %8.1f MB/s\n", what, static_cast<double>(bytes) / 1e6, tokens,
              seconds, static_cast<double>(bytes) / 1e6 / seconds);
}

void measureStream(const Tokenizer& tokenizer, const std::string& text) {
  std::size_t tokens = 0;
  const MemoryTextSource source(text);
  for (const char* what : {"prose in chunks, first time", "prose in chunks, again"}) {
    tokens = 0;
    const double seconds = secondsOf([&] {
      TokenStream stream(source, tokenizer, 0);
      for (auto token = stream.next(); token.ok() && token->has_value(); token = stream.next()) ++tokens;
    });
    report(what, text.size(), tokens, seconds);
  }
}

void measureWhole(const Tokenizer& tokenizer, const char* what, const std::string& text) {
  TokenRun run;
  Status status;
  const double seconds = secondsOf([&] { status = tokenizer.encode(text, 0, run); });
  if (!status) return static_cast<void>(std::printf("%-34s %s\n", what, status.error().message.c_str()));
  report(what, text.size(), run.ids.size(), seconds);
}

}  // namespace

int main(int argc, char** argv) {
  Result<std::unique_ptr<Tokenizer>> loaded = makeError(ErrorCode::kInternal, "");
  const double seconds =
      secondsOf([&] { loaded = loadTokenizer(argc > 1 ? argv[1] : TM_SOURCE_DIR "/tests/data/tokenizer/llama3"); });
  if (!loaded) return std::fprintf(stderr, "%s\n", loaded.error().message.c_str()), 1;
  const Tokenizer& tokenizer = **loaded;
  std::printf("%d pieces, loaded in %.3f s\n", tokenizer.vocabularySize(), seconds);

  std::ifstream file(TM_SOURCE_DIR "/resources/samples/moby-dick.txt", std::ios::binary);
  const std::string book{std::istreambuf_iterator<char>(file), {}};
  std::string shelf;
  for (int i = 0; i < 8; ++i) shelf += book;
  measureStream(tokenizer, shelf);
  measureWhole(tokenizer, "prose in one piece", shelf);

  constexpr std::size_t kSize = 1'000'000;
  std::mt19937 random(1);
  std::string letters;
  while (letters.size() < kSize) letters.push_back(static_cast<char>('a' + random() % 26));
  std::string words;
  while (words.size() < kSize) {
    words.append(letters, random() % (kSize - 100), 3 + random() % 12);
    words.push_back(' ');
  }
  std::string joined;
  for (const char c : book.substr(0, kSize)) {
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) joined.push_back(c);
  }
  std::string han;
  while (han.size() < kSize) {
    const auto c = static_cast<unsigned>(0x4E00 + random() % 0x5000);
    for (const unsigned byte : {0xE0 | (c >> 12), 0x80 | ((c >> 6) & 0x3F), 0x80 | (c & 0x3F)}) {
      han.push_back(static_cast<char>(byte));
    }
  }
  std::string marks;
  while (marks.size() < kSize) marks.push_back("=-_*#<>/{}[]()'\""[random() % 16]);
  measureWhole(tokenizer, "random letters, one word", letters);
  measureWhole(tokenizer, "one letter again and again", std::string(kSize, 'a'));
  measureWhole(tokenizer, "prose without spaces, one word", joined);
  measureWhole(tokenizer, "random words", words);
  measureWhole(tokenizer, "random Chinese characters", han);
  measureWhole(tokenizer, "random marks", marks);
  measureWhole(tokenizer, "spaces", std::string(kSize, ' '));
  measureWhole(tokenizer, "line ends", std::string(kSize, '\n'));
  measureWhole(tokenizer, "bytes that are not UTF-8", std::string(kSize, '\xFF'));
  return 0;
}

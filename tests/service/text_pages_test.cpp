// Pages of plain text and Markdown, from tokens back to what was extracted.

#include "tests/service/page_property.h"

namespace tidemark {
namespace {

#if defined(__SANITIZE_THREAD__) || defined(__SANITIZE_ADDRESS__)
constexpr std::size_t kSampleBytes = 8'000;
#else
constexpr std::size_t kSampleBytes = 40'000;
#endif

class TextPages : public PageProperty {
 protected:
  static std::string sample(const std::string& name) {
    const std::string text = readWhole(resource("samples/" + name));
    return text.substr(0, characterBoundary(text, std::min(text.size(), kSampleBytes)));
  }
};

TEST_F(TextPages, OfEverySample) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(resource("samples"))) {
    if (entry.path().extension() != ".txt") continue;
    files.push_back(write(entry.path().filename().string(), sample(entry.path().filename().string())));
  }
  ASSERT_GE(files.size(), 3u);
  expectPages(files);
}

TEST_F(TextPages, OfTextsWithFormFeedsInOtherEncodingsAndMarkdown) {
  std::mt19937 random(5);
  std::string paged = "\xEF\xBB\xBF";
  for (std::string rest = sample("harbor-notes.txt"); !rest.empty();) {
    const std::size_t bytes = characterBoundary(rest, std::min<std::size_t>(rest.size(), 1 + random() % 4000));
    if (bytes == 0) break;
    paged += rest.substr(0, bytes) + (random() % 5 == 0 ? "\f\f" : "\f");
    rest.erase(0, bytes);
  }
  std::string wide = "\xff\xfe";
  for (const char c : asciiWords(sample("tavern-night.txt").substr(0, 9000))) {
    wide += c;
    wide += '\0';
    if (c == 'e') wide += std::string(" \0", 2);
    if (c == 'T') wide += std::string("\f\0", 2);
  }
  std::string western;
  for (const char c : sample("tavern-night.txt").substr(0, 6000)) {
    // The sample's own quotation marks would be three Western letters each, which tokens spell otherwise.
    if (static_cast<unsigned char>(c) < 0x80) western += c == 'o' ? '\xf6' : c;
  }
  std::string markdown;
  for (int i = 0; i < 60; ++i) markdown += "# Part " + std::to_string(i) + "\r\n\r\nSome *words* on it.  \r\n\r\n";
  expectPages(
      {write("paged.txt", paged), write("wide.txt", wide), write("western.txt", western), write("notes.md", markdown)});
  EXPECT_GT(m_spansOverPages, 20u);
}

}  // namespace
}  // namespace tidemark

// Replays the seeds of the fuzz target, and whatever it once found, without a fuzzer.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "extract/layout/document_layout.h"
#include "tests/support/fuzzed_pages.h"

namespace tidemark::testing {
namespace {

TEST(PageLayoutCorpus, GivesATextForEveryPage) {
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(TM_SOURCE_DIR "/tests/fuzz/corpus/page_layout")) {
    std::ifstream stream(entry.path(), std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(stream), {}};
    const std::vector<RawPage> pages = fuzzedPages(bytes);
    DocumentLayout layout;
    std::size_t texts = 0;
    for (const RawPage& page : pages) texts += layout.push(page).size();
    EXPECT_EQ(texts + layout.finish().size(), pages.size()) << entry.path();
    ++files;
  }
  EXPECT_GE(files, 5);
}

}  // namespace
}  // namespace tidemark::testing

// Replays the seeds of tests/fuzz/corpus, and whatever a fuzzer once found, without a fuzzer. Files whose name starts
// with "valid" are accepted, all others refused.

#include <filesystem>

#include "engine/document/text_decoder.h"
#include "engine/extraction/extraction_lines.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

template <typename Accepts>
void replaySeeds(const char* folder, const Accepts& accepts) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus" / folder)) {
    const std::string name = entry.path().filename().string();
    // The first byte says how the rest is cut.
    EXPECT_EQ(accepts(test::readWhole(entry.path()).substr(1)), name.starts_with("valid")) << name;
    ++files;
  }
  EXPECT_GE(files, 5);
}

class NoSink : public ExtractionSink {
 public:
  Status head(DocumentHead /*head*/) override { return {}; }
  Status page(ExtractedPage /*page*/) override { return {}; }
  Status end(ExtractionSummary /*summary*/) override { return {}; }
};

TEST(FuzzSeeds, ExtractionLines) {
  replaySeeds("extraction_lines", [](const std::string& bytes) {
    NoSink sink;
    ExtractionLineReader reader("a.pdf", sink);
    return reader.push(bytes).ok() && reader.finish().ok();
  });
}

TEST(FuzzSeeds, TextDecoder) {
  replaySeeds("text_decoder", [](const std::string& bytes) {
    const Result<TextEncoding> encoding = detectEncoding(bytes);
    if (!encoding) return false;
    TextDecoder decoder(*encoding);
    std::string text;
    return decoder.push(bytes, text).ok() && decoder.finish(text).ok();
  });
}

}  // namespace
}  // namespace tidemark

// Replays the seeds of the fuzzers of documents, and whatever a fuzzer once found, without a fuzzer.

#include <gtest/gtest.h>

#include <filesystem>

#include "tests/fuzz/markup_input.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

/// Files whose name starts with "valid" must be accepted, all others refused; none may crash.
template <typename Read>
void replayDocuments(const char* folder, const Read& read) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus" / folder)) {
    const std::string name = entry.path().filename().string();
    const std::string message = read(test::readWhole(entry.path()));
    EXPECT_EQ(message == "(no error)", name.starts_with("valid")) << name << ": " << message;
    ++files;
  }
  EXPECT_GE(files, 5);
}

TEST(MarkupCorpus, HtmlReader) {
  replayDocuments("html_reader", &test::fuzzedHtml);
}

TEST(MarkupCorpus, DocumentXml) {
  replayDocuments("document_xml", &test::fuzzedXml);
}

TEST(MarkupCorpus, EpubPackage) {
  replayDocuments("epub_package", &test::fuzzedPackage);
}

TEST(MarkupCorpus, ZipDocument) {
  replayDocuments("zip_document", [](const std::string& bytes) { return test::readAsFile(&readZipDocument, bytes); });
}

}  // namespace
}  // namespace tidemark

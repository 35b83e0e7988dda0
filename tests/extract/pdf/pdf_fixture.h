#pragma once
// Reads a PDF in a process of its own, the way the program does.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "engine/extraction/extraction_lines.h"
#include "engine/extraction/extractor_process.h"
#include "tests/support/pdf_file.h"
#include "tests/unit/temporary_folder.h"

namespace tidemark::testing {

struct CollectedDocument {
  DocumentHead head;
  std::vector<ExtractedPage> pages;
  std::vector<std::chrono::steady_clock::time_point> arrivals;  // of the pages
  ExtractionSummary summary;
};

class CollectingSink : public ExtractionSink {
 public:
  explicit CollectingSink(CollectedDocument& document) : m_document(document) {}

  Status head(DocumentHead head) override {
    m_document.head = std::move(head);
    return {};
  }
  Status page(ExtractedPage page) override {
    m_document.arrivals.push_back(std::chrono::steady_clock::now());
    m_document.pages.push_back(std::move(page));
    return {};
  }
  Status end(ExtractionSummary summary) override {
    m_document.summary = std::move(summary);
    return {};
  }

 private:
  CollectedDocument& m_document;
};

class PdfTest : public ::testing::Test {
 protected:
  PdfTest() { ::setenv("TIDEMARK_EXTRACT", TM_PDF_PROGRAM, 1); }
  ~PdfTest() override { ::unsetenv("TIDEMARK_EXTRACT"); }

  std::filesystem::path write(const std::string& bytes, const std::string& name = "file.pdf") {
    std::filesystem::path path = m_folder.path() / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }

  /// What came; the error says how it ended where it did not end well: a sentence of the reader, or of its process.
  Status read(const std::string& bytes, CollectedDocument& document) {
    const std::filesystem::path path = write(bytes);
    Result<ExtractorProcess> process = ExtractorProcess::start(path, {"read", "--name", "file.pdf"}, {});
    if (!process) return process.error();
    CollectingSink sink(document);
    ExtractionLineReader lines("file.pdf", sink);
    std::vector<char> buffer(1 << 16);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
      const Result<ExtractorProcess::Output> output = process->read(buffer, std::chrono::milliseconds(100));
      if (!output) return output.error();
      if (const Status status = lines.push({buffer.data(), output->bytes}); !status) return status;
      if (!output->atEnd) continue;
      const std::string how = process->end();
      return how.empty() ? lines.finish() : makeError(ErrorCode::kIo, "file.pdf: the process " + how);
    }
    return makeError(ErrorCode::kIo, "file.pdf: it took longer than a minute");
  }

  /// Every line as it was written, by so many processes.
  std::string linesOf(const std::string& bytes, int processes) {
    ExtractionLimits limits;
    limits.processes = processes;
    Result<ExtractorProcess> process = ExtractorProcess::start(write(bytes), {"read", "--name", "file.pdf"}, limits);
    if (!process) return process.error().message;
    std::string lines;
    std::vector<char> buffer(1 << 16);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (std::chrono::steady_clock::now() < until) {
      const Result<ExtractorProcess::Output> output = process->read(buffer, std::chrono::milliseconds(100));
      if (!output) return output.error().message;
      lines.append(buffer.data(), output->bytes);
      if (output->atEnd) return lines + process->end();
    }
    return "it took longer than a minute";
  }

  CollectedDocument readWell(const PdfFile& file) {
    CollectedDocument document;
    const Status status = read(file.bytes(), document);
    EXPECT_TRUE(status.ok()) << status.error().message;
    return document;
  }

 private:
  test::TemporaryFolder m_folder;
};

}  // namespace tidemark::testing

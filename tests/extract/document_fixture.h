#pragma once
// Runs a reader over bytes and keeps what it says.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <vector>

#include "engine/tokenizer/utf8.h"
#include "extract/document_readers.h"

namespace tidemark::test {

struct ReadDocument {
  Status status;
  DocumentHead head;
  std::vector<ExtractedPage> pages;
  ExtractionSummary summary;
  bool complete = false;

  [[nodiscard]] std::string text() const {
    std::string all;
    for (const ExtractedPage& page : pages) all += page.text;
    return all;
  }
  [[nodiscard]] std::string error() const { return status ? "(no error)" : status.error().message; }
  [[nodiscard]] std::int64_t skipped(std::string_view what) const {
    for (const SkippedPart& part : summary.skipped) {
      if (part.what.find(what) != std::string::npos) return part.count;
    }
    return 0;
  }
  /// "1 Title" of every heading, in order.
  [[nodiscard]] std::vector<std::string> headings() const {
    std::vector<std::string> result;
    for (const ExtractedPage& page : pages) {
      for (const Heading& heading : page.headings)
        result.push_back(std::to_string(heading.level) + " " + heading.title);
    }
    return result;
  }
};

/// Checks what every page must be while it collects them.
class CollectingSink final : public ExtractionSink {
 public:
  explicit CollectingSink(ReadDocument& document) : m_document(document) {}

  Status head(DocumentHead head) override {
    EXPECT_TRUE(m_document.pages.empty());
    m_document.head = std::move(head);
    return {};
  }
  Status page(ExtractedPage page) override {
    std::uint64_t last = 0;
    for (const Heading& heading : page.headings) {
      EXPECT_GE(heading.offset, last);
      EXPECT_LE(heading.offset, page.text.size());
      EXPECT_TRUE(heading.level >= 1 && heading.level <= 9) << heading.level;
      EXPECT_FALSE(heading.title.empty());
      last = heading.offset;
    }
    expectClean(page.text);
    expectClean(page.label);
    m_document.pages.push_back(std::move(page));
    return {};
  }
  Status end(ExtractionSummary summary) override {
    m_document.summary = std::move(summary);
    m_document.complete = true;
    return {};
  }

 private:
  static void expectClean(std::string_view text) {
    for (std::string_view rest = text; !rest.empty();) {
      const Utf8Sequence sequence = readUtf8(rest);
      ASSERT_EQ(sequence.kind, Utf8Kind::kCharacter);
      ASSERT_TRUE(sequence.codePoint >= 0x20 || sequence.codePoint == '\n' || sequence.codePoint == '\t');
      rest.remove_prefix(sequence.length);
    }
  }

  ReadDocument& m_document;
};

using Reader = Status (*)(const ReaderInput&, ExtractionSink&);

inline ReadDocument readBytes(Reader reader, std::string_view bytes, const ExtractionLimits& limits = {}) {
  ReadDocument document;
  const int descriptor = ::memfd_create("document", 0);
  EXPECT_EQ(::write(descriptor, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  CollectingSink sink(document);
  document.status = reader({descriptor, "file.x", limits}, sink);
  EXPECT_EQ(document.status.ok(), document.complete);
  if (!document.status) {
    EXPECT_TRUE(document.error().starts_with("file.x: ")) << document.error();
  }
  ::close(descriptor);
  return document;
}

inline ReadDocument readHtml(std::string_view bytes, const ExtractionLimits& limits = {}) {
  return readBytes(&readHtmlDocument, bytes, limits);
}

inline ReadDocument readZip(std::string_view bytes, const ExtractionLimits& limits = {}) {
  return readBytes(&readZipDocument, bytes, limits);
}

}  // namespace tidemark::test

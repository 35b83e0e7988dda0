#pragma once
// Keeps everything a DocumentSink is told, and checks what holds for every document.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "engine/extraction/document_import.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark::test {

class DocumentLog : public DocumentSink {
 public:
  struct Page {
    std::uint64_t offset;
    std::string label;
    friend bool operator==(const Page&, const Page&) = default;
  };

  Status head(const DocumentHead& head) override {
    EXPECT_EQ(m_heads++, 0);
    m_head = head;
    return {};
  }
  Status beginPage(std::uint64_t offset, const std::string& label) override {
    EXPECT_EQ(m_heads, 1);
    EXPECT_TRUE(m_pages.empty() ? offset == 0 : offset == m_text.size());
    m_pages.push_back({offset, label});
    return {};
  }
  Status heading(std::uint64_t offset, int level, const std::string& title) override {
    EXPECT_TRUE(m_headings.empty() || m_headings.back().offset <= offset);
    m_headings.push_back({offset, level, title});
    return {};
  }
  Status text(std::string_view piece) override {
    EXPECT_EQ(m_heads, 1);
    EXPECT_FALSE(piece.empty());
    EXPECT_LE(piece.size(), 64u * 1024);
    EXPECT_EQ(readUtf8(piece).kind, Utf8Kind::kCharacter) << "pieces begin with a whole character";
    m_text += piece;
    ++m_pieces;
    return m_refusal;
  }

  /// The text of a page, counted from 0.
  [[nodiscard]] std::string pageText(std::size_t page) const {
    const std::size_t end = page + 1 < m_pages.size() ? m_pages[page + 1].offset : m_text.size();
    return m_text.substr(m_pages.at(page).offset, end - m_pages[page].offset);
  }

  DocumentHead m_head;
  std::vector<Page> m_pages;
  std::vector<Heading> m_headings;
  std::string m_text;
  std::size_t m_pieces = 0;
  Status m_refusal;

 private:
  int m_heads = 0;
};

}  // namespace tidemark::test

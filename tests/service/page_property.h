#pragma once
// What holds for every document: a token's bytes are quoted as they were extracted, and lie on the page that they were
// extracted from.

#include <random>

#include "engine/document/token_stream.h"
#include "engine/service/document_pages.h"
#include "tests/extraction/document_log.h"
#include "tests/service/service_fixture.h"

namespace tidemark {

/// Letters and digits, which no normalisation changes.
inline std::string asciiWords(std::string_view text) {
  std::string words;
  for (const char c : text) {
    if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z')) words += c;
  }
  return words;
}

class PageProperty : public ServiceTest {
 protected:
  /// All text of a session that was read with the real tokenizer, as a source of tokens.
  class SessionText : public TextSource {
   public:
    SessionText(const SessionStore& store, ByteRange bytes) : m_store(store), m_bytes(bytes) {}
    [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes.end - m_bytes.begin; }
    [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override {
      const auto count = std::min<std::uint64_t>(out.size(), byteCount() - offset);
      return m_store.readText(m_bytes.begin + offset, out.first(count));
    }

   private:
    const SessionStore& m_store;
    ByteRange m_bytes;
  };

  /// Reads the files into one session and looks at random spans of tokens in it.
  void expectPages(const std::vector<std::filesystem::path>& files, int spans = 400) {
    testing::EventLog log;
    {
      auto service = start("pages.tidemark", log);
      ReadRequest request;
      request.files = files;
      request.snapshotSeconds = 0;
      ASSERT_TRUE(log.wait<ReadFinished>(*service->read(request)));
      ASSERT_EQ(log.count<DocumentRefused>(), 0u);
    }
    auto model = loadModel(resource("models/mini"), {BackendChoice::kCpu, 1});
    ASSERT_TRUE(model.ok());
    const auto store = SessionStore::open(m_directory / "pages.tidemark", SessionAccess::kRead);
    ASSERT_TRUE(store.ok());
    const auto documents = loadPages(*store);
    ASSERT_TRUE(documents.ok() && documents->size() == files.size());
    std::vector<TokenId> all;
    for (std::size_t i = 0; i < files.size(); ++i) {
      SCOPED_TRACE(files[i].filename().string());
      expectPagesOf(*store, *model->tokenizer, *documents, i, files[i], spans, all);
    }
    // Those are the tokens that are in memory.
    std::vector<TokenId> read;
    const auto segments = store->segments(0, *store->segmentCount());
    for (const SegmentRecord& segment : *segments) {
      read.insert(read.end(), segment.tokens.begin(), segment.tokens.end());
    }
    const auto tail = store->loadTail(*store->segmentCount());
    ASSERT_TRUE(tail.ok() && tail->has_value());
    read.insert(read.end(), (*tail)->tokens.ids.begin(), (*tail)->tokens.ids.end());
    EXPECT_TRUE(read == all);
  }

  std::size_t m_spansOverPages = 0;  // that begin on one page and end on another

 private:
  void expectPagesOf(const SessionStore& store, const Tokenizer& tokenizer, const std::vector<DocumentPages>& documents,
                     std::size_t index, const std::filesystem::path& file, int spans, std::vector<TokenId>& all) {
    test::DocumentLog extracted;
    ASSERT_TRUE(importDocument(file, extracted).ok());
    const DocumentPages& document = documents[index];
    const std::uint64_t begin = document.document.bytes.begin;
    ASSERT_EQ(document.document.bytes.end - begin, extracted.m_text.size());
    ASSERT_EQ(document.pages.pageCount(), static_cast<std::int64_t>(extracted.m_pages.size()));

    const SessionText text(store, document.document.bytes);
    TokenStream stream(text, tokenizer, begin);
    std::vector<TokenStream::Token> tokens;
    while (true) {
      const auto token = stream.next();
      ASSERT_TRUE(token.ok());
      if (!token->has_value()) break;
      tokens.push_back(**token);
      all.push_back((*token)->id);
    }
    ASSERT_FALSE(tokens.empty());
    std::mt19937 random(static_cast<std::uint32_t>(tokens.size()));
    for (int i = 0; i < spans; ++i) {
      const std::size_t first = random() % tokens.size();
      const std::size_t last = std::min(tokens.size() - 1, first + random() % 200);
      const ByteRange bytes{tokens[first].bytes.begin, tokens[last].bytes.end};
      if (bytes.end == bytes.begin) continue;  // a space that the tokenizer made up
      std::string quote(bytes.end - bytes.begin, '?');
      ASSERT_EQ(*store.readText(bytes.begin, quote), quote.size());
      ASSERT_EQ(quote, extracted.m_text.substr(bytes.begin - begin, quote.size()));
      std::string spelled;
      for (std::size_t j = first; j <= last; ++j) spelled += tokenizer.bytes(tokens[j].id);
      ASSERT_EQ(asciiWords(quote), asciiWords(spelled));
      expectOnPage(extracted, documents, index, bytes, quote);
    }
  }

  /// The page map says the page whose extracted text holds the quote, and calls it what is printed on it.
  void expectOnPage(const test::DocumentLog& extracted, const std::vector<DocumentPages>& documents, std::size_t index,
                    ByteRange bytes, const std::string& quote) {
    const auto page = pageAt(documents, bytes.begin);
    ASSERT_EQ(page.has_value(), !extracted.m_pages.empty());
    if (!page) return;
    ASSERT_EQ(page->document, index);
    const PageMap& pages = documents[index].pages;
    const ByteRange range = pages.bytesOf(page->page);
    const std::string onPage = extracted.pageText(static_cast<std::size_t>(page->page));
    ASSERT_EQ(range.end - range.begin, onPage.size());
    const std::size_t at = bytes.begin - range.begin;
    const std::size_t length = std::min<std::size_t>(quote.size(), onPage.size() - at);
    ASSERT_GT(length, 0u);
    ASSERT_EQ(onPage.substr(at, length), quote.substr(0, length));
    const std::string& label = extracted.m_pages[static_cast<std::size_t>(page->page)].label;
    ASSERT_EQ(pages.nameOf(page->page), label.empty() ? std::to_string(page->page + 1) : label);
    if (length < quote.size()) ++m_spansOverPages;
  }
};

}  // namespace tidemark

#pragma once
// The pages of a file in order, read by this process and, if there is one, by the page process at the same time. What
// comes does not depend on who read it; if the page process fails in any way, this one reads what is missing.

#include <chrono>
#include <cstdint>
#include <deque>
#include <unordered_map>

#include "extract/page_process/page_process.h"
#include "extract/page_process/page_worker.h"

namespace tidemark {

class PageSupply {
 public:
  /// `reader` and `helper`, which was started (null: there is none), must outlive the supply. The helper is given its
  /// first pages at once.
  PageSupply(std::uint32_t pageCount, PageReader& reader, PageProcess* helper);

  /// The content of the next page; pageCount times. Errors: of the reader of this process.
  [[nodiscard]] Result<PageContent> next();

  /// Pages that the page process has read, so far.
  [[nodiscard]] std::uint32_t pagesOfHelper() const { return m_pagesOfHelper; }

 private:
  using Clock = std::chrono::steady_clock;

  /// Takes what the page process has sent and sees that it has something to do.
  void tendHelper(std::chrono::milliseconds wait);
  void take(PageMessage message);
  void askMore();
  [[nodiscard]] PageRange nextBlock();
  void letHelperGo();
  [[nodiscard]] bool mayReadAhead(Clock::time_point since) const;
  [[nodiscard]] Result<PageContent> readHere(std::uint32_t page);
  [[nodiscard]] Status readOneAhead();
  [[nodiscard]] std::chrono::milliseconds patience() const;
  void keep(std::uint32_t page, PageContent content);

  std::uint32_t m_pageCount;
  PageReader& m_reader;
  PageProcess* m_helper;  // null: there is none any more
  bool m_isReady = false;
  std::uint32_t m_next = 0;                                // page to hand out
  std::uint32_t m_unassigned = 0;                          // nobody reads this page, or a later one
  PageRange m_own;                                         // what this process is reading
  std::deque<PageRange> m_asked;                           // what the page process is reading, in its order
  std::unordered_map<std::uint32_t, PageContent> m_ahead;  // read, and not handed out
  std::size_t m_aheadBytes = 0;
  std::uint32_t m_pagesOfHelper = 0;
  Clock::duration m_longestPage{};  // that this process has read
};

}  // namespace tidemark

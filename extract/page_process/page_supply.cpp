#include "extract/page_process/page_supply.h"

#include <algorithm>
#include <utility>

namespace tidemark {
namespace {

using std::chrono::milliseconds;

// Neighbours share objects of the file, which each process reads for itself; but whoever has finished waits for the
// other at the end, so blocks become small there.
constexpr std::uint32_t kLargestBlock = 8;
constexpr std::uint32_t kPagesPerBlock = 8;  // that are left
constexpr std::size_t kMostBlocksAsked = 2;
constexpr std::size_t kMostPagesAhead = 64;
constexpr std::size_t kMostBytesAhead = std::size_t{16} << 20;
// All waiting counts as silence to whoever waits for pages (ExtractionLimits::silence), and the page may have to be
// read here after that.
constexpr milliseconds kLongestReadAhead{1000};
constexpr milliseconds kLeastPatience{1500};
constexpr milliseconds kMostPatience{3500};

std::size_t bytesOf(const PageContent& content) {
  return content.raw.text.size() * sizeof(char16_t) + content.raw.boxes.size() * sizeof(TextBox);
}

}  // namespace

PageSupply::PageSupply(std::uint32_t pageCount, PageReader& reader, PageProcess* helper)
    : m_pageCount(pageCount), m_reader(reader), m_helper(helper) {
  if (m_helper != nullptr) askMore();  // it finds this when it is ready
}

Result<PageContent> PageSupply::next() {
  const Clock::time_point begin = Clock::now();
  tendHelper(milliseconds(0));
  while (m_ahead.find(m_next) == m_ahead.end()) {
    // What is asked for comes in order, so the page process has this page or none before it.
    if (m_asked.empty() || m_asked.front().first != m_next) return readHere(m_next++);
    if (mayReadAhead(begin)) {
      if (const Status status = readOneAhead(); !status) return status.error();
      tendHelper(milliseconds(0));
      continue;
    }
    const auto left = std::chrono::ceil<milliseconds>(begin + patience() - Clock::now());
    if (left.count() <= 0) {
      letHelperGo();
    } else {
      tendHelper(left);
    }
  }
  auto node = m_ahead.extract(m_next++);
  m_aheadBytes -= bytesOf(node.mapped());
  return std::move(node.mapped());
}

void PageSupply::tendHelper(milliseconds wait) {
  while (m_helper != nullptr) {
    Result<std::optional<PageMessage>> message = m_helper->receive(wait);
    if (!message) return letHelperGo();
    if (!*message) break;
    take(std::move(**message));
    wait = milliseconds(0);
  }
  if (m_helper != nullptr) askMore();
}

void PageSupply::take(PageMessage message) {
  if (!m_isReady) {
    m_isReady = message.kind == PageMessage::Kind::kReady && message.number == m_pageCount;
    if (!m_isReady) letHelperGo();
    return;
  }
  const bool isNext =
      message.kind != PageMessage::Kind::kReady && !m_asked.empty() && message.number == m_asked.front().first;
  if (!isNext) return letHelperGo();
  ++m_asked.front().first;
  if (--m_asked.front().count == 0) m_asked.pop_front();
  if (message.kind != PageMessage::Kind::kContent) return;  // next() reads it when its turn comes
  ++m_pagesOfHelper;
  keep(message.number, std::move(message.content));
}

void PageSupply::askMore() {
  // Always another block behind the one that it reads. What this process is about to read comes first.
  while (m_asked.size() < kMostBlocksAsked && m_ahead.size() < kMostPagesAhead) {
    if (m_own.count == 0) m_own = nextBlock();
    const PageRange range = nextBlock();
    if (range.count == 0) break;
    if (!m_helper->ask(range)) return letHelperGo();
    m_asked.push_back(range);
  }
  // Nothing more to read for it: it may end while the last pages are worked on.
  if (m_unassigned == m_pageCount && m_asked.empty()) letHelperGo();
}

PageRange PageSupply::nextBlock() {
  const std::uint32_t left = m_pageCount - m_unassigned;
  const std::uint32_t count = std::min(left, std::clamp<std::uint32_t>(left / kPagesPerBlock, 1, kLargestBlock));
  return {std::exchange(m_unassigned, m_unassigned + count), count};
}

void PageSupply::letHelperGo() {
  m_helper->close();
  m_helper = nullptr;
  m_asked.clear();
}

bool PageSupply::mayReadAhead(Clock::time_point since) const {
  return (m_own.count > 0 || m_unassigned < m_pageCount) && m_ahead.size() < kMostPagesAhead &&
         m_aheadBytes < kMostBytesAhead && Clock::now() - since < kLongestReadAhead;
}

/// Whoever reads a page in its turn may be in the middle of a block, or take back what the page process had.
Result<PageContent> PageSupply::readHere(std::uint32_t page) {
  if (m_own.count > 0 && page == m_own.first) {
    ++m_own.first;
    --m_own.count;
  }
  m_unassigned = std::max(m_unassigned, page + 1);
  const Clock::time_point begin = Clock::now();
  Result<PageContent> content = m_reader.read(page);
  m_longestPage = std::max(m_longestPage, Clock::now() - begin);
  return content;
}

Status PageSupply::readOneAhead() {
  if (m_own.count == 0) m_own = nextBlock();
  const std::uint32_t page = m_own.first;
  Result<PageContent> content = readHere(page);
  if (!content) return content.error();
  keep(page, std::move(*content));
  return {};
}

milliseconds PageSupply::patience() const {
  return std::clamp(std::chrono::duration_cast<milliseconds>(2 * m_longestPage), kLeastPatience, kMostPatience);
}

void PageSupply::keep(std::uint32_t page, PageContent content) {
  m_aheadBytes += bytesOf(content);
  m_ahead.emplace(page, std::move(content));
}

}  // namespace tidemark

// The same pages in the same order, whatever the page process does.

#include "extract/page_process/page_supply.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <functional>
#include <string>
#include <thread>

namespace tidemark {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

constexpr std::uint32_t kPages = 100;
constexpr milliseconds kPageTime{2};

/// A page that says its number; it takes as long as is said, by waiting.
PageContent pageOf(std::uint32_t number) {
  PageContent content;
  const std::string text = "page " + std::to_string(number);
  content.raw.text.assign(text.begin(), text.end());
  content.raw.boxes = {{1, 2, 3, static_cast<double>(number)}};
  content.showsSomething = number % 7 == 0;
  return content;
}

class SlowReader : public PageReader {
 public:
  explicit SlowReader(milliseconds time = kPageTime) : m_time(time) {}
  Result<PageContent> read(std::uint32_t page) override {
    std::this_thread::sleep_for(m_time);
    ++pagesRead;
    if (page == failsAt) return makeError(ErrorCode::kIo, "the file is gone");
    return pageOf(page);
  }
  std::uint32_t pagesRead = 0;
  std::uint32_t failsAt = kPages;

 private:
  milliseconds m_time;
};

void say(int socket, const std::string& bytes) {
  (void)!::write(socket, bytes.data(), bytes.size());
}

/// The next range that is asked for, answered page by page.
bool answerOne(int socket, const std::function<std::string(std::uint32_t)>& answer) {
  char bytes[8];
  if (::read(socket, bytes, sizeof bytes) != static_cast<ssize_t>(sizeof bytes)) return false;
  const PageRange range = rangeFromBytes(bytes);
  for (std::uint32_t page = range.first; page < range.first + range.count; ++page) {
    const std::string message = answer(page);
    if (message.empty()) return false;
    say(socket, message);
  }
  return true;
}

class PageSupplyTest : public ::testing::Test {
 protected:
  /// Reads everything beside a process that does `work`; says how many pages that one read.
  std::uint32_t readBeside(const std::function<void(int)>& work, std::uint32_t pageCount = kPages) {
    Result<PageProcess> process = PageProcess::prepare(work);
    EXPECT_TRUE(process.ok());
    process->start();
    PageSupply supply(pageCount, m_reader, &*process);
    expectAllPages(supply, pageCount);
    return supply.pagesOfHelper();
  }

  static void expectAllPages(PageSupply& supply, std::uint32_t pageCount) {
    for (std::uint32_t page = 0; page < pageCount; ++page) {
      const Result<PageContent> content = supply.next();
      ASSERT_TRUE(content.ok());
      ASSERT_EQ(content->raw.text, pageOf(page).raw.text);
      EXPECT_EQ(content->raw.boxes.at(0).height, static_cast<double>(page));
      EXPECT_EQ(content->showsSomething, page % 7 == 0);
    }
  }

  static void serveWell(int socket) {
    SlowReader reader;
    servePages(socket, kPages, reader);
  }

  SlowReader m_reader;
};

TEST_F(PageSupplyTest, AloneItReadsAll) {
  PageSupply supply(kPages, m_reader, nullptr);
  expectAllPages(supply, kPages);
  EXPECT_EQ(m_reader.pagesRead, kPages);
}

TEST_F(PageSupplyTest, TwoShareTheWork) {
  const std::uint32_t helped = readBeside(serveWell);
  EXPECT_EQ(m_reader.pagesRead + helped, kPages);
  EXPECT_GT(helped, kPages / 4);
  EXPECT_GT(m_reader.pagesRead, kPages / 4);
}

TEST_F(PageSupplyTest, EveryNumberOfPagesComesOut) {
  for (std::uint32_t count = 1; count < 40; ++count) {
    m_reader = SlowReader(milliseconds(0));
    readBeside(
        [count](int socket) {
          SlowReader reader(milliseconds(0));
          servePages(socket, count, reader);
        },
        count);
  }
}

TEST_F(PageSupplyTest, OneThatDiesInTheMiddle) {
  const std::uint32_t helped = readBeside([](int socket) {
    SlowReader reader;
    reader.failsAt = 30;
    say(socket, readyMessage(kPages));
    while (answerOne(socket, [&](std::uint32_t page) {
      return page < 30 ? contentMessage(page, *reader.read(page)) : std::string();
    })) {
    }
    ::abort();
  });
  EXPECT_LT(helped, 31U);
}

TEST_F(PageSupplyTest, OneThatStopsAnswering) {
  const auto begin = Clock::now();
  readBeside([](int socket) {
    endWhenClosed(socket);
    say(socket, readyMessage(kPages));
    int blocks = 0;
    while (blocks++ < 2 && answerOne(socket, [](std::uint32_t page) { return contentMessage(page, pageOf(page)); })) {
    }
    for (;;) ::pause();
  });
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(6));  // less than an extraction may be silent
}

TEST_F(PageSupplyTest, OneThatNeverSaysThatItIsReady) {
  const auto begin = Clock::now();
  EXPECT_EQ(readBeside([](int socket) {
              endWhenClosed(socket);
              for (;;) ::pause();
            }),
            0U);
  EXPECT_LT(Clock::now() - begin, std::chrono::seconds(6));  // less than an extraction may be silent
}

TEST_F(PageSupplyTest, OneThatTalksNonsense) {
  EXPECT_EQ(readBeside([](int socket) { say(socket, std::string(100'000, 'x')); }), 0U);
  readBeside([](int socket) {
    say(socket, readyMessage(kPages));
    (void)answerOne(socket, [](std::uint32_t page) { return contentMessage(page, pageOf(page)); });
    say(socket, std::string(1000, '\0'));
    for (;;) ::pause();
  });
}

TEST_F(PageSupplyTest, OneThatSeesAnotherFile) {
  EXPECT_EQ(readBeside([](int socket) {
              SlowReader reader;
              servePages(socket, kPages + 1, reader);
            }),
            0U);
}

TEST_F(PageSupplyTest, OneThatAnswersWhatWasNotAsked) {
  readBeside([](int socket) {
    say(socket, readyMessage(kPages));
    (void)answerOne(socket, [](std::uint32_t page) { return contentMessage(page + 1, pageOf(page + 1)); });
    for (;;) ::pause();
  });
  EXPECT_EQ(m_reader.pagesRead, kPages);
  m_reader.pagesRead = 0;
  readBeside([](int socket) {
    say(socket, readyMessage(kPages) + contentMessage(50, pageOf(50)));
    for (;;) ::pause();
  });
  EXPECT_EQ(m_reader.pagesRead, kPages);
}

TEST_F(PageSupplyTest, PagesThatAreDeclinedAreReadHere) {
  const std::uint32_t helped = readBeside([](int socket) {
    say(socket, readyMessage(kPages));
    while (answerOne(socket, [](std::uint32_t page) {
      std::this_thread::sleep_for(kPageTime);
      return page % 3 == 0 ? declinedMessage(page) : contentMessage(page, pageOf(page));
    })) {
    }
  });
  EXPECT_GT(helped, 0U);
  EXPECT_EQ(m_reader.pagesRead + helped, kPages);
}

TEST_F(PageSupplyTest, AFileThatIsGoneIsAnError) {
  Result<PageProcess> process = PageProcess::prepare(serveWell);
  ASSERT_TRUE(process.ok());
  process->start();
  m_reader.failsAt = 0;
  PageSupply supply(kPages, m_reader, &*process);
  EXPECT_FALSE(supply.next().ok());
}

}  // namespace
}  // namespace tidemark

#include "extract/layout/running_lines.h"

#include <gtest/gtest.h>

#include "tests/extract/layout/raw_page.h"

namespace tidemark::testing {
namespace {

using Pages = std::vector<std::vector<std::pair<double, std::string>>>;  // baseline and text

/// The texts that run, of each page.
std::vector<std::vector<std::string>> runningTexts(const Pages& pages) {
  std::deque<PageEdges> window;
  std::vector<std::vector<TextLine>> all;
  for (const auto& page : pages) {
    std::vector<TextLine>& lines = all.emplace_back();
    for (const auto& [baseline, text] : page) {
      TextLine line;
      line.text = text;
      line.box = {50, baseline - 7, 200, 9};
      line.baseline = baseline;
      line.size = 10;
      lines.push_back(line);
    }
    window.push_back(edgesOf(lines, 800));
  }
  std::vector<std::vector<std::string>> result;
  for (std::size_t page = 0; page < all.size(); ++page) {
    const std::vector<bool> running = runningLines(window, page, all[page].size());
    result.emplace_back();
    for (std::size_t line = 0; line < running.size(); ++line) {
      if (running[line]) result.back().push_back(all[page][line].text);
    }
  }
  return result;
}

std::string body(int page) {
  return "line of page " + std::string(1, static_cast<char>('a' + page));
}

TEST(RunningLines, RepeatOrCount) {
  Pages pages;
  for (int page = 0; page < 8; ++page) {
    const std::string number = std::to_string(page + 41);
    pages.push_back({{40, page % 2 == 0 ? number + " A History of Tides" : "The Moon " + number},
                     {100, body(page)},
                     {120, "the same on every page, but further in"},
                     {760, "Page " + number + " of 312"}});
  }
  for (const auto& page : runningTexts(pages)) EXPECT_EQ(page.size(), 2U);
}

TEST(RunningLines, CountWithOtherWordsBeside) {
  Pages pages;
  for (int page = 0; page < 8; ++page) {
    pages.push_back({{40, "topic " + body(page) + " " + std::to_string(page + 7)}, {100, body(page)}});
  }
  for (const auto& page : runningTexts(pages)) EXPECT_EQ(page.size(), 1U);
}

TEST(RunningLines, CountInRomanNumerals) {
  const Pages pages = {{{100, body(0)}, {760, "viii"}},
                       {{100, body(1)}, {760, "ix"}},
                       {{100, body(2)}, {760, "x"}},
                       {{100, body(3)}, {760, "xi"}}};
  for (const auto& page : runningTexts(pages)) EXPECT_EQ(page.size(), 1U);
}

TEST(RunningLines, AreNotHeadingsThatCountChapters) {
  Pages pages;
  for (int page = 0; page < 9; ++page) {
    if (page % 3 == 0) {
      pages.push_back({{100, "Chapter " + std::to_string(page / 3 + 1)}, {130, body(page)}});
    } else {
      pages.push_back({{100, body(page)}, {130, "more text"}});
    }
  }
  for (const auto& page : runningTexts(pages)) EXPECT_TRUE(page.empty());
}

TEST(RunningLines, AreNotYearsOrTextOfOnePage) {
  const Pages pages = {{{40, "1904"}, {100, body(0)}},
                       {{40, "1911"}, {100, body(1)}},
                       {{40, "1927"}, {100, body(2)}},
                       {{40, "an inn"}, {100, body(3)}}};
  for (const auto& page : runningTexts(pages)) EXPECT_TRUE(page.empty());
}

TEST(RunningLines, NeedThreePages) {
  const Pages pages = {{{40, "A History"}, {100, body(0)}}, {{40, "A History"}, {100, body(1)}}};
  for (const auto& page : runningTexts(pages)) EXPECT_TRUE(page.empty());
}

}  // namespace
}  // namespace tidemark::testing

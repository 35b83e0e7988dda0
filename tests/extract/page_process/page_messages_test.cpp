// What the page process says, and what is made of bytes that it should not say.

#include "extract/page_process/page_messages.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <limits>
#include <vector>

#include "tests/unit/temporary_folder.h"

namespace tidemark {
namespace {

PageContent samplePage() {
  PageContent content;
  content.raw.text = u"Der Golf ist tief.\r\nextin\uFFFEguished \xD83C";  // a lone surrogate, too
  content.raw.boxes = {{72, 100.25, 90, 10}, {-1, 0.125, 9e8, 0}};
  content.raw.width = 612;
  content.raw.height = 791.5;
  return content;
}

/// All messages of `bytes`, given in pieces; nothing if they are refused.
std::optional<std::vector<PageMessage>> readMessages(std::string_view bytes, std::size_t piece) {
  std::vector<PageMessage> messages;
  PageMessageReader reader;
  while (!bytes.empty()) {
    reader.push(bytes.substr(0, piece));
    bytes.remove_prefix(std::min(piece, bytes.size()));
    for (;;) {
      Result<std::optional<PageMessage>> message = reader.next();
      if (!message) return {};
      if (!*message) break;
      messages.push_back(std::move(**message));
    }
  }
  return messages;
}

TEST(PageMessages, ComeBackAsTheyWere) {
  PageContent empty;
  empty.showsSomething = true;
  PageContent cut = samplePage();
  cut.raw.isCut = true;
  const std::string bytes = readyMessage(5) + contentMessage(3, samplePage()) + declinedMessage(4) +
                            contentMessage(0, empty) + contentMessage(1, cut);
  for (const std::size_t piece : {std::size_t{1}, std::size_t{7}, std::size_t{41}, bytes.size()}) {
    const auto messages = readMessages(bytes, piece);
    ASSERT_TRUE(messages);
    ASSERT_EQ(messages->size(), 5U);
    EXPECT_EQ(messages->at(0).kind, PageMessage::Kind::kReady);
    EXPECT_EQ(messages->at(0).number, 5U);
    const RawPage& raw = messages->at(1).content.raw;
    EXPECT_EQ(messages->at(1).number, 3U);
    EXPECT_EQ(raw.text, samplePage().raw.text);
    ASSERT_EQ(raw.boxes.size(), 2U);
    EXPECT_EQ(raw.boxes[0].y, 100.25);
    EXPECT_EQ(raw.boxes[1].y, 0.125);
    EXPECT_EQ(raw.height, 791.5);
    EXPECT_FALSE(raw.isCut);
    EXPECT_FALSE(messages->at(1).content.showsSomething);
    EXPECT_EQ(messages->at(2).kind, PageMessage::Kind::kDeclined);
    EXPECT_EQ(messages->at(2).number, 4U);
    EXPECT_TRUE(messages->at(3).content.showsSomething);
    EXPECT_TRUE(messages->at(4).content.raw.isCut);
  }
}

TEST(PageMessages, APageWithTooMuchIsDeclined) {
  PageContent content;
  content.raw.boxes.resize(kMostMessageBoxes);
  EXPECT_GT(contentMessage(0, content).size(), kMostMessageBoxes * sizeof(TextBox));
  content.raw.boxes.resize(kMostMessageBoxes + 1);
  EXPECT_EQ(contentMessage(0, content), declinedMessage(0));
  content.raw.boxes.clear();
  content.raw.text.resize(kMostMessageUnits + 1);
  EXPECT_EQ(contentMessage(0, content), declinedMessage(0));
}

// What sorts boxes by their places relies on there being some.
TEST(PageMessages, WhatIsNoPlaceIsRefused) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  for (const double wrong : {std::numeric_limits<double>::quiet_NaN(), kInfinity, -kInfinity, 1e300}) {
    for (double TextBox::*number : {&TextBox::x, &TextBox::y, &TextBox::width, &TextBox::height}) {
      PageContent content = samplePage();
      content.raw.boxes[1].*number = wrong;
      EXPECT_FALSE(readMessages(contentMessage(3, content), 64)) << wrong;
    }
    for (double RawPage::*number : {&RawPage::width, &RawPage::height}) {
      PageContent content = samplePage();
      content.raw.*number = wrong;
      EXPECT_FALSE(readMessages(contentMessage(3, content), 64)) << wrong;
    }
  }
}

TEST(PageMessages, OneThatIsNotWholeIsWaitedFor) {
  const std::string bytes = contentMessage(3, samplePage());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto messages = readMessages(bytes.substr(0, size), 64);
    ASSERT_TRUE(messages) << size;
    EXPECT_TRUE(messages->empty()) << size;
  }
}

TEST(PageMessages, RangesComeBackAsTheyWere) {
  const std::string bytes = toBytes({7, 0xFFFFFFFF});
  char raw[8];
  ASSERT_EQ(bytes.size(), sizeof raw);
  std::copy(bytes.begin(), bytes.end(), raw);
  EXPECT_EQ(rangeFromBytes(raw).first, 7U);
  EXPECT_EQ(rangeFromBytes(raw).count, 0xFFFFFFFFU);
}

// The seeds of the fuzzer, and whatever it once found: files whose name starts with "valid" are accepted.
TEST(PageMessages, Seeds) {
  int files = 0;
  for (const auto& entry :
       std::filesystem::directory_iterator(std::filesystem::path(TM_SOURCE_DIR) / "tests/fuzz/corpus/page_messages")) {
    const std::string name = entry.path().filename().string();
    const std::string bytes = test::readWhole(entry.path());
    const auto piece = std::max<std::size_t>(static_cast<unsigned char>(bytes.at(0)), 1);
    EXPECT_EQ(readMessages(std::string_view(bytes).substr(1), piece).has_value(), name.starts_with("valid")) << name;
    ++files;
  }
  EXPECT_GE(files, 5);
}

}  // namespace
}  // namespace tidemark

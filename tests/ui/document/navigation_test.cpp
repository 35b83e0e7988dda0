#include <gtest/gtest.h>

#include "document_fixture.h"
#include "ui/document/go_to.h"
#include "ui/document/go_to_bar.h"
#include "ui/document/jump_history.h"

namespace tidemark::ui {
namespace {

TEST(JumpHistory, GoesBackAndForward) {
  JumpHistory history;
  EXPECT_FALSE(history.canGoBack());
  EXPECT_FALSE(history.back(5));
  history.recordJump(10);  // 10 -> 20
  history.recordJump(20);  // 20 -> 30
  EXPECT_EQ(history.back(30), 20u);
  EXPECT_EQ(history.back(20), 10u);
  EXPECT_FALSE(history.canGoBack());
  EXPECT_EQ(history.forward(10), 20u);
  EXPECT_EQ(history.forward(20), 30u);
  EXPECT_FALSE(history.canGoForward());
}

TEST(JumpHistory, AJumpDropsWhatWasAhead) {
  JumpHistory history;
  history.recordJump(10);
  EXPECT_EQ(history.back(20), 10u);
  history.recordJump(10);
  EXPECT_FALSE(history.canGoForward());
  EXPECT_EQ(history.back(40), 10u);
}

TEST(JumpHistory, IsLimitedAndMergesTheSamePlace) {
  JumpHistory history;
  history.recordJump(7);
  history.recordJump(7);
  EXPECT_EQ(history.back(1), 7u);
  EXPECT_FALSE(history.canGoBack());
  for (std::uint64_t i = 0; i < 5000; ++i) history.recordJump(i);
  int places = 0;
  while (history.back(0)) ++places;
  EXPECT_EQ(places, 200);
}

struct GoToCase {
  const char* text;
  std::optional<GoToTarget> target;
};

class GoToTable : public testing::TestWithParam<GoToCase> {};

TEST_P(GoToTable, IsParsed) {
  EXPECT_EQ(parseGoTo(QString::fromUtf8(GetParam().text), GoToBar::words()), GetParam().target) << GetParam().text;
}

INSTANTIATE_TEST_SUITE_P(Forms, GoToTable,
                         testing::Values(GoToCase{"p. 12", GoToTarget{GoToKind::kPage, 12}},
                                         GoToCase{"p12", GoToTarget{GoToKind::kPage, 12}},
                                         GoToCase{" Page 12 ", GoToTarget{GoToKind::kPage, 12}},
                                         GoToCase{"segment 41", GoToTarget{GoToKind::kSegment, 41}},
                                         GoToCase{"41 segment", GoToTarget{GoToKind::kSegment, 41}},
                                         GoToCase{"38 %", GoToTarget{GoToKind::kPercent, 38}},
                                         GoToCase{"38.5%", GoToTarget{GoToKind::kPercent, 38.5}},
                                         GoToCase{"0,5 %", GoToTarget{GoToKind::kPercent, 0.5}},
                                         GoToCase{"byte 1000", GoToTarget{GoToKind::kByte, 1000}},
                                         GoToCase{"1000", GoToTarget{GoToKind::kNumber, 1000}},
                                         GoToCase{"", std::nullopt}, GoToCase{"page", std::nullopt},
                                         GoToCase{"page 1.5", std::nullopt}, GoToCase{"101 %", std::nullopt},
                                         GoToCase{"-3", std::nullopt}, GoToCase{"line 4", std::nullopt},
                                         GoToCase{"p 1 p", std::nullopt},
                                         GoToCase{"99999999999999999999", std::nullopt}));

TEST(GoTo, WordsOfOtherLanguagesArePassedIn) {
  const GoToWords german{{QStringLiteral("Seite"), QStringLiteral("S")}, {QStringLiteral("Abschnitt")}, {}};
  EXPECT_EQ(parseGoTo(QStringLiteral("S. 3"), german), (GoToTarget{GoToKind::kPage, 3}));
  EXPECT_EQ(parseGoTo(QStringLiteral("abschnitt 3"), german), (GoToTarget{GoToKind::kSegment, 3}));
  EXPECT_FALSE(parseGoTo(QStringLiteral("page 3"), german));
}

TEST(GoTo, IsResolvedAgainstTheDocument) {
  using Place = std::variant<std::uint64_t, GoToError>;
  const DocumentText pages = makeText("one é\n\ftwo\n");
  const DocumentText plain = makeText("0123456789");
  SegmentList none;
  SegmentList two;
  two.append(std::vector<ByteRange>{{0, 4}, {4, 10}});
  EXPECT_EQ(resolveGoTo({GoToKind::kPage, 2}, pages, none), Place(std::uint64_t{8}));
  EXPECT_EQ(resolveGoTo({GoToKind::kNumber, 2}, pages, two), Place(std::uint64_t{8}));
  EXPECT_EQ(resolveGoTo({GoToKind::kPage, 3}, pages, none), Place(GoToError::kNoSuchPage));
  EXPECT_EQ(resolveGoTo({GoToKind::kPage, 1}, plain, none), Place(GoToError::kNoPages));
  EXPECT_EQ(resolveGoTo({GoToKind::kNumber, 1}, plain, two), Place(std::uint64_t{4}));
  EXPECT_EQ(resolveGoTo({GoToKind::kSegment, 2}, plain, two), Place(GoToError::kNoSuchSegment));
  EXPECT_EQ(resolveGoTo({GoToKind::kSegment, 0}, plain, none), Place(GoToError::kNoSegments));
  EXPECT_EQ(resolveGoTo({GoToKind::kPercent, 50}, plain, none), Place(std::uint64_t{5}));
  EXPECT_EQ(resolveGoTo({GoToKind::kByte, 5}, pages, none), Place(std::uint64_t{4})) << "the start of a character";
  EXPECT_EQ(resolveGoTo({GoToKind::kByte, 10}, plain, none), Place(GoToError::kBehindText));
}

TEST(GoTo, LabelsComeWithOrWithoutTheWordForPage) {
  const GoToWords words = GoToBar::words();
  EXPECT_EQ(pageLabel(QStringLiteral(" xii "), words), QStringLiteral("xii"));
  EXPECT_EQ(pageLabel(QStringLiteral("page xii"), words), QStringLiteral("xii"));
  EXPECT_EQ(pageLabel(QStringLiteral("p. A 4"), words), QStringLiteral("A 4"));
  EXPECT_EQ(pageLabel(QStringLiteral("Part xii"), words), QStringLiteral("Part xii"));
  EXPECT_EQ(pageLabel(QStringLiteral("  "), words), QString());
}

}  // namespace
}  // namespace tidemark::ui

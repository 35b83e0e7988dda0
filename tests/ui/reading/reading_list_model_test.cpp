#include "ui/reading/reading_list_model.h"

#include <gtest/gtest.h>

#include <QAbstractItemModelTester>
#include <QSignalSpy>

#include "ui/reading/reading_list_delegate.h"

namespace tidemark::ui {
namespace {

Coverage textOf(std::uint64_t characters) {
  Coverage coverage;
  coverage.characters = characters;
  return coverage;
}

Coverage scan() {
  Coverage coverage;
  coverage.pages = 10;
  coverage.imagePages = 9;
  coverage.pagesWithoutText = {{1, 9}};
  return coverage;
}

class ReadingListModelTest : public ::testing::Test {
 protected:
  ReadingListModelTest() {
    m_model.begin({QStringLiteral("/a/one.pdf"), QStringLiteral("/a/two.txt"), QStringLiteral("/b/three.epub")});
  }
  [[nodiscard]] QString order() const {
    QString names;
    for (const ReadingListRow& row : m_model.rows()) names += QString::number(row.id);
    return names;
  }

  ReadingListModel m_model;
  QAbstractItemModelTester m_tester{&m_model, QAbstractItemModelTester::FailureReportingMode::Fatal};
};

TEST_F(ReadingListModelTest, IsSettledWhenEveryFileWasLookedAt) {
  QSignalSpy changed(&m_model, &ReadingListModel::listChanged);
  EXPECT_FALSE(m_model.isSettled());
  m_model.setProgress(0, 40);
  EXPECT_EQ(m_model.index(0).data(ReadingListModel::kStateTextRole).toString(), QStringLiteral("40 %"));
  m_model.setChecked(0, DocumentFormat::kPdf, textOf(100));
  m_model.setRefused(1, QStringLiteral("two.txt is empty"));
  EXPECT_FALSE(m_model.isSettled());
  m_model.setChecked(2, DocumentFormat::kEpub, textOf(5));
  EXPECT_TRUE(m_model.isSettled());
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{0, 2}));
  EXPECT_EQ(changed.count(), 3);
  EXPECT_EQ(m_model.index(1).data(ReadingListModel::kProblemRole).toString(), QStringLiteral("two.txt is empty"));
  EXPECT_TRUE(m_model.index(0).data(ReadingListModel::kSecondLineRole).toString().startsWith(QStringLiteral("PDF")));
}

struct MoveCase {
  int row;
  int places;
  const char* order;
  int now;
};

TEST_F(ReadingListModelTest, RowsMoveAsFarAsThereIsRoom) {
  for (const MoveCase& each : {MoveCase{0, 1, "102", 1}, MoveCase{0, 5, "120", 2}, MoveCase{2, -1, "102", 1},
                               MoveCase{2, -9, "012", 0}, MoveCase{0, -1, "012", 0}, MoveCase{1, 0, "012", 1}}) {
    m_model.begin({QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")});
    const QString before = order();
    EXPECT_EQ(m_model.moveBy(each.row, each.places), each.now);
    if (each.now == each.row) {
      EXPECT_EQ(order(), before);
    } else {
      EXPECT_EQ(order()[each.now], before[each.row]);
      EXPECT_EQ(order().size(), 3);
    }
  }
  EXPECT_FALSE(m_model.moveRows({}, 0, 1, {}, 1));  // where it is already
  EXPECT_FALSE(m_model.moveRows({}, 0, 4, {}, 0));
  EXPECT_FALSE(m_model.removeRows(2, 2));
}

TEST_F(ReadingListModelTest, TheOrderIsWhatIsRead) {
  for (const int id : {0, 1, 2}) m_model.setChecked(id, DocumentFormat::kPlainText, textOf(10));
  EXPECT_TRUE(m_model.moveRows({}, 2, 1, {}, 0));
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{2, 0, 1}));
  EXPECT_TRUE(m_model.removeRows(1, 1));
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{2, 1}));
  m_model.setRefused(0, QStringLiteral("late news of a row that was removed"));
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{2, 1}));
}

TEST_F(ReadingListModelTest, AScanIsReadOnlyAllTheSame) {
  m_model.setChecked(0, DocumentFormat::kPdf, scan());
  m_model.setChecked(1, DocumentFormat::kPlainText, textOf(10));
  m_model.setRefused(2, QStringLiteral("broken"));
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{1}));
  EXPECT_TRUE(m_model.index(0).data(ReadingListModel::kLeftOutRole).toBool());
  m_model.setForce(0, true);
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{0, 1}));
  EXPECT_TRUE(m_model.isForced());
  m_model.setForce(1, true);  // is no scan
  m_model.setForce(2, true);
  m_model.setForce(7, true);
  EXPECT_EQ(m_model.wantedIds(), (std::vector<int>{0, 1}));
}

TEST_F(ReadingListModelTest, ScreenReadersHearNumberStateAndProblem) {
  m_model.setChecked(0, DocumentFormat::kPdf, scan());
  const QString spoken = m_model.index(0).data(Qt::AccessibleTextRole).toString();
  EXPECT_TRUE(spoken.startsWith(QStringLiteral("1 of 3: one.pdf"))) << spoken.toStdString();
  EXPECT_TRUE(spoken.contains(QStringLiteral("images without text")));
}

TEST(ReadingRowLayout, PartsDoNotOverlapAtAnySize) {
  for (const int line : {12, 16, 34}) {
    for (const int width : {200, 480, 1200}) {
      for (const int problem : {0, line, 3 * line}) {
        const ReadingRowLayout layout = ReadingRowLayout::make(width, line, line - 2, line * 4, problem);
        EXPECT_LT(layout.number.right(), layout.name.left());
        EXPECT_LE(layout.name.right(), layout.state.left());
        EXPECT_LT(layout.name.bottom(), layout.second.top());
        if (problem > 0) {
          EXPECT_LT(layout.second.bottom(), layout.problem.top());
        }
        EXPECT_EQ(layout.sign.isEmpty(), problem == 0);
        EXPECT_LE(qMax(layout.second.bottom(), layout.problem.bottom()), layout.progress.top());
        EXPECT_LE(layout.progress.bottom(), layout.height);
        EXPECT_LE(layout.state.right(), width);
      }
    }
  }
}

}  // namespace
}  // namespace tidemark::ui

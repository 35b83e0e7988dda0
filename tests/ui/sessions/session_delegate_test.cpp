#include "ui/sessions/session_delegate.h"

#include <QApplication>
#include <QImage>
#include <QLineEdit>
#include <QPainter>
#include <QStandardItemModel>

#include "tests/ui/sessions/sessions_fixture.h"
#include "ui/sessions/list_roles.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

struct RowCase {
  const char* what;
  int width;
  int line;
  int second;
  int indent;
  bool sign;
  int lowest;
  int highest;
};

class RowLayoutTest : public testing::TestWithParam<RowCase> {};

TEST_P(RowLayoutTest, FitsAndDoesNotOverlap) {
  const RowCase& c = GetParam();
  const RowLayout layout = RowLayout::make(c.width, c.line, c.second, c.indent, c.sign);
  EXPECT_GE(layout.height, c.lowest);
  EXPECT_LE(layout.height, c.highest);
  const QRect row(0, 0, c.width, layout.height);
  EXPECT_GE(layout.name.width(), 0);
  EXPECT_EQ(layout.name.height(), c.line);
  EXPECT_EQ(layout.second.isEmpty(), c.second == 0 || layout.second.width() == 0);
  EXPECT_EQ(layout.sign.isEmpty(), !c.sign);
  if (c.width < 100) return;
  EXPECT_TRUE(row.contains(layout.background));
  EXPECT_TRUE(layout.background.contains(layout.bar));
  EXPECT_TRUE(layout.background.contains(layout.name));
  EXPECT_FALSE(layout.bar.intersects(layout.name));
  if (c.sign) {
    EXPECT_FALSE(layout.sign.intersects(layout.name));
    EXPECT_FALSE(layout.sign.intersects(layout.second));
  }
  if (c.second > 0) {
    EXPECT_TRUE(layout.background.contains(layout.second));
    EXPECT_FALSE(layout.name.intersects(layout.second));
  }
}

INSTANTIATE_TEST_SUITE_P(
    Rows, RowLayoutTest,
    testing::Values(RowCase{"two", 250, 16, 14, 0, false, 44, 50}, RowCase{"twoLarge", 250, 32, 28, 0, false, 88, 100},
                    RowCase{"sign", 250, 16, 14, 0, true, 44, 50}, RowCase{"one", 250, 16, 0, 0, false, 24, 30},
                    RowCase{"deep", 250, 16, 0, 4, false, 24, 30}, RowCase{"narrow", 20, 16, 14, 4, true, 44, 50},
                    RowCase{"nothing", 0, 16, 14, 0, false, 44, 50}),
    [](const auto& tested) { return std::string(tested.param.what); });

class SessionDelegateTest : public testing::Test {
 protected:
  QImage paint(QStyle::State state, Qt::LayoutDirection direction = Qt::LeftToRight) {
    QStyleOptionViewItem option;
    option.rect = QRect(0, 0, 240, 48);
    option.font = QApplication::font();
    option.palette = QApplication::palette();
    option.state = state;
    option.direction = direction;
    QImage image(240, 48, QImage::Format_RGB32);
    image.fill(themeColors(option.palette).panel);
    QPainter painter(&image);
    m_delegate.paint(&painter, option, m_model.index(0, 0));
    return image;
  }
  void SetUp() override {
    applyAppearance(*qApp, {ThemeChoice::kDark, 100, {}}, false);
    auto* item = new QStandardItem(QStringLiteral("Harbor notes"));
    item->setData(QStringLiteral("finished"), kSecondLineRole);
    m_model.appendRow(item);
  }
  static bool hasColor(const QImage& image, const QColor& color, int left, int right) {
    for (int y = 0; y < image.height(); ++y) {
      for (int x = left; x < right; ++x) {
        if (image.pixelColor(x, y) == color) return true;
      }
    }
    return false;
  }

  QStandardItemModel m_model;
  SessionDelegate m_delegate;
};

TEST_F(SessionDelegateTest, TheCurrentRowHasABarAndABackgroundAtItsLeadingEdge) {
  const ThemeColors& colors = themeColors(true);
  EXPECT_FALSE(hasColor(paint(QStyle::State_Enabled), colors.raised, 0, 240));
  m_model.item(0)->setData(true, kCurrentRole);
  const QImage leftToRight = paint(QStyle::State_Enabled);
  EXPECT_TRUE(hasColor(leftToRight, colors.raised, 0, 240));
  EXPECT_TRUE(hasColor(leftToRight, colors.accent, 0, 20));
  const QImage rightToLeft = paint(QStyle::State_Enabled, Qt::RightToLeft);
  EXPECT_FALSE(hasColor(rightToLeft, colors.accent, 0, 20));
  EXPECT_TRUE(hasColor(rightToLeft, colors.accent, 220, 240));
}

TEST_F(SessionDelegateTest, FocusIsVisible) {
  EXPECT_NE(paint(QStyle::State_Enabled | QStyle::State_HasFocus), paint(QStyle::State_Enabled));
}

TEST_F(SessionDelegateTest, AProblemHasASign) {
  m_model.item(0)->setData(QStringLiteral("broken"), kProblemRole);
  EXPECT_TRUE(hasColor(paint(QStyle::State_Enabled), themeColors(true).error, 0, 60));
}

TEST_F(SessionDelegateTest, HeightFollowsTheFontAndTheSecondLine) {
  QStyleOptionViewItem option;
  option.rect = QRect(0, 0, 240, 0);
  option.font = QApplication::font();
  const int two = m_delegate.sizeHint(option, m_model.index(0, 0)).height();
  option.font.setPointSizeF(option.font.pointSizeF() * 2);
  EXPECT_NEAR(m_delegate.sizeHint(option, m_model.index(0, 0)).height(), 2 * two, 6);
  option.font = QApplication::font();
  m_model.item(0)->setData(QString(), kSecondLineRole);
  EXPECT_LT(m_delegate.sizeHint(option, m_model.index(0, 0)).height(), two * 3 / 4);
}

TEST_F(SessionDelegateTest, TheEditorLiesInTheRow) {
  QWidget parent;
  QStyleOptionViewItem option;
  option.rect = QRect(0, 100, 240, 48);
  option.font = QApplication::font();
  QWidget* editor = m_delegate.createEditor(&parent, option, m_model.index(0, 0));
  m_delegate.updateEditorGeometry(editor, option, m_model.index(0, 0));
  EXPECT_TRUE(option.rect.contains(editor->geometry()));
  EXPECT_GT(editor->width(), 180);
  EXPECT_FALSE(editor->accessibleName().isEmpty());
}

}  // namespace
}  // namespace tidemark::ui

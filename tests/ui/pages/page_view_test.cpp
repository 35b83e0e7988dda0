#include "ui/pages/page_view.h"

#include <gmock/gmock.h>

#include <QAccessible>
#include <QPainter>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "tests/ui/pages/fake_page_source.h"
#include "ui/pages/page_outlines.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

using testing::FakePageSource;

class PageViewTest : public ::testing::Test {
 protected:
  PageViewTest() {
    m_view.resize(400, 500);
    m_view.setReducedMotion(true);
    m_view.setSource(&m_source);
    m_view.show();
    (void)QTest::qWaitForWindowExposed(&m_view);
  }
  void openPages(int count) {
    Q_EMIT m_source.opened(std::vector<QSizeF>(static_cast<std::size_t>(count), {595, 842}));
  }
  [[nodiscard]] std::vector<int> wantedPages() const {
    std::vector<int> pages;
    for (const PageRequest& each : m_source.wanted) pages.push_back(each.page);
    return pages;
  }
  [[nodiscard]] QColor colorAt(QPoint point) { return m_view.viewport()->grab().toImage().pixelColor(point); }

  FakePageSource m_source;
  PageView m_view;
};

TEST_F(PageViewTest, AsksForWhatIsSeenFirstThenForNeighboursAndNeverTwice) {
  openPages(50);
  EXPECT_EQ(wantedPages(), (std::vector<int>{0, 1}));  // the first fills the view, the second comes next
  const int wants = m_source.wants;
  m_source.deliverAll();
  m_view.viewport()->update();
  QCoreApplication::processEvents();
  EXPECT_EQ(m_source.wants, wants);
  m_view.showPlace({20, 0});
  EXPECT_EQ(wantedPages(), (std::vector<int>{20, 21, 19}));
  EXPECT_EQ(m_source.wanted[0].width, qRound(m_view.pageLayout().pageRect(20).width() * m_view.devicePixelRatioF()));
}

TEST_F(PageViewTest, StaleDeliveriesAreDropped) {
  openPages(50);
  const PageRequest old = m_source.wanted[0];
  m_view.setZoom({PageFit::kScale, 2});
  m_source.deliver(FakePageSource::draw(old, Qt::red));
  EXPECT_NE(colorAt({100, 100}), QColor(Qt::red));
  ASSERT_FALSE(m_source.wanted.empty());
  m_source.deliver(FakePageSource::draw(m_source.wanted[0], Qt::red));
  EXPECT_EQ(colorAt({100, 100}), QColor(Qt::red));
  // Of a document that has gone.
  const PageRequest gone = FakePageSource::draw(old).request;
  FakePageSource other;
  m_view.setSource(&other);
  m_source.deliver(FakePageSource::draw(gone, Qt::red));
  EXPECT_NE(colorAt({100, 100}), QColor(Qt::red));
}

TEST_F(PageViewTest, APictureOfAnotherSizeStandsInUntilTheRightOneComes) {
  openPages(5);
  m_source.deliverAll(Qt::green);
  m_view.zoomIn();
  EXPECT_EQ(colorAt({200, 200}), QColor(Qt::green));
  EXPECT_FALSE(m_source.wanted.empty());
}

TEST_F(PageViewTest, KeysTurnPagesAndGoToTheEnds) {
  openPages(50);
  m_view.setZoom({PageFit::kPage, 1});
  QTest::keyClick(&m_view, Qt::Key_PageDown);
  EXPECT_EQ(m_view.currentPage(), 1);
  QTest::keyClick(&m_view, Qt::Key_PageDown);
  EXPECT_EQ(m_view.currentPage(), 2);
  QTest::keyClick(&m_view, Qt::Key_PageUp);
  EXPECT_EQ(m_view.currentPage(), 1);
  QTest::keyClick(&m_view, Qt::Key_End);
  EXPECT_EQ(m_view.currentPage(), 49);
  QTest::keyClick(&m_view, Qt::Key_Home);
  EXPECT_EQ(m_view.currentPage(), 0);
  EXPECT_EQ(m_view.verticalScrollBar()->value(), 0);
  QTest::keyClick(&m_view, Qt::Key_Right);
  EXPECT_EQ(m_view.currentPage(), 1);
  m_view.setZoom({PageFit::kWidth, 1});
  const int before = m_view.verticalScrollBar()->value();
  QTest::keyClick(&m_view, Qt::Key_Down);
  EXPECT_GT(m_view.verticalScrollBar()->value(), before);
  EXPECT_LT(m_view.verticalScrollBar()->value(), before + m_view.height());
}

TEST_F(PageViewTest, ControlAndWheelZoomsAndKeepsThePlace) {
  openPages(50);
  m_view.showPlace({7, 0.5});
  const double scale = m_view.scale();
  QWheelEvent wheel({100, 100}, m_view.mapToGlobal(QPointF(100, 100)), {}, {0, 120}, Qt::NoButton, Qt::ControlModifier,
                    Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(m_view.viewport(), &wheel);
  EXPECT_GT(m_view.scale(), scale);
  EXPECT_EQ(m_view.zoom().fit, PageFit::kScale);
  EXPECT_EQ(m_view.place().page, 7);
  EXPECT_NEAR(m_view.place().fraction, 0.5, 0.01);
  m_view.resize(300, 400);
  QCoreApplication::processEvents();
  EXPECT_EQ(m_view.place().page, 7);
  EXPECT_NEAR(m_view.place().fraction, 0.5, 0.01);
}

TEST_F(PageViewTest, OnlyHandsMoveThePlace) {
  openPages(50);
  QSignalSpy moved(&m_view, &PageView::placeMoved);
  m_view.showPlace({5, 0.3});
  m_view.setZoom({PageFit::kScale, 1.5});
  m_view.resize(500, 300);
  QCoreApplication::processEvents();
  EXPECT_EQ(moved.count(), 0);
  QTest::keyClick(&m_view, Qt::Key_Down);
  EXPECT_EQ(moved.count(), 1);
}

TEST_F(PageViewTest, APlaceThatIsShownBeforeThereArePagesIsReachedLater) {
  m_view.showPlace({12, 0.5});
  openPages(50);
  EXPECT_EQ(m_view.place().page, 12);
  EXPECT_NEAR(m_view.place().fraction, 0.5, 0.01);
}

TEST_F(PageViewTest, OutlinesOfAQuoteArePaintedAndScrolledTo) {
  openPages(10);
  m_view.setQuotes({{4, "the whale"}, {4, "not there"}});
  m_view.showQuote({4, "the whale"});
  ASSERT_FALSE(m_source.wanted.empty());
  ASSERT_EQ(m_source.wanted[0].page, 4);
  EXPECT_EQ(m_source.wanted[0].quotes, (std::vector<std::string>{"the whale", "not there"}));
  PagePicture picture = FakePageSource::draw(m_source.wanted[0]);
  const double width = picture.image.width();
  picture.outlines[0] = {QPolygonF(QRectF(width * 0.2, width, width * 0.5, 20))};
  m_source.deliver(picture);
  EXPECT_GT(m_view.place().fraction, 0.2);  // the outline is far down the page
  const QRectF page = m_view.pageLayout().pageRect(4);
  const double y = page.top() + page.width() + 5 - m_view.verticalScrollBar()->value();
  ASSERT_GT(y, 0);
  ASSERT_LT(y, m_view.viewport()->height());
  const QColor inside = colorAt({qRound(page.left() + page.width() * 0.3), qRound(y)});
  EXPECT_NE(inside, QColor(Qt::white));
  EXPECT_EQ(colorAt({qRound(page.left() + page.width() * 0.9), qRound(y)}), QColor(Qt::white));
  // Other quotes: the picture stays, its outlines do not.
  m_view.setQuotes({});
  EXPECT_EQ(colorAt({qRound(page.left() + page.width() * 0.3), qRound(y)}), QColor(Qt::white));
}

TEST_F(PageViewTest, APageThatFailsIsNotAskedForAgainAndTheOthersAre) {
  openPages(10);
  Q_EMIT m_source.pageFailed(0, QStringLiteral("its content is broken"));
  m_view.showPlace({3, 0});
  m_view.showPlace({0, 0});
  EXPECT_THAT(wantedPages(), ::testing::Not(::testing::Contains(0)));
  EXPECT_THAT(wantedPages(), ::testing::Contains(1));
}

TEST_F(PageViewTest, DarkPagesAreAskedForInTheirColors) {
  openPages(3);
  m_source.deliverAll();
  m_view.setDarkPages(true);
  ASSERT_FALSE(m_source.wanted.empty());
  EXPECT_EQ(QColor(m_source.wanted[0].colors.paper), themeColors(true).background);
  EXPECT_LT(colorAt({200, 30}).lightness(), 80);  // dark at once, before the picture comes
}

TEST_F(PageViewTest, ScreenReadersHearThePageAndItsWords) {
  openPages(300);
  m_view.setPageNames({QStringLiteral("i"), QStringLiteral("ii"), QStringLiteral("xii")});
  m_view.setPageText([](int page) { return page == 2 ? QStringLiteral("Call me Ishmael.") : QString(); });
  m_view.showPlace({2, 0});
  QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(&m_view);
  ASSERT_NE(spoken, nullptr);
  EXPECT_EQ(spoken->text(QAccessible::Name), QStringLiteral("Page xii of 300"));
  ASSERT_NE(spoken->textInterface(), nullptr);
  EXPECT_EQ(spoken->textInterface()->text(0, -1), QStringLiteral("Call me Ishmael."));
  EXPECT_EQ(spoken->textInterface()->text(8, 15), QStringLiteral("Ishmael"));
  EXPECT_EQ(spoken->textInterface()->characterCount(), 16);
}

/// The same page at 100 % and at 200 %: the same shapes at twice the pixels.
TEST(PagePaint, OutlinesLookTheSameAtEveryRatioOfPixels) {
  const auto render = [](double ratio, bool dark) {
    PagePicture picture;
    picture.request.width = static_cast<int>(100 * ratio);
    if (dark) picture.request.colors = {themeColors(true).background.rgb(), themeColors(true).text.rgb()};
    picture.image = QImage(picture.request.width, static_cast<int>(140 * ratio), QImage::Format_RGB32);
    picture.image.fill(picture.request.colors.paper);
    picture.outlines = {{QPolygonF(QRectF(20 * ratio, 30 * ratio, 50 * ratio, 12 * ratio))}, {}};
    QImage canvas(static_cast<int>(120 * ratio), static_cast<int>(160 * ratio), QImage::Format_RGB32);
    canvas.setDevicePixelRatio(ratio);
    canvas.fill(Qt::gray);
    QPainter painter(&canvas);
    paintPage(painter, {10, 10, 100, 140}, picture, true);
    return canvas;
  };
  for (const bool dark : {false, true}) {
    const QColor paper = dark ? themeColors(true).background : QColor(Qt::white);
    const QImage once = render(1, dark);
    const QImage half = render(1.5, dark);
    const QImage twice = render(2, dark);
    for (const QPoint at : {QPoint(15, 15), QPoint(50, 46), QPoint(50, 60), QPoint(100, 46), QPoint(5, 5)}) {
      const QColor expected = once.pixelColor(at);
      EXPECT_EQ(twice.pixelColor(at * 2), expected) << at.x();
      EXPECT_EQ(half.pixelColor(at * 1.5), expected) << at.x();
    }
    EXPECT_EQ(once.pixelColor(15, 15), paper);
    EXPECT_NE(once.pixelColor(50, 46), paper);  // inside the outline
    // The line stands out from the fill, the fill from the paper.
    const auto distance = [](const QColor& a, const QColor& b) {
      return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue());
    };
    EXPECT_GT(distance(once.pixelColor(50, 46), paper), 40);
    EXPECT_GT(distance(twice.pixelColor(100, 80), twice.pixelColor(100, 92)), 60);
  }
}

}  // namespace
}  // namespace tidemark::ui

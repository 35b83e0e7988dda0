#include "ui/bridge/page_drawing_source.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>
#include <atomic>
#include <semaphore>

namespace tidemark::ui {
namespace {

/// Draws one page whenever the test lets it, unless it is asked to stop.
struct DrawerLog {
  std::counting_semaphore<1000> mayDraw{0};
  std::counting_semaphore<1000> hasBegun{0};
  std::mutex mutex;
  std::vector<int> drawn;  // guarded by mutex
  std::atomic<int> stopped{0};
  bool opens = true;
};

class SlowDrawer final : public PageDrawer {
 public:
  explicit SlowDrawer(std::shared_ptr<DrawerLog> log) : m_log(std::move(log)) {}
  Result<std::vector<QSizeF>> open() override {
    if (!m_log->opens) return makeError(ErrorCode::kNotFound, "book.pdf: no such file");
    return std::vector<QSizeF>(100, QSizeF(595, 842));
  }
  Result<PagePicture> draw(const PageRequest& request, const std::stop_token& stop) override {
    m_log->hasBegun.release();
    while (!m_log->mayDraw.try_acquire_for(std::chrono::milliseconds(1))) {
      if (!stop.stop_requested()) continue;
      ++m_log->stopped;
      return makeError(ErrorCode::kCancelled, "stopped");
    }
    const std::lock_guard lock(m_log->mutex);
    m_log->drawn.push_back(request.page);
    if (request.page == 13) return makeError(ErrorCode::kCorrupt, "page 14 is broken");
    PagePicture picture;
    picture.image = QImage(request.width, request.width, QImage::Format_RGB32);
    picture.image.fill(Qt::white);
    return picture;
  }

 private:
  std::shared_ptr<DrawerLog> m_log;
};

PageRequest requestOf(int page) {
  PageRequest request;
  request.page = page;
  request.width = 20;
  return request;
}

class PageDrawingSourceTest : public ::testing::Test {
 protected:
  PageDrawingSourceTest() {
    QObject::connect(m_source.get(), &PageSource::pictureReady,
                     [this](const PagePicture& picture) { m_pictures.push_back(picture); });
  }
  std::unique_ptr<PageDrawingSource> make() {
    return std::make_unique<PageDrawingSource>(std::make_unique<SlowDrawer>(m_log), [](const Error& error) {
      return QStringLiteral("Sorry: ") + QString::fromStdString(error.message);
    });
  }
  void open() {
    QSignalSpy opened(m_source.get(), &PageSource::opened);
    m_source->open();
    ASSERT_TRUE(opened.wait(10'000));
  }
  [[nodiscard]] std::vector<int> delivered() const {
    std::vector<int> pages;
    for (const PagePicture& each : m_pictures) pages.push_back(each.request.page);
    return pages;
  }

  std::shared_ptr<DrawerLog> m_log = std::make_shared<DrawerLog>();
  std::vector<PagePicture> m_pictures;
  std::unique_ptr<PageDrawingSource> m_source = make();
};

TEST_F(PageDrawingSourceTest, DrawsTheMostWantedFirst) {
  open();
  m_log->mayDraw.release(10);
  m_source->want({requestOf(5), requestOf(6), requestOf(4)});
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_pictures.size() == 3; }));
  EXPECT_EQ(delivered(), (std::vector<int>{5, 6, 4}));
  EXPECT_EQ(m_pictures[0].request, requestOf(5));
}

TEST_F(PageDrawingSourceTest, WhatIsWantedNoMoreIsGivenUpAndNotDelivered) {
  open();
  m_source->want({requestOf(1), requestOf(2), requestOf(3)});
  m_log->hasBegun.acquire();  // page 1 is being drawn
  m_source->want({requestOf(50), requestOf(2)});
  m_log->hasBegun.acquire();  // page 50, although page 1 was never finished
  m_log->mayDraw.release(10);
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_pictures.size() == 2; }));
  EXPECT_EQ(delivered(), (std::vector<int>{50, 2}));
  EXPECT_EQ(m_log->stopped, 1);
  QTest::qWait(30);
  EXPECT_EQ(m_pictures.size(), 2u);
}

TEST_F(PageDrawingSourceTest, APictureThatIsOnItsWayWhenItIsWantedNoMoreIsDropped) {
  open();
  m_source->want({requestOf(1)});
  m_log->hasBegun.acquire();
  m_log->mayDraw.release();
  for (int i = 0; i < 1000; ++i) {  // without the event loop: the picture waits in the queue
    const std::lock_guard lock(m_log->mutex);
    if (!m_log->drawn.empty()) break;
    QThread::msleep(1);
  }
  QThread::msleep(20);
  m_source->want({});
  QTest::qWait(30);
  EXPECT_TRUE(m_pictures.empty());
}

TEST_F(PageDrawingSourceTest, WhatIsBeingDrawnAndStillWantedIsDrawnOnce) {
  open();
  m_source->want({requestOf(1)});
  m_log->hasBegun.acquire();
  m_source->want({requestOf(2), requestOf(1)});
  m_log->mayDraw.release(10);
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_pictures.size() == 2; }));
  EXPECT_EQ(m_log->stopped, 0);
  EXPECT_EQ(delivered(), (std::vector<int>{1, 2}));
}

TEST_F(PageDrawingSourceTest, ABrokenPageAndABrokenFileAreSaid) {
  open();
  QSignalSpy failed(m_source.get(), &PageSource::pageFailed);
  m_log->mayDraw.release(10);
  m_source->want({requestOf(13), requestOf(14)});
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_pictures.size() == 1; }));
  ASSERT_EQ(failed.count(), 1);
  EXPECT_EQ(failed[0][0].toInt(), 13);
  m_log->opens = false;
  m_source = make();
  QSignalSpy unavailable(m_source.get(), &PageSource::unavailable);
  m_source->open();
  ASSERT_TRUE(unavailable.wait(10'000));
  EXPECT_EQ(unavailable[0][0].toString(), QStringLiteral("Sorry: book.pdf: no such file"));
}

TEST_F(PageDrawingSourceTest, DarkPagesComeInTheirColors) {
  open();
  m_log->mayDraw.release(10);
  PageRequest dark = requestOf(1);
  dark.colors = {0xff101418, 0xffeeeeee};
  m_source->want({dark});
  ASSERT_TRUE(QTest::qWaitFor([this] { return m_pictures.size() == 1; }));
  EXPECT_EQ(m_pictures[0].image.pixel(3, 3), 0xff101418u);
}

TEST_F(PageDrawingSourceTest, GoingAwayWhileDrawingWaitsForNobody) {
  open();
  m_source->want({requestOf(1)});
  m_log->hasBegun.acquire();
  m_source.reset();
  EXPECT_EQ(m_log->stopped, 1);
}

}  // namespace
}  // namespace tidemark::ui

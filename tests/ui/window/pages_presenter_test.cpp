#include "ui/window/pages_presenter.h"

#include <gtest/gtest.h>

#include <QSignalSpy>
#include <QTest>

#include "tests/ui/pages/fake_page_source.h"
#include "tests/ui/support/fake_engine.h"
#include "ui/document/document_panel.h"
#include "ui/document/text_piece_builder.h"
#include "ui/pages/page_panel.h"

namespace tidemark::ui {
namespace {

using testing::FakeEngineLog;
using testing::FakePageSource;

/// A session of a PDF of 20 pages of 1000 bytes each, and a text of 5000 bytes behind it.
class PagesPresenterTest : public ::testing::Test {
 protected:
  PagesPresenterTest()
      : m_bridge(testing::makerOf(m_log)),
        m_controller(m_bridge, m_loader),
        m_presenter(m_controller, m_document, m_pages, [this](const PdfFile& file) {
          m_files.push_back(file);
          auto source = std::make_unique<FakePageSource>();
          m_source = source.get();
          return source;
        }) {
    m_document.resize(500, 600);
    m_document.setReducedMotion(true);
    m_document.show();
    m_pages.resize(500, 600);
    m_pages.view().setReducedMotion(true);
    m_pages.show();
    (void)QTest::qWaitForWindowExposed(&m_pages);
    // The panel shows a text, as the presenter of the session would make it.
    TextPieceBuilder builder([this](std::shared_ptr<const TextPiece> piece) { m_document.appendPiece(piece); });
    for (int line = 0; line < 500; ++line) {
      const std::string number = std::to_string(line);
      builder.feed("line " + number + std::string(44 - number.size(), 'x') + "\n");
    }
    builder.finish();
    m_document.finishDocument();
  }
  void importPdf(std::uint64_t sourceBytes = 77) {
    m_controller.openPasted(QStringLiteral("any"));
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_log->opened.empty(); }));
    m_log->sink(SessionReady{m_log->token(), {}, 0.01});
    ASSERT_TRUE(QTest::qWaitFor([this] { return !m_log->reads.empty(); }));
    DocumentImported pdf{m_log->run(), {}};
    pdf.document = {1, "book.pdf", "/books/book.pdf", "", {0, 20'000}, 20'000, 0, ""};
    pdf.contents.document = 1;
    pdf.contents.source.format = "pdf";
    pdf.contents.source.bytes = sourceBytes;
    for (std::uint64_t page = 0; page < 20; ++page) {
      pdf.contents.pages.push_back({page * 1000, page == 2 ? "xii" : ""});
    }
    m_log->event(pdf);
    DocumentImported text{m_log->run(), {}};
    text.document = {2, "notes.txt", "/books/notes.txt", "", {20'000, 25'000}, 5000, 0, ""};
    text.contents.document = 2;
    text.contents.source.format = "text";
    m_log->event(text);
    ASSERT_TRUE(QTest::qWaitFor([this] { return m_controller.facts().contents.size() == 2; }));
  }
  void openPages() {
    ASSERT_NE(m_source, nullptr);
    Q_EMIT m_source->opened(std::vector<QSizeF>(20, {595, 842}));
  }

  std::shared_ptr<FakeEngineLog> m_log = std::make_shared<FakeEngineLog>();
  TextLoader m_loader;
  EngineBridge m_bridge;
  SessionController m_controller;
  DocumentPanel m_document;
  PagePanel m_pages;
  FakePageSource* m_source = nullptr;
  std::vector<PdfFile> m_files;
  PagesPresenter m_presenter;
};

TEST_F(PagesPresenterTest, APdfHasPagesAndATextHasNone) {
  EXPECT_FALSE(m_presenter.isAvailable());
  QSignalSpy changed(&m_presenter, &PagesPresenter::visibilityChanged);
  importPdf();
  EXPECT_TRUE(m_presenter.isAvailable());
  EXPECT_EQ(changed.count(), 1);
  ASSERT_EQ(m_files.size(), 1u);
  EXPECT_EQ(m_files[0], (PdfFile{"/books/book.pdf", 77, 0}));
  EXPECT_EQ(m_source->opens, 1);
  openPages();
  EXPECT_EQ(m_pages.view().pageName(2), QStringLiteral("xii"));
  m_document.goToByte(22'000, false);
  EXPECT_FALSE(m_presenter.isAvailable());
  m_document.goToByte(5'000, false);
  EXPECT_TRUE(m_presenter.isAvailable());
  EXPECT_EQ(m_files.size(), 2u);
  m_controller.closeSession();
  EXPECT_FALSE(m_presenter.isAvailable());
}

TEST_F(PagesPresenterTest, TextAndPagesFollowEachOtherWithoutEnd) {
  importPdf();
  openPages();
  QSignalSpy moved(&m_pages.view(), &PageView::placeMoved);
  m_document.goToByte(7'500, false);
  EXPECT_EQ(m_pages.view().place().page, 7);
  EXPECT_NEAR(m_pages.view().place().fraction, 0.5, 0.06);
  EXPECT_EQ(moved.count(), 0);
  QSignalSpy top(&m_document, &DocumentPanel::topByteChanged);
  QTest::keyClick(&m_pages.view(), Qt::Key_Down, Qt::ControlModifier);  // to page 8
  const PagePlace byHand = m_pages.view().place();
  EXPECT_EQ(moved.count(), 1);
  EXPECT_NEAR(static_cast<double>(m_document.topByte()), 8000, 120);
  EXPECT_LE(top.count(), 2);
  QCoreApplication::processEvents();
  EXPECT_EQ(m_pages.view().place(), byHand);  // the text that followed does not move the pages back
}

TEST_F(PagesPresenterTest, APassageIsOutlinedOnEveryPageItLiesOn) {
  importPdf();
  openPages();
  m_presenter.setEvidence({{2'950, 3'100}});
  m_presenter.showPassage({2'950, 3'100});
  ASSERT_FALSE(m_source->wanted.empty());
  EXPECT_EQ(m_source->wanted[0].page, 2);
  ASSERT_EQ(m_source->wanted[0].quotes.size(), 1u);
  EXPECT_EQ(m_source->wanted[0].quotes[0], m_document.text().text({2'950, 3'000}));
  bool onNext = false;
  for (const PageRequest& each : m_source->wanted) onNext = onNext || (each.page == 3 && each.quotes.size() == 1);
  EXPECT_TRUE(onNext);
  m_presenter.showPassage({22'000, 22'010});  // of the text: there are no pages
  EXPECT_FALSE(m_presenter.isAvailable());
}

TEST_F(PagesPresenterTest, NothingIsOpenedForPagesThatNobodyWants) {
  m_presenter.setWanted(false);
  importPdf();
  EXPECT_TRUE(m_presenter.isAvailable());  // they could be shown
  EXPECT_TRUE(m_files.empty());
  m_document.goToByte(9'000, false);
  m_presenter.setWanted(true);
  ASSERT_EQ(m_files.size(), 1u);
  openPages();
  EXPECT_EQ(m_pages.view().place().page, 9);
}

}  // namespace
}  // namespace tidemark::ui

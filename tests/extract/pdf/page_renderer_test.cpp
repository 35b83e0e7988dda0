#include "engine/extraction/page_renderer.h"

#include <csignal>
#include <thread>

#include "tests/extract/pdf/pdf_fixture.h"

namespace tidemark::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

PdfFile twoPages() {
  PdfFile file;
  file.addPage(pdfLines(72, 100,
                        {"Nothing is said on this line about the gulf, by any keeper.",
                         "The light stands on the highest of the seven rocks, and the keep-",
                         "er of it has not gone ashore for more than eleven years by now, since"}));
  file.addPage(pdfLines(72, 200, {"the ferry stopped going to these rocks in the year of the great storm."}));
  return file;
}

/// Dark pixels inside of an outline.
int inkInside(const RenderedPage& page, const PageOutline& outline) {
  const auto [left, right] = std::minmax_element(outline.x.begin(), outline.x.end());
  const auto [top, bottom] = std::minmax_element(outline.y.begin(), outline.y.end());
  int ink = 0;
  for (int y = static_cast<int>(*top); y < static_cast<int>(*bottom); ++y) {
    for (int x = static_cast<int>(*left); x < static_cast<int>(*right); ++x) {
      const std::uint32_t pixel = page.pixels.at(static_cast<std::size_t>(y * page.width + x));
      ink += (pixel & 0xFF) < 0x80 ? 1 : 0;
    }
  }
  return ink;
}

class PageRendererTest : public PdfTest {
 protected:
  std::optional<PageRenderer> opened(const std::string& bytes) {
    Result<PageRenderer> renderer = PageRenderer::open(write(bytes));
    EXPECT_TRUE(renderer.ok()) << renderer.error().message;
    return renderer ? std::optional(std::move(*renderer)) : std::nullopt;
  }
};

TEST_F(PageRendererTest, DrawsPagesAndOutlinesQuotes) {
  std::optional<PageRenderer> renderer = opened(twoPages().bytes());
  ASSERT_TRUE(renderer);
  ASSERT_THAT(renderer->sizes(), SizeIs(2));
  EXPECT_EQ(renderer->sizes()[0].width, 612);
  const Result<RenderedPage> page =
      renderer->render(0, 918, {"the keeper of it has not gone ashore", "this stands nowhere on these pages at all"});
  ASSERT_TRUE(page.ok()) << page.error().message;
  EXPECT_EQ(page->height, 1188);
  EXPECT_EQ(page->pixels.front(), 0xFFFFFFFFU);
  ASSERT_THAT(page->outlines, SizeIs(2));
  // A word divided at the line's end: the quote has a part on each of the two lines.
  ASSERT_THAT(page->outlines[0], SizeIs(2));
  EXPECT_NEAR(page->outlines[0][0].y[0], (112 - 7) * 1.5, 6);
  EXPECT_NEAR(page->outlines[0][1].y[0], (124 - 7) * 1.5, 6);
  EXPECT_NEAR(page->outlines[0][1].x[0], 72 * 1.5, 3);
  for (const PageOutline& outline : page->outlines[0]) EXPECT_GT(inkInside(*page, outline), 20);
  EXPECT_THAT(page->outlines[1], IsEmpty());
}

TEST_F(PageRendererTest, OutlinesThePartsOfAQuoteThatGoesOverThePage) {
  std::optional<PageRenderer> renderer = opened(twoPages().bytes());
  ASSERT_TRUE(renderer);
  const std::string quote = "for more than eleven years by now, since the ferry stopped going to these rocks";
  for (int page = 0; page < 2; ++page) {
    const Result<RenderedPage> drawn = renderer->render(page, 612, {quote});
    ASSERT_TRUE(drawn.ok()) << drawn.error().message;
    ASSERT_THAT(drawn->outlines, SizeIs(1));
    ASSERT_THAT(drawn->outlines[0], SizeIs(1)) << page;
    EXPECT_GT(inkInside(*drawn, drawn->outlines[0][0]), 20);
  }
}

TEST_F(PageRendererTest, RefusesWhatIsNotThere) {
  std::optional<PageRenderer> renderer = opened(twoPages().bytes());
  ASSERT_TRUE(renderer);
  EXPECT_EQ(renderer->render(2, 612, {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(renderer->render(-1, 612, {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(renderer->render(0, 9000, {}).error().code, ErrorCode::kInvalidArgument);
  EXPECT_TRUE(renderer->render(0, 612, {""}).ok());
}

TEST_F(PageRendererTest, SaysWhyAFileCannotBeDrawn) {
  PdfFile file = twoPages();
  file.encrypted = true;
  const Result<PageRenderer> encrypted = PageRenderer::open(write(file.bytes()));
  ASSERT_FALSE(encrypted.ok());
  EXPECT_EQ(encrypted.error().code, ErrorCode::kCorrupt);
  EXPECT_THAT(encrypted.error().message, HasSubstr("file.pdf is encrypted with a password"));
  EXPECT_EQ(PageRenderer::open("/nowhere/at.pdf").error().code, ErrorCode::kNotFound);
}

TEST_F(PageRendererTest, StopsWhenNoLongerWantedAndStartsAgain) {
  std::optional<PageRenderer> renderer = opened(twoPages().bytes());
  ASSERT_TRUE(renderer);
  std::stop_source stop;
  stop.request_stop();
  EXPECT_EQ(renderer->render(0, 612, {}, stop.get_token()).error().code, ErrorCode::kCancelled);
  const Result<RenderedPage> again = renderer->render(1, 612, {});
  EXPECT_TRUE(again.ok()) << again.error().message;
}

TEST_F(PageRendererTest, StartsAgainAfterACrash) {
  // The program dies at the third request, every time.
  const std::filesystem::path script =
      write("#!/bin/sh\nhead -c 0 /dev/null; { read -r a; echo \"$a\"; read -r b; echo \"$b\"; } | \"" TM_PDF_PROGRAM
            "\" \"$@\"\nkill -SEGV $$\n",
            "program");
  std::filesystem::permissions(script, std::filesystem::perms::owner_all);
  ::setenv("TIDEMARK_EXTRACT", script.c_str(), 1);
  std::optional<PageRenderer> renderer = opened(twoPages().bytes());
  ASSERT_TRUE(renderer);
  for (int request = 0; request < 5; ++request) {
    const Result<RenderedPage> page = renderer->render(request % 2, 100, {});
    EXPECT_TRUE(page.ok()) << request << ": " << page.error().message;
  }
}

}  // namespace
}  // namespace tidemark::testing

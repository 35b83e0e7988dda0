#pragma once
// Pages of a PDF as pictures, drawn by a tidemark-extract process (`render`), with the outlines of quotes on them. A
// hostile file can take down that process and nothing else.
//
// Requests, one line each:    {"page":0,"width":800,"quotes":["..",".."]}            page from 0, width in pixels
// Answers: one line           {"page":0,"width":800,"height":1035,"bytes":3312000,"outlines":[[[x,y,x,y,..],..],..]}
// and then `bytes` bytes: rows of 32-bit pixels 0xffRRGGBB in the machine's byte order, without padding. Before the
// first answer comes a line      {"pages":3000,"sizes":[[612,792,count],..]}        sizes in points, run lengths,
// or an error line (extraction_lines.h). A page that cannot be drawn is answered with a height and bytes of 0.

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

struct PageSize {
  double width = 0;  // points
  double height = 0;
};

/// Pixels of a picture of a page that is `width` pixels wide; 0: it has no sensible size, or a picture would be too
/// large. Both sides compute it, so an answer with another height is refused.
[[nodiscard]] int pictureHeight(const PageSize& size, int width);

/// Limits of both sides.
inline constexpr int kLeastPictureWidth = 16;
inline constexpr int kMostPictureWidth = 8192;
inline constexpr int kMostPictureHeight = 16384;
inline constexpr std::int64_t kMostPicturePixels = std::int64_t{64} << 20;
inline constexpr std::size_t kMostQuotes = 256;              // of one request
inline constexpr std::size_t kLongestQuoteText = 64 * 1024;  // bytes

/// A closed polygon around a line (or part of one) of a quote, in pixels of the picture.
struct PageOutline {
  std::vector<double> x;
  std::vector<double> y;
};

struct RenderedPage {
  std::int64_t page = 0;
  int width = 0;
  int height = 0;
  std::vector<std::uint32_t> pixels;               // width * height, 0xffRRGGBB
  std::vector<std::vector<PageOutline>> outlines;  // of each quote asked for; empty: it was not found on this page
};

/// Blocks: to be used from a worker.
class PageRenderer {
 public:
  /// Errors: kNotFound, kIo, kUnsupported (no tidemark-extract, or one without PDF), kCorrupt (encrypted, broken).
  [[nodiscard]] static Result<PageRenderer> open(const std::filesystem::path& pdf);
  PageRenderer(PageRenderer&&) noexcept;
  PageRenderer& operator=(PageRenderer&&) noexcept;
  ~PageRenderer();

  [[nodiscard]] const std::vector<PageSize>& sizes() const;  // of every page
  /// `width` 16 .. 8192. `quotes`: passages of the extracted text of that page; a quote that begins on the page before
  /// or ends on the next is outlined as far as it lies on this one. Errors: kInvalidArgument, kIo (it crashed or hung:
  /// it is started again at the next call), kCorrupt (the page cannot be drawn), kCancelled (the process is ended).
  [[nodiscard]] Result<RenderedPage> render(std::int64_t page, int width, const std::vector<std::string>& quotes,
                                            std::stop_token stop = {});

 private:
  struct Impl;
  explicit PageRenderer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> m_impl;
};

}  // namespace tidemark

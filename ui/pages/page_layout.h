#pragma once
// Where the pages of a document lie, one below the other, at a zoom. Pure arithmetic in device-independent pixels.

#include <QRectF>
#include <QSizeF>
#include <vector>

namespace tidemark::ui {

enum class PageFit { kWidth, kPage, kScale };

struct PageZoom {
  PageFit fit = PageFit::kWidth;
  double scale = 1;  // 1: an inch is 96 pixels; used by kScale
  friend bool operator==(const PageZoom&, const PageZoom&) = default;
};

/// A place that stays the same while sizes change: a share of the way down a page.
struct PagePlace {
  int page = 0;
  double fraction = 0;  // 0 .. 1
  friend bool operator==(const PagePlace&, const PagePlace&) = default;
};

class PageLayout {
 public:
  static constexpr double kMargin = 16;  // around the pages
  static constexpr double kGap = 12;     // between two of them
  static constexpr double kSmallestScale = 0.1;
  static constexpr double kLargestScale = 6;

  /// Sizes in points. What is no size becomes A4: they come from files.
  void setPages(const std::vector<QSizeF>& points);
  void setViewport(const QSizeF& size);
  void setZoom(const PageZoom& zoom);

  [[nodiscard]] int pageCount() const { return static_cast<int>(m_points.size()); }
  [[nodiscard]] const PageZoom& zoom() const { return m_zoom; }
  /// Of a page: 1 is its size on paper. Nothing that a file says makes a page larger than kMostPixels each way.
  [[nodiscard]] double scaleOf(int page) const;
  /// Of all pages and the margins around them; never smaller than the viewport.
  [[nodiscard]] QSizeF contentSize() const { return m_content; }
  /// In the content; pages are centred.
  [[nodiscard]] QRectF pageRect(int page) const;
  /// The page at this height, or the next one where there is a gap; the last one behind all.
  [[nodiscard]] int pageAt(double y) const;
  /// Pages that show in this stretch: first, and one behind the last.
  [[nodiscard]] std::pair<int, int> visible(double top, double height) const;
  [[nodiscard]] PagePlace placeAt(double y) const;
  [[nodiscard]] double yOf(const PagePlace& place) const;
  /// The next step up (1) or down (-1) from the scale of `page`.
  [[nodiscard]] double nextScale(int page, int direction) const;

  static constexpr double kMostPixels = 8192;

 private:
  void arrange();

  std::vector<QSizeF> m_points;
  std::vector<double> m_tops;  // of every page
  QSizeF m_viewport;
  QSizeF m_content;
  PageZoom m_zoom;
};

}  // namespace tidemark::ui

#include "ui/pages/page_layout.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace tidemark::ui {
namespace {

constexpr double kPixelsPerPoint = 96.0 / 72.0;
constexpr QSizeF kA4(595, 842);
constexpr std::array kScales{0.1, 0.25, 0.33, 0.5, 0.67, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0};

bool isSize(const QSizeF& size) {
  const auto isLength = [](double length) { return length >= 1 && length <= 100'000; };  // false for NaN
  return isLength(size.width()) && isLength(size.height());
}

}  // namespace

void PageLayout::setPages(const std::vector<QSizeF>& points) {
  m_points = points;
  for (QSizeF& size : m_points) {
    if (!isSize(size)) size = kA4;
  }
  arrange();
}

void PageLayout::setViewport(const QSizeF& size) {
  if (size == m_viewport) return;
  m_viewport = size;
  arrange();
}

void PageLayout::setZoom(const PageZoom& zoom) {
  m_zoom = zoom;
  m_zoom.scale = std::clamp(zoom.scale, kSmallestScale, kLargestScale);
  arrange();
}

double PageLayout::scaleOf(int page) const {
  const QSizeF natural = m_points[static_cast<std::size_t>(page)] * kPixelsPerPoint;
  const double across = std::max(32.0, m_viewport.width() - 2 * kMargin) / natural.width();
  const double down = std::max(32.0, m_viewport.height() - 2 * kMargin) / natural.height();
  double scale = m_zoom.scale;
  if (m_zoom.fit == PageFit::kWidth) scale = across;
  if (m_zoom.fit == PageFit::kPage) scale = std::min(across, down);
  return std::min(scale, kMostPixels / std::max(natural.width(), natural.height()));
}

void PageLayout::arrange() {
  m_tops.clear();
  m_tops.reserve(m_points.size());
  double y = kMargin;
  double widest = 0;
  for (int page = 0; page < pageCount(); ++page) {
    const QSizeF size = m_points[static_cast<std::size_t>(page)] * (kPixelsPerPoint * scaleOf(page));
    m_tops.push_back(y);
    y += std::ceil(size.height()) + kGap;
    widest = std::max(widest, std::ceil(size.width()));
  }
  if (!m_points.empty()) y += kMargin - kGap;
  // A page that fits the width must not bring a scroll bar along because its width is no whole number.
  const double needed = widest + 2 * kMargin;
  m_content = {m_zoom.fit == PageFit::kScale ? std::max(m_viewport.width(), needed) : m_viewport.width(),
               std::max(m_viewport.height(), y)};
}

QRectF PageLayout::pageRect(int page) const {
  const QSizeF size = m_points[static_cast<std::size_t>(page)] * (kPixelsPerPoint * scaleOf(page));
  const double width = std::max(1.0, std::floor(size.width()));
  // On whole pixels: a picture that lies between two of them is blurred.
  return {std::floor((m_content.width() - width) / 2), m_tops[static_cast<std::size_t>(page)], width,
          std::max(1.0, std::ceil(size.height()))};
}

int PageLayout::pageAt(double y) const {
  if (m_tops.empty()) return 0;
  const auto below = std::upper_bound(m_tops.begin(), m_tops.end(), y);
  const int page = std::max(0, static_cast<int>(below - m_tops.begin()) - 1);
  return page + 1 < pageCount() && y >= pageRect(page).bottom() ? page + 1 : page;
}

std::pair<int, int> PageLayout::visible(double top, double height) const {
  if (m_tops.empty()) return {0, 0};
  const int first = pageAt(top);
  const auto end = std::lower_bound(m_tops.begin(), m_tops.end(), top + height);
  return {first, std::max(first + 1, static_cast<int>(end - m_tops.begin()))};
}

PagePlace PageLayout::placeAt(double y) const {
  if (m_tops.empty()) return {};
  const int page = pageAt(y);
  const QRectF rect = pageRect(page);
  return {page, std::clamp((y - rect.top()) / rect.height(), 0.0, 1.0)};
}

double PageLayout::yOf(const PagePlace& place) const {
  if (m_tops.empty()) return 0;
  const QRectF rect = pageRect(std::clamp(place.page, 0, pageCount() - 1));
  return rect.top() + std::clamp(place.fraction, 0.0, 1.0) * rect.height();
}

double PageLayout::nextScale(int page, int direction) const {
  const double now = page < pageCount() ? scaleOf(page) : m_zoom.scale;
  constexpr double kAlmost = 1.02;  // a step that nobody would see is none
  if (direction > 0) {
    const auto* next = std::upper_bound(kScales.begin(), kScales.end(), now * kAlmost);
    return next == kScales.end() ? kLargestScale : *next;
  }
  const auto* next = std::lower_bound(kScales.begin(), kScales.end(), now / kAlmost);
  return next == kScales.begin() ? kSmallestScale : *(next - 1);
}

}  // namespace tidemark::ui

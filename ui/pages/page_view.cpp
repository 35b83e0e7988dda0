#include "ui/pages/page_view.h"

#include <QEvent>
#include <QLocale>
#include <QPaintEvent>
#include <QPainter>
#include <QScopedValueRollback>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/pages/page_accessible.h"
#include "ui/pages/page_outlines.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kMotionMilliseconds = 180;
constexpr double kMostPixelsDrawn = 24e6;  // of one picture
constexpr int kNeighbours = 1;             // pages drawn ahead on either side
constexpr int kSmallestWidth = 16;

}  // namespace

PageView::PageView(QWidget* parent) : QAbstractScrollArea(parent) {
  installPageAccessibility();
  setFrameShape(QFrame::NoFrame);
  setFocusPolicy(Qt::StrongFocus);
  setAccessibleName(tr("Pages"));
  setAccessibleDescription(
      tr("The pages of the document as they look. Page Up and Page Down turn pages, arrow keys "
         "scroll, Ctrl with plus and minus zooms."));
  viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
  // A bar that comes and goes would change the width that pages are drawn for.
  setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
  m_motion.setDuration(kMotionMilliseconds);
  m_motion.setEasingCurve(QEasingCurve::OutCubic);
  connect(&m_motion, &QVariantAnimation::valueChanged, this, [this](const QVariant& value) {
    const QScopedValueRollback<bool> byProgram(m_byProgram, true);
    verticalScrollBar()->setValue(qRound(value.toDouble()));
  });
  updateScrollBars();
}

PageView::~PageView() = default;

void PageView::setSource(PageSource* source) {
  if (m_source) m_source->disconnect(this);
  m_source = source;
  m_motion.stop();
  m_cache.clear();
  m_failures.clear();
  m_wanted.clear();
  m_quotes.clear();
  m_focusQuote.reset();
  m_names.clear();
  m_text = nullptr;
  m_kept = {};
  m_reportedPage = -1;
  m_layout.setPages({});
  updateScrollBars();
  viewport()->update();
  if (source == nullptr) return;
  connect(source, &PageSource::opened, this, &PageView::showPages);
  connect(source, &PageSource::pictureReady, this, &PageView::keepPicture);
  connect(source, &PageSource::pageFailed, this, &PageView::keepFailure);
}

void PageView::showPages(const std::vector<QSizeF>& points) {
  m_cache.clear();
  m_failures.clear();
  m_layout.setPages(points);
  updateScrollBars();
  scrollTo(m_layout.yOf(m_kept), true);
  wantVisible();
  reportPage();
  viewport()->update();
}

void PageView::setPageNames(const QStringList& names) {
  m_names = names;
  viewport()->update();
}

QString PageView::pageName(int page) const {
  const QString label = m_names.value(page);
  return label.isEmpty() ? locale().toString(page + 1) : label;
}

void PageView::setQuotes(std::vector<PageQuote> quotes) {
  if (quotes == m_quotes) return;
  m_quotes = std::move(quotes);
  wantVisible();
  viewport()->update();
}

// --- place

PagePlace PageView::place() const {
  return m_layout.pageCount() == 0 ? m_kept : m_layout.placeAt(verticalScrollBar()->value());
}

int PageView::currentPage() const {
  const double top = verticalScrollBar()->value();
  const double height = viewport()->height();
  const auto [first, end] = m_layout.visible(top, height);
  int best = first;
  double most = -1;
  for (int page = first; page < end; ++page) {
    const QRectF rect = m_layout.pageRect(page);
    const double seen = std::min(rect.bottom(), top + height) - std::max(rect.top(), top);
    if (seen > most + 0.5) {
      most = seen;
      best = page;
    }
  }
  return best;
}

void PageView::showPlace(const PagePlace& place, bool atOnce) {
  m_focusQuote.reset();
  m_kept = place;
  if (m_layout.pageCount() > 0) scrollTo(m_layout.yOf(place) - (place.fraction <= 0 ? PageLayout::kGap : 0), atOnce);
}

void PageView::showQuote(const PageQuote& quote) {
  showPlace({quote.page, 0});
  m_focusQuote = quote;
  if (const PagePicture* picture = m_layout.pageCount() > 0 ? m_cache.find(quote.page) : nullptr) {
    if (picture->request == requestFor(quote.page)) keepPicture(PagePicture(*picture));
  }
}

void PageView::scrollTo(double y, bool atOnce) {
  const int target = std::clamp(static_cast<int>(std::lround(y)), 0, verticalScrollBar()->maximum());
  m_motion.stop();
  const int distance = std::abs(target - verticalScrollBar()->value());
  // A long way is not travelled: the pages between would be drawn for nothing.
  if (atOnce || m_reducedMotion || !isVisible() || distance > 3 * viewport()->height()) {
    const QScopedValueRollback<bool> byProgram(m_byProgram, true);
    verticalScrollBar()->setValue(target);
    return;
  }
  if (distance == 0) return;
  m_motion.setStartValue(static_cast<double>(verticalScrollBar()->value()));
  m_motion.setEndValue(static_cast<double>(target));
  m_motion.start();
}

void PageView::keepPlaceWhile(const std::function<void()>& change) {
  const bool hasPages = m_layout.pageCount() > 0;
  const double top = verticalScrollBar()->value();
  if (hasPages) m_kept = m_layout.placeAt(top);
  const double inGap = hasPages ? std::min(0.0, top - m_layout.pageRect(m_kept.page).top()) : 0;
  m_motion.stop();
  change();
  updateScrollBars();
  if (hasPages) scrollTo(m_layout.yOf(m_kept) + inGap, true);
  wantVisible();
  reportPage();
  viewport()->update();
}

void PageView::updateScrollBars() {
  const QSize seen = viewport()->size();
  const QSizeF content = m_layout.contentSize();
  const auto limit = [](double length) { return static_cast<int>(std::min(length, 1.0e9)); };
  const QScopedValueRollback<bool> byProgram(m_byProgram, true);
  verticalScrollBar()->setRange(0, std::max(0, limit(content.height()) - seen.height()));
  verticalScrollBar()->setPageStep(seen.height());
  verticalScrollBar()->setSingleStep(std::max(16, fontMetrics().height() * 3));
  const int across = std::max(0, limit(content.width()) - seen.width());
  const bool wasCentred = horizontalScrollBar()->value() * 2 >= horizontalScrollBar()->maximum() - 1;
  horizontalScrollBar()->setRange(0, across);
  horizontalScrollBar()->setPageStep(seen.width());
  if (wasCentred) horizontalScrollBar()->setValue(across / 2);
}

void PageView::reportPage() {
  const int page = m_layout.pageCount() == 0 ? -1 : currentPage();
  if (page == m_reportedPage) return;
  m_reportedPage = page;
  if (page < 0) return;
  notifyPageChanged(this);
  Q_EMIT currentPageChanged(page);
}

// --- pictures

PageColors PageView::colors() const {
  if (!m_darkPages) return {};
  const ThemeColors& dark = themeColors(true);
  return {dark.background.rgb(), dark.text.rgb()};
}

PageRequest PageView::requestFor(int page) const {
  const QRectF rect = m_layout.pageRect(page);
  double width = rect.width() * devicePixelRatioF();
  const double pixels = width * width * rect.height() / rect.width();
  if (pixels > kMostPixelsDrawn) width *= std::sqrt(kMostPixelsDrawn / pixels);
  PageRequest request;
  request.page = page;
  request.width = std::clamp(qRound(width), kSmallestWidth, static_cast<int>(PageLayout::kMostPixels));
  for (const PageQuote& quote : m_quotes) {
    if (quote.page == page) request.quotes.push_back(quote.text);
  }
  request.colors = colors();
  return request;
}

/// Visible pages in their order, then their neighbours; what has come in this form already is not asked for again.
void PageView::wantVisible() {
  if (!m_source || m_layout.pageCount() == 0) return;
  const auto [first, end] = m_layout.visible(verticalScrollBar()->value(), viewport()->height());
  std::vector<int> pages;
  for (int page = first; page < end; ++page) pages.push_back(page);
  for (int step = 1; step <= kNeighbours; ++step) {
    if (end - 1 + step < m_layout.pageCount()) pages.push_back(end - 1 + step);
    if (first - step >= 0) pages.push_back(first - step);
  }
  std::vector<PageRequest> wanted;
  for (const int page : pages) {
    if (m_failures.contains(page)) continue;
    PageRequest request = requestFor(page);
    const PagePicture* picture = m_cache.find(page);
    if (picture == nullptr || picture->request != request) wanted.push_back(std::move(request));
  }
  if (wanted == m_wanted) return;
  m_wanted = wanted;
  m_source->want(std::move(wanted));
}

void PageView::keepPicture(const PagePicture& picture) {
  const int page = picture.request.page;
  // What was asked for in another size, or for a document that has gone, is stale.
  if (page < 0 || page >= m_layout.pageCount() || picture.request != requestFor(page)) return;
  m_cache.insert(picture);
  std::erase(m_wanted, picture.request);
  if (m_focusQuote && m_focusQuote->page == page) {
    const auto& quotes = picture.request.quotes;
    const auto at = std::find(quotes.begin(), quotes.end(), m_focusQuote->text);
    const auto index = static_cast<std::size_t>(at - quotes.begin());
    if (at != quotes.end() && index < picture.outlines.size()) {
      const QRectF bounds = outlineBounds(picture.outlines[index]);
      const QRectF rect = m_layout.pageRect(page);
      m_focusQuote.reset();
      if (!bounds.isEmpty()) {
        const double y = rect.top() + bounds.top() * rect.width() / picture.image.width();
        scrollTo(y - viewport()->height() / 3.0, false);
      }
    }
  }
  viewport()->update();
}

void PageView::keepFailure(int page, const QString& reason) {
  m_failures[page] = reason;
  std::erase_if(m_wanted, [page](const PageRequest& each) { return each.page == page; });
  viewport()->update();
}

void PageView::paintEvent(QPaintEvent* event) {
  QPainter painter(viewport());
  const ThemeColors& theme = themeColors(palette());
  painter.fillRect(event->rect(), theme.background);
  const QPointF origin(horizontalScrollBar()->value(), verticalScrollBar()->value());
  const auto [first, end] = m_layout.visible(origin.y(), viewport()->height());
  for (int page = first; page < end; ++page) {
    const QRectF rect = m_layout.pageRect(page).translated(-origin);
    const PagePicture* picture = m_cache.find(page);
    const bool hasColors = picture != nullptr && picture->request.colors == colors();
    if (hasColors) {
      // A picture of another size stands in until the right one comes; outlines of other quotes do not.
      paintPage(painter, rect, *picture, picture->request.quotes == requestFor(page).quotes);
    } else {
      const auto failure = m_failures.find(page);
      const QString text =
          failure != m_failures.end() ? tr("This page cannot be shown: %1").arg(failure->second) : pageName(page);
      paintBlankPage(painter, rect, text, colors());
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(theme.line);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect.adjusted(-1, -1, 0, 0));
  }
  if (hasFocus() && m_layout.pageCount() > 0) {
    painter.setPen(theme.accent);
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(viewport()->rect().adjusted(0, 0, -1, -1));
  }
}

QSize PageView::sizeHint() const {
  return {fontMetrics().height() * 28, fontMetrics().height() * 40};
}

}  // namespace tidemark::ui

#pragma once
// The pages of a document, one below the other, as pictures. The view asks its source for what is seen and keeps a
// bounded number of bytes of what came. GUI thread.

#include <QAbstractScrollArea>
#include <QPointer>
#include <QStringList>
#include <QVariantAnimation>
#include <functional>
#include <map>
#include <optional>

#include "ui/pages/page_cache.h"
#include "ui/pages/page_layout.h"
#include "ui/pages/page_source.h"

namespace tidemark::ui {

/// A passage to be outlined on a page, in the words of that page.
struct PageQuote {
  int page = 0;
  std::string text;
  friend bool operator==(const PageQuote&, const PageQuote&) = default;
};

class PageView : public QAbstractScrollArea {
  Q_OBJECT

 public:
  static constexpr std::size_t kCacheBytes = std::size_t{192} << 20;

  explicit PageView(QWidget* parent = nullptr);
  ~PageView() override;

  /// Null: no pages. The source is not owned and begins when it is opened by its owner.
  void setSource(PageSource* source);
  /// What people call each page; a page beyond the list is called by its number.
  void setPageNames(const QStringList& names);
  /// The words of a page, for screen readers.
  void setPageText(std::function<QString(int page)> text) { m_text = std::move(text); }
  void setQuotes(std::vector<PageQuote> quotes);

  /// The place at the top edge of what is seen.
  [[nodiscard]] PagePlace place() const;
  /// The page that fills most of the view.
  [[nodiscard]] int currentPage() const;
  [[nodiscard]] QString pageName(int page) const;
  [[nodiscard]] QString pageText(int page) const { return m_text ? m_text(page) : QString(); }
  [[nodiscard]] int pageCount() const { return m_layout.pageCount(); }
  /// Goes there, smoothly unless motion is reduced or `atOnce`. placeMoved() does not follow: nobody moved it by hand.
  void showPlace(const PagePlace& place, bool atOnce = false);
  /// Goes to a page and, once its outlines are known, to the first of this quote.
  void showQuote(const PageQuote& quote);

  void setZoom(const PageZoom& zoom);
  [[nodiscard]] const PageZoom& zoom() const { return m_layout.zoom(); }
  /// Of the current page: 1 is its size on paper.
  [[nodiscard]] double scale() const;
  void zoomIn();
  void zoomOut();
  void setDarkPages(bool dark);
  [[nodiscard]] bool darkPages() const { return m_darkPages; }
  void setReducedMotion(bool reduced) { m_reducedMotion = reduced; }

  [[nodiscard]] const PageLayout& pageLayout() const { return m_layout; }
  [[nodiscard]] QSize sizeHint() const override;

 Q_SIGNALS:
  /// By hand: wheel, keys, scroll bar, zoom.
  void placeMoved(const tidemark::ui::PagePlace& place);
  void currentPageChanged(int page);
  void zoomChanged();

 protected:
  void paintEvent(QPaintEvent* event) override;
  void resizeEvent(QResizeEvent* event) override;
  void scrollContentsBy(int dx, int dy) override;
  void keyPressEvent(QKeyEvent* event) override;
  void wheelEvent(QWheelEvent* event) override;
  void changeEvent(QEvent* event) override;
  bool event(QEvent* event) override;

 private:
  void showPages(const std::vector<QSizeF>& points);
  void keepPicture(const PagePicture& picture);
  void keepFailure(int page, const QString& reason);
  void updateScrollBars();
  void keepPlaceWhile(const std::function<void()>& change);
  void scrollTo(double y, bool atOnce);
  void wantVisible();
  void reportPage();
  void zoomBy(int direction);
  void goToPageStep(int step);
  [[nodiscard]] PageRequest requestFor(int page) const;
  [[nodiscard]] PageColors colors() const;

  QPointer<PageSource> m_source;
  PageLayout m_layout;
  PageCache m_cache{kCacheBytes};
  std::map<int, QString> m_failures;
  QStringList m_names;
  std::function<QString(int)> m_text;
  std::vector<PageQuote> m_quotes;
  std::optional<PageQuote> m_focusQuote;  // to be scrolled to once it is outlined
  std::vector<PageRequest> m_wanted;
  QVariantAnimation m_motion;
  PagePlace m_kept;          // while sizes change and before there are pages
  bool m_byProgram = false;  // a scroll that nobody made by hand
  bool m_reducedMotion = false;
  bool m_darkPages = false;
  int m_reportedPage = -1;
};

}  // namespace tidemark::ui

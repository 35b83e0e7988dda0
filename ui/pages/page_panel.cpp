#include "ui/pages/page_panel.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPainter>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kRoomyLines = 24;  // lines of text that the panel is wide

/// A bar on the colour of panels, with a hairline below.
class PageBar final : public QWidget {
 public:
  using QWidget::QWidget;

 protected:
  void paintEvent(QPaintEvent* /*event*/) override {
    QPainter painter(this);
    painter.fillRect(rect(), themeColors(palette()).panel);
    painter.fillRect(QRect(0, height() - 1, width(), 1), themeColors(palette()).line);
  }
};

}  // namespace

PagePanel::PagePanel(QWidget* parent)
    : QWidget(parent),
      m_view(new PageView(this)),
      m_page(new QLineEdit(this)),
      m_count(new QLabel(this)),
      m_percent(new QLabel(this)),
      m_sentence(new QLabel(this)),
      m_stack(new QStackedWidget(this)) {
  m_bar = makeBar();
  m_sentence->setAlignment(Qt::AlignCenter);
  m_sentence->setWordWrap(true);
  m_sentence->setTextFormat(Qt::PlainText);
  m_sentence->setForegroundRole(QPalette::PlaceholderText);
  m_sentence->setBackgroundRole(QPalette::Base);
  m_sentence->setAutoFillBackground(true);
  m_sentence->setMargin(24);
  m_sentence->setAccessibleName(tr("Why there are no pages"));
  m_stack->addWidget(m_sentence);
  m_stack->addWidget(m_view);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_bar);
  column->addWidget(m_stack, 1);
  setFocusProxy(m_view);
  // A narrow window must not become wider because of a bar.
  m_bar->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
  connectView();
  showSentence(tr("This document has no pages of its own."));
  sizeParts();
}

QToolButton* PagePanel::addButton(const QString& icon, const QString& name, const QString& description) {
  auto* button = new QToolButton(this);
  button->setIcon(themedIcon(icon));
  button->setProperty("flat", true);
  button->setToolTip(description);
  button->setAccessibleName(name);
  button->setAccessibleDescription(description);
  button->setFocusPolicy(Qt::TabFocus);
  return button;
}

QWidget* PagePanel::makeBar() {
  auto* bar = new PageBar(this);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(8, 4, 4, 5);
  row->setSpacing(4);
  m_page->setAccessibleName(tr("Page"));
  m_page->setAccessibleDescription(tr("The page that is seen; type another and press Enter to go there"));
  m_page->setToolTip(tr("Type a page, as it is printed or counted, and press Enter"));
  m_page->setMaxLength(40);
  m_page->setAlignment(Qt::AlignCenter);
  m_count->setForegroundRole(QPalette::PlaceholderText);
  m_percent->setForegroundRole(QPalette::PlaceholderText);
  m_percent->setAlignment(Qt::AlignCenter);
  auto* smaller = addButton(QStringLiteral("zoom-out"), tr("Smaller"), tr("Smaller pages (Ctrl and wheel)"));
  auto* larger = addButton(QStringLiteral("zoom-in"), tr("Larger"), tr("Larger pages (Ctrl and wheel)"));
  m_fitWidth = addButton(QStringLiteral("fit-width"), tr("Fit the width"), tr("Pages as wide as this panel"));
  m_fitPage = addButton(QStringLiteral("fit-page"), tr("Fit the page"), tr("One whole page at a time"));
  m_dark = addButton(QStringLiteral("dark-page"), tr("Dark pages"),
                     tr("Dark paper and light ink; pictures are inverted too"));
  auto* close = addButton(QStringLiteral("close"), tr("Hide the pages"), tr("Hide the pages"));
  for (QToolButton* each : {m_fitWidth, m_fitPage, m_dark}) each->setCheckable(true);
  row->addWidget(m_page);
  row->addWidget(m_count);
  row->addStretch(1);
  row->addWidget(smaller);
  row->addWidget(m_percent);
  row->addWidget(larger);
  row->addWidget(m_fitWidth);
  row->addWidget(m_fitPage);
  row->addWidget(m_dark);
  row->addWidget(close);
  connect(smaller, &QToolButton::clicked, m_view, &PageView::zoomOut);
  connect(larger, &QToolButton::clicked, m_view, &PageView::zoomIn);
  connect(m_fitWidth, &QToolButton::clicked, this, [this] {
    m_view->setZoom({PageFit::kWidth, 1});
    showZoom();
  });
  connect(m_fitPage, &QToolButton::clicked, this, [this] {
    m_view->setZoom({PageFit::kPage, 1});
    showZoom();
  });
  connect(m_dark, &QToolButton::toggled, m_view, &PageView::setDarkPages);
  connect(close, &QToolButton::clicked, this, &PagePanel::closeRequested);
  connect(m_page, &QLineEdit::returnPressed, this, &PagePanel::enterPage);
  return bar;
}

void PagePanel::connectView() {
  connect(m_view, &PageView::currentPageChanged, this, [this] {
    showPage();
    showZoom();
  });
  connect(m_view, &PageView::zoomChanged, this, &PagePanel::showZoom);
}

void PagePanel::setSource(PageSource* source, const QStringList& pageNames) {
  if (m_source) m_source->disconnect(this);
  m_source = source;
  m_names = pageNames;
  m_view->setSource(source);
  m_view->setPageNames(pageNames);
  showPage();
  if (source == nullptr) {
    showSentence(tr("This document has no pages of its own."));
    return;
  }
  showSentence(tr("Opening the pages…"));
  connect(source, &PageSource::opened, this, [this] {
    m_stack->setCurrentWidget(m_view);
    showPage();
    showZoom();
  });
  connect(source, &PageSource::unavailable, this, &PagePanel::showSentence);
}

void PagePanel::showSentence(const QString& text) {
  m_sentence->setText(text);
  m_stack->setCurrentWidget(m_sentence);
}

QString PagePanel::sentence() const {
  return m_stack->currentWidget() == m_sentence ? m_sentence->text() : QString();
}

void PagePanel::showPage() {
  const int count = m_view->pageCount();
  const bool hasPages = count > 0;
  m_page->setVisible(hasPages);
  // What the pages themselves show gives way first.
  const bool isRoomy = width() >= fontMetrics().height() * kRoomyLines;
  m_count->setVisible(hasPages && isRoomy);
  m_percent->setVisible(hasPages && isRoomy);
  if (!hasPages) return;
  const int page = m_view->currentPage();
  const QString name = m_view->pageName(page);
  if (!m_page->hasFocus() || !m_page->isModified()) m_page->setText(name);
  // A label that is not its number is told together with it: "of 300" alone would be wrong beside "xii".
  const QString number = locale().toString(page + 1);
  m_count->setText(name == number ? tr("of %1").arg(locale().toString(count))
                                  : tr("%1 of %2").arg(number, locale().toString(count)));
}

void PagePanel::showZoom() {
  m_percent->setText(tr("%1 %").arg(locale().toString(qRound(m_view->scale() * 100))));
  m_fitWidth->setChecked(m_view->zoom().fit == PageFit::kWidth);
  m_fitPage->setChecked(m_view->zoom().fit == PageFit::kPage);
  m_dark->setChecked(m_view->darkPages());
}

void PagePanel::enterPage() {
  const QString wanted = m_page->text().trimmed();
  int page = -1;
  for (const Qt::CaseSensitivity sensitivity : {Qt::CaseSensitive, Qt::CaseInsensitive}) {
    for (int i = 0; i < m_names.size() && page < 0; ++i) {
      if (!m_names[i].isEmpty() && m_names[i].compare(wanted, sensitivity) == 0) page = i;
    }
  }
  bool isNumber = false;
  const int number = locale().toInt(wanted, &isNumber);
  if (page < 0 && isNumber && number >= 1 && number <= m_view->pageCount()) page = number - 1;
  m_page->setModified(false);
  if (page >= 0 && page < m_view->pageCount()) {
    m_view->showPlace({page, 0});
    Q_EMIT m_view->placeMoved({page, 0});
    m_view->setFocus(Qt::OtherFocusReason);
  }
  showPage();
}

void PagePanel::sizeParts() {
  const QFontMetrics metrics = fontMetrics();
  m_page->setFixedWidth(metrics.horizontalAdvance(QStringLiteral("MMMMM")) + 20);
  m_percent->setMinimumWidth(metrics.horizontalAdvance(tr("%1 %").arg(QStringLiteral("0000"))));
  for (QToolButton* button : m_bar->findChildren<QToolButton*>())
    button->setIconSize({metrics.height(), metrics.height()});
}

void PagePanel::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  showPage();
}

void PagePanel::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange && m_bar != nullptr) sizeParts();
}

}  // namespace tidemark::ui

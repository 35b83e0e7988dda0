#include "ui/wavefront/wavefront_grid.h"

#include <QApplication>
#include <QClipboard>
#include <QEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>
#include <algorithm>

#include "ui/wavefront/cell_text.h"
#include "ui/wavefront/pacer.h"
#include "ui/wavefront/scene_overlay.h"
#include "ui/wavefront/wavefront_accessible.h"

namespace tidemark::ui {
namespace {

constexpr double kZoomStep = 1.25;
constexpr int kTopMargin = 4;
constexpr int kLabelRoom = 9;
constexpr int kHaloRoom = 4;  // what running cells need beside the first column
constexpr double kRowPixels = 28;
constexpr int kRepaintMilliseconds = 16;
constexpr double kReadablePitch = 32;

}  // namespace

WavefrontGrid::WavefrontGrid(const WavefrontState& state, QWidget* parent) : QWidget(parent), m_state(state) {
  installWavefrontAccessibility();  // before anything asks for the interface of this grid: it is kept
  setObjectName(QStringLiteral("wavefrontGrid"));
  setFocusPolicy(Qt::StrongFocus);
  setMouseTracking(true);
  setAttribute(Qt::WA_OpaquePaintEvent);
  setAccessibleName(tr("Wavefront"));
  setAccessibleDescription(spokenSummary(m_state));
  m_pacer = new Pacer(
      kRepaintMilliseconds, [this] { update(rect().adjusted(gutter() - kHaloRoom, 0, 0, 0)); }, this);
  m_pill = new QPushButton(tr("Jump to live"), this);
  m_pill->setProperty("primary", true);
  m_pill->setFocusPolicy(Qt::TabFocus);
  m_pill->setCursor(Qt::PointingHandCursor);
  m_pill->setAccessibleName(tr("Jump to live"));
  m_pill->setAccessibleDescription(tr("Shows the front of the read and follows it again."));
  m_pill->hide();
  connect(m_pill, &QPushButton::clicked, this, [this] { setFollowing(true); });
  layoutArea();
}

void WavefrontGrid::stateChanged() {
  m_layout.setExtent(m_state.data().totalSegments(), m_state.data().layers());
  if (!m_zoomed) m_layout.setDefaultPitch();
  followFront();
  const std::int64_t total = m_state.data().totalSegments();
  if (m_selection && m_selection->segment >= total) clearSelection();
  placePill();
  m_pacer->request();
  Q_EMIT viewChanged();
}

void WavefrontGrid::setRepaintInterval(int milliseconds) {
  m_pacer->setInterval(milliseconds);
}

void WavefrontGrid::followFront() {
  if (m_following) m_layout.followFront(m_state.frontColumn(m_layout.shear()));
}

void WavefrontGrid::resetView() {
  m_selection.reset();
  setHover(std::nullopt);
  m_following = true;
  m_zoomed = false;
  m_layout.setExtent(m_state.data().totalSegments(), m_state.data().layers());
  layoutArea();
  stateChanged();
  update();
  Q_EMIT selectionChanged();
}

void WavefrontGrid::setDocumentSegments(std::optional<SegmentRange> segments) {
  if (segments == m_document) return;
  m_document = segments;
  update();
}

void WavefrontGrid::setShear(double shear) {
  const double middle = m_layout.offset() + m_layout.visibleColumns() / 2;
  m_layout.setShear(shear);
  m_layout.scrollTo(middle - m_layout.visibleColumns() / 2);
  stateChanged();
}

void WavefrontGrid::layoutArea() {
  m_gutter = fontMetrics().horizontalAdvance(tr("layer")) + fontMetrics().horizontalAdvance(QStringLiteral("000")) + 22;
  const int line = fontMetrics().height();
  m_layout.setPixelRatio(devicePixelRatioF());
  m_layout.setRowLimit(std::max(kRowPixels, line * 1.6));
  const int bottom = line + kLabelRoom;
  m_layout.setArea(QRectF(gutter(), kTopMargin, std::max(10, width() - gutter() - rightMargin()),
                          std::max(10, height() - kTopMargin - bottom)));
  if (!m_zoomed) m_layout.setDefaultPitch();  // until somebody zooms
}

QSize WavefrontGrid::sizeHint() const {
  const int line = fontMetrics().height();
  const int layers = std::max(6, std::min(16, m_state.data().layers()));
  return {800, static_cast<int>(layers * std::max(kRowPixels, line * 1.6)) + line + kLabelRoom + kTopMargin};
}

QSize WavefrontGrid::minimumSizeHint() const {
  return {240, 4 * fontMetrics().height()};
}

SceneView WavefrontGrid::sceneView() const {
  SceneView view;
  view.state = &m_state;
  view.layout = &m_layout;
  view.colors = themeColors(palette());
  view.font = font();
  view.width = width();
  view.document = m_document;
  return view;
}

void WavefrontGrid::paintEvent(QPaintEvent* event) {
  QPainter painter(this);
  if (m_layout.pixelRatio() != devicePixelRatioF()) layoutArea();
  SceneView view = sceneView();
  ScenePainter::paintAround(painter, view, rect());
  // Changed cells leave the gutter as it is, and text is what costs most beside them.
  view.layerLabels = event->rect().left() < gutter() - kHaloRoom;
  view.hover = m_hover;
  view.selection = m_selection;
  m_painter.paint(painter, view);
  if (m_hover) {
    view.card = cellCard(m_state, *m_hover, m_passage ? m_passage(m_hover->segment) : QString());
    paintCard(painter, view, height());
  }
  if (m_state.data().layers() == 0) {
    painter.setPen(view.colors.dim);
    painter.drawText(rect(), Qt::AlignCenter, tr("Open a document to see it being read."));
  }
  if (hasFocus()) {
    painter.setPen(QPen(view.colors.accent, 1));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
  }
}

bool WavefrontGrid::event(QEvent* event) {
  const QEvent::Type type = event->type();
  if (type == QEvent::FontChange || type == QEvent::StyleChange) {
    layoutArea();
    updateGeometry();
  }
  const bool repaints = type == QEvent::FontChange || type == QEvent::PaletteChange || type == QEvent::FocusIn ||
                        type == QEvent::FocusOut;
  if (repaints) update();
  return QWidget::event(event);
}

void WavefrontGrid::resizeEvent(QResizeEvent* event) {
  QWidget::resizeEvent(event);
  layoutArea();
  followFront();
  changed();
}

void WavefrontGrid::changed() {
  placePill();
  update();
  Q_EMIT viewChanged();
}

void WavefrontGrid::placePill() {
  const bool live = m_state.data().isReading() || m_state.isReplay();
  m_pill->setVisible(live && !m_following);
  if (!live || m_following) return;
  const QString text = m_state.isReplay() ? tr("Jump to the playhead") : tr("Jump to live");
  if (text != m_pill->text()) m_pill->setText(text);
  m_pill->adjustSize();
  m_pill->move(width() - rightMargin() - m_pill->width() - 8, height() - m_pill->height() - 6);
}

void WavefrontGrid::setFollowing(bool following) {
  m_following = following;
  followFront();
  changed();
}

void WavefrontGrid::manualMove() {
  m_following = false;
  changed();
}

void WavefrontGrid::zoomBy(double factor) {
  m_zoomed = true;
  const double x = m_selection ? m_layout.cellRect(*m_selection).center().x() : m_layout.area().center().x();
  m_layout.zoomAt(m_layout.area().contains(QPointF(x, m_layout.area().center().y())) ? x : m_layout.area().center().x(),
                  factor);
  followFront();
  changed();
}

void WavefrontGrid::zoomIn() {
  zoomBy(kZoomStep);
}

void WavefrontGrid::zoomOut() {
  zoomBy(1 / kZoomStep);
}

void WavefrontGrid::fit() {
  m_zoomed = true;
  m_layout.fit();
  changed();
}

void WavefrontGrid::focusSelection() {
  if (!m_selection) return;
  m_zoomed = true;
  m_layout.setPitch(std::max(m_layout.pitch(), kReadablePitch));
  centerOn(m_selection->segment);
}

void WavefrontGrid::goToStart() {
  m_layout.scrollTo(0);
  manualMove();
}

void WavefrontGrid::goToEnd() {
  m_layout.scrollTo(m_layout.columns());
  manualMove();
}

void WavefrontGrid::centerOn(std::int64_t segment) {
  m_layout.center(segment);
  manualMove();
}

void WavefrontGrid::goToSnapshot(int direction) {
  const auto& snapshots = m_state.data().snapshots();
  const SegmentRange visible = m_layout.visibleSegments();
  const std::int64_t here = m_selection ? m_selection->segment : (visible.first + visible.end) / 2;
  std::optional<std::int64_t> target;
  for (const std::int64_t segment : snapshots) {
    if (direction < 0 && segment < here) target = segment;
    if (direction > 0 && segment > here && !target) target = segment;
  }
  if (!target) return;
  select({*target, m_selection ? m_selection->layer : 0});
  centerOn(*target);
}

void WavefrontGrid::clearSelection() {
  setHover(std::nullopt);
  if (!m_selection) return;
  m_selection.reset();
  update();
  Q_EMIT selectionChanged();
}

void WavefrontGrid::select(const CellId& cell) {
  if (m_layout.layers() == 0 || m_layout.segments() == 0) return;
  m_selection = CellId{std::clamp<std::int64_t>(cell.segment, 0, m_layout.segments() - 1),
                       std::clamp(cell.layer, 0, m_layout.layers() - 1)};
  const double before = m_layout.offset();
  m_layout.reveal(*m_selection);
  if (m_layout.offset() != before) m_following = false;
  changed();
  announceSelection(*this);
  Q_EMIT selectionChanged();
}

void WavefrontGrid::copyNumbers() {
  const auto cell = m_selection ? m_selection : m_hover;
  if (!cell) return;
  const QString text =
      cellCard(m_state, *cell, m_passage ? m_passage(cell->segment) : QString()).join(QLatin1Char('\n'));
  QApplication::clipboard()->setText(text);
  Q_EMIT numbersCopied(text);
}

}  // namespace tidemark::ui

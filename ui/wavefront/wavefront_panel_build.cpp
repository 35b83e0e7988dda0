// Rows, menus and commands of the panel.

#include <QAction>
#include <QComboBox>
#include <QCoreApplication>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPointer>
#include <QSlider>
#include <QThreadPool>
#include <QToolButton>
#include <QVBoxLayout>
#include <QVariantAnimation>

#include "ui/theme/theme.h"
#include "ui/wavefront/caption_combo.h"
#include "ui/wavefront/meter_strip.h"
#include "ui/wavefront/pacer.h"
#include "ui/wavefront/transport_bar.h"
#include "ui/wavefront/wavefront_grid.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/wavefront/wavefront_ribbon.h"

namespace tidemark::ui {
namespace {

constexpr int kFigureMilliseconds = 250;

void describe(QWidget* widget, const QString& name, const QString& description) {
  widget->setAccessibleName(name);
  widget->setAccessibleDescription(description);
  widget->setToolTip(description);
}

}  // namespace

WavefrontPanel::WavefrontPanel(QWidget* parent)
    : QWidget(parent), m_playback([this] { return static_cast<double>(m_clock.nsecsElapsed()) * 1e-9; }) {
  m_clock.start();
  setObjectName(QStringLiteral("wavefrontPanel"));
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(0, 6, 0, 5);
  column->setSpacing(4);
  m_figures = new Pacer(
      kFigureMilliseconds, [this] { refreshFigures(); }, this);
  buildCaptionRow(column);
  buildViews(column);
  buildActions();
  buildExportMenu();
  m_animation = new QVariantAnimation(this);
  connect(m_animation, &QVariantAnimation::valueChanged, this,
          [this](const QVariant& value) { m_shear->setValue(static_cast<int>(value.toDouble() * kShearSteps + 0.5)); });
  connect(&m_frames, &QTimer::timeout, this, &WavefrontPanel::showMoment);
  m_frames.setTimerType(Qt::PreciseTimer);
  connect(&m_restoreSlices, &QTimer::timeout, this, &WavefrontPanel::restoreSlice);
  updateMetricCombo();
  alignRows();
  refresh();
}

void WavefrontPanel::buildCaptionRow(QBoxLayout* column) {
  m_caption = new QLabel(tr("Wavefront"), this);
  m_metric = new CaptionCombo(this);
  describe(m_metric, tr("Colour"), tr("What the colour of a cell stands for (keys 1 to 4)."));
  m_order = new CaptionCombo(this);
  describe(m_order, tr("Order"), tr("Order in which the cells are replayed."));
  m_order->addItem(tr("diagonal"), static_cast<int>(ReadOrder::kDiagonal));
  m_order->addItem(tr("sequential"), static_cast<int>(ReadOrder::kSequential));
  m_shearToggle = new QToolButton(this);
  m_shearToggle->setText(tr("shear"));
  m_shearToggle->setCheckable(true);
  describe(m_shearToggle, tr("Shear"), tr("Stands the diagonal up: everything in a column runs at the same time."));
  m_shear = new QSlider(Qt::Horizontal, this);
  m_shear->setRange(0, kShearSteps);
  m_shear->setFixedWidth(fontMetrics().averageCharWidth() * 13);
  describe(m_shear, tr("Amount of shear"), tr("From segments side by side (0) to steps side by side (100)."));
  m_export = new QToolButton(this);
  m_export->setText(tr("Export"));
  m_export->setPopupMode(QToolButton::InstantPopup);
  describe(m_export, tr("Export"), tr("Saves a picture of this view."));
  m_meters = new MeterStrip(this);

  m_captionRow = new QHBoxLayout();
  m_captionRow->setSpacing(8);
  m_captionRow->addWidget(m_caption);
  m_captionRow->addSpacing(4);
  m_captionRow->addWidget(m_metric);
  m_captionRow->addWidget(m_order);
  m_captionRow->addWidget(m_shearToggle);
  m_captionRow->addWidget(m_shear);
  m_captionRow->addWidget(m_export);
  m_captionRow->addStretch(1);
  m_captionRow->addWidget(m_meters, 8);
  column->addLayout(m_captionRow);

  connect(m_metric, &QComboBox::activated, this,
          [this](int index) { setMetric(static_cast<HeatMetric>(m_metric->itemData(index).toInt())); });
  connect(m_order, &QComboBox::activated, this,
          [this](int index) { setOrder(static_cast<ReadOrder>(m_order->itemData(index).toInt())); });
  connect(m_shearToggle, &QToolButton::clicked, this, [this](bool on) { animateShear(on ? 1 : 0); });
}

void WavefrontPanel::buildViews(QBoxLayout* column) {
  m_ribbon = new WavefrontRibbon(m_state, this);
  m_grid = new WavefrontGrid(m_state, this);
  m_transport = new TransportBar(m_playback, this);
  column->addWidget(m_ribbon);
  column->addWidget(m_grid, 1);
  m_transportRow = new QHBoxLayout();
  m_transportRow->addWidget(m_transport);
  column->addLayout(m_transportRow);

  connect(m_shear, &QSlider::valueChanged, this, [this](int value) {
    m_shearToggle->setChecked(value > kShearSteps / 2);
    m_grid->setShear(static_cast<double>(value) / kShearSteps);
  });
  connect(m_grid, &WavefrontGrid::viewChanged, this, [this] {
    m_ribbon->setWindow(m_grid->cellLayout().visibleSegments(), !m_grid->isFollowing());
    m_transport->setFollowing(m_grid->isFollowing());
  });
  connect(m_grid, &WavefrontGrid::segmentActivated, this, &WavefrontPanel::segmentActivated);
  connect(m_grid, &WavefrontGrid::segmentHovered, this, &WavefrontPanel::segmentHovered);
  connect(m_grid, &WavefrontGrid::forkRequested, this, &WavefrontPanel::forkRequested);
  connect(m_grid, &WavefrontGrid::rewindRequested, this, &WavefrontPanel::rewindRequested);
  connect(m_grid, &WavefrontGrid::pinRequested, this, &WavefrontPanel::pinRequested);
  connect(m_grid, &WavefrontGrid::compareRequested, this, &WavefrontPanel::compareRequested);
  connect(m_grid, &WavefrontGrid::askAsOfRequested, this, &WavefrontPanel::askAsOfRequested);
  connect(m_grid, &WavefrontGrid::numbersCopied, this, [this] { Q_EMIT messageRaised(tr("Numbers copied.")); });
  connect(m_ribbon, &WavefrontRibbon::windowMoved, m_grid, &WavefrontGrid::centerOn);
  connect(m_ribbon, &WavefrontRibbon::segmentActivated, this, &WavefrontPanel::segmentActivated);
  connect(m_transport, &TransportBar::playToggled, this, &WavefrontPanel::togglePlay);
  connect(m_transport, &TransportBar::speedChanged, this, [this] { refresh(); });
  connect(m_transport, &TransportBar::liveRequested, this, &WavefrontPanel::leaveReplay);
  connect(m_transport, &TransportBar::followToggled, m_grid, &WavefrontGrid::setFollowing);
  connect(m_transport, &TransportBar::scrubbed, this, &WavefrontPanel::scrubTo);
}

void WavefrontPanel::alignRows() {
  m_caption->setFont(captionFont(font()));
  m_caption->setForegroundRole(QPalette::PlaceholderText);
  const int left = m_grid->gutter();
  m_captionRow->setContentsMargins(left, 0, WavefrontGrid::rightMargin(), 0);
  m_transportRow->setContentsMargins(left, 0, WavefrontGrid::rightMargin(), 0);
  m_ribbon->setMargins(left, WavefrontGrid::rightMargin());
}

void WavefrontPanel::updateMetricCombo() {
  const QSignalBlocker blocker(m_metric);
  m_metric->clear();
  for (const HeatMetric metric : {HeatMetric::kAge, HeatMetric::kNovelty, HeatMetric::kWriteStrength,
                                  HeatMetric::kChange, HeatMetric::kEvidence}) {
    if (metric == HeatMetric::kEvidence && !m_state.hasEvidence()) continue;
    m_metric->addItem(metricName(metric), static_cast<int>(metric));
    m_metric->setItemData(m_metric->count() - 1, metricExplanation(metric), Qt::ToolTipRole);
  }
  setMetric(m_state.metric());
}

QAction* WavefrontPanel::addCommand(const char* name, const QString& text, const QList<QKeySequence>& keys,
                                    const std::function<void()>& run) {
  auto* action = new QAction(text, this);
  action->setObjectName(QLatin1String(name));
  action->setShortcuts(keys);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  connect(action, &QAction::triggered, this, run);
  // On the views, not on the panel: Space and the digits belong to a button or a combo box that has the focus.
  m_grid->addAction(action);
  m_ribbon->addAction(action);
  m_actions << action;
  return action;
}

void WavefrontPanel::buildActions() {
  const auto metric = [this](HeatMetric which) { return [this, which] { setMetric(which); }; };
  addCommand("wavefrontColourByAge", tr("Colour by age"), {Qt::Key_1}, metric(HeatMetric::kAge));
  addCommand("wavefrontColourByNovelty", tr("Colour by novelty"), {Qt::Key_2}, metric(HeatMetric::kNovelty));
  addCommand("wavefrontColourByWriteStrength", tr("Colour by write strength"), {Qt::Key_3},
             metric(HeatMetric::kWriteStrength));
  addCommand("wavefrontColourByChange", tr("Colour by change of memory"), {Qt::Key_4}, metric(HeatMetric::kChange));
  addCommand("wavefrontColourByEvidence", tr("Colour by evidence"), {Qt::Key_5}, metric(HeatMetric::kEvidence));
  addCommand("wavefrontZoomIn", tr("Zoom in on the wavefront"), {Qt::Key_Plus, Qt::Key_Equal},
             [this] { m_grid->zoomIn(); });
  addCommand("wavefrontZoomOut", tr("Zoom out of the wavefront"), {Qt::Key_Minus}, [this] { m_grid->zoomOut(); });
  addCommand("wavefrontFit", tr("Show the whole wavefront"), {Qt::Key_0}, [this] { m_grid->fit(); });
  addCommand("wavefrontShowSelection", tr("Show the selected cell"), {Qt::Key_F}, [this] { m_grid->focusSelection(); });
  addCommand("wavefrontGoToStart", tr("Go to the first segment"), {Qt::Key_Home}, [this] { m_grid->goToStart(); });
  addCommand("wavefrontGoToEnd", tr("Go to the last segment"), {Qt::Key_End}, [this] { m_grid->goToEnd(); });
  addCommand("wavefrontPlay", tr("Play or pause the replay"), {Qt::Key_Space}, [this] { togglePlay(); });
  addCommand("wavefrontFollow", tr("Follow the front"), {Qt::Key_L},
             [this] { m_grid->setFollowing(!m_grid->isFollowing()); });
  addCommand("wavefrontPreviousSnapshot", tr("Previous snapshot"), {Qt::Key_BracketLeft},
             [this] { m_grid->goToSnapshot(-1); });
  addCommand("wavefrontNextSnapshot", tr("Next snapshot"), {Qt::Key_BracketRight}, [this] { m_grid->goToSnapshot(1); });
  addCommand("wavefrontClearSelection", tr("Clear the selected cell"), {Qt::Key_Escape},
             [this] { m_grid->clearSelection(); });
  addCommand("wavefrontShear", tr("Shear the wavefront"), {Qt::Key_H},
             [this] { animateShear(m_shear->value() > 50 ? 0 : 1); });
  addCommand("wavefrontCopyNumbers", tr("Copy the numbers of the cell"), {QKeySequence::Copy},
             [this] { m_grid->copyNumbers(); });
}

void WavefrontPanel::buildExportMenu() {
  auto* menu = new QMenu(m_export);
  for (const int scale : {1, 2, 4}) {
    menu->addAction(tr("Picture (PNG, %1x)…").arg(scale), this, [this, scale] { askExport(false, scale); });
  }
  menu->addAction(tr("Drawing (SVG)…"), this, [this] { askExport(true, 1); });
  m_export->setMenu(menu);
}

void WavefrontPanel::askExport(bool svg, int scale) {
  auto* dialog = new QFileDialog(this, tr("Export the wavefront"));
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setNameFilter(svg ? tr("SVG drawings (*.svg)") : tr("PNG pictures (*.png)"));
  dialog->setDefaultSuffix(svg ? QStringLiteral("svg") : QStringLiteral("png"));
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, svg, scale](const QString& path) { exportInBackground(path, svg ? 0 : scale); });
  dialog->open();
}

ExportView WavefrontPanel::exportView() const {
  ExportView view;
  view.state = m_state;
  view.replayed = m_state.isReplay();
  view.timeline = m_playback.timeline();
  view.replayFinished = m_playback.finishedGroups();
  view.layout = m_grid->cellLayout();
  view.colors = themeColors(palette());
  view.font = font();
  view.size = m_grid->size();
  view.ribbonHeight = m_ribbon->strip().height();
  view.caption = m_exportCaption;
  view.figures = m_meters->text();
  return view;
}

QString WavefrontPanel::exportPng(const QString& path, int scale) {
  return writePng(exportView(), path, scale);
}

QString WavefrontPanel::exportSvg(const QString& path) {
  return writeSvg(exportView(), path);
}

void WavefrontPanel::exportInBackground(const QString& path, int scale) {
  // Packing a large PNG takes a second; the view is copied, so the read goes on meanwhile.
  const QPointer<WavefrontPanel> self(this);
  QThreadPool::globalInstance()->start([self, path, scale, view = exportView()] {
    const QString error = scale == 0 ? writeSvg(view, path) : writePng(view, path, scale);
    const QString message = error.isEmpty() ? tr("Saved %1").arg(path) : error;
    QMetaObject::invokeMethod(
        QCoreApplication::instance(),
        [self, message] {
          if (self) Q_EMIT self->messageRaised(message);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace tidemark::ui

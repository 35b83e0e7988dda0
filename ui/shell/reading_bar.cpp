#include "ui/shell/reading_bar.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLocale>
#include <QProgressBar>
#include <algorithm>
#include <cmath>

#include "ui/shell/key_label.h"

namespace tidemark::ui {
namespace {

constexpr int kSteps = 1000;
constexpr int kBarCharacters = 80;  // average characters that the bar is wide at most

}  // namespace

QString remainingTimeText(const RemainingTime& remaining) {
  const double high = remaining.highSeconds;
  const double unit = high < 90 ? 1 : (high < 90 * 60 ? 60 : 3600);
  const QLocale locale;
  // Above 20 of a unit single ones are noise.
  const double step = high / unit > 20 ? 5 : 1;
  const auto rounded = [&](double seconds) {
    return std::max<qint64>(1, std::llround(std::round(seconds / unit / step) * step));
  };
  const qint64 low = rounded(remaining.lowSeconds);
  const qint64 top = std::max(low, rounded(high));
  const QString range =
      low == top ? locale.toString(top) : ReadingBar::tr("%1–%2").arg(locale.toString(low), locale.toString(top));
  if (unit < 2) return ReadingBar::tr("about %1 s left").arg(range);
  return unit < 61 ? ReadingBar::tr("about %1 min left").arg(range) : ReadingBar::tr("about %1 h left").arg(range);
}

ReadingBar::ReadingBar(QWidget* parent)
    : QWidget(parent), m_content(new QWidget(this)), m_bar(new QProgressBar), m_label(new ElidedLabel) {
  auto* outer = new QHBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(m_content);
  auto* layout = new QHBoxLayout(m_content);
  layout->setContentsMargins(8, 0, 8, 0);
  layout->setSpacing(12);
  m_bar->setTextVisible(false);
  m_bar->setMinimumWidth(120);
  m_bar->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
  m_bar->setAccessibleName(tr("Reading"));
  m_label->setDim(true);
  layout->addWidget(m_bar, 1000);
  layout->addWidget(m_label);
  layout->addStretch(1);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  m_content->hide();
  followFont();
}

void ReadingBar::followFont() {
  m_bar->setMaximumWidth(fontMetrics().averageCharWidth() * kBarCharacters);
  m_widestText = 0;
  m_label->setReservedWidth(0);
}

void ReadingBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange) followFont();
}

void ReadingBar::setPhase(ReadingPhase phase, double seconds) {
  if (phase == ReadingPhase::kReading && m_phase == ReadingPhase::kPaused) m_estimate.resume(seconds);
  if (phase == ReadingPhase::kPaused && m_phase == ReadingPhase::kReading) m_estimate.pause(seconds);
  if (phase == ReadingPhase::kReading && (m_phase == ReadingPhase::kIdle || m_phase == ReadingPhase::kFinished)) {
    m_isEstimateStarted = false;
    m_announcedTenth = 0;
    m_widestText = 0;
  }
  m_phase = phase;
  m_content->setVisible(phase != ReadingPhase::kIdle);
  updateText();
}

void ReadingBar::setProgress(const ReadingProgress& progress) {
  if (!m_isEstimateStarted || progress.bytesTotal != m_progress.bytesTotal) {
    m_estimate.start(progress.bytesTotal);
    m_isEstimateStarted = true;
    if (m_phase == ReadingPhase::kPaused) m_estimate.pause(progress.seconds);
  }
  m_progress = progress;
  m_estimate.addSample(progress.seconds, progress.bytesDone, progress.groupsDone);
  updateText();
}

std::optional<RemainingTime> ReadingBar::remaining() const {
  return m_phase == ReadingPhase::kReading ? m_estimate.remaining() : std::nullopt;
}

QString ReadingBar::text() const {
  return m_label->text();
}

void ReadingBar::updateText() {
  const QLocale locale;
  QStringList parts;
  if (m_progress.bytesTotal > 0) {
    const double share =
        std::clamp(static_cast<double>(m_progress.bytesDone) / static_cast<double>(m_progress.bytesTotal), 0.0, 1.0);
    m_bar->setRange(0, kSteps);
    m_bar->setValue(static_cast<int>(share * kSteps));
    // Rounded down: 100 % is said when all is read.
    parts += tr("%1 %").arg(locale.toString(static_cast<int>(share * 100)));
  } else {
    m_bar->setRange(0, m_phase == ReadingPhase::kReading ? 0 : kSteps);
  }
  if (m_progress.segmentsTotal > 0) {
    parts += tr("%1 of %Ln segment(s)", nullptr, static_cast<int>(m_progress.segmentsTotal))
                 .arg(locale.toString(m_progress.segmentsDone));
  } else if (m_progress.segmentsDone > 0) {
    parts += tr("%Ln segment(s)", nullptr, static_cast<int>(m_progress.segmentsDone));
  }
  if (!m_progress.importing.isEmpty()) parts += m_progress.importing;
  if (m_phase == ReadingPhase::kPaused) parts += tr("paused");
  if (m_phase == ReadingPhase::kFinished) parts += tr("finished");
  if (const std::optional<RemainingTime> left = remaining()) parts += remainingTimeText(*left);
  const QString text = parts.join(QStringLiteral(" · "));
  m_label->setText(text);
  m_widestText = std::max(m_widestText, fontMetrics().horizontalAdvance(text) + 1);
  m_label->setReservedWidth(m_widestText);
  m_bar->setAccessibleDescription(text);
  const int tenth = m_bar->maximum() > 0 ? m_bar->value() * 10 / m_bar->maximum() : 0;
  if (tenth == m_announcedTenth) return;
  m_announcedTenth = tenth;  // every 10 % is enough to be told
  QAccessibleEvent changed(m_bar, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&changed);
}

}  // namespace tidemark::ui

#include "ui/wavefront/transport_bar.h"

#include <QComboBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPainter>
#include <QSlider>
#include <QToolButton>
#include <cmath>

#include "ui/theme/theme.h"
#include "ui/wavefront/caption_combo.h"
#include "ui/wavefront/heat_legend.h"

namespace tidemark::ui {
namespace {

constexpr int kScrubSteps = 10000;
constexpr double kFitSeconds = 10;

QString clockText(double seconds) {
  const auto whole = static_cast<int>(seconds);
  return QStringLiteral("%1:%2").arg(whole / 60).arg(whole % 60, 2, 10, QLatin1Char('0'));
}

QIcon playIcon(bool playing, const QColor& color, double pixelRatio) {
  QPixmap picture(QSize(16, 16) * pixelRatio);
  picture.setDevicePixelRatio(pixelRatio);
  picture.fill(Qt::transparent);
  QPainter painter(&picture);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  if (playing) {
    painter.drawLine(QPointF(5.5, 3.5), QPointF(5.5, 12.5));
    painter.drawLine(QPointF(10.5, 3.5), QPointF(10.5, 12.5));
  } else {
    painter.drawPolygon(QPolygonF({QPointF(4.5, 3), QPointF(12.5, 8), QPointF(4.5, 13)}));
  }
  return QIcon(picture);
}

template <typename Widget>
Widget* named(Widget* widget, const QString& name, const QString& description) {
  widget->setAccessibleName(name);
  widget->setAccessibleDescription(description);
  widget->setToolTip(description);
  return widget;
}

}  // namespace

TransportBar::TransportBar(Playback& playback, QWidget* parent) : QWidget(parent), m_playback(playback) {
  setObjectName(QStringLiteral("wavefrontTransport"));
  m_play = named(new QToolButton(this), tr("Play"), tr("Plays the read again (Space)."));
  m_play->setProperty("flat", true);
  m_scrub = named(new QSlider(Qt::Horizontal, this), tr("Position"), tr("Moment of the read that is shown."));
  m_scrub->setRange(0, kScrubSteps);
  m_scrub->setMinimumWidth(80);
  m_place = new QLabel(this);
  keepPlaceRoom();
  m_speed = named(new CaptionCombo(this), tr("Speed"), tr("Speed of the replay."));
  makeSpeeds();
  m_note = new QLabel(this);
  m_note->setForegroundRole(QPalette::PlaceholderText);
  m_live = named(new QToolButton(this), tr("Leave the replay"), tr("Shows the read as it stands now."));
  m_live->setText(tr("Leave replay"));
  m_follow = named(new QToolButton(this), tr("Follow"), tr("Keeps the front of the read in view (L)."));
  m_follow->setText(tr("Follow"));
  m_follow->setCheckable(true);
  m_legend = new HeatLegend(this);

  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(8);
  row->addWidget(m_play);
  row->addWidget(m_scrub, 1);
  row->addWidget(m_place);
  row->addWidget(m_speed);
  row->addWidget(m_live);
  row->addWidget(m_note, 1);
  row->addWidget(m_follow);
  row->addSpacing(8);
  row->addWidget(m_legend);

  connect(m_play, &QToolButton::clicked, this, &TransportBar::playToggled);
  connect(m_scrub, &QSlider::valueChanged, this,
          [this](int value) { Q_EMIT scrubbed(static_cast<double>(value) / kScrubSteps); });
  connect(m_speed, &QComboBox::currentIndexChanged, this, &TransportBar::applySpeed);
  connect(m_live, &QToolButton::clicked, this, &TransportBar::liveRequested);
  connect(m_follow, &QToolButton::toggled, this, &TransportBar::followToggled);
  refresh(false, true);
}

void TransportBar::makeSpeeds() {
  for (const double speed : {0.25, 0.5, 1.0, 2.0, 4.0, 8.0, 16.0}) {
    m_speed->addItem(tr("%1x").arg(QLocale().toString(speed, 'g', 3)), speed);
  }
  m_speed->addItem(tr("fit to 10 s"), 0.0);
  m_speed->setCurrentIndex(m_speed->findData(1.0));
}

void TransportBar::applySpeed(int index) {
  const double speed = m_speed->itemData(index).toDouble();
  if (speed > 0) {
    m_playback.setSpeed(speed);
  } else {
    m_playback.setFit(kFitSeconds);
  }
  Q_EMIT speedChanged();
}

void TransportBar::stepSpeed(int steps) {
  m_speed->setCurrentIndex(qBound(0, m_speed->currentIndex() + steps, m_speed->count() - 1));
}

void TransportBar::keepPlaceRoom() {
  // A fixed size: a label that may grow asks for a new layout with every text.
  const int width = fontMetrics().horizontalAdvance(tr("step %1 of %2").arg(QLocale().toString(88888)).arg(88888)) + 8;
  m_place->setFixedSize(width, fontMetrics().height() + 2);
}

void TransportBar::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::FontChange && m_place != nullptr) keepPlaceRoom();
}

void TransportBar::updateIcon(bool playing, bool available) {
  const ThemeColors& colors = themeColors(palette());
  const QColor color = available ? colors.text : colors.faint;
  const QString key = QStringLiteral("%1 %2 %3").arg(playing).arg(color.name()).arg(devicePixelRatioF());
  if (key == m_iconKey) return;
  m_iconKey = key;
  m_play->setIcon(playIcon(playing, color, devicePixelRatioF()));
  m_play->setAccessibleName(playing ? tr("Pause the replay") : tr("Play"));
}

void TransportBar::refresh(bool available, bool live) {
  const bool playing = m_playback.isPlaying();
  const auto& timeline = m_playback.timeline();
  m_play->setEnabled(available);
  updateIcon(playing, available);
  m_scrub->setEnabled(available);
  m_speed->setEnabled(available);
  m_live->setVisible(!live);
  const QSignalBlocker blocker(m_scrub);
  const double duration = timeline.duration();
  const double share = live || duration <= 0 ? 1 : m_playback.position() / duration;
  if (!m_scrub->isSliderDown()) m_scrub->setValue(static_cast<int>(std::lround(share * kScrubSteps)));
  if (live) {
    if (!m_place->text().isEmpty()) m_place->clear();
  } else if (timeline.kind() == TimelineKind::kRecorded) {
    m_place->setText(tr("%1 of %2").arg(clockText(m_playback.position()), clockText(duration)));
  } else {
    m_place->setText(tr("step %1 of %2")
                         .arg(QLocale().toString(static_cast<qlonglong>(m_playback.finishedGroups())),
                              QLocale().toString(static_cast<qlonglong>(timeline.groups()))));
  }
  const QString note = live ? QString() : noteText();
  if (note != m_note->text()) m_note->setText(note);
}

QString TransportBar::noteText() const {
  switch (m_playback.timeline().kind()) {
    case TimelineKind::kRecorded:
      return tr("replayed as it ran");
    case TimelineKind::kUntimed:
      return tr("replayed from the schedule, not timed");
    case TimelineKind::kSimulated:
      return tr("simulated: this read did not run in this order");
  }
  return {};
}

void TransportBar::setFollowing(bool following) {
  const QSignalBlocker blocker(m_follow);
  m_follow->setChecked(following);
}

}  // namespace tidemark::ui

#include "ui/memory/place_chooser.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLocale>
#include <QSpinBox>
#include <algorithm>
#include <limits>

namespace tidemark::ui {
namespace {

// Beside the snapshots, whose data is their segment.
constexpr qint64 kEnd = -1;
constexpr qint64 kHere = -2;
constexpr qint64 kSegment = -3;

constexpr std::size_t kMostSnapshots = 200;  // a list that people still look through

}  // namespace

PlaceChooser::PlaceChooser(const QString& name, QWidget* parent)
    : QWidget(parent), m_kind(new QComboBox(this)), m_segment(new QSpinBox(this)) {
  m_kind->setAccessibleName(tr("%1: as of", "which memory").arg(name));
  m_kind->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  m_segment->setAccessibleName(tr("%1: segment", "which memory").arg(name));
  auto* row = new QHBoxLayout(this);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(6);
  row->addWidget(m_kind);
  row->addWidget(m_segment);
  connect(m_kind, &QComboBox::currentIndexChanged, this, &PlaceChooser::showKind);
  setFocusProxy(m_kind);
  setPlaces(0, {}, false, {});
}

void PlaceChooser::setPlaces(qint64 segments, const std::vector<qint64>& snapshots, bool withHere,
                             const std::function<QString(qint64)>& placeName) {
  const QVariant chosen = m_kind->currentData();
  const QSignalBlocker blocker(m_kind);
  m_kind->clear();
  m_kind->addItem(tr("at the end"), kEnd);
  if (withHere) m_kind->addItem(tr("at the top of the text"), kHere);
  m_kind->addItem(tr("after segment"), kSegment);
  const std::size_t step = snapshots.size() / kMostSnapshots + 1;
  for (std::size_t i = 0; i < snapshots.size(); i += step) {
    const QString number = tr("segment %1").arg(QLocale().toString(snapshots[i]));
    const QString place = placeName ? placeName(snapshots[i]) : QString();
    m_kind->addItem(place.isEmpty() || place == number
                        ? tr("snapshot after %1").arg(number)
                        : tr("snapshot after %1 (%2)", "place, segment").arg(place, number),
                    snapshots[i]);
  }
  const qint64 last = std::clamp<qint64>(segments - 1, 0, std::numeric_limits<int>::max());
  m_segment->setRange(0, static_cast<int>(last));
  m_kind->setCurrentIndex(std::max(0, m_kind->findData(chosen)));
  showKind();
}

void PlaceChooser::choose(std::optional<qint64> segment) {
  const int known = m_kind->findData(segment.value_or(kEnd));
  m_kind->setCurrentIndex(known >= 0 ? known : m_kind->findData(kSegment));
  if (segment) m_segment->setValue(static_cast<int>(std::min<qint64>(*segment, m_segment->maximum())));
}

std::optional<qint64> PlaceChooser::segment(std::optional<qint64> here) const {
  const qint64 kind = m_kind->currentData().toLongLong();
  if (kind == kHere) return here;
  if (kind == kSegment) return m_segment->value();
  return kind >= 0 ? std::optional(kind) : std::nullopt;
}

bool PlaceChooser::isHere() const {
  return m_kind->currentData().toLongLong() == kHere;
}

void PlaceChooser::showKind() {
  m_segment->setVisible(m_kind->currentData().toLongLong() == kSegment);
}

}  // namespace tidemark::ui

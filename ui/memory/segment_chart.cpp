#include "ui/memory/segment_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/memory/memory_texts.h"
#include "ui/theme/heat_map.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr double kStripUnits = 1.25;
constexpr double kWidestCell = 24;  // a few segments are not stretched over the whole width

const std::optional<SegmentWrite>& writeOf(const SegmentDifference& segment, int strip) {
  return strip % 2 == 0 ? segment.first : segment.second;
}

double numberOf(const SegmentWrite& write, int strip) {
  return strip < 2 ? write.novelty : write.writeStrength;
}

}  // namespace

SegmentChart::SegmentChart(QWidget* parent) : ChartView(tr("Segments that differ"), parent) {
  setAccessibleDescription(tr("What each segment wrote into the two memories; Enter goes to its text."));
}

void SegmentChart::setSegments(std::vector<SegmentDifference> segments) {
  m_segments = std::move(segments);
  itemsReset();
}

void SegmentChart::setPlaceName(std::function<QString(qint64)> name) {
  m_placeName = std::move(name);
}

QString SegmentChart::nameOf(qint64 segment) const {
  const QString number = tr("segment %1").arg(QLocale().toString(segment));
  const QString place = m_placeName ? m_placeName(segment) : QString();
  return place.isEmpty() || place == number ? number : tr("%1 (%2)", "place, segment").arg(place, number);
}

QSize SegmentChart::sizeHint() const {
  return {static_cast<int>(unit() * 26), static_cast<int>(contentHeight())};
}

double SegmentChart::axisHeight() const {
  return std::round(unit() * 1.4);
}

double SegmentChart::contentHeight() const {
  return strip(kStrips - 1).bottom() + unit() / 2;
}

double SegmentChart::labelWidth() const {
  int widest = 0;
  for (const QString& each : {tr("novelty, first"), tr("novelty, second"), tr("writes, first"), tr("writes, second")}) {
    widest = std::max(widest, fontMetrics().horizontalAdvance(each));
  }
  return widest + 2;
}

QRectF SegmentChart::strip(int index) const {
  const double row = std::round(unit() * kStripUnits);
  const double gap = index >= 2 ? std::round(unit() * 0.5) : 0;
  const double left = std::round(unit() * 1.25) + labelWidth() + std::round(unit() * 0.75);
  const double room = std::max(1.0, viewport()->width() - left - std::round(unit() * 1.25));
  const double width = std::min(room, std::max(1, itemCount()) * std::max(kWidestCell, unit() * 1.5));
  return {left, axisHeight() + row * index + gap, width, row};
}

double SegmentChart::xOf(double item) const {
  const QRectF all = strip(0);
  return all.left() + all.width() * item / std::max(1, itemCount());
}

QRectF SegmentChart::itemRect(int item) const {
  const double left = xOf(item);
  return {left, strip(0).top(), std::max(1.0, xOf(item + 1) - left), strip(kStrips - 1).bottom() - strip(0).top()};
}

std::optional<int> SegmentChart::itemAt(const QPointF& content) const {
  const QRectF all(strip(0).topLeft(), strip(kStrips - 1).bottomRight());
  if (itemCount() == 0 || !all.contains(content)) return std::nullopt;
  const double share = (content.x() - all.left()) / all.width();
  return std::clamp(static_cast<int>(share * itemCount()), 0, itemCount() - 1);
}

QString SegmentChart::describe(int item) const {
  if (item < 0 || item >= itemCount()) return {};
  const SegmentDifference& segment = m_segments[static_cast<std::size_t>(item)];
  const QString name = nameOf(segment.segment);
  const auto write = [](const SegmentWrite& each) {
    return tr("novelty %1, write strength %2").arg(smallNumber(each.novelty), smallNumber(each.writeStrength));
  };
  if (!segment.second) return tr("%1: only in the first memory: %2").arg(name, write(*segment.first));
  if (!segment.first) return tr("%1: only in the second memory: %2").arg(name, write(*segment.second));
  return tr("%1: first %2; second %3").arg(name, write(*segment.first), write(*segment.second));
}

/// Of the segments [first, end) that were read; nothing without any.
std::optional<double> SegmentChart::meanOf(int strip, int first, int end) const {
  double sum = 0;
  int count = 0;
  for (int i = first; i < end; ++i) {
    const auto& write = writeOf(m_segments[static_cast<std::size_t>(i)], strip);
    if (!write) continue;
    sum += numberOf(*write, strip);
    ++count;
  }
  return count == 0 ? std::nullopt : std::optional(sum / count);
}

void SegmentChart::paintStrip(QPainter& painter, int index) const {
  const ThemeColors& colors = themeColors(palette());
  const QRectF all = strip(index).adjusted(0, 1, 0, -1);
  painter.fillRect(all, colors.raised);
  const double cell = all.width() / std::max(1, itemCount());
  const auto paint = [&](double left, double width, std::optional<double> value) {
    if (!value) return;
    painter.fillRect(QRectF(left, all.top(), width, all.height()),
                     QColor::fromRgb(heatColor(heatPlace(static_cast<float>(*value)))));
  };
  if (cell >= 1) {
    const double seam = cell >= 6 ? 1 : 0;
    for (int i = 0; i < itemCount(); ++i) paint(xOf(i), cell - seam, meanOf(index, i, i + 1));
    return;
  }
  // More segments than pixels: every column is the mean of those that fall into it.
  const int columns = static_cast<int>(std::ceil(all.width()));
  for (int column = 0; column < columns; ++column) {
    const auto itemOf = [&](int x) { return static_cast<int>(static_cast<qint64>(itemCount()) * x / columns); };
    const int first = itemOf(column);
    paint(all.left() + column, 1, meanOf(index, first, std::max(first + 1, itemOf(column + 1))));
  }
}

void SegmentChart::paintAxis(QPainter& painter) const {
  const ThemeColors& colors = themeColors(palette());
  painter.setFont(captionFont(font()));
  painter.setPen(colors.dim);
  const QRectF all = strip(0);
  const QRectF words(all.left(), 0, std::max(all.width(), viewport()->width() - all.left() - unit()), axisHeight());
  const QFontMetricsF metrics(painter.font());
  const auto name = [&](int item) { return nameOf(m_segments[static_cast<std::size_t>(item)].segment); };
  if (current()) {
    painter.setPen(colors.text);
    const QString text = name(*current());
    const double width = metrics.horizontalAdvance(text) + 2;
    const double left = std::clamp(itemRect(*current()).center().x() - width / 2, words.left(),
                                   std::max(words.left(), words.right() - width));
    painter.drawText(QRectF(left, 0, width, axisHeight()), Qt::AlignCenter, text);
    return;
  }
  painter.drawText(words, Qt::AlignLeft | Qt::AlignVCenter, name(0));
  const QString last = name(itemCount() - 1);
  const double needed = metrics.horizontalAdvance(name(0)) + metrics.horizontalAdvance(last) + unit();
  if (itemCount() > 1 && needed < all.width()) {
    painter.drawText(QRectF(all.left(), 0, all.width(), axisHeight()), Qt::AlignRight | Qt::AlignVCenter, last);
  }
}

void SegmentChart::paintChart(QPainter& painter) const {
  if (itemCount() == 0) return;
  const ThemeColors& colors = themeColors(palette());
  const std::array<QString, kStrips> labels{tr("novelty, first"), tr("novelty, second"), tr("writes, first"),
                                            tr("writes, second")};
  for (int index = 0; index < kStrips; ++index) {
    const QRectF all = strip(index);
    painter.setFont(font());
    painter.setPen(colors.dim);
    painter.drawText(QRectF(std::round(unit() * 1.25), all.top(), labelWidth(), all.height()),
                     Qt::AlignRight | Qt::AlignVCenter, labels[static_cast<std::size_t>(index)]);
    // Cells side by side must not leave seams.
    painter.setRenderHint(QPainter::Antialiasing, false);
    paintStrip(painter, index);
    painter.setRenderHint(QPainter::Antialiasing);
  }
  paintAxis(painter);
  if (!current()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(hasFocus() ? colors.accent : colors.text, hasFocus() ? 2 : 1));
  painter.drawRoundedRect(itemRect(*current()).adjusted(-1.5, -1, 1.5, 1), 3, 3);
}

}  // namespace tidemark::ui

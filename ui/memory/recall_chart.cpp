#include "ui/memory/recall_chart.h"

#include <QLocale>
#include <QPainter>
#include <algorithm>
#include <cmath>

#include "ui/memory/memory_texts.h"
#include "ui/theme/heat_map.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr double kLowestPlotUnits = 4;
constexpr double kWidestBarUnits = 3;

double shareOf(int count, int all) {
  return all > 0 ? static_cast<double>(count) / all : 0;
}

}  // namespace

RecallChart::RecallChart(QWidget* parent) : ChartView(tr("Recall by distance"), parent) {
  setAccessibleDescription(tr("How many of the facts were recalled, by how many segments behind them were read"));
}

void RecallChart::setBuckets(std::vector<RecallBucket> buckets) {
  m_buckets = std::move(buckets);
  itemsReset();
}

QSize RecallChart::sizeHint() const {
  return {static_cast<int>(unit() * 34), static_cast<int>(unit() * 11)};
}

double RecallChart::rowHeight() const {
  return std::round(unit() * 1.5);
}

double RecallChart::labelWidth() const {
  const int widest =
      std::max(fontMetrics().horizontalAdvance(tr("novelty")), fontMetrics().horizontalAdvance(shareText(1)));
  return std::round(unit() * 1.25) + widest + std::round(unit() * 0.75);
}

QRectF RecallChart::plot() const {
  // Two rows below it: the distances, and their novelty; one above for the numbers on the bars.
  const double below = 2 * rowHeight() + unit() / 2;
  const double height = std::max(unit() * kLowestPlotUnits, viewport()->height() - below - rowHeight());
  return {labelWidth(), rowHeight(), std::max(1.0, viewport()->width() - labelWidth() - std::round(unit() * 1.25)),
          std::floor(height)};
}

double RecallChart::contentHeight() const {
  return plot().bottom() + 2 * rowHeight() + unit() / 2;
}

QRectF RecallChart::itemRect(int item) const {
  const QRectF all = plot();
  const double width = all.width() / std::max(1, itemCount());
  return {all.left() + width * item, 0, width, contentHeight() - unit() / 4};
}

QRectF RecallChart::recalledBar(int item) const {
  const RecallBucket& bucket = m_buckets[static_cast<std::size_t>(item)];
  const QRectF all = plot();
  const QRectF own = itemRect(item);
  const double width = std::round(std::min(own.width() * 0.4, unit() * kWidestBarUnits));
  const double height = all.height() * shareOf(bucket.recalled, bucket.asked);
  // With the other one in the middle of the two.
  return {std::round(own.center().x() - width * 0.75), all.bottom() - height, width, height};
}

QRectF RecallChart::luckBar(int item) const {
  const RecallBucket& bucket = m_buckets[static_cast<std::size_t>(item)];
  const QRectF bar = recalledBar(item);
  const double height = plot().height() * shareOf(bucket.guessed, bucket.asked);
  return {bar.right() + 1, plot().bottom() - height, std::round(bar.width() * 0.5), height};
}

QRectF RecallChart::noveltyCell(int item) const {
  const QRectF own = itemRect(item);
  return {own.left() + 1, plot().bottom() + rowHeight() + 1, own.width() - 2, rowHeight() - 2};
}

QString RecallChart::describe(int item) const {
  if (item < 0 || item >= itemCount()) return {};
  const RecallBucket& bucket = m_buckets[static_cast<std::size_t>(item)];
  const QString place = tr("%1 segments before the end").arg(distanceText(bucket.nearest, bucket.farthest));
  if (bucket.asked == 0) return tr("%1: no fact stood there").arg(place);
  const QString counts = tr("%1: %2 of %3 facts recalled, %4 right by luck")
                             .arg(place)
                             .arg(bucket.recalled)
                             .arg(bucket.asked)
                             .arg(bucket.guessed);
  return bucket.novelty ? tr("%1; novelty %2", "counts, number").arg(counts, smallNumber(*bucket.novelty)) : counts;
}

void RecallChart::paintAxes(QPainter& painter) const {
  const ThemeColors& colors = themeColors(palette());
  const QRectF all = plot();
  painter.setFont(font());
  const double half = unit() * 0.6;
  for (const double share : {0.0, 0.5, 1.0}) {
    const double y = std::round(all.bottom() - share * all.height()) - 0.5;
    painter.setPen(QPen(colors.line, 1));
    painter.drawLine(QPointF(all.left(), y), QPointF(all.right(), y));
    painter.setPen(colors.dim);
    painter.drawText(QRectF(0, y - half, labelWidth() - unit() * 0.5, 2 * half), Qt::AlignRight | Qt::AlignVCenter,
                     wholeShareText(share));
  }
  painter.drawText(QRectF(0, all.bottom() + rowHeight(), labelWidth() - unit() * 0.5, rowHeight()),
                   Qt::AlignRight | Qt::AlignVCenter, tr("novelty"));
}

void RecallChart::paintBucket(QPainter& painter, int item) const {
  const ThemeColors& colors = themeColors(palette());
  const RecallBucket& bucket = m_buckets[static_cast<std::size_t>(item)];
  const QRectF own = itemRect(item);
  const QRectF bar = recalledBar(item);
  painter.setPen(Qt::NoPen);
  painter.setBrush(colors.accent);
  if (bar.height() > 0) painter.drawRect(bar);
  const QRectF luck = luckBar(item);
  if (luck.height() > 0) {
    painter.setPen(QPen(colors.text, 1));
    painter.setBrush(QBrush(colors.text, Qt::BDiagPattern));
    painter.drawRect(luck.adjusted(0.5, 0.5, -0.5, -0.5));
  }
  painter.setFont(font());
  painter.setPen(colors.text);
  const QString count = bucket.asked == 0 ? QStringLiteral("–") : tr("%1 of %2").arg(bucket.recalled).arg(bucket.asked);
  const double top = std::min(bar.top(), luck.top());
  if (fontMetrics().horizontalAdvance(count) <= own.width()) {
    painter.drawText(QRectF(own.left(), top - rowHeight(), own.width(), rowHeight()),
                     Qt::AlignHCenter | Qt::AlignBottom, count);
  }
  painter.setPen(colors.dim);
  const QString distance = distanceText(bucket.nearest, bucket.farthest);
  if (fontMetrics().horizontalAdvance(distance) <= own.width()) {
    painter.drawText(QRectF(own.left(), plot().bottom(), own.width(), rowHeight()), Qt::AlignCenter, distance);
  }
  const QRectF cell = noveltyCell(item);
  const float heat = bucket.novelty ? heatPlace(static_cast<float>(*bucket.novelty)) : 0;
  painter.fillRect(cell, bucket.novelty ? QColor::fromRgb(heatColor(heat)) : colors.raised);
  if (!bucket.novelty) return;
  const QString number = smallNumber(*bucket.novelty);
  if (fontMetrics().horizontalAdvance(number) > cell.width()) return;
  painter.setPen(textOnHeat(heat));
  painter.drawText(cell, Qt::AlignCenter, number);
}

void RecallChart::paintChart(QPainter& painter) const {
  if (itemCount() == 0) return;
  const ThemeColors& colors = themeColors(palette());
  if (current()) {
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.raised);
    painter.drawRoundedRect(itemRect(*current()), 4, 4);
  }
  paintAxes(painter);
  for (int item = 0; item < itemCount(); ++item) paintBucket(painter, item);
  if (!current() || !hasFocus()) return;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(colors.accent, 1));
  painter.drawRoundedRect(itemRect(*current()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4);
}

}  // namespace tidemark::ui

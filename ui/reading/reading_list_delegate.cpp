#include "ui/reading/reading_list_delegate.h"

#include <QAbstractItemView>
#include <QFontMetrics>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>

#include "ui/reading/reading_list_model.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kDesignLine = 16;  // distances are for a line of 16 pixels
constexpr double kSecondScale = 0.88;

QFont smaller(const QFont& base) {
  QFont font = base;
  font.setPointSizeF(base.pointSizeF() * kSecondScale);
  return font;
}

QString stateOf(const QModelIndex& index) {
  return index.data(ReadingListModel::kStateTextRole).toString();
}
QString problemOf(const QModelIndex& index) {
  return index.data(ReadingListModel::kProblemRole).toString();
}
ReadingFileState stateValue(const QModelIndex& index) {
  return static_cast<ReadingFileState>(index.data(ReadingListModel::kStateRole).toInt());
}

/// How wide rows are: the list gives no width when it asks for heights.
int widthOf(const QStyleOptionViewItem& option) {
  const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
  return view != nullptr ? view->viewport()->width() : option.rect.width();
}

ReadingRowLayout layoutOf(const QStyleOptionViewItem& option, const QModelIndex& index) {
  const QFont small = smaller(option.font);
  const QFontMetrics line(option.font);
  const QFontMetrics second(small);
  const QString state = stateOf(index);
  const int stateWidth = state.isEmpty() ? 0 : second.horizontalAdvance(state) + 2;
  const int width = widthOf(option);
  const QString problem = problemOf(index);
  if (problem.isEmpty()) return ReadingRowLayout::make(width, line.height(), second.height(), stateWidth, 0);
  const ReadingRowLayout layout =
      ReadingRowLayout::make(width, line.height(), second.height(), stateWidth, second.height());
  const QRect needed = second.boundingRect(QRect(0, 0, qMax(40, layout.problem.width()), 10'000),
                                           static_cast<int>(Qt::TextWordWrap), problem);
  // A file that cannot be read holds nothing to be told about.
  const bool isTold = !index.data(ReadingListModel::kSecondLineRole).toString().isEmpty();
  return ReadingRowLayout::make(width, line.height(), isTold ? second.height() : 0, stateWidth, needed.height(),
                                second.height());
}

}  // namespace

ReadingRowLayout ReadingRowLayout::make(int width, int lineHeight, int secondHeight, int stateWidth, int problemHeight,
                                        int signSide) {
  const auto scaled = [lineHeight](int pixels) { return qMax(1, pixels * lineHeight / kDesignLine); };
  const int padding = scaled(9);
  const int gap = scaled(3);
  ReadingRowLayout layout;
  const int secondGap = secondHeight > 0 ? gap : 0;
  layout.height = 2 * padding + lineHeight + secondGap + secondHeight + (problemHeight > 0 ? gap + problemHeight : 0);
  layout.background = QRect(scaled(4), scaled(1), qMax(0, width - 2 * scaled(4)), layout.height - 2 * scaled(1));
  const int left = layout.background.left() + scaled(12);
  const int right = layout.background.right() + 1 - scaled(12);
  layout.number = QRect(left, padding, scaled(28), lineHeight);
  const int text = left + scaled(36);
  layout.state = QRect(qMax(text, right - stateWidth), padding, qMin(stateWidth, right - text), lineHeight);
  layout.name = QRect(text, padding, qMax(0, layout.state.left() - scaled(12) - text), lineHeight);
  layout.second = QRect(text, padding + lineHeight + secondGap, qMax(0, right - text), secondHeight);
  if (problemHeight > 0) {
    const int top = layout.second.bottom() + 1 + gap;
    const int side = signSide > 0 ? signSide : secondHeight;
    layout.sign = QRect(text, top, side, side);
    layout.problem = QRect(text + side + scaled(6), top, qMax(0, right - text - side - scaled(6)), problemHeight);
  }
  layout.progress = QRect(text, layout.height - scaled(5), qMax(0, right - text), scaled(2));
  return layout;
}

void ReadingListDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const ThemeColors& colors = themeColors(option.palette);
  const ReadingRowLayout layout = layoutOf(option, index);
  const auto place = [&option](const QRect& rect) {
    return QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
  };
  const ReadingFileState state = stateValue(index);
  const bool isRefused = state == ReadingFileState::kRefused;
  const QString stateText = stateOf(index);
  const bool isLeftOut = isRefused || index.data(ReadingListModel::kLeftOutRole).toBool();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setLayoutDirection(option.direction);
  const QRect background = place(layout.background);
  const double radius = layout.number.height() / 2.0;
  if (option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_MouseOver)) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.raised);
    painter->drawRoundedRect(background, radius, radius);
  }
  if (option.state.testFlag(QStyle::State_HasFocus)) {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colors.accent, 1.0));
    painter->drawRoundedRect(QRectF(background).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
  }
  const auto write = [&](const QRect& rect, const QFont& font, const QColor& color, const QString& text, int flags) {
    painter->setFont(font);
    painter->setPen(color);
    const bool wraps = (flags & Qt::TextWordWrap) != 0;
    painter->drawText(place(rect), flags,
                      wraps ? text : QFontMetrics(font).elidedText(text, Qt::ElideMiddle, rect.width()));
  };
  const QFont small = smaller(option.font);
  const int line = static_cast<int>(Qt::AlignVCenter) | static_cast<int>(Qt::TextSingleLine);
  write(layout.number, option.font, colors.dim, QLocale().toString(index.row() + 1),
        line | static_cast<int>(Qt::AlignTrailing));
  write(layout.name, option.font, isLeftOut ? colors.dim : colors.text, index.data(Qt::DisplayRole).toString(),
        line | static_cast<int>(Qt::AlignLeading));
  write(layout.state, small, colors.dim, stateText, line | static_cast<int>(Qt::AlignTrailing));
  write(layout.second, small, colors.dim, index.data(ReadingListModel::kSecondLineRole).toString(),
        line | static_cast<int>(Qt::AlignLeading));
  if (const QString problem = problemOf(index); !problem.isEmpty()) {
    themedIcon(isRefused ? QStringLiteral("error") : QStringLiteral("warning")).paint(painter, place(layout.sign));
    write(layout.problem, small, isRefused ? colors.error : colors.text, problem,
          static_cast<int>(Qt::TextWordWrap) | static_cast<int>(Qt::AlignLeading) | static_cast<int>(Qt::AlignTop));
  }
  if (state == ReadingFileState::kChecking) {
    const QRect track = place(layout.progress);
    painter->setPen(Qt::NoPen);
    painter->setBrush(colors.line);
    painter->drawRoundedRect(track, 1, 1);
    const int percent = index.data(ReadingListModel::kPercentRole).toInt();
    if (percent > 0) {
      QRect done = layout.progress;
      done.setWidth(done.width() * percent / 100);
      painter->setBrush(colors.accent);
      painter->drawRoundedRect(place(done), 1, 1);
    }
  }
  painter->restore();
}

QSize ReadingListDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return {widthOf(option), layoutOf(option, index).height};
}

}  // namespace tidemark::ui

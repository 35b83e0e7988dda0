#include "ui/sessions/session_delegate.h"

#include <QFontMetrics>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>

#include "ui/sessions/list_roles.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

// Distances are for a line of 16 pixels, the interface font at 100 %.
constexpr int kDesignLine = 16;
constexpr double kSecondLineScale = 0.88;

QFont secondFont(const QFont& base) {
  QFont font = base;
  font.setPointSizeF(base.pointSizeF() * kSecondLineScale);
  return font;
}

RowLayout layoutOf(const QStyleOptionViewItem& option, const QModelIndex& index) {
  const bool hasSecond = !index.data(kSecondLineRole).toString().isEmpty();
  const bool hasSign = !index.data(kProblemRole).toString().isEmpty();
  return RowLayout::make(option.rect.width(), QFontMetrics(option.font).height(),
                         hasSecond ? QFontMetrics(secondFont(option.font)).height() : 0,
                         index.data(kIndentRole).toInt(), hasSign);
}

/// A triangle with an exclamation mark: told apart by shape, not by colour alone.
void drawSign(QPainter& painter, const QRect& rect, const QColor& color) {
  const QRectF r = QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5);
  QPainterPath outline(QPointF(r.center().x(), r.top()));
  outline.lineTo(r.right(), r.bottom());
  outline.lineTo(r.left(), r.bottom());
  outline.closeSubpath();
  const double stroke = r.height() / 9;
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(color, stroke, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.drawPath(outline);
  const double x = r.center().x();
  painter.drawLine(QPointF(x, r.top() + r.height() * 0.38), QPointF(x, r.top() + r.height() * 0.64));
  painter.drawPoint(QPointF(x, r.top() + r.height() * 0.83));
}

void drawText(QPainter& painter, const QRect& rect, const QFont& font, const QColor& color, const QString& text) {
  painter.setFont(font);
  painter.setPen(color);
  // Names are files' and headings come from texts: a line break in one must not become a second line.
  const QString line = QString(text).replace(QLatin1Char('\n'), QLatin1Char(' '));
  painter.drawText(rect, Qt::AlignVCenter | Qt::AlignLeading | Qt::TextSingleLine,
                   QFontMetrics(font).elidedText(line, Qt::ElideRight, rect.width()));
}

}  // namespace

RowLayout RowLayout::make(int width, int lineHeight, int secondHeight, int indent, bool hasSign) {
  const auto scaled = [lineHeight](int pixels) { return qMax(1, pixels * lineHeight / kDesignLine); };
  const bool isSingle = secondHeight == 0;
  RowLayout layout;
  const int padding = scaled(isSingle ? 5 : 7);
  const int gap = isSingle ? 0 : scaled(1);
  layout.height = lineHeight + secondHeight + gap + 2 * padding;
  layout.background = QRect(scaled(8), scaled(1), qMax(0, width - 2 * scaled(8)), layout.height - 2 * scaled(1));
  layout.bar = QRect(layout.background.left(), layout.background.top(), scaled(3), layout.background.height());
  int left = layout.background.left() + scaled(14) + indent * scaled(12);
  const int right = qMax(left, layout.background.right() + 1 - scaled(8));
  if (hasSign) {
    layout.sign = QRect(left, padding + lineHeight / 6, lineHeight * 3 / 4, lineHeight * 2 / 3);
    left = qMin(right, layout.sign.right() + 1 + scaled(6));
  }
  layout.name = QRect(left, padding, right - left, lineHeight);
  if (!isSingle) {
    const int start = layout.background.left() + scaled(14) + indent * scaled(12);
    layout.second = QRect(start, padding + lineHeight + gap, right - start, secondHeight);
  }
  return layout;
}

void SessionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const ThemeColors& colors = themeColors(option.palette);
  const RowLayout layout = layoutOf(option, index);
  const auto place = [&option](const QRect& rect) {
    return QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft()));
  };
  const bool isCurrent = index.data(kCurrentRole).toBool();
  const QString second = index.data(kSecondLineRole).toString();
  const bool isSingle = second.isEmpty();
  const double radius = layout.bar.width() * 2;

  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setLayoutDirection(option.direction);
  painter->setPen(Qt::NoPen);
  const QRect background = place(layout.background);
  if ((isCurrent && !isSingle) || option.state.testFlag(QStyle::State_Selected) ||
      option.state.testFlag(QStyle::State_MouseOver)) {
    painter->setBrush(colors.raised);
    painter->drawRoundedRect(background, radius, radius);
  }
  if (isCurrent && !isSingle) {
    painter->setBrush(colors.accent);
    painter->drawRoundedRect(place(layout.bar), layout.bar.width() / 2.0, layout.bar.width() / 2.0);
  }
  if (option.state.testFlag(QStyle::State_HasFocus)) {
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(colors.accent, 1.0));
    painter->drawRoundedRect(QRectF(background).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius);
  }
  QFont font = option.font;
  if (isCurrent) font.setWeight(QFont::DemiBold);
  if (!layout.sign.isEmpty()) drawSign(*painter, place(layout.sign), colors.error);
  drawText(*painter, place(layout.name), font, isSingle && !isCurrent ? colors.dim : colors.text,
           index.data(Qt::DisplayRole).toString());
  if (!isSingle) drawText(*painter, place(layout.second), secondFont(option.font), colors.dim, second);
  painter->restore();
}

QSize SessionDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const {
  return {option.rect.width(), layoutOf(option, index).height};
}

QWidget* SessionDelegate::createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                                       const QModelIndex& /*index*/) const {
  auto* editor = new QLineEdit(parent);
  editor->setFont(option.font);
  editor->setAccessibleName(tr("New name"));
  editor->setAccessibleDescription(tr("Enter keeps the name, Escape leaves the old one"));
  return editor;
}

void SessionDelegate::updateEditorGeometry(QWidget* editor, const QStyleOptionViewItem& option,
                                           const QModelIndex& index) const {
  const RowLayout layout = layoutOf(option, index);
  // All of the row: a second line would look out from under a lower editor.
  const QRect rect = layout.background.adjusted(layout.bar.width(), 0, 0, 0);
  editor->setGeometry(QStyle::visualRect(option.direction, option.rect, rect.translated(option.rect.topLeft())));
}

}  // namespace tidemark::ui

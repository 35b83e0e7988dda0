#include "ui/shell/command_list_model.h"

#include <QPainter>
#include <QTextCharFormat>
#include <QTextLayout>

#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kSide = 12;  // pixels before the text and behind the shortcut
constexpr int kRowRadius = 6;

QFont smallFont(const QFont& font) {
  QFont small = font;
  small.setPointSizeF(font.pointSizeF() * 0.85);
  return small;
}

void drawMatched(QPainter* painter, const QRect& where, const QString& text, const QVariantList& positions) {
  QTextLayout layout(text, painter->font(), painter->device());
  QList<QTextLayout::FormatRange> bold;
  for (const QVariant& position : positions) {
    QTextCharFormat format;
    format.setFontWeight(QFont::Bold);
    bold.push_back({position.toInt(), 1, format});
  }
  layout.setFormats(bold);
  QTextOption option;
  option.setWrapMode(QTextOption::NoWrap);
  option.setTextDirection(painter->layoutDirection());
  layout.setTextOption(option);
  layout.beginLayout();
  QTextLine line = layout.createLine();
  line.setLineWidth(where.width());
  layout.endLayout();
  layout.draw(painter, where.topLeft());
}

}  // namespace

void CommandListModel::setCommands(std::vector<Command> commands) {
  beginResetModel();
  m_commands = std::move(commands);
  m_rows.clear();
  endResetModel();
}

void CommandListModel::setPattern(const QString& pattern, const QStringList& recentIds) {
  beginResetModel();
  m_rows = rankCommands(m_commands, pattern, recentIds);
  endResetModel();
}

const Command* CommandListModel::command(int row) const {
  if (row < 0 || static_cast<std::size_t>(row) >= m_rows.size()) return nullptr;
  return &m_commands[m_rows[static_cast<std::size_t>(row)].index];
}

int CommandListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant CommandListModel::data(const QModelIndex& index, int role) const {
  const Command* entry = index.isValid() ? command(index.row()) : nullptr;
  if (entry == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return entry->text;
    case Qt::DecorationRole:
      return entry->action.isNull() ? QVariant() : QVariant(entry->action->icon());
    case Qt::AccessibleTextRole:
      if (!entry->isEnabled) return tr("%1, not available now").arg(entry->path);
      return entry->shortcut.isEmpty() ? entry->path : tr("%1, shortcut %2").arg(entry->path, entry->shortcut);
    case kPathRole:
      return entry->path;
    case kShortcutRole:
      return entry->shortcut;
    case kEnabledRole:
      return entry->isEnabled;
    case kPositionsRole: {
      QVariantList positions;
      for (const qsizetype position : m_rows[static_cast<std::size_t>(index.row())].positions) positions += position;
      return positions;
    }
    default:
      return {};
  }
}

Qt::ItemFlags CommandListModel::flags(const QModelIndex& index) const {
  const Command* entry = index.isValid() ? command(index.row()) : nullptr;
  if (entry == nullptr) return Qt::NoItemFlags;
  // Disabled commands too: a view does not let the keys walk onto an item without this flag, and then nobody could tell
  // that the command is there.
  return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

void CommandDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
  const ThemeColors& colors = themeColors(option.palette);
  const bool isSelected = (option.state & QStyle::State_Selected) != 0;
  const bool isEnabled = index.data(CommandListModel::kEnabledRole).toBool();
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  if (isSelected) {
    painter->setPen(Qt::NoPen);
    painter->setBrush(isEnabled ? colors.accent : colors.line);
    painter->drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), kRowRadius, kRowRadius);
  }
  const QColor ink = !isEnabled ? colors.dim : (isSelected ? colors.onAccent : colors.text);
  const QColor second = isSelected && isEnabled ? colors.onAccent : colors.dim;
  const auto mirrored = [&option](const QRect& rect) {
    return QStyle::visualRect(option.direction, option.rect, rect);
  };
  painter->setLayoutDirection(option.direction);
  const QRect inner = option.rect.adjusted(kSide, 0, -kSide, 0);
  const int icon = option.fontMetrics.height();
  const QRect iconRect(inner.left(), inner.center().y() - icon / 2, icon, icon);
  index.data(Qt::DecorationRole)
      .value<QIcon>()
      .paint(painter, mirrored(iconRect), Qt::AlignCenter,
             !isEnabled ? QIcon::Disabled : (isSelected ? QIcon::Selected : QIcon::Normal));

  const QFont small = smallFont(option.font);
  const QString keys = index.data(CommandListModel::kShortcutRole).toString();
  const int keysWidth = keys.isEmpty() ? 0 : QFontMetrics(option.font).horizontalAdvance(keys) + kSide;
  painter->setFont(option.font);
  painter->setPen(second);
  painter->drawText(mirrored(inner), static_cast<int>(Qt::AlignVCenter | Qt::AlignTrailing), keys);

  const int smallHeight = QFontMetrics(small).height();
  const QRect texts = inner.adjusted(icon + kSide, 0, -keysWidth, 0);
  const int top = option.rect.center().y() - (option.fontMetrics.height() + smallHeight) / 2;
  const QRect upper(texts.left(), top, texts.width(), option.fontMetrics.height());
  const QRect lower(texts.left(), upper.bottom() + 1, texts.width(), smallHeight);
  painter->setPen(ink);
  drawMatched(painter, mirrored(upper), index.data(Qt::DisplayRole).toString(),
              index.data(CommandListModel::kPositionsRole).toList());
  painter->setFont(small);
  painter->setPen(second);
  const QString path = index.data(CommandListModel::kPathRole).toString();
  painter->drawText(mirrored(lower), static_cast<int>(Qt::AlignVCenter | Qt::AlignLeading),
                    QFontMetrics(small).elidedText(path, Qt::ElideMiddle, lower.width()));
  painter->restore();
}

QSize CommandDelegate::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& /*index*/) const {
  return {200, option.fontMetrics.height() + QFontMetrics(smallFont(option.font)).height() + 12};
}

}  // namespace tidemark::ui

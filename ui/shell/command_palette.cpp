#include "ui/shell/command_palette.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/command_list_model.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kPaletteMargin = 10;
constexpr int kPaletteRadius = 12;
constexpr int kRowsShown = 9;
constexpr int kRecentKept = 20;

}  // namespace

CommandPalette::CommandPalette(QWidget* window)
    : QFrame(window),
      m_window(window),
      m_field(new QLineEdit),
      m_list(new QListView),
      m_model(new CommandListModel(this)) {
  setObjectName(QStringLiteral("commandPalette"));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(kPaletteMargin, kPaletteMargin, kPaletteMargin, kPaletteMargin);
  layout->setSpacing(6);
  layout->addWidget(m_field);
  layout->addWidget(m_list);
  m_field->setPlaceholderText(tr("Type the name of a command"));
  m_field->setAccessibleName(tr("Command"));
  m_field->setClearButtonEnabled(false);
  m_field->installEventFilter(this);
  m_list->setModel(m_model);
  m_list->setItemDelegate(new CommandDelegate(m_list));
  m_list->setUniformItemSizes(true);
  m_list->setFocusPolicy(Qt::NoFocus);
  m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
  m_list->setAccessibleName(tr("Commands"));
  m_list->setAccessibleDescription(tr("Commands that fit what was typed, best first"));
  m_list->setStyleSheet(QStringLiteral("background: transparent;"));
  connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::filter);
  connect(m_list, &QListView::clicked, this, &CommandPalette::runCurrent);
  connect(m_list->selectionModel(), &QItemSelectionModel::currentChanged, this, &CommandPalette::announceCurrent);
  window->installEventFilter(this);
  hide();
}

void CommandPalette::setRecentCommands(const QStringList& ids) {
  m_recent = ids.mid(0, kRecentKept);
  m_recent.removeDuplicates();
}

void CommandPalette::openPalette() {
  if (m_window.isNull()) return;
  if (!isVisible()) m_focusBefore = QApplication::focusWidget();
  m_model->setCommands(collectActions(m_window));
  m_field->clear();
  filter({});
  place();
  show();
  raise();
  m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::closePalette() {
  if (!isVisible()) return;
  const bool hadFocus = isAncestorOf(QApplication::focusWidget());
  hide();
  if (hadFocus && !m_focusBefore.isNull()) m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::filter(const QString& pattern) {
  m_model->setPattern(pattern, m_recent);
  m_list->setCurrentIndex(m_model->index(0, 0));
  m_list->scrollToTop();
  place();
}

void CommandPalette::runCurrent() {
  const Command* command = m_model->command(m_list->currentIndex().row());
  if (command == nullptr || !command->isEnabled || command->action.isNull()) return;
  const QPointer<QAction> action = command->action;
  const QString id = command->id;
  m_recent.removeAll(id);
  m_recent.prepend(id);
  m_recent = m_recent.mid(0, kRecentKept);
  closePalette();
  Q_EMIT commandTriggered(id);
  // Queued: the action finds the focus where it was, and may destroy this palette.
  QTimer::singleShot(0, action, [action] {
    if (!action.isNull()) action->trigger();
  });
}

void CommandPalette::moveCurrent(int rows) {
  const int count = m_model->rowCount();
  if (count == 0) return;
  int row = m_list->currentIndex().row() + rows;
  if (std::abs(rows) == 1) row = (row + count) % count;
  m_list->setCurrentIndex(m_model->index(std::clamp(row, 0, count - 1), 0));
}

void CommandPalette::announceCurrent() {
  m_field->setAccessibleDescription(m_list->currentIndex().data(Qt::AccessibleTextRole).toString());
  QAccessibleEvent changed(m_field, QAccessible::DescriptionChanged);
  QAccessible::updateAccessibility(&changed);
}

void CommandPalette::place() {
  if (m_window.isNull()) return;
  const QSize room = m_window->size();
  const int unit = fontMetrics().averageCharWidth();
  const int rowHeight = std::max(1, m_list->sizeHintForRow(0));
  const int rows = std::clamp(m_model->rowCount(), 1, kRowsShown);
  const int width = std::min(room.width() - 24, unit * 84);
  const int fieldHeight = m_field->sizeHint().height();
  const int listHeight = std::min(rows * rowHeight + 4, room.height() - fieldHeight - 3 * kPaletteMargin - 48);
  m_list->setFixedHeight(std::max(rowHeight, listHeight));
  resize(width, fieldHeight + m_list->height() + 6 + 2 * kPaletteMargin);
  move((room.width() - width) / 2, std::min(72, std::max(8, room.height() / 10)));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
  if (watched == m_window && event->type() == QEvent::Resize && isVisible()) place();
  if (watched != m_field) return QFrame::eventFilter(watched, event);
  if (event->type() == QEvent::FocusOut && static_cast<QFocusEvent*>(event)->reason() != Qt::PopupFocusReason) {
    closePalette();
    return false;
  }
  // Before shortcuts of the window see them.
  if (event->type() == QEvent::ShortcutOverride) {
    const int key = static_cast<QKeyEvent*>(event)->key();
    if (key == Qt::Key_Escape || key == Qt::Key_Return || key == Qt::Key_Enter) event->accept();
    return false;
  }
  if (event->type() != QEvent::KeyPress) return false;
  switch (static_cast<QKeyEvent*>(event)->key()) {
    case Qt::Key_Up:
      moveCurrent(-1);
      return true;
    case Qt::Key_Down:
      moveCurrent(1);
      return true;
    case Qt::Key_PageUp:
      moveCurrent(-kRowsShown + 1);
      return true;
    case Qt::Key_PageDown:
      moveCurrent(kRowsShown - 1);
      return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
      runCurrent();
      return true;
    case Qt::Key_Escape:
      closePalette();
      return true;
    default:
      return false;
  }
}

void CommandPalette::paintEvent(QPaintEvent* /*event*/) {
  const ThemeColors& colors = themeColors(palette());
  QPainter painter(this);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(colors.accent);
  painter.setBrush(colors.raised);
  painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), kPaletteRadius, kPaletteRadius);
  if (m_model->rowCount() > 0) return;
  painter.setPen(colors.dim);
  painter.drawText(m_list->geometry(), Qt::AlignCenter, tr("No command fits"));
}

}  // namespace tidemark::ui

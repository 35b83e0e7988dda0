#include "ui/shell/shortcut_sheet.h"

#include <QDialogButtonBox>
#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QPrintDialog>
#include <QPrinter>
#include <QPushButton>
#include <QScrollArea>
#include <QTextDocument>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/key_label.h"
#include "ui/theme/theme.h"

namespace tidemark::ui {
namespace {

constexpr int kColumnCharacters = 46;  // average characters that a column is wide
constexpr int kMostColumns = 4;

}  // namespace

std::vector<ShortcutRow> shortcutRows(const std::vector<Command>& commands, const QString& otherGroup) {
  std::vector<ShortcutRow> rows;
  for (const Command& command : commands) {
    if (command.shortcut.isEmpty()) continue;
    rows.push_back({command.group.isEmpty() ? otherGroup : command.group, command.shortcut, command.text});
  }
  return rows;
}

std::vector<std::vector<ShortcutRow>> shortcutColumns(const std::vector<ShortcutRow>& rows, int columns) {
  std::vector<std::vector<ShortcutRow>> groups;
  for (const ShortcutRow& row : rows) {
    const auto found = std::find_if(groups.begin(), groups.end(),
                                    [&row](const auto& group) { return group.front().group == row.group; });
    if (found == groups.end()) {
      groups.push_back({row});
    } else {
      found->push_back(row);
    }
  }
  std::vector<std::vector<ShortcutRow>> result(static_cast<std::size_t>(std::max(1, columns)));
  const std::size_t total = rows.size() + 2 * groups.size();
  const std::size_t target = (total + result.size() - 1) / result.size();
  std::size_t column = 0;
  std::size_t height = 0;
  for (const auto& group : groups) {
    const std::size_t added = group.size() + 2;
    // The next column if more than half of the group would stick out.
    if (height > 0 && height + added / 2 > target && column + 1 < result.size()) {
      ++column;
      height = 0;
    }
    result[column].insert(result[column].end(), group.begin(), group.end());
    height += added;
  }
  std::erase_if(result, [](const auto& entries) { return entries.empty(); });
  return result;
}

ShortcutSheet::ShortcutSheet(QWidget* parent) : QDialog(parent), m_area(new QScrollArea) {
  setWindowTitle(tr("Keyboard shortcuts"));
  setModal(false);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 12);
  m_area->setWidgetResizable(true);
  m_area->setFrameShape(QFrame::NoFrame);
  m_area->setAccessibleName(tr("Keyboard shortcuts"));
  m_area->setAccessibleDescription(tr("All shortcuts, grouped by menu"));
  layout->addWidget(m_area);
  auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->setContentsMargins(16, 0, 16, 0);
  QPushButton* print = buttons->addButton(tr("&Print…"), QDialogButtonBox::ActionRole);
  print->setAutoDefault(false);
  layout->addWidget(buttons);
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(print, &QPushButton::clicked, this, &ShortcutSheet::askAndPrint);
  resize(fontMetrics().averageCharWidth() * kColumnCharacters * 3, fontMetrics().height() * 36);
}

void ShortcutSheet::setCommands(const std::vector<Command>& commands) {
  m_commands = commands;
  rebuild();
}

void ShortcutSheet::setExtraRows(std::vector<ShortcutRow> rows) {
  m_extraRows = std::move(rows);
  rebuild();
}

std::vector<ShortcutRow> ShortcutSheet::rows() const {
  std::vector<ShortcutRow> all = shortcutRows(m_commands, tr("Other"));
  all.insert(all.end(), m_extraRows.begin(), m_extraRows.end());
  return all;
}

int ShortcutSheet::columnCount() const {
  return std::clamp(width() / (fontMetrics().averageCharWidth() * kColumnCharacters), 1, kMostColumns);
}

QWidget* ShortcutSheet::makeColumn(const std::vector<ShortcutRow>& rows) {
  auto* column = new QWidget;
  auto* grid = new QGridLayout(column);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setHorizontalSpacing(16);
  grid->setVerticalSpacing(6);
  grid->setColumnStretch(1, 1);
  int line = 0;
  QString group;
  for (const ShortcutRow& row : rows) {
    if (row.group != group || line == 0) {
      auto* caption = new QLabel(row.group);
      caption->setFont(captionFont(font()));
      caption->setForegroundRole(QPalette::PlaceholderText);
      caption->setContentsMargins(0, line == 0 ? 0 : 16, 0, 2);
      grid->addWidget(caption, line++, 0, 1, 2);
      group = row.group;
    }
    grid->addWidget(new KeyLabel(row.key), line, 0, Qt::AlignLeading | Qt::AlignVCenter);
    auto* text = new QLabel(row.text);
    text->setWordWrap(true);
    text->setTextFormat(Qt::PlainText);
    grid->addWidget(text, line++, 1);
  }
  grid->setRowStretch(line, 1);
  return column;
}

void ShortcutSheet::rebuild() {
  m_columnsShown = columnCount();
  auto* content = new QWidget;
  auto* layout = new QHBoxLayout(content);
  layout->setContentsMargins(24, 20, 24, 16);
  layout->setSpacing(36);
  for (const auto& column : shortcutColumns(rows(), m_columnsShown)) layout->addWidget(makeColumn(column), 1);
  m_area->setWidget(content);  // deletes the one before
}

void ShortcutSheet::printTo(QPagedPaintDevice* device) const {
  QString html = QStringLiteral("<h1>%1</h1>").arg(tr("Tidemark keyboard shortcuts").toHtmlEscaped());
  for (const auto& column : shortcutColumns(rows(), 1)) {
    QString group;
    for (const ShortcutRow& row : column) {
      if (row.group != group) {
        html += QStringLiteral("%1<h3>%2</h3><table cellspacing=\"2\">")
                    .arg(group.isEmpty() ? QString() : QStringLiteral("</table>"), row.group.toHtmlEscaped());
        group = row.group;
      }
      html += QStringLiteral("<tr><td width=\"160\"><b>%1</b></td><td>%2</td></tr>")
                  .arg(row.key.toHtmlEscaped(), row.text.toHtmlEscaped());
    }
    if (!group.isEmpty()) html += QStringLiteral("</table>");
  }
  QTextDocument document;
  document.setHtml(html);
  document.print(device);
}

void ShortcutSheet::askAndPrint() {
  // Not exec(): the event loop of the window goes on by itself.
  auto* printer = new QPrinter;
  auto* dialog = new QPrintDialog(printer, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, qOverload<QPrinter*>(&QPrintDialog::accepted), this, [this](QPrinter* chosen) { printTo(chosen); });
  connect(dialog, &QObject::destroyed, this, [printer] { delete printer; });
  dialog->open();
}

void ShortcutSheet::resizeEvent(QResizeEvent* event) {
  QDialog::resizeEvent(event);
  if (columnCount() != m_columnsShown) rebuild();
}

void ShortcutSheet::changeEvent(QEvent* event) {
  QDialog::changeEvent(event);
  if (event->type() == QEvent::FontChange || event->type() == QEvent::ApplicationFontChange) rebuild();
}

}  // namespace tidemark::ui

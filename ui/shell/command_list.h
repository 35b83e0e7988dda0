#pragma once
// Every command of a window, found by walking its menus and widgets. GUI thread.

#include <QAction>
#include <QPointer>
#include <QString>
#include <QStringList>
#include <vector>

class QWidget;

namespace tidemark::ui {

struct Command {
  QPointer<QAction> action;
  QString id;        // object name, or the path where there is none: what "recent" remembers
  QString text;      // without mnemonic and without a shortcut written behind a tab
  QString group;     // first menu on the way to it, empty for an action outside the menu bar
  QString path;      // "File > Open…"
  QString shortcut;  // as the desktop writes it, empty if it has none; all of them joined by ", "
  bool isEnabled = true;
};

/// Menu bars first, in their order, then the other actions of `root` and of the widgets in it. Each action once; no
/// separators, no submenus themselves, nothing invisible or without a text, nothing of dialogs inside `root`.
[[nodiscard]] std::vector<Command> collectActions(QWidget* root);

/// "&Open" to "Open", "Save && quit" to "Save & quit", "打开(&O)" to "打开"; drops "\tCtrl+O".
[[nodiscard]] QString textWithoutMnemonic(const QString& text);

struct RankedCommand {
  std::size_t index = 0;             // into the commands given
  std::vector<qsizetype> positions;  // matching characters of Command::text; empty if the path matched
};

/// Best first. An empty pattern keeps the order with the recent ones (most recent first) in front; otherwise recent
/// commands only win a little. Disabled commands come after enabled ones that fit equally well.
[[nodiscard]] std::vector<RankedCommand> rankCommands(const std::vector<Command>& commands, const QString& pattern,
                                                      const QStringList& recentIds);

}  // namespace tidemark::ui

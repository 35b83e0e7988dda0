#include "ui/sessions/session_menu.h"

#include <QCoreApplication>
#include <QKeySequence>
#include <QMenu>

namespace tidemark::ui {
namespace {

struct MenuWords {
  Q_DECLARE_TR_FUNCTIONS(tidemark::ui::SessionMenu)
};

}  // namespace

void fillSessionMenu(QMenu& menu, bool isBroken, bool isOther, const std::function<void(SessionAction)>& run) {
  const auto add = [&](SessionAction action, const char* name, const QString& text, const QKeySequence& key = {}) {
    QAction* entry = menu.addAction(text, &menu, [run, action] { run(action); });
    entry->setObjectName(QString::fromLatin1(name));
    entry->setShortcut(key);
    entry->setShortcutVisibleInContextMenu(true);
    return entry;
  };
  add(SessionAction::kOpen, "kOpen", MenuWords::tr("&Open"), Qt::Key_Return)->setEnabled(!isBroken);
  menu.addSeparator();
  add(SessionAction::kRename, "kRename", MenuWords::tr("&Rename…"), Qt::Key_F2);
  add(SessionAction::kDuplicate, "kDuplicate", MenuWords::tr("&Duplicate"))->setEnabled(!isBroken);
  add(SessionAction::kVerify, "kVerify", MenuWords::tr("&Verify"))->setEnabled(!isBroken);
  add(SessionAction::kCompare, "kCompare", MenuWords::tr("Compare with the o&pen session"))
      ->setEnabled(!isBroken && isOther);
  menu.addSeparator();
  add(SessionAction::kReveal, "kReveal", MenuWords::tr("Show &file"));
  add(SessionAction::kCopyPath, "kCopyPath", MenuWords::tr("&Copy path"));
  menu.addSeparator();
  add(SessionAction::kTrash, "kTrash", MenuWords::tr("Move to &trash"), Qt::Key_Delete);
}

}  // namespace tidemark::ui

#pragma once
// What can be done with a session, as a context menu; the same in sidebar and browser. GUI thread.

#include <functional>

class QMenu;

namespace tidemark::ui {

enum class SessionAction { kOpen, kRename, kDuplicate, kVerify, kReveal, kCopyPath, kTrash };

/// `isBroken`: it cannot be opened, only moved out of the way. Each action's objectName is the enumerator's name.
void fillSessionMenu(QMenu& menu, bool isBroken, const std::function<void(SessionAction)>& run);

}  // namespace tidemark::ui

#pragma once
// What can be done with a session, as a context menu; the same in sidebar and browser. GUI thread.

#include <functional>

class QMenu;

namespace tidemark::ui {

enum class SessionAction { kOpen, kRename, kDuplicate, kVerify, kCompare, kReveal, kCopyPath, kTrash };

/// `isBroken`: it cannot be opened, only moved out of the way. `isOther`: another session than this one is open. Each
/// action's objectName is the enumerator's name.
void fillSessionMenu(QMenu& menu, bool isBroken, bool isOther, const std::function<void(SessionAction)>& run);

}  // namespace tidemark::ui

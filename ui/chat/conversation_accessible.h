#pragma once
// What assistive technology sees of the list: a list of exchanges, each with its evidence as buttons. GUI thread.

#include <QAccessible>

namespace tidemark::ui {

/// Factory for QAccessible::installFactory; null for every object but a ConversationView.
[[nodiscard]] QAccessibleInterface* makeConversationAccessible(const QString& className, QObject* object);

}  // namespace tidemark::ui

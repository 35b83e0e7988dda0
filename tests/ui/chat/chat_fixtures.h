#pragma once

#include <QString>
#include <vector>

#include "ui/chat/conversation.h"

namespace tidemark::ui {

[[nodiscard]] Exchange makeExchange(qint64 id, const QString& question, const QString& answer, int chips = 0);
[[nodiscard]] std::vector<Exchange> manyExchanges(int count);
/// Words of `letters` letters in all, with spaces.
[[nodiscard]] QString longText(int letters);

}  // namespace tidemark::ui

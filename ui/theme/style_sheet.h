#pragma once
// Paddings, radii and the few rules a palette cannot express.

#include <QString>

#include "ui/theme/theme.h"

namespace tidemark::ui {

/// `fontPercent` scales the paddings with the type.
[[nodiscard]] QString makeStyleSheet(const ThemeColors& colors, int fontPercent);

}  // namespace tidemark::ui

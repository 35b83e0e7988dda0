#pragma once
// The icon set: SVG outlines of 1.5 px on 20 x 20, drawn in the colour of the palette they appear in.

#include <QIcon>
#include <QString>

namespace tidemark::ui {

/// `name` is a file in resources/icons without its ending. The icon follows the theme by itself.
[[nodiscard]] QIcon themedIcon(const QString& name);

}  // namespace tidemark::ui

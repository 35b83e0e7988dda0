#pragma once
// The icon set: SVG outlines of 1.5 px on 20 x 20, drawn in the colour of the palette they appear in.

#include <QIcon>
#include <QString>

namespace tidemark::ui {

/// `name` is a file in resources/icons without its ending. The icon follows the theme by itself.
[[nodiscard]] QIcon themedIcon(const QString& name);

/// The same for a button with primary=true: in the colour that is read on the accent, hovered or not; dim when
/// disabled.
[[nodiscard]] QIcon accentIcon(const QString& name);

/// The same for a list whose selected row is raised and not filled with the accent.
[[nodiscard]] QIcon pageIcon(const QString& name);

}  // namespace tidemark::ui

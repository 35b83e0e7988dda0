#pragma once
// The one heat scale of the program: cividis, even in lightness and readable with every form of colour blindness.

#include <QColor>

namespace tidemark::ui {

/// Colour of a value in 0..1 (clamped; NaN counts as 0), dark blue to yellow, the same in both themes.
[[nodiscard]] QRgb heatColor(float value);

/// Black or white, whichever reads better on the colour of `value`.
[[nodiscard]] QColor textOnHeat(float value);

}  // namespace tidemark::ui

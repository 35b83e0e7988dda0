#pragma once
// The one heat scale of the program: cividis, even in lightness and readable with every form of colour blindness.

#include <QColor>

namespace tidemark::ui {

/// Colour of a value in 0..1 (clamped; NaN counts as 0), dark blue to yellow, the same in both themes.
[[nodiscard]] QRgb heatColor(float value);

/// The scale of novelty, write strength and change of memory goes over so many powers of ten, up to 1: most values lie
/// near 0.
inline constexpr float kHeatDecades = 4;
/// Place 0..1 of such a value on it. Whatever is not above the lowest, NaN included, is at the dark end.
[[nodiscard]] float heatPlace(float value);

/// Black or white, whichever reads better on the colour of `value`.
[[nodiscard]] QColor textOnHeat(float value);

}  // namespace tidemark::ui

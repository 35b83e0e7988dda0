#pragma once
// How numbers of bytes look everywhere in the window.

#include <QString>

namespace tidemark::ui {

/// "594 kB", "1.5 MB", "31 GB": decimal units, in the language of the window, one decimal below ten.
[[nodiscard]] QString byteText(quint64 bytes);

}  // namespace tidemark::ui

#pragma once
// What the programs share that start the window to measure it.

#include <QTemporaryDir>
#include <filesystem>

#include "ui/window/main_window.h"

namespace tidemark::bench {

[[nodiscard]] std::filesystem::path resource(const char* name);

/// A first start with the real engine; settings and sessions of every round have places of their own in the folder.
[[nodiscard]] ui::WindowContext makeWindowContext(const QTemporaryDir& folder, int round);

}  // namespace tidemark::bench

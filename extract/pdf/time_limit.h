#pragma once
// QtPdf waits for ever in some files: page trees and bookmarks that lead in circles.

#include <chrono>
#include <functional>

namespace tidemark {

/// Does `work` on a thread of its own and waits for it. False: it was not done in time. Its thread is left behind then,
/// with whatever it holds (QtPdf's lock among it): all that may follow is an error and the end of the process. What
/// `work` refers to must therefore live on; it is best kept by shared pointers.
[[nodiscard]] bool finishesWithin(std::chrono::milliseconds limit, std::function<void()> work);

}  // namespace tidemark

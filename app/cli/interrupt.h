#pragma once
// Ctrl-C and SIGTERM as a flag that long commands look at between two steps.

namespace tidemark::cli {

/// From now on the first SIGINT or SIGTERM sets the flag; the second one ends the program at once. Only for commands
/// that look at interrupted() often.
void catchInterrupts();

/// True once a signal has come.
[[nodiscard]] bool interrupted();

}  // namespace tidemark::cli

#pragma once
// What a process must put right before it does anything.

namespace tidemark::cli {

/// Makes a broken pipe and a file size limit errors of the call that meets them instead of signals that end the process
/// halfway through a transaction, and fills standard descriptors that the caller has closed: otherwise the next file
/// that is opened, perhaps the session, would receive what is printed.
void setUpProcess();

}  // namespace tidemark::cli

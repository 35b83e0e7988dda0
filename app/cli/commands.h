#pragma once
// The subcommands of tidemark-cli. Each takes its own name as arguments[0] and returns the exit status: 0 done, 1
// failed, 2 usage, 3 cancelled.

#include <span>

namespace tidemark::cli {

int runAsk(std::span<char* const> arguments);
int runBench(std::span<char* const> arguments);
int runEval(std::span<char* const> arguments);
int runExtract(std::span<char* const> arguments);
int runInspect(std::span<char* const> arguments);
int runRead(std::span<char* const> arguments);
int runSessions(std::span<char* const> arguments);
int runTrace(std::span<char* const> arguments);

}  // namespace tidemark::cli

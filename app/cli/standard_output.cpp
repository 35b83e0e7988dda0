#include "app/cli/standard_output.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace tidemark::cli {

Status writeOutput(std::string_view text) {
  errno = 0;
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0) return {};
  return makeError(ErrorCode::kIo, std::string("the result could not be written to standard output: ") +
                                       std::strerror(errno) + "; write it somewhere else");
}

}  // namespace tidemark::cli

#pragma once
// TM_CHECK: a programming error, always on. It prints and aborts; bad input never reaches it, that is what Result is
// for.

#include <string>

namespace tidemark {

/// Prints "file:line: check failed: condition (detail)" to stderr and aborts.
[[noreturn]] void checkFailed(const char* file, int line, const char* condition, const std::string& detail);

}  // namespace tidemark

#define TM_CHECK(condition, detail)                                                 \
  do {                                                                              \
    if (!(condition)) {                                                             \
      ::tidemark::checkFailed(__FILE__, __LINE__, #condition, std::string(detail)); \
    }                                                                               \
  } while (false)

#ifdef NDEBUG
#define TM_DCHECK(condition, detail) \
  do {                               \
  } while (false)
#else
#define TM_DCHECK(condition, detail) TM_CHECK(condition, detail)
#endif

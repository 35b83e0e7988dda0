#pragma once
// Result<T>: a value or an Error. Expected failures (files, formats, memory, cancel, database) are values; exceptions
// come only from libraries and stop at the boundary that called them.

#include <string>
#include <utility>
#include <variant>

#include "engine/base/check.h"

namespace tidemark {

enum class ErrorCode {
  kInvalidArgument,  // the caller asked for something that cannot be
  kNotFound,         // a file, tensor or row that should be there is not
  kIo,               // the operating system refused or failed
  kCorrupt,          // bytes that do not follow their format
  kUnsupported,      // well-formed, but this build or version cannot do it
  kMismatch,         // two things that must agree (model and session, shape and config) do not
  kOutOfMemory,      // the message names bytes needed and bytes free
  kCancelled,        // a stop was requested
  kBusy,             // somebody else holds it
  kDeviceLost,       // a GPU failed in the middle of its work; everything on it is gone
  kInternal,         // a library failed in a way we did not expect
};

/// One sentence for a person: what, why, what to do, with numbers.
struct Error {
  ErrorCode code = ErrorCode::kInternal;
  std::string message;
  const char* file = "";
  int line = 0;

  /// The same error with "context: " in front, as it is passed up.
  [[nodiscard]] Error withContext(const std::string& context) const {
    return Error{code, context + ": " + message, file, line};
  }
};

[[nodiscard]] inline Error makeError(ErrorCode code, std::string message, const char* file = __builtin_FILE(),
                                     int line = __builtin_LINE()) {
  return Error{code, std::move(message), file, line};
}

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}      // NOLINT: implicit on purpose
  Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}  // NOLINT: implicit on purpose

  [[nodiscard]] bool ok() const { return m_state.index() == 0; }
  explicit operator bool() const { return ok(); }

  [[nodiscard]] T& value() & {
    TM_CHECK(ok(), error().message);
    return std::get<0>(m_state);
  }
  [[nodiscard]] const T& value() const& {
    TM_CHECK(ok(), error().message);
    return std::get<0>(m_state);
  }
  [[nodiscard]] T&& value() && {
    TM_CHECK(ok(), error().message);
    return std::get<0>(std::move(m_state));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  [[nodiscard]] const Error& error() const { return std::get<1>(m_state); }

 private:
  std::variant<T, Error> m_state;
};

/// Success or an Error: `return {};` is success.
template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : m_error(std::move(error)), m_ok(false) {}  // NOLINT: implicit on purpose

  [[nodiscard]] bool ok() const { return m_ok; }
  explicit operator bool() const { return m_ok; }
  [[nodiscard]] const Error& error() const { return m_error; }

 private:
  Error m_error;
  bool m_ok = true;
};

using Status = Result<void>;

}  // namespace tidemark

#pragma once
// Where a reader of archives or markup ends: its errors name the file, and too little memory is one of them.

#include <functional>

#include "extract/document_readers.h"

namespace tidemark {

/// What `read` returns, with the file's name in front. Errors besides: kInvalidArgument (no memory).
[[nodiscard]] Status readWithinLimits(const ReaderInput& input, const std::function<Status()>& read);

}  // namespace tidemark

#pragma once
// The text behind evidence: sentences of a segment.

#include <string>
#include <vector>

#include "engine/session/session_store.h"

namespace tidemark {

/// The text of these bytes; less where the session has none.
[[nodiscard]] Result<std::string> textOf(const SessionStore& store, ByteRange bytes);

/// Sentences of the documents that touch `bytes`, in order and whole, also where they begin before or end behind it.
/// None where the session has no text.
[[nodiscard]] Result<std::vector<ByteRange>> sentencesTouching(const SessionStore& store, ByteRange bytes);

}  // namespace tidemark

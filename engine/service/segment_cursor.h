#pragma once
// Where reading goes on behind a segment that was read. Engine thread.

#include "engine/service/engine_state.h"

namespace tidemark {

/// Where the token after `segment` starts: told by its snapshot, or found by cutting the text again from the nearest
/// one before it. Computes tokens, nothing else. Errors: those of the store and the tokenizer, kCorrupt (the text does
/// not give the tokens that were read).
[[nodiscard]] Result<TextCursor> cursorAfter(const EngineState& state, std::int64_t segment);

}  // namespace tidemark

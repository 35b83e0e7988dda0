#pragma once
// Reading all weights once, with a way out: a large model on a slow disk takes minutes.

#include <functional>

#include "engine/weights/checkpoint.h"

namespace tidemark {

/// checkWeightsFinite that asks every few MiB whether anybody still waits for it. Errors: kCorrupt, kCancelled.
[[nodiscard]] Status checkWeightsFinite(const Checkpoint& checkpoint, const std::function<bool()>& cancelled);

}  // namespace tidemark

#pragma once
// What a pickle may refer to and call: storages and torch's rebuild functions, turned into records of the document.
// Private to weights/torch.

#include "engine/base/result.h"
#include "engine/weights/torch/pickle_value.h"

namespace tidemark {

/// The record of the storage with that persistent id: ("storage", type, key, location, elements). Errors: kCorrupt.
[[nodiscard]] Result<PickleValue> referToStorage(PickleDocument& document, const PickleValue& id);

/// What the call of `callee` with the tuple `arguments` makes: an empty dictionary or a tensor's record. Errors:
/// kCorrupt (arguments that do not fit); kUnsupported (a type that is called, more than eight axes, a tensor to be
/// negated).
[[nodiscard]] Result<PickleValue> callGlobal(PickleDocument& document, const PickleValue& callee,
                                             const PickleValue& arguments);

}  // namespace tidemark

#pragma once
// Runs the pickle of a torch file. The machine knows those operations of protocols 2 to 5 with which torch.save writes
// dictionaries of tensors, and calls nothing: the few names it accepts (torch_globals.h) are turned into records.
// Private to weights/torch.

#include <span>
#include <string>

#include "engine/base/result.h"
#include "engine/weights/torch/pickle_value.h"

namespace tidemark {

/// `pickle` must outlive the document; `source` names the file in errors. Memory is bounded by a multiple of the
/// pickle's size (40 measured at worst), and by 100 MB for any. Errors: kCorrupt (cut short, a stack or memo that does
/// not fit, limits, text that is not UTF-8); kUnsupported (an operation or a name outside the list, by its name).
[[nodiscard]] Result<PickleDocument> runPickle(std::span<const std::byte> pickle, const std::string& source);

}  // namespace tidemark

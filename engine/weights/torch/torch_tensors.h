#pragma once
// From the values of data.pkl to tensors: finds the state dictionary, and the bytes of each tensor in its storage.
// Private to weights/torch.

#include <string>

#include "engine/base/result.h"
#include "engine/weights/torch/pickle_value.h"
#include "engine/weights/torch/torch_file.h"
#include "engine/weights/torch/zip_directory.h"

namespace tidemark {

/// `folder` is the archive's root with its slash: the bytes of storage KEY are the member FOLDERdata/KEY. Copies take
/// at most `copyBytes` in all. Errors as parseTorchFile.
[[nodiscard]] Result<TorchFile> collectTensors(const PickleDocument& document, const ZipDirectory& archive,
                                               const std::string& folder, std::uint64_t copyBytes,
                                               const std::string& source);

}  // namespace tidemark

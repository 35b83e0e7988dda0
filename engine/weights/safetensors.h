#pragma once
// safetensors: 8 bytes little-endian header length, a JSON header, raw little-endian data. The parser is total: any
// byte string gives tensors or an Error that names the file, the tensor and the numbers. It is also the fuzz target.

#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/base/result.h"
#include "engine/tensor/tensor.h"

namespace tidemark {

struct SafetensorsFile {
  std::map<std::string, TensorView> tensors;    // views into the parsed bytes
  std::map<std::string, std::string> metadata;  // "__metadata__"
};

/// Parses `bytes`, which must outlive the views; `source` names it in errors. Checked: header length, JSON, duplicate
/// names, dtype (F32, F16, BF16, I32, I64; others are refused by name), shape products, offsets in range, not
/// overlapping, size = shape x dtype, no bytes unaccounted for. Errors: kCorrupt, kUnsupported.
[[nodiscard]] Result<SafetensorsFile> parseSafetensors(std::span<const std::byte> bytes, const std::string& source);

/// Writes host tensors (in the given order) to `path`: a temporary file beside it, flushed and renamed, so that `path`
/// is never half written. Errors: kInvalidArgument (a name given twice or not UTF-8, bytes that differ from shape x
/// dtype, a device view), kIo.
[[nodiscard]] Status writeSafetensors(const std::filesystem::path& path,
                                      const std::vector<std::pair<std::string, TensorView>>& tensors,
                                      const std::map<std::string, std::string>& metadata = {});

}  // namespace tidemark

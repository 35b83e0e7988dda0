#pragma once
// A text file as hostile input: read in pieces, checked, cleaned, never held whole.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

struct ImportReport {
  std::uint64_t sourceBytes = 0;
  std::uint64_t textBytes = 0;      // after cleaning; what all byte ranges count
  std::uint64_t characters = 0;     // code points
  std::uint64_t replacedBytes = 0;  // bytes that were not UTF-8; U+FFFD stands for each ill-formed sequence
  std::string sourceSha256;         // of the file as it is on disk
};

/// Receives cleaned UTF-8 in order; pieces end at character boundaries and hold at most 64 KiB.
using TextSink = std::function<Status(std::string_view piece)>;

/// Streams `path` into `sink` as valid UTF-8: a byte order mark is dropped, "\r\n" and "\r" become "\n", invalid
/// sequences become U+FFFD and are counted. Errors: kNotFound, kIo, kInvalidArgument (empty; binary: a NUL byte, with
/// its position; UTF-16, which is named), kCancelled, and whatever the sink returns.
[[nodiscard]] Result<ImportReport> importTextFile(const std::filesystem::path& path, const TextSink& sink,
                                                  std::stop_token stop = {});

/// SHA-256 of a file, streamed; how a session recognises a document it holds already. Errors: kNotFound, kIo,
/// kInvalidArgument (no regular file).
[[nodiscard]] Result<std::string> hashFile(const std::filesystem::path& path);

}  // namespace tidemark

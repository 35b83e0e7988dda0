#include "engine/tokenizer/tokenizer_file.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>

namespace tidemark {

namespace fs = std::filesystem;

Result<fs::path> findTokenizerFile(const fs::path& directory) {
  std::error_code failure;
  if (!fs::is_directory(directory, failure)) {
    return makeError(ErrorCode::kNotFound, "'" + directory.string() +
                                               "' is not a model directory; give the folder that holds config.json and "
                                               "tokenizer.model");
  }
  const fs::path path = directory / "tokenizer.model";
  const fs::file_status status = fs::status(path, failure);
  if (fs::is_regular_file(status)) return path;
  if (fs::exists(status)) {
    return makeError(ErrorCode::kInvalidArgument,
                     "'" + path.string() + "' is not a regular file; put the model's tokenizer there");
  }
  if (fs::exists(directory / "tokenizer.json", failure)) {
    return makeError(ErrorCode::kUnsupported, "'" + directory.string() +
                                                  "' has a tokenizer.json only; this version reads tokenizer.model "
                                                  "(SentencePiece), so choose a model that comes with one");
  }
  return makeError(ErrorCode::kNotFound,
                   "'" + path.string() + "' does not exist; copy the tokenizer.model of the checkpoint there");
}

Result<std::string> readTokenizerFile(const fs::path& path) {
  // The largest vocabularies in use (256,000 pieces) take 4 to 8 MB.
  constexpr std::uintmax_t kLargestBytes = 256u << 20;
  std::error_code failure;
  const std::uintmax_t size = fs::file_size(path, failure);
  if (failure) {
    return makeError(ErrorCode::kIo, "cannot read '" + path.string() + "': " + failure.message());
  }
  if (size == 0) {
    return makeError(ErrorCode::kCorrupt,
                     "'" + path.string() + "' is empty (0 bytes); copy it from the checkpoint again");
  }
  if (size > kLargestBytes) {
    return makeError(ErrorCode::kCorrupt, "'" + path.string() + "' has " + std::to_string(size) +
                                              " bytes; a tokenizer has " + std::to_string(kLargestBytes) +
                                              " at most, so this is another file");
  }
  std::string bytes(size, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file || !file.read(bytes.data(), static_cast<std::streamsize>(size))) {
    const std::string reason = errno != 0 ? std::strerror(errno) : "it became shorter while it was read";
    return makeError(ErrorCode::kIo, "cannot read '" + path.string() + "': " + reason);
  }
  return bytes;
}

}  // namespace tidemark

#include "engine/tokenizer/tokenizer_file.h"

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <system_error>

#include "engine/tokenizer/tokenizer_json.h"

namespace tidemark {

namespace fs = std::filesystem;

namespace {

/// Whether the file begins like a tiktoken vocabulary.
Result<bool> startsLikeTiktoken(const fs::path& path) {
  std::string start(512, '\0');
  std::ifstream file(path, std::ios::binary);
  if (!file) return makeError(ErrorCode::kIo, "cannot read '" + path.string() + "': " + std::strerror(errno));
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(std::max<std::streamsize>(file.gcount(), 0)));
  return isTiktokenVocabulary(start);
}

Result<bool> isRegularFile(const fs::path& path) {
  std::error_code failure;
  const fs::file_status status = fs::status(path, failure);
  if (!fs::exists(status) || fs::is_regular_file(status)) return fs::is_regular_file(status);
  return makeError(ErrorCode::kInvalidArgument,
                   "'" + path.string() + "' is not a regular file; put the model's tokenizer there");
}

}  // namespace

Result<TokenizerFile> findTokenizerFile(const fs::path& directory) {
  std::error_code failure;
  if (!fs::is_directory(directory, failure)) {
    return makeError(ErrorCode::kNotFound, "'" + directory.string() +
                                               "' is not a model directory; give the folder that holds config.json and "
                                               "tokenizer.model or tokenizer.json");
  }
  const TokenizerFile model = {directory / "tokenizer.model", TokenizerFileKind::kSentencePiece};
  const TokenizerFile json = {directory / "tokenizer.json", TokenizerFileKind::kJson};
  const Result<bool> hasModel = isRegularFile(model.path);
  if (!hasModel) return hasModel.error();
  Result<bool> isTiktoken = *hasModel ? startsLikeTiktoken(model.path) : Result<bool>(false);
  if (!isTiktoken) return isTiktoken.error();
  if (*hasModel && !*isTiktoken) return model;
  const Result<bool> hasJson = isRegularFile(json.path);
  if (!hasJson) return hasJson.error();
  if (*hasJson) return json;
  if (*isTiktoken) {
    return makeError(ErrorCode::kUnsupported,
                     "'" + model.path.string() +
                         "' is a tiktoken vocabulary, which says neither how text is cut nor what the special pieces "
                         "are; put the tokenizer.json of the same checkpoint beside it");
  }
  return makeError(ErrorCode::kNotFound, "'" + model.path.string() +
                                             "' does not exist, nor does a tokenizer.json; copy the tokenizer of the "
                                             "checkpoint there");
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

#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/tokenizer_file.h"

namespace tidemark {

Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& directory) {
  const Result<std::filesystem::path> path = findTokenizerFile(directory);
  if (!path) return path.error();
  return makeError(ErrorCode::kUnsupported,
                   "cannot read '" + path->string() +
                       "': this build has no SentencePiece; install libsentencepiece-dev and build Tidemark again");
}

}  // namespace tidemark

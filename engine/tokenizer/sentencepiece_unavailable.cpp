#include "engine/tokenizer/sentencepiece_tokenizer.h"

namespace tidemark {

Result<std::unique_ptr<Tokenizer>> loadSentencePieceTokenizer(const std::string& /*file*/, const std::string& source) {
  return makeError(ErrorCode::kUnsupported,
                   "cannot read '" + source +
                       "': this build has no SentencePiece; install libsentencepiece-dev and build Tidemark again");
}

}  // namespace tidemark

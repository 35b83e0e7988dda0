#include "engine/tokenizer/byte_level_tokenizer.h"

namespace tidemark {

Result<std::unique_ptr<Tokenizer>> loadByteLevelTokenizer(std::string_view /*file*/, const std::string& source) {
  return makeError(
      ErrorCode::kUnsupported,
      "cannot read '" + source + "': this build has no PCRE2; install libpcre2-dev and build Tidemark again");
}

}  // namespace tidemark

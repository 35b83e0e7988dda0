#include "engine/tokenizer/byte_level_tokenizer.h"
#include "engine/tokenizer/sentencepiece_tokenizer.h"
#include "engine/tokenizer/tokenizer_file.h"
#include "engine/tokenizer/tokenizer_json.h"

namespace tidemark {

Result<std::unique_ptr<Tokenizer>> loadTokenizer(const std::filesystem::path& directory) {
  const Result<TokenizerFile> found = findTokenizerFile(directory);
  if (!found) return found.error();
  const Result<std::string> file = readTokenizerFile(found->path);
  if (!file) return file.error();
  if (found->kind == TokenizerFileKind::kJson) return loadByteLevelTokenizer(*file, found->path.string());
  return loadSentencePieceTokenizer(*file, found->path.string());
}

}  // namespace tidemark

#pragma once
// tokenizer.json of Hugging Face, as far as it describes byte-level BPE (Llama 3, GPT-2). Reading it needs no library
// for regular expressions, so a build without one can still say what a file holds.

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"
#include "engine/base/types.h"
#include "engine/tokenizer/byte_pair_merger.h"

namespace tidemark {

/// An entry of `added_tokens`. A special one is a control piece: it is put there by a template and never found in text.
/// Others are found in text before it is cut into words.
struct AddedPiece {
  TokenId id = 0;
  std::string text;
  bool isSpecial = false;
  bool isSingleWord = false;  // only between characters that are not part of a word
  bool stripsLeft = false;    // takes the white space in front of it along
  bool stripsRight = false;
  bool isNormalized = true;  // looked for after all those that are not
};

struct ByteLevelModel {
  std::vector<std::string> pieces;  // bytes, by id; empty: no piece has that id
  std::vector<bool> isText;         // by id: can come out of merging
  std::vector<PieceMerge> merges;   // by rank
  std::vector<AddedPiece> added;
  std::vector<std::string> splits;  // regular expressions that cut text into words, each the words of the one before
  bool addsPrefixSpace = false;     // a space is made up in front of text that does not begin with one
  bool ignoresMerges = false;       // a word that is a piece is that piece, whatever its merges
};

/// Reads a whole tokenizer.json; `source` names it in errors. Total: any input gives a model in which every id and
/// every merge is valid and every byte has a piece, or an error. Errors: kCorrupt (not JSON, wrong types, ids or merges
/// that contradict each other), kUnsupported (another kind of tokenizer, or a setting that would change tokens, by
/// name).
[[nodiscard]] Result<ByteLevelModel> parseTokenizerJson(std::string_view text, const std::string& source);

/// Whether these bytes are a vocabulary in tiktoken's text format (a piece in base64 and its rank on each line), which
/// some checkpoints call tokenizer.model.
[[nodiscard]] bool isTiktokenVocabulary(std::string_view bytes);

}  // namespace tidemark

#pragma once
// A look into a SentencePiece model file: the kinds of its pieces, which the library does not tell, and a check of its
// normalisation table, which the library walks without looking at bounds.

#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

/// Values as in the file format.
enum class PieceKind { kNormal = 1, kUnknown = 2, kControl = 3, kUserDefined = 4, kUnused = 5, kByte = 6 };

struct SentencePieceModel {
  struct Piece {
    std::string text;
    PieceKind kind = PieceKind::kNormal;
  };
  std::vector<Piece> pieces;  // by token id
};

/// Reads the bytes of a tokenizer.model. Total: any input gives a model or kCorrupt with a reason.
[[nodiscard]] Result<SentencePieceModel> parseSentencePieceModel(std::string_view file);

}  // namespace tidemark

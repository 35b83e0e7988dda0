#pragma once
// Texts and helpers for the tests of the document view.

#include <QApplication>
#include <memory>
#include <random>
#include <string>
#include <string_view>

#include "ui/document/document_text.h"
#include "ui/document/text_piece_builder.h"

namespace tidemark::ui {

inline TextPieces makePieces(std::string_view text, std::size_t pieceBytes = TextPieceBuilder::kPieceBytes,
                             std::size_t block = 1 << 16) {
  TextPieces pieces;
  TextPieceBuilder builder([&](std::shared_ptr<const TextPiece> piece) { pieces.push_back(std::move(piece)); },
                           pieceBytes);
  for (std::size_t at = 0; at < text.size(); at += block) builder.feed(text.substr(at, block));
  builder.finish();
  return pieces;
}

inline DocumentText makeText(std::string_view text, std::size_t pieceBytes = TextPieceBuilder::kPieceBytes) {
  DocumentText document;
  for (auto& piece : makePieces(text, pieceBytes)) document.append(piece);
  document.setComplete();
  return document;
}

/// Sentences of words of one to twelve letters, some with letters outside ASCII; a line end now and then.
inline std::string randomText(std::size_t bytes, unsigned seed, int wordsPerLine = 60) {
  static constexpr const char* kLetters[] = {"a", "b", "E", "s", "K", "k",  "n",          "é",       "Ä",
                                             "ß", "ſ", "K", "ж", "Ж", "語", "\U0001D49C", "e\u0301", "ש"};
  std::mt19937 random(seed);
  std::string text;
  while (text.size() < bytes) {
    const auto letters = 1 + random() % 12;
    const bool plain = random() % 4 != 0;
    for (unsigned i = 0; i < letters; ++i) text += kLetters[random() % (plain ? 7 : std::size(kLetters))];
    text += random() % static_cast<unsigned>(wordsPerLine) == 0 ? "\n" : " ";
  }
  return text;
}

}  // namespace tidemark::ui

#include <algorithm>

#include "engine/tokenizer/tokenizer.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

constexpr std::string_view kQuestion = "{question}";

/// Text of a template between special pieces becomes tokens, and none of them is a special piece.
class PlainTextEncoder {
 public:
  explicit PlainTextEncoder(const Tokenizer& tokenizer) : m_tokenizer(&tokenizer) {
    for (const std::string& piece : tokenizer.specialPieces()) m_specialIds.push_back(*tokenizer.findSpecial(piece));
  }

  /// SentencePiece finds user-defined pieces anywhere, also in what normalisation makes of the text (full-width "<a>").
  /// So the text is encoded first; where special pieces came out it is cut inside each of them, and the parts are
  /// encoded by themselves. Parts are shorter than their whole, so this ends.
  [[nodiscard]] Result<std::vector<TokenId>> encode(std::string_view text) const {
    std::vector<TokenId> ids;
    std::vector<Part> open = {{text, false}};  // the part to do next is the last one
    while (!open.empty()) {
      const Part part = open.back();
      open.pop_back();
      TokenRun run;
      if (Status status = m_tokenizer->encode(part.text, 0, run); !status) return status.error();
      if (const std::vector<Part> pieces = cutAtSpecials(part, run); pieces.size() > 1) {
        open.insert(open.end(), pieces.rbegin(), pieces.rend());
        continue;
      }
      const bool madeUp = part.continues && startsWithMadeUpSpace(run);
      ids.insert(ids.end(), run.ids.begin() + (madeUp ? 1 : 0), run.ids.end());
    }
    return ids;
  }

 private:
  struct Part {
    std::string_view text;
    bool continues = false;  // the part before it ends in the middle of a word
  };

  [[nodiscard]] std::vector<Part> cutAtSpecials(const Part& part, const TokenRun& run) const {
    std::vector<Part> pieces;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < run.ids.size(); ++i) {
      if (!isSpecial(run.ids[i])) continue;
      const std::size_t cut = cutInside(part.text, run.bytes[i]);
      if (cut <= begin || cut >= part.text.size()) continue;
      pieces.push_back({part.text.substr(begin, cut - begin), part.continues || begin > 0});
      begin = cut;
    }
    pieces.push_back({part.text.substr(begin), part.continues || begin > 0});
    return pieces;
  }

  [[nodiscard]] bool isSpecial(TokenId id) const {
    return std::find(m_specialIds.begin(), m_specialIds.end(), id) != m_specialIds.end();
  }

  /// Whether the first token is the space that the tokenizer puts in front of every text: not wanted in the middle.
  [[nodiscard]] bool startsWithMadeUpSpace(const TokenRun& run) const {
    return m_tokenizer->addsSpace() && !run.ids.empty() && m_tokenizer->bytes(run.ids.front()) == " " &&
           run.bytes.front().begin == run.bytes.front().end;
  }

  /// A character boundary inside `range`: the last one after which the made-up space is a token of its own, so that it
  /// can be taken out again; otherwise the last one, and the literal is read with a space in it. The end of the text if
  /// there is none.
  [[nodiscard]] std::size_t cutInside(std::string_view text, ByteRange range) const {
    std::size_t best = text.size();
    for (std::size_t at = range.end; at > range.begin + 1;) {
      at = characterBoundary(text, at - 1);
      if (at <= range.begin) break;
      if (best == text.size()) best = at;
      TokenRun rest;
      const bool encoded = m_tokenizer->encode(text.substr(at, range.end - at), 0, rest).ok();
      if (encoded && startsWithMadeUpSpace(rest)) return at;
    }
    return best;
  }

  const Tokenizer* m_tokenizer;
  std::vector<TokenId> m_specialIds;
};

/// The special piece that stands at the front of `text`, longest first; empty if there is none.
std::string_view specialAtFront(const Tokenizer& tokenizer, std::string_view text) {
  for (const std::string& piece : tokenizer.specialPieces()) {
    if (!piece.empty() && text.substr(0, piece.size()) == piece) return piece;
  }
  return {};
}

}  // namespace

Result<std::vector<TokenId>> encodePrompt(const Tokenizer& tokenizer, std::string_view promptTemplate,
                                          std::string_view question) {
  if (promptTemplate.find(kQuestion) == std::string_view::npos) {
    return makeError(ErrorCode::kInvalidArgument, "the prompt template '" + std::string(promptTemplate) +
                                                      "' has no {question}; write one where the question goes");
  }
  const PlainTextEncoder encoder(tokenizer);
  std::vector<TokenId> ids;
  std::string run;  // text since the last special piece, the question filled in
  const auto flush = [&]() -> Status {
    const Result<std::vector<TokenId>> plain = encoder.encode(run);
    if (!plain) return plain.error();
    ids.insert(ids.end(), plain->begin(), plain->end());
    run.clear();
    return {};
  };
  for (std::string_view rest = promptTemplate; !rest.empty();) {
    if (rest.substr(0, kQuestion.size()) == kQuestion) {
      run.append(question);
      rest.remove_prefix(kQuestion.size());
    } else if (const std::string_view special = specialAtFront(tokenizer, rest); !special.empty()) {
      if (Status status = flush(); !status) return status.error();
      ids.push_back(*tokenizer.findSpecial(special));
      rest.remove_prefix(special.size());
    } else {
      run.push_back(rest.front());
      rest.remove_prefix(1);
    }
  }
  if (Status status = flush(); !status) return status.error();
  return ids;
}

}  // namespace tidemark

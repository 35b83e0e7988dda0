#include "engine/tokenizer/sentencepiece_tokenizer.h"

#include <sentencepiece_processor.h>

#include <algorithm>
#include <exception>
#include <limits>
#include <new>
#include <span>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/tokenizer/sentencepiece_model.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {

namespace {

namespace sp = sentencepiece;

constexpr std::string_view kWordMark = "\xE2\x96\x81";  // U+2581, SentencePiece's visible space

/// `piece` with every word mark turned into a space.
std::string withSpaces(std::string_view piece) {
  std::string text;
  for (std::size_t at = piece.find(kWordMark); at != std::string_view::npos; at = piece.find(kWordMark)) {
    text.append(piece.substr(0, at)).push_back(' ');
    piece.remove_prefix(at + kWordMark.size());
  }
  return text.append(piece);
}

/// A user-defined piece that is one character or only spaces ("0" to "9", "\n\n" in some models) is a way to cut text,
/// not a mark with a meaning of its own.
bool isMark(std::string_view piece) {
  const std::string text = withSpaces(piece);
  const bool oneCharacter = text.empty() || readUtf8(text).length == text.size();
  return !oneCharacter && text.find_first_not_of(" \t\r\n") != std::string::npos;
}

class SentencePieceTokenizer final : public Tokenizer {
 public:
  [[nodiscard]] static Result<std::unique_ptr<Tokenizer>> load(const std::string& file, const std::string& source);

  [[nodiscard]] int vocabularySize() const override { return static_cast<int>(m_model.pieces.size()); }
  [[nodiscard]] Status encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const override;
  [[nodiscard]] std::optional<TokenId> findSpecial(std::string_view piece) const override;
  [[nodiscard]] const std::vector<std::string>& specialPieces() const override { return m_specialPieces; }
  [[nodiscard]] std::string bytes(TokenId token) const override;
  [[nodiscard]] bool addsSpace() const override { return m_addsSpace; }
  [[nodiscard]] const std::string& sha256() const override { return m_sha256; }

 private:
  [[nodiscard]] Status start(const std::string& file);
  [[nodiscard]] std::vector<ByteRange> sourceRanges(std::string_view text,
                                                    const sp::ImmutableSentencePieceText& pieces) const;

  sp::SentencePieceProcessor m_processor;
  SentencePieceModel m_model;
  std::vector<std::string> m_specialPieces;
  std::vector<std::pair<std::string, TokenId>> m_specialIds;
  std::string m_unknownText;
  std::string m_sha256;
  bool m_addsSpace = false;
};

Result<std::unique_ptr<Tokenizer>> SentencePieceTokenizer::load(const std::string& file, const std::string& source) {
  auto tokenizer = std::make_unique<SentencePieceTokenizer>();
  Status status;
  try {
    status = tokenizer->start(file);
  } catch (const std::bad_alloc&) {
    return makeError(ErrorCode::kOutOfMemory,
                     "cannot load '" + source + "': there is not enough memory; close other programs and try again");
  } catch (const std::exception& exception) {
    status = makeError(ErrorCode::kCorrupt, std::string("SentencePiece refused it: ") + exception.what());
  } catch (...) {
    status = makeError(ErrorCode::kCorrupt, "SentencePiece refused it");
  }
  if (!status) {
    return makeError(ErrorCode::kCorrupt, "cannot use '" + source + "': " + status.error().message +
                                              "; copy the file from the checkpoint again");
  }
  return std::unique_ptr<Tokenizer>(std::move(tokenizer));
}

Status SentencePieceTokenizer::start(const std::string& file) {
  Result<SentencePieceModel> model = parseSentencePieceModel(file);
  if (!model) return model.error();
  m_model = std::move(*model);
  if (const sp::util::Status loaded = m_processor.LoadFromSerializedProto(file); !loaded.ok()) {
    return makeError(ErrorCode::kCorrupt, std::string("SentencePiece refused it: ") + loaded.message());
  }
  if (m_processor.GetPieceSize() != vocabularySize()) {
    return makeError(ErrorCode::kCorrupt, "it holds " + std::to_string(m_model.pieces.size()) +
                                              " pieces and SentencePiece finds " +
                                              std::to_string(m_processor.GetPieceSize()));
  }
  m_sha256 = sha256Hex(std::as_bytes(std::span(file)));
  for (std::size_t id = 0; id < m_model.pieces.size(); ++id) {
    const auto& [text, kind] = m_model.pieces[id];
    if (kind != PieceKind::kControl && !(kind == PieceKind::kUserDefined && isMark(text))) continue;
    m_specialPieces.push_back(text);
    m_specialIds.emplace_back(text, static_cast<TokenId>(id));
  }
  std::stable_sort(m_specialPieces.begin(), m_specialPieces.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
  if (const int unknown = m_processor.unk_id(); unknown >= 0) m_unknownText = m_processor.DecodeIds({unknown});
  const sp::ImmutableSentencePieceText probe = m_processor.EncodeAsImmutableProto("a");
  for (std::size_t i = 0; i < probe.pieces_size(); ++i) {
    m_addsSpace = m_addsSpace || probe.pieces(static_cast<int>(i)).piece().find(kWordMark) != std::string::npos;
  }
  return {};
}

Status SentencePieceTokenizer::encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const {
  // The library counts bytes in 32 bits, and normalisation may make the text longer.
  constexpr std::size_t kLargestText = std::numeric_limits<std::uint32_t>::max() / 32;
  if (text.size() > kLargestText) {
    return makeError(ErrorCode::kInternal, "cannot encode " + std::to_string(text.size()) + " bytes in one piece; " +
                                               std::to_string(kLargestText) + " are the limit");
  }
  try {
    sp::ImmutableSentencePieceText pieces;
    if (const sp::util::Status status = m_processor.Encode(text, pieces.mutable_proto()); !status.ok()) {
      return makeError(ErrorCode::kInternal,
                       std::string("SentencePiece could not encode the text: ") + status.message());
    }
    const std::vector<ByteRange> ranges = sourceRanges(text, pieces);
    out.ids.reserve(out.ids.size() + ranges.size());
    out.bytes.reserve(out.bytes.size() + ranges.size());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      out.ids.push_back(static_cast<TokenId>(pieces.pieces(static_cast<int>(i)).id()));
      out.bytes.push_back({byteOffset + ranges[i].begin, byteOffset + ranges[i].end});
    }
  } catch (const std::bad_alloc&) {
    return makeError(ErrorCode::kOutOfMemory,
                     "there is not enough memory to encode the text; close other programs and try again");
  } catch (const std::exception& exception) {
    return makeError(ErrorCode::kInternal, std::string("SentencePiece could not encode the text: ") + exception.what());
  } catch (...) {
    return makeError(ErrorCode::kInternal, "SentencePiece could not encode the text");
  }
  return {};
}

/// The library gives a source character that became several pieces (byte pieces, "ﬁ" cut between f and i) to the last
/// of them and empty ranges to the others; here each of them gets the character. What normalisation removed in front of
/// the first token or after the last one belongs to that token.
std::vector<ByteRange> SentencePieceTokenizer::sourceRanges(std::string_view text,
                                                            const sp::ImmutableSentencePieceText& pieces) const {
  std::vector<ByteRange> ranges(pieces.pieces_size());
  for (std::size_t i = 0; i < ranges.size(); ++i) {
    const auto piece = pieces.pieces(static_cast<int>(i));
    ranges[i] = {std::min<std::uint64_t>(piece.begin(), text.size()),
                 std::min<std::uint64_t>(piece.end(), text.size())};
  }
  for (std::size_t i = ranges.size(); i-- > 0;) {
    if (ranges[i].begin != ranges[i].end || ranges[i].begin == text.size()) continue;
    const auto piece = pieces.pieces(static_cast<int>(i));
    if (i == 0 && piece.piece() == kWordMark) continue;  // stands for no byte of the text
    const bool shares = i + 1 < ranges.size() && ranges[i + 1].begin == ranges[i].begin;
    const bool isByte = shares && m_processor.IsByte(static_cast<int>(pieces.pieces(static_cast<int>(i + 1)).id()));
    // A byte piece after it ends the same character, which may have been several characters in the source.
    ranges[i].end = isByte ? ranges[i + 1].end : ranges[i].begin + readUtf8(text.substr(ranges[i].begin)).length;
  }
  if (!ranges.empty()) {
    ranges.front().begin = 0;
    ranges.back().end = text.size();
  }
  return ranges;
}

std::optional<TokenId> SentencePieceTokenizer::findSpecial(std::string_view piece) const {
  for (const auto& [text, id] : m_specialIds) {
    if (text == piece) return id;
  }
  return std::nullopt;
}

std::string SentencePieceTokenizer::bytes(TokenId token) const {
  if (token < 0 || token >= vocabularySize()) return {};
  const auto& [text, kind] = m_model.pieces[static_cast<std::size_t>(token)];
  switch (kind) {
    case PieceKind::kControl:
      return {};
    case PieceKind::kUnknown:
      return m_unknownText;
    case PieceKind::kByte: {
      // "<0x0A>": the library has checked that byte pieces look like this.
      const auto digit = [](char c) { return c <= '9' ? c - '0' : c - 'A' + 10; };
      return text.size() == 6 ? std::string(1, static_cast<char>(digit(text[3]) * 16 + digit(text[4]))) : std::string();
    }
    default:
      return withSpaces(text);
  }
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadSentencePieceTokenizer(const std::string& file, const std::string& source) {
  return SentencePieceTokenizer::load(file, source);
}

}  // namespace tidemark

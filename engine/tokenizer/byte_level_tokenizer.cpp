#include "engine/tokenizer/byte_level_tokenizer.h"

#include <algorithm>
#include <array>
#include <exception>
#include <mutex>
#include <new>
#include <span>
#include <utility>

#include "engine/base/sha256.h"
#include "engine/tokenizer/added_pieces.h"
#include "engine/tokenizer/byte_pair_merger.h"
#include "engine/tokenizer/source_text.h"
#include "engine/tokenizer/split_pattern.h"
#include "engine/tokenizer/tokenizer_json.h"
#include "engine/tokenizer/utf8.h"
#include "engine/tokenizer/word_cache.h"

namespace tidemark {
namespace {

/// Positions inside one text have 32 bits, and bytes that are not UTF-8 become three each.
constexpr std::size_t kLargestByteText = std::size_t{1} << 30;

class ByteLevelTokenizer final : public Tokenizer {
 public:
  [[nodiscard]] Status start(std::string_view file, const std::string& source);

  [[nodiscard]] int vocabularySize() const override { return static_cast<int>(m_model.pieces.size()); }
  [[nodiscard]] Status encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const override;
  [[nodiscard]] std::optional<TokenId> findSpecial(std::string_view piece) const override;
  [[nodiscard]] const std::vector<std::string>& specialPieces() const override { return m_specialPieces; }
  [[nodiscard]] std::string bytes(TokenId token) const override;
  [[nodiscard]] bool addsSpace() const override { return m_model.addsPrefixSpace; }
  [[nodiscard]] const std::string& sha256() const override { return m_sha256; }

 private:
  /// What one call of encode() works with.
  struct Run {
    const SourceText* source;
    std::uint64_t byteOffset;
    TokenRun* out;
    WordCache* cache;              // nullptr while another thread has it
    std::size_t sectionBegin = 0;  // in the source's text
    std::size_t madeUp = 0;        // bytes in front of the section that the source does not have: 0 or 1
    std::vector<BytePairMerger::Piece> pieces = {};
  };

  void fillTables();
  [[nodiscard]] Status encodeText(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const;
  [[nodiscard]] Status encodeSection(std::string_view section, Run& run) const;
  /// Cuts text[begin, end) with the pattern of `level` and those after it.
  [[nodiscard]] Status split(std::string_view text, std::size_t begin, std::size_t end, std::size_t level,
                             Run& run) const;
  void encodeWord(std::string_view word, std::size_t begin, Run& run) const;
  [[nodiscard]] std::optional<TokenId> wholeWord(std::string_view word) const;
  static void emit(TokenId id, std::size_t begin, std::size_t end, Run& run);

  ByteLevelModel m_model;
  BytePairMerger m_merger;
  std::vector<SplitPattern> m_splits;
  AddedPieces m_added;
  std::vector<TokenId> m_byText;  // ids of pieces of text, by their bytes; empty unless whole words are looked up
  std::vector<std::string> m_specialPieces;
  std::vector<std::pair<std::string, TokenId>> m_specialIds;
  std::vector<bool> m_isControl;  // by id
  std::string m_sha256;

  mutable std::mutex m_cacheMutex;
  mutable WordCache m_cache;
};

/// One character or white space is a way to cut text, not a mark with a meaning of its own.
bool isMarkPiece(std::string_view piece) {
  const bool oneCharacter = readUtf8(piece).length == piece.size();
  return !oneCharacter && piece.find_first_not_of(" \t\r\n") != std::string_view::npos;
}

Status ByteLevelTokenizer::start(std::string_view file, const std::string& source) {
  Result<ByteLevelModel> model = parseTokenizerJson(file, source);
  if (!model) return model.error();
  m_model = std::move(*model);
  for (const std::string& pattern : m_model.splits) {
    Result<SplitPattern> split = SplitPattern::compile(pattern);
    if (!split) return split.error().withContext(source);
    m_splits.push_back(std::move(*split));
  }
  Result<AddedPieces> added = AddedPieces::create(m_model.added);
  if (!added) return added.error().withContext(source);
  m_added = std::move(*added);
  fillTables();
  m_sha256 = sha256Hex(std::as_bytes(std::span(file)));
  return {};
}

void ByteLevelTokenizer::fillTables() {
  std::array<TokenId, 256> byteIds{};
  for (std::size_t id = 0; id < m_model.pieces.size(); ++id) {
    const std::string& piece = m_model.pieces[id];
    if (!m_model.isText[id]) continue;
    if (piece.size() == 1) byteIds[static_cast<std::uint8_t>(piece[0])] = static_cast<TokenId>(id);
    if (m_model.ignoresMerges) m_byText.push_back(static_cast<TokenId>(id));
  }
  std::sort(m_byText.begin(), m_byText.end(), [this](TokenId a, TokenId b) {
    return m_model.pieces[static_cast<std::size_t>(a)] < m_model.pieces[static_cast<std::size_t>(b)];
  });
  m_merger = BytePairMerger(m_model.merges, byteIds, m_model.pieces.size());
  m_model.merges = {};
  m_isControl.resize(m_model.pieces.size());
  for (const AddedPiece& piece : m_model.added) {
    if (piece.isSpecial) m_isControl[static_cast<std::size_t>(piece.id)] = true;
    if (!piece.isSpecial && !isMarkPiece(piece.text)) continue;
    m_specialPieces.push_back(piece.text);
    m_specialIds.emplace_back(piece.text, piece.id);
  }
  std::stable_sort(m_specialPieces.begin(), m_specialPieces.end(),
                   [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
}

Status ByteLevelTokenizer::encode(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const {
  if (text.size() > kLargestByteText) {
    return makeError(ErrorCode::kInternal, "cannot encode " + std::to_string(text.size()) + " bytes in one piece; " +
                                               std::to_string(kLargestByteText) + " are the limit");
  }
  try {
    return encodeText(text, byteOffset, out);
  } catch (const std::exception&) {  // bad_alloc, or a length that no memory could hold
    return makeError(ErrorCode::kOutOfMemory,
                     "there is not enough memory to encode the text; close other programs and try again");
  }
}

Status ByteLevelTokenizer::encodeText(std::string_view text, std::uint64_t byteOffset, TokenRun& out) const {
  const SourceText source(text);
  const auto sections = m_added.find(source.text());
  if (!sections) return sections.error();
  const std::unique_lock<std::mutex> cacheLock(m_cacheMutex, std::try_to_lock);
  Run run{&source, byteOffset, &out, cacheLock.owns_lock() ? &m_cache : nullptr};
  for (const AddedPieces::Section& section : *sections) {
    if (section.piece) {
      out.ids.push_back(*section.piece);
      out.bytes.push_back({byteOffset + source.sourceOf(section.begin), byteOffset + source.sourceOf(section.end)});
      continue;
    }
    run.sectionBegin = section.begin;
    const std::string_view part = source.text().substr(section.begin, section.end - section.begin);
    if (Status status = encodeSection(part, run); !status) return status;
  }
  return {};
}

Status ByteLevelTokenizer::encodeSection(std::string_view section, Run& run) const {
  run.madeUp = 0;
  if (!m_model.addsPrefixSpace || section.starts_with(' ')) return split(section, 0, section.size(), 0, run);
  run.madeUp = 1;
  std::string spaced;
  spaced.reserve(section.size() + 1);
  spaced.append(" ").append(section);
  return split(spaced, 0, spaced.size(), 0, run);
}

Status ByteLevelTokenizer::split(std::string_view text, std::size_t begin, std::size_t end, std::size_t level,
                                 Run& run) const {
  const std::string_view part = text.substr(begin, end - begin);
  if (level == m_splits.size()) {
    encodeWord(part, begin, run);
    return {};
  }
  SplitPattern::Matcher matcher(m_splits[level], part);
  const bool isLast = level + 1 == m_splits.size();
  const auto word = [&](std::size_t wordBegin, std::size_t wordEnd) -> Status {
    if (!isLast) return split(text, begin + wordBegin, begin + wordEnd, level + 1, run);
    encodeWord(part.substr(wordBegin, wordEnd - wordBegin), begin + wordBegin, run);
    return {};
  };
  for (std::size_t at = 0; at < part.size();) {
    const auto match = matcher.next(at);
    if (!match) return match.error();
    const std::size_t matchBegin = *match ? (*match)->begin : part.size();
    if (matchBegin > at) {
      if (Status status = word(at, matchBegin); !status) return status;
    }
    if (!*match) break;
    if (Status status = word(matchBegin, (*match)->end); !status) return status;
    at = (*match)->end;
  }
  return {};
}

void ByteLevelTokenizer::encodeWord(std::string_view word, std::size_t begin, Run& run) const {
  if (run.cache != nullptr) {
    const std::span<const TokenId> known = run.cache->find(word);
    for (const TokenId id : known) {
      const std::size_t end = begin + m_model.pieces[static_cast<std::size_t>(id)].size();
      emit(id, begin, end, run);
      begin = end;
    }
    if (!known.empty()) return;
  }
  if (const std::optional<TokenId> whole = wholeWord(word)) {
    run.pieces.assign(1, {*whole, static_cast<std::uint32_t>(word.size())});
  } else {
    m_merger.merge(word, run.pieces);
  }
  if (run.cache != nullptr) {
    run.cache->store(word, run.pieces.size(), [&run](std::size_t i) { return run.pieces[i].id; });
  }
  for (const BytePairMerger::Piece& piece : run.pieces) {
    emit(piece.id, begin, begin + piece.bytes, run);
    begin += piece.bytes;
  }
}

std::optional<TokenId> ByteLevelTokenizer::wholeWord(std::string_view word) const {
  const auto found = std::lower_bound(
      m_byText.begin(), m_byText.end(), word,
      [this](TokenId id, std::string_view text) { return m_model.pieces[static_cast<std::size_t>(id)] < text; });
  if (found == m_byText.end() || m_model.pieces[static_cast<std::size_t>(*found)] != word) return std::nullopt;
  return *found;
}

/// Positions count from the section's begin, with what was made up in front of it.
void ByteLevelTokenizer::emit(TokenId id, std::size_t begin, std::size_t end, Run& run) {
  const std::size_t first = run.sectionBegin + std::max(begin, run.madeUp) - run.madeUp;
  const std::size_t last = run.sectionBegin + end - run.madeUp;
  const std::uint64_t empty = run.source->sourceOf(run.sectionBegin);  // a token that is the made-up space and no more
  const ByteRange range = first < last ? run.source->characters(first, last) : ByteRange{empty, empty};
  run.out->ids.push_back(id);
  run.out->bytes.push_back({run.byteOffset + range.begin, run.byteOffset + range.end});
}

std::optional<TokenId> ByteLevelTokenizer::findSpecial(std::string_view piece) const {
  for (const auto& [text, id] : m_specialIds) {
    if (text == piece) return id;
  }
  return std::nullopt;
}

std::string ByteLevelTokenizer::bytes(TokenId token) const {
  if (token < 0 || token >= vocabularySize() || m_isControl[static_cast<std::size_t>(token)]) return {};
  return m_model.pieces[static_cast<std::size_t>(token)];
}

}  // namespace

Result<std::unique_ptr<Tokenizer>> loadByteLevelTokenizer(std::string_view file, const std::string& source) {
  try {
    auto tokenizer = std::make_unique<ByteLevelTokenizer>();
    if (Status status = tokenizer->start(file, source); !status) return status.error();
    return std::unique_ptr<Tokenizer>(std::move(tokenizer));
  } catch (const std::exception&) {
    return makeError(ErrorCode::kOutOfMemory,
                     "cannot load '" + source + "': there is not enough memory; close other programs and try again");
  }
}

}  // namespace tidemark

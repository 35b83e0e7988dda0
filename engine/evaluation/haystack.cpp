#include "engine/evaluation/haystack.h"

#include <algorithm>
#include <optional>

#include "engine/base/check.h"
#include "engine/base/sha256.h"
#include "engine/base/split_mix.h"

namespace tidemark {
namespace {

Error cancelledError() {
  return makeError(ErrorCode::kCancelled, "making a text was cancelled");
}

Result<std::size_t> countTokens(const Tokenizer& tokenizer, std::string_view text) {
  TokenRun run;
  if (Status encoded = tokenizer.encode(text, 0, run); !encoded) return encoded.error();
  return run.ids.size();
}

}  // namespace

class Haystack::Writer {
 public:
  explicit Writer(const Haystack& haystack) : m_haystack(haystack) {
    if (haystack.m_sentences > 0) m_stream.emplace(*haystack.m_background, haystack.m_start);
  }

  /// Appends the next piece to `text`; false at the end.
  Result<bool> write(std::string& text) {
    const Haystack& h = m_haystack;
    if (m_pieces++ == 0) {
      text += h.m_before;
      return true;
    }
    if (m_fact < h.m_facts.size() && h.m_places[m_fact] <= m_sentence) {
      addSentence(text, h.m_facts[m_fact++]);
      return true;
    }
    if (m_sentence < h.m_sentences) {
      auto sentence = nextUsed();
      if (!sentence) return sentence.error();
      if (++m_sentence == h.m_sentences) sentence->resize(std::min(sentence->size(), h.m_lastBytes));
      addSentence(text, *sentence);
      return true;
    }
    if (m_ended) return false;
    m_ended = true;
    text += h.m_after;
    return true;
  }

 private:
  Result<std::string> nextUsed() {
    auto sentence = m_stream->next();
    while (sentence && !m_haystack.m_isUsed[m_streamed++]) sentence = m_stream->next();
    return sentence;
  }

  void addSentence(std::string& text, std::string_view sentence) {
    if (m_wroteSentence) text += ' ';
    text += sentence;
    m_wroteSentence = true;
  }

  const Haystack& m_haystack;
  std::optional<SentenceStream> m_stream;
  std::size_t m_pieces = 0;
  std::size_t m_fact = 0;
  std::uint64_t m_sentence = 0;
  std::size_t m_streamed = 0;
  bool m_wroteSentence = false;
  bool m_ended = false;
};

Haystack::~Haystack() = default;

Result<std::unique_ptr<Haystack>> Haystack::make(const HaystackRequest& request, const Background* background,
                                                 const Tokenizer& tokenizer) {
  TM_CHECK(!request.facts.empty(), "a text needs facts");
  std::unique_ptr<Haystack> haystack(new Haystack());
  haystack->m_background = background;
  haystack->m_facts.assign(request.facts.begin(), request.facts.end());
  haystack->m_before = request.before;
  haystack->m_after = request.after;
  for (const std::string& fact : request.facts) {
    const auto tokens = countTokens(tokenizer, fact);
    if (!tokens) return tokens.error();
    haystack->m_tokens += static_cast<std::int64_t>(*tokens);
  }
  if (Status chosen = haystack->chooseBackground(request, tokenizer); !chosen) {
    return chosen.error();
  }
  if (Status measured = haystack->measure(request.cancelled); !measured) return measured.error();
  return haystack;
}

/// How many sentences make the tokens that the facts leave, and where the facts go between them.
Status Haystack::chooseBackground(const HaystackRequest& request, const Tokenizer& tokenizer) {
  std::int64_t wanted = request.tokens - m_tokens;
  m_places.assign(m_facts.size(), 0);
  if (wanted <= 0) return {};
  if (m_background == nullptr) {
    return makeError(ErrorCode::kInvalidArgument, "a text of " + std::to_string(request.tokens) +
                                                      " tokens needs background text, and there is none");
  }
  SplitMix64 random(request.seed);
  m_start = random.below(m_background->bytes());
  SentenceStream stream(*m_background, m_start);
  std::uint64_t lastUsed = 0;  // bytes of the files that were read when a sentence was long enough
  while (wanted > 0) {
    if (request.cancelled && request.cancelled()) return cancelledError();
    const auto sentence = stream.next();
    if (!sentence) return sentence.error();
    TokenRun run;
    if (Status encoded = tokenizer.encode(*sentence, 0, run); !encoded) return encoded;
    m_isUsed.push_back(run.ids.size() >= kFewestSentenceTokens);
    if (!m_isUsed.back()) {
      if (stream.bytesRead() - lastUsed <= 2 * m_background->bytes()) continue;
      return makeError(ErrorCode::kInvalidArgument, "the background text has no sentence of " +
                                                        std::to_string(kFewestSentenceTokens) +
                                                        " tokens or more; use books");
    }
    lastUsed = stream.bytesRead();
    const auto used = std::min(static_cast<std::int64_t>(run.ids.size()), wanted);
    m_lastBytes = run.bytes[static_cast<std::size_t>(used) - 1].end;
    ++m_sentences;
    m_tokens += used;
    wanted -= used;
  }
  for (std::uint64_t& place : m_places) place = random.below(m_sentences + 1);
  std::sort(m_places.begin(), m_places.end());
  return {};
}

Status Haystack::measure(const std::function<bool()>& cancelled) {
  Writer writer(*this);
  Sha256 hash;
  std::string piece;
  while (true) {
    if (cancelled && cancelled()) return cancelledError();
    piece.clear();
    const auto more = writer.write(piece);
    if (!more) return more.error();
    if (!*more) break;
    hash.update(piece);
    m_bytes += piece.size();
  }
  m_sha256 = hash.hexDigest();
  return {};
}

Status Haystack::fillWindow(std::uint64_t offset, std::size_t count) const {
  if (!m_writer || offset < m_windowBegin) {
    m_writer = std::make_unique<Writer>(*this);
    m_windowBegin = 0;
    m_window.clear();
  }
  while (m_windowBegin + m_window.size() < offset + count) {
    // What lies far behind is not asked for again.
    if (offset > m_windowBegin + kWindowBytes && m_window.size() > kWindowBytes) {
      const auto gone =
          static_cast<std::size_t>(std::min<std::uint64_t>(m_window.size(), offset - m_windowBegin - kWindowBytes / 2));
      m_window.erase(0, gone);
      m_windowBegin += gone;
    }
    const auto more = m_writer->write(m_window);
    if (!more) return more.error();
    if (!*more) {
      return makeError(ErrorCode::kIo, "the background text changed while it was read; run the command again");
    }
  }
  return {};
}

Result<std::size_t> Haystack::read(std::uint64_t offset, std::span<char> out) const {
  if (offset >= m_bytes) return std::size_t{0};
  const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(out.size(), m_bytes - offset));
  if (Status filled = fillWindow(offset, count); !filled) return filled.error();
  m_window.copy(out.data(), count, static_cast<std::size_t>(offset - m_windowBegin));
  return count;
}

}  // namespace tidemark

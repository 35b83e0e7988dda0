#include "ui/document/text_search.h"

#include <QList>
#include <QStringMatcher>
#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <string_view>

namespace tidemark::ui {
namespace {

constexpr std::uint64_t kWindowBytes = std::uint64_t{256} << 10;
constexpr std::size_t kBatch = 16384;
constexpr std::chrono::milliseconds kBatchTime{40};

bool isWordCharacter(char32_t c) {
  return c == U'_' || QChar::isLetterOrNumber(c) || QChar::isMark(c);
}

/// The character that starts at `byte`; 0 behind the text.
char32_t characterAt(const DocumentText& text, std::uint64_t byte) {
  const QList<uint> characters = QString::fromStdString(text.bytes({byte, text.characterEnd(byte + 1)})).toUcs4();
  return characters.isEmpty() ? U'\0' : characters.front();
}

class Search {
 public:
  Search(const DocumentText& text, const SearchQuery& query, const MatchSink& sink, std::size_t limit)
      : m_text(text), m_query(query), m_sink(sink), m_limit(limit), m_utf8(query.needle.toStdString()) {
    m_isAscii = static_cast<qsizetype>(m_utf8.size()) == query.needle.size();
    m_lowered = lowered(m_utf8);
    m_matcher = QStringMatcher(query.needle, query.matchCase ? Qt::CaseSensitive : Qt::CaseInsensitive);
    // U+017F and U+212A are the only characters outside ASCII that fold into it: to s and k.
    m_hasLookalikes = m_lowered.find_first_of("sk") != std::string::npos;
    const QList<uint> characters = query.needle.toUcs4();
    m_wordBefore = query.wholeWords && !characters.isEmpty() && isWordCharacter(characters.front());
    m_wordBehind = query.wholeWords && !characters.isEmpty() && isWordCharacter(characters.back());
  }

  SearchEnd run(const std::stop_token& stop) {
    // Folding may change how many bytes a character takes, but no UTF-16 unit stands for more than three.
    const std::uint64_t overlap = static_cast<std::uint64_t>(m_query.needle.size()) * 3;
    SearchEnd end = SearchEnd::kFinished;
    for (std::uint64_t at = 0; at < m_text.byteCount() && end == SearchEnd::kFinished; at += kWindowBytes) {
      if (stop.stop_requested()) return SearchEnd::kStopped;
      const std::uint64_t from = std::max(m_next, at > overlap ? at - overlap : 0);
      m_begin = m_text.characterStart(from);
      const std::uint64_t to = m_text.characterStart(at + kWindowBytes);
      if (m_begin < to) searchWindow(m_text.bytes({m_begin, to}));
      if (m_count >= m_limit) end = SearchEnd::kLimit;
      if (std::chrono::steady_clock::now() - m_lastBatch >= kBatchTime) handOut();
    }
    handOut();
    return end;
  }

 private:
  static std::string lowered(std::string text) {
    for (char& c : text) c = static_cast<char>(c | (static_cast<unsigned char>(c - 'A') < 26 ? 0x20 : 0));
    return text;
  }

  void searchWindow(std::string window) {
    if (m_query.matchCase) {
      searchBytes(window, m_utf8);
      return;
    }
    const auto has = [&window](std::string_view part) {
      return ::memmem(window.data(), window.size(), part.data(), part.size()) != nullptr;
    };
    if (m_isAscii && !(m_hasLookalikes && (has("\xC5\xBF") || has("\xE2\x84\xAA")))) {
      searchBytes(lowered(std::move(window)), m_lowered);
    } else {
      searchFolded(window);
    }
  }

  void searchBytes(const std::string& window, const std::string& needle) {
    std::size_t at = 0;
    while (m_count < m_limit) {
      const void* found = ::memmem(window.data() + at, window.size() - at, needle.data(), needle.size());
      if (found == nullptr) return;
      at = static_cast<std::size_t>(static_cast<const char*>(found) - window.data());
      const std::uint64_t begin = m_begin + at;
      at += accept({begin, begin + needle.size()}) ? needle.size() : 1;
    }
  }

  void searchFolded(const std::string& window) {
    const QString text = QString::fromStdString(window);
    qsizetype counted = 0;  // UTF-16 units of `text` that `byte` stands for
    std::uint64_t byte = m_begin;
    const auto byteOf = [&](qsizetype position) {
      byte += static_cast<std::uint64_t>(QStringView(text).mid(counted, position - counted).toUtf8().size());
      counted = position;
      return byte;
    };
    qsizetype at = 0;
    while (m_count < m_limit) {
      at = m_matcher.indexIn(text, at);
      if (at < 0) return;
      const std::uint64_t begin = byteOf(at);
      const QStringView match = QStringView(text).mid(at, m_query.needle.size());
      const auto length = static_cast<std::uint64_t>(match.toUtf8().size());
      at += accept({begin, begin + length}) ? match.size() : (text[at].isHighSurrogate() ? 2 : 1);
    }
  }

  bool accept(ByteRange match) {
    const bool tornBefore =
        m_wordBefore && match.begin > 0 && isWordCharacter(characterAt(m_text, m_text.characterStart(match.begin - 1)));
    const bool tornBehind =
        m_wordBehind && match.end < m_text.byteCount() && isWordCharacter(characterAt(m_text, match.end));
    if (tornBefore || tornBehind) return false;
    m_next = match.end;
    ++m_count;
    m_batch.push_back(match);
    if (m_batch.size() >= kBatch) handOut();
    return true;
  }

  void handOut() {
    m_lastBatch = std::chrono::steady_clock::now();
    if (!m_batch.empty()) m_sink(std::exchange(m_batch, {}));
  }

  const DocumentText& m_text;
  const SearchQuery& m_query;
  const MatchSink& m_sink;
  std::size_t m_limit;
  std::string m_utf8;
  std::string m_lowered;
  QStringMatcher m_matcher;
  bool m_isAscii = false;
  bool m_hasLookalikes = false;
  bool m_wordBefore = false;
  bool m_wordBehind = false;
  std::uint64_t m_begin = 0;  // document byte of the window
  std::uint64_t m_next = 0;   // matches start here or later
  std::size_t m_count = 0;
  std::vector<ByteRange> m_batch;
  std::chrono::steady_clock::time_point m_lastBatch = std::chrono::steady_clock::now();
};

}  // namespace

SearchEnd searchText(const DocumentText& text, const SearchQuery& query, const std::stop_token& stop,
                     const MatchSink& sink, std::size_t limit) {
  if (query.needle.isEmpty()) return SearchEnd::kFinished;
  return Search(text, query, sink, limit).run(stop);
}

}  // namespace tidemark::ui

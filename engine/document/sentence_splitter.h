#pragma once
// Running text to sentences, piece by piece. Plain rules for English books: a sentence ends at a full stop, question or
// exclamation mark (and the quotes or brackets that close behind it) before white space, unless it goes on in lower
// case or the full stop belongs to an abbreviation or initial; and at a blank line.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

class SentenceSplitter {
 public:
  /// A text without an end is cut here, before white space where there is some, so that hostile ones take no memory.
  static constexpr std::size_t kLongestSentenceBytes = 2048;

  /// Appends cleaned UTF-8; pieces may be cut anywhere between two characters, and the sentences do not depend on it.
  void push(std::string_view piece);
  /// Nothing more will be pushed: what is left is the last sentence.
  void finish() { m_atEnd = true; }
  /// The next complete sentence, without white space around it; nothing when more text is needed or it is over.
  [[nodiscard]] std::optional<std::string> next();
  /// After finish(): every sentence was taken.
  [[nodiscard]] bool isOver() const { return m_atEnd && m_begin == m_text.size(); }

 private:
  enum class Ending { kNo, kYes, kNeedsMore };
  [[nodiscard]] Ending endsAt(std::size_t position, std::size_t& end) const;
  void skipWhiteSpace();
  [[nodiscard]] std::string take(std::size_t end);

  std::string m_text;       // from the current sentence on
  std::size_t m_begin = 0;  // of the current sentence in m_text
  std::size_t m_scan = 0;   // bytes of it that hold no end, counted from m_begin
  bool m_atEnd = false;
};

}  // namespace tidemark

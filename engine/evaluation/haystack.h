#pragma once
// One text of an evaluation: the facts of a question, in their order, each at a random place between the sentences of
// background text, as many tokens as wanted. Made as BABILong makes it (arXiv:2402.10790; babilong/babilong_utils.py):
// background sentences of fewer than ten tokens are left out, the last one is cut to fit, places are drawn uniformly
// and sorted.
//
// The text is not held: what is read of it is made again from the background, whatever its length. The same background,
// tokenizer and seed give the same text.

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "engine/base/text_source.h"
#include "engine/evaluation/background.h"
#include "engine/tokenizer/tokenizer.h"

namespace tidemark {

struct HaystackRequest {
  std::span<const std::string> facts;  // at least one, none of them empty
  std::int64_t tokens = 0;             // of facts and background; 0, or no more than the facts have: facts only
  std::uint64_t seed = 0;
  std::string before;  // stands in front of everything and is not counted
  std::string after;   // and behind it
  std::function<bool()> cancelled;
};

class Haystack final : public TextSource {
 public:
  static constexpr std::size_t kFewestSentenceTokens = 10;

  /// `background` may be null when only facts are wanted; it must outlive the text. Errors: kInvalidArgument (no
  /// background, or no sentence in it that is long enough), kCancelled, those of the background and the tokenizer.
  [[nodiscard]] static Result<std::unique_ptr<Haystack>> make(const HaystackRequest& request,
                                                              const Background* background, const Tokenizer& tokenizer);

  [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes; }
  /// Cheap from front to back; going back by more than kWindowBytes makes the text from its beginning.
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override;
  static constexpr std::size_t kWindowBytes = 64 * 1024;

  [[nodiscard]] const std::string& sha256() const { return m_sha256; }
  /// Tokens of facts and background, each sentence encoded by itself.
  [[nodiscard]] std::int64_t tokens() const { return m_tokens; }
  /// Fact i stands before background sentence places()[i]; behind the last one, if there is none.
  [[nodiscard]] const std::vector<std::uint64_t>& places() const { return m_places; }

 private:
  /// A piece of the text at a time: `before`, facts and background with a space between them, `after`.
  class Writer;

  Haystack() = default;
  [[nodiscard]] Status chooseBackground(const HaystackRequest& request, const Tokenizer& tokenizer);
  [[nodiscard]] Status measure(const std::function<bool()>& cancelled);
  [[nodiscard]] Status fillWindow(std::uint64_t offset, std::size_t count) const;

  const Background* m_background = nullptr;
  std::vector<std::string> m_facts;
  std::string m_before;
  std::string m_after;
  std::uint64_t m_start = 0;      // where the background begins
  std::vector<bool> m_isUsed;     // of its sentences from there on: long enough (a bit each, 5 KB for a million tokens)
  std::uint64_t m_sentences = 0;  // that are used
  std::size_t m_lastBytes = 0;    // of the last of them
  std::vector<std::uint64_t> m_places;
  std::int64_t m_tokens = 0;
  std::uint64_t m_bytes = 0;
  std::string m_sha256;

  // The part of the text that was made last.
  mutable std::unique_ptr<Writer> m_writer;
  mutable std::uint64_t m_windowBegin = 0;
  mutable std::string m_window;

 public:
  ~Haystack() override;
};

}  // namespace tidemark

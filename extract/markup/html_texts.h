#pragma once
// Plain text goes around Gumbo, which looks at every character several times: a mark with a number stands for it in the
// tree.

#include <charconv>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tidemark {

class HtmlTexts {
 public:
  /// U+10FFFD, of private use, which the preparation takes out of the input (Gumbo lets no control character pass). A
  /// character reference may still make one; whoever does that loses text of his own page, since each text comes once.
  static constexpr std::string_view kMark = "\xF4\x8F\xBF\xBD";

  /// `text` must outlive the texts. Returns what stands for it.
  [[nodiscard]] std::string add(std::string_view text) {
    m_texts.push_back({text, false});
    return std::string(kMark).append(std::to_string(m_texts.size() - 1)).append(kMark);
  }
  void clear() { m_texts.clear(); }

  /// Calls `visit` for the pieces of the text of a node. `once`: a text that was taken before is left out.
  template <typename Visit>
  void visit(std::string_view nodeText, bool once, const Visit& visit) {
    for (std::size_t at = 0; at < nodeText.size();) {
      const std::size_t mark = nodeText.find(kMark, at);
      if (mark == std::string_view::npos) return visit(nodeText.substr(at));
      if (mark > at) visit(nodeText.substr(at, mark - at));
      std::size_t index = m_texts.size();
      const char* end = nodeText.data() + nodeText.size();
      at = mark + kMark.size();
      const auto [stop, error] = std::from_chars(nodeText.data() + at, end, index);
      const auto after = static_cast<std::size_t>(stop - nodeText.data());
      if (error != std::errc() || !nodeText.substr(after).starts_with(kMark) || index >= m_texts.size()) continue;
      at = after + kMark.size();
      if (once && m_texts[index].taken) continue;
      m_texts[index].taken = m_texts[index].taken || once;
      visit(m_texts[index].text);
    }
  }

 private:
  struct Text {
    std::string_view text;
    bool taken = false;
  };
  std::vector<Text> m_texts;
};

}  // namespace tidemark

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
  /// DEL, which no text needs: the preparation takes it out of the input. A character reference may still make one;
  /// whoever does that loses text of his own page, since each text comes once.
  static constexpr char kMark = '\x7F';

  /// `text` must outlive the texts. Returns what stands for it.
  [[nodiscard]] std::string add(std::string_view text) {
    m_texts.push_back({text, false});
    return kMark + std::to_string(m_texts.size() - 1) + kMark;
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
      const auto [stop, error] = std::from_chars(nodeText.data() + mark + 1, end, index);
      at = mark + 1;
      if (error != std::errc() || stop == end || *stop != kMark || index >= m_texts.size()) continue;
      at = static_cast<std::size_t>(stop - nodeText.data()) + 1;
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

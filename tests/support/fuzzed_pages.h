#pragma once
// Pages out of any bytes: one line for each piece of text, "X Y WIDTH HEIGHT TEXT", a form feed between pages. A text
// that begins with '+' goes on in the line of the piece before; '~' stands for U+FFFE, and '^' and two bytes for any
// UTF-16 unit.

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "extract/layout/page_geometry.h"

namespace tidemark::testing {

inline void addPiece(RawPage& page, const std::string& line) {
  const char* at = line.c_str();
  double numbers[4] = {};
  int count = 0;
  for (; count < 4; ++count) {
    char* end = nullptr;
    numbers[count] = std::strtod(at, &end);
    if (end == at) break;
    at = end;
  }
  if (count == 4) page.boxes.push_back({numbers[0], numbers[1], numbers[2], numbers[3]});
  if (*at == ' ') ++at;
  const bool on = *at == '+';
  if (!page.text.empty()) page.text += on ? u" " : u"\r\n";
  for (at += on ? 1 : 0; *at != '\0'; ++at) {
    const auto byte = static_cast<unsigned char>(*at);
    if (byte == '^' && at[1] != '\0' && at[2] != '\0') {
      page.text += static_cast<char16_t>(static_cast<unsigned char>(at[1]) << 8 | static_cast<unsigned char>(at[2]));
      at += 2;
    } else {
      page.text += byte == '~' ? u'\uFFFE' : static_cast<char16_t>(byte);
    }
  }
}

inline std::vector<RawPage> fuzzedPages(std::string_view bytes) {
  std::vector<RawPage> pages;
  while (!bytes.empty()) {
    std::string_view page = bytes.substr(0, bytes.find('\f'));
    bytes.remove_prefix(std::min(bytes.size(), page.size() + 1));
    RawPage& raw = pages.emplace_back();
    raw.width = 600;
    raw.height = 800;
    while (!page.empty()) {
      const std::string_view line = page.substr(0, page.find('\n'));
      page.remove_prefix(std::min(page.size(), line.size() + 1));
      addPiece(raw, std::string(line));
    }
  }
  return pages;
}

}  // namespace tidemark::testing

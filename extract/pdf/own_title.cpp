#include "extract/pdf/own_title.h"

#include <algorithm>
#include <array>

namespace tidemark {
namespace {

constexpr std::array<std::string_view, 10> kNoTitles = {"untitled",  "untitled document", "untitled-1", "no title",
                                                        "title",     "document",          "document1",  "unbenannt",
                                                        "dokument1", "(anonymous)"};
constexpr std::array<std::string_view, 20> kFileEndings = {".doc", ".docx", ".docm", ".odt",  ".rtf",  ".txt", ".tex",
                                                           ".dvi", ".ps",   ".eps",  ".pdf",  ".indd", ".qxd", ".fm",
                                                           ".htm", ".html", ".ppt",  ".pptx", ".xls",  ".xlsx"};

std::string lowercase(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return lower;
}

bool isPath(std::string_view text) {
  return text.starts_with('/') || text.starts_with("\\\\") || text.starts_with("file:") ||
         (text.size() > 2 && text[1] == ':' && (text[2] == '\\' || text[2] == '/'));
}

}  // namespace

std::string ownTitle(std::string_view title) {
  const std::string lower = lowercase(title);
  const bool isNone = std::find(kNoTitles.begin(), kNoTitles.end(), lower) != kNoTitles.end() || isPath(lower) ||
                      lower.starts_with("microsoft word - ") || lower.starts_with("microsoft powerpoint - ") ||
                      std::any_of(kFileEndings.begin(), kFileEndings.end(),
                                  [&lower](std::string_view ending) { return lower.ends_with(ending); });
  return isNone ? std::string() : std::string(title);
}

}  // namespace tidemark

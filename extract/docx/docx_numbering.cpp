#include "extract/docx/docx_numbering.h"

#include <algorithm>
#include <utility>

#include "extract/docx/docx_package.h"
#include "extract/markup/list_number.h"
#include "extract/markup/xml_document.h"

namespace tidemark {

namespace {

constexpr std::size_t kLongestText = 64;

std::string numberAs(std::string_view format, int value) {
  constexpr std::pair<std::string_view, NumberFormat> kFormats[] = {{"decimalZero", NumberFormat::kDecimalZero},
                                                                    {"lowerLetter", NumberFormat::kLowerLetter},
                                                                    {"upperLetter", NumberFormat::kUpperLetter},
                                                                    {"lowerRoman", NumberFormat::kLowerRoman},
                                                                    {"upperRoman", NumberFormat::kUpperRoman}};
  const auto known = std::find_if(std::begin(kFormats), std::end(kFormats),
                                  [format](const auto& each) { return each.first == format; });
  return listNumber(known == std::end(kFormats) ? NumberFormat::kDecimal : known->second, value);
}

}  // namespace

DocxNumbering::DocxNumbering(const pugi::xml_document& part) {
  for (const pugi::xml_node& node : part.document_element().children()) {
    if (localName(node) == "abstractNum") {
      Levels& levels = m_abstract[std::string(attributeOf(node, "abstractNumId"))];
      for (const pugi::xml_node& child : node.children()) {
        const int level = localName(child) == "lvl" ? numberIn(attributeOf(child, "ilvl"), -1) : -1;
        if (level < 0 || level >= kLevels) continue;
        levels[static_cast<std::size_t>(level)] = {
            std::string(attributeOf(childOf(child, "numFmt"), "val")),
            std::string(attributeOf(childOf(child, "lvlText"), "val").substr(0, kLongestText)),
            numberIn(attributeOf(childOf(child, "start"), "val"), 1)};
      }
    } else if (localName(node) == "num") {
      List& list = m_lists[std::string(attributeOf(node, "numId"))];
      list.abstract = attributeOf(childOf(node, "abstractNumId"), "val");
      for (const pugi::xml_node& child : node.children()) {
        const int level = localName(child) == "lvlOverride" ? numberIn(attributeOf(child, "ilvl"), -1) : -1;
        if (level < 0 || level >= kLevels) continue;
        list.starts[static_cast<std::size_t>(level)] = numberIn(attributeOf(childOf(child, "startOverride"), "val"), 0);
      }
    }
  }
}

std::string DocxNumbering::next(std::string_view list, int level) {
  const auto found = m_lists.find(list);
  if (found == m_lists.end() || level < 0 || level >= kLevels) return {};
  const auto abstract = m_abstract.find(found->second.abstract);
  if (abstract == m_abstract.end()) return {};
  const auto at = static_cast<std::size_t>(level);
  const Levels& levels = abstract->second;
  if (levels[at].format == "none") return {};
  if (levels[at].format == "bullet") return "- ";
  const bool restarts =
      std::any_of(found->second.starts.begin(), found->second.starts.end(), [](int s) { return s > 0; });
  Counters& counters = m_counters[restarts ? "#" + std::string(list) : found->second.abstract];
  const auto start = [&](std::size_t i) {
    return found->second.starts[i] > 0 ? found->second.starts[i] : levels[i].start;
  };
  counters.values[at] = counters.running[at] ? std::min(counters.values[at], 1'000'000) + 1 : start(at);
  counters.running[at] = true;
  for (std::size_t deeper = at + 1; deeper < kLevels; ++deeper) counters.running[deeper] = false;
  std::string text;
  const std::string& pattern = levels[at].text;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' && pattern[i + 1] <= '9';
    if (!place) {
      text += pattern[i];
      continue;
    }
    const auto other = static_cast<std::size_t>(pattern[++i] - '1');
    text += numberAs(levels[other].format, counters.running[other] ? counters.values[other] : start(other));
  }
  return text.empty() ? text : text + " ";
}

}  // namespace tidemark

#include "extract/odt/odt_numbering.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "extract/markup/xml_document.h"

namespace tidemark {

namespace {

constexpr std::size_t kLongestAround = 32;  // of what stands before and after a number
constexpr int kLargestNumber = 1'000'000;

std::optional<int> countingNumber(std::string_view text) {
  int number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc() || end != text.data() + text.size() || number < 0 || number > kLargestNumber) return {};
  return number;
}

std::optional<NumberFormat> formatOf(std::string_view text) {
  if (text == "1") return NumberFormat::kDecimal;
  if (text == "a") return NumberFormat::kLowerLetter;
  if (text == "A") return NumberFormat::kUpperLetter;
  if (text == "i") return NumberFormat::kLowerRoman;
  if (text == "I") return NumberFormat::kUpperRoman;
  if (text.empty()) return std::nullopt;
  return NumberFormat::kDecimal;  // other scripts
}

std::size_t levelOf(const pugi::xml_node& node) {
  const int level = countingNumber(attributeOf(node, "level")).value_or(1);
  return static_cast<std::size_t>(std::clamp(level, 1, static_cast<int>(kOdtListLevels)) - 1);
}

OdtListStyle styleOf(const pugi::xml_node& node) {
  OdtListStyle style;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = localName(child);
    const bool isNumber = name == "list-level-style-number" || name == "outline-level-style";
    if (!isNumber && name != "list-level-style-bullet" && name != "list-level-style-image") continue;
    OdtListStyle::Level& level = style.levels[levelOf(child)];
    level.isBullet = !isNumber;
    if (!isNumber) continue;
    level.format = formatOf(attributeOf(child, "num-format"));
    if (attributeOf(child, "num-letter-sync") == "true") level.after = AfterTheAlphabet::kDoubles;
    level.prefix = attributeOf(child, "num-prefix").substr(0, kLongestAround);
    level.suffix = attributeOf(child, "num-suffix").substr(0, kLongestAround);
    level.start = countingNumber(attributeOf(child, "start-value")).value_or(1);
    level.shown = std::max(1, countingNumber(attributeOf(child, "display-levels")).value_or(1));
  }
  return style;
}

}  // namespace

void OdtListStyles::add(const pugi::xml_document& part) {
  forEachElement(part, [this](const pugi::xml_node& node) {
    const std::string_view name = node.name();
    if (name == "text:list-style") lists.try_emplace(std::string(attributeOf(node, "name")), styleOf(node));
    if (name == "text:outline-style" && !headings) headings = styleOf(node);
  });
}

void OdtNumbering::beginList(const pugi::xml_node& list) {
  const std::string_view named = attributeOf(list, "style-name");
  const bool isOutermost = m_open.empty();
  m_open.push_back(named.empty() && !isOutermost ? m_open.back() : std::string(named));
  if (!isOutermost) return;
  m_id = list.attribute("xml:id").value();
  m_counters = {};
  if (const auto id = m_ofId.find(attributeOf(list, "continue-list")); id != m_ofId.end()) {
    m_counters = id->second;
  } else if (attributeOf(list, "continue-numbering") == "true") {
    if (const auto last = m_ofStyle.find(m_open.back()); last != m_ofStyle.end()) m_counters = last->second;
  }
}

void OdtNumbering::endList() {
  if (m_open.empty()) return;
  if (m_open.size() == 1) {
    if (!m_id.empty()) m_ofId[m_id] = m_counters;
    m_ofStyle[m_open.back()] = m_counters;
  }
  m_open.pop_back();
}

std::string OdtNumbering::next(const pugi::xml_node& item) {
  const auto style = m_open.empty() ? m_styles->lists.end() : m_styles->lists.find(m_open.back());
  if (style == m_styles->lists.end()) return "- ";
  // An item that begins with a list only stands for the depth of that list.
  for (const pugi::xml_node& child : item.children()) {
    if (child.type() != pugi::node_element) continue;
    if (localName(child) == "list") return {};
    break;
  }
  const std::size_t level = std::min(m_open.size(), kOdtListLevels) - 1;
  return count(style->second, m_counters, level, countingNumber(attributeOf(item, "start-value")));
}

std::string OdtNumbering::nextHeading(const pugi::xml_node& heading, int level) {
  if (!m_open.empty() || !m_styles->headings || attributeOf(heading, "is-list-header") == "true") return {};
  const auto at = static_cast<std::size_t>(std::clamp(level, 1, static_cast<int>(kOdtListLevels)) - 1);
  if (attributeOf(heading, "restart-numbering") == "true") m_headings.running[at] = false;
  const OdtListStyle& style = *m_styles->headings;
  if (style.levels[at].isBullet) return {};  // nothing is said of this level
  return count(style, m_headings, at, countingNumber(attributeOf(heading, "start-value")));
}

std::string OdtNumbering::count(const OdtListStyle& style, Counters& counters, std::size_t level,
                                std::optional<int> start) {
  const OdtListStyle::Level& own = style.levels[level];
  const int following = counters.running[level] ? std::min(counters.values[level], kLargestNumber) + 1 : own.start;
  counters.values[level] = start.value_or(following);
  counters.running[level] = true;
  for (std::size_t deeper = level + 1; deeper < kOdtListLevels; ++deeper) counters.running[deeper] = false;
  if (own.isBullet) return "- ";
  if (!own.format) return {};
  std::string numbers;
  const std::size_t above = std::min(level, static_cast<std::size_t>(own.shown) - 1);
  for (std::size_t i = level - above; i <= level; ++i) {
    const OdtListStyle::Level& each = style.levels[i];
    if (!each.format) continue;  // a level without numbers
    if (!numbers.empty()) numbers += '.';
    numbers += listNumber(*each.format, counters.running[i] ? counters.values[i] : each.start, each.after);
  }
  return own.prefix + numbers + own.suffix + " ";
}

}  // namespace tidemark

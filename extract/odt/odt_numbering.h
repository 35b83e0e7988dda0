#pragma once
// The numbers that an OpenDocument text shows in front of list items and headings: "3.2", "(b)", a bullet. They are
// nowhere in the text.

#include <array>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "extract/markup/list_number.h"

namespace tidemark {

constexpr std::size_t kOdtListLevels = 10;

/// How the levels of a list are numbered.
struct OdtListStyle {
  struct Level {
    std::optional<NumberFormat> format;  // nothing: no number
    AfterTheAlphabet after = AfterTheAlphabet::kCounts;
    bool isBullet = true;  // what files say nothing about
    std::string prefix;
    std::string suffix;
    int start = 1;
    int shown = 1;  // levels whose numbers are shown, this one the last
  };
  std::array<Level, kOdtListLevels> levels;
};

/// What the styles of a document say of lists and headings.
struct OdtListStyles {
  std::map<std::string, OdtListStyle, std::less<>> lists;
  std::optional<OdtListStyle> headings;

  /// Takes those of one part; the first one of a name counts.
  void add(const pugi::xml_document& part);
};

/// Counts along with the text.
class OdtNumbering {
 public:
  /// `styles` must outlive this.
  explicit OdtNumbering(const OdtListStyles& styles) : m_styles(&styles) {}
  [[nodiscard]] const OdtListStyles& styles() const { return *m_styles; }

  void beginList(const pugi::xml_node& list);
  void endList();
  /// What stands before the text of this item, with a space at its end; empty if nothing does.
  [[nodiscard]] std::string next(const pugi::xml_node& item);
  /// The same before a heading that is in no list.
  [[nodiscard]] std::string nextHeading(const pugi::xml_node& heading, int level);

 private:
  struct Counters {
    std::array<int, kOdtListLevels> values{};
    std::array<bool, kOdtListLevels> running{};
  };
  [[nodiscard]] static std::string count(const OdtListStyle& style, Counters& counters, std::size_t level,
                                         std::optional<int> start);

  const OdtListStyles* m_styles;
  std::vector<std::string> m_open;  // styles of the lists that are open, the outermost first
  std::string m_id;                 // of the outermost
  Counters m_counters;              // of the outermost and those in it
  Counters m_headings;
  std::map<std::string, Counters, std::less<>> m_ofId;     // of lists that ended, for those that continue them
  std::map<std::string, Counters, std::less<>> m_ofStyle;  // the last one of each
};

}  // namespace tidemark

#pragma once
// The numbers that Word puts in front of paragraphs: "3.2", "(b)", a bullet. They are nowhere in the text.

#include <array>
#include <cstdint>
#include <map>
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace tidemark {

class DocxNumbering {
 public:
  DocxNumbering() = default;
  explicit DocxNumbering(const pugi::xml_document& part);

  /// What stands before the next paragraph of this list and level (from 0), with a space at its end; empty if nothing
  /// does. Counts on.
  [[nodiscard]] std::string next(std::string_view list, int level);

 private:
  static constexpr int kLevels = 9;
  struct Level {
    std::string format;  // "decimal", "bullet", ..
    std::string text;    // "%1.%2"
    int start = 1;
  };
  using Levels = std::array<Level, kLevels>;
  struct List {
    std::string abstract;
    std::array<int, kLevels> starts{};  // overridden; 0: as the abstract list says
  };
  struct Counters {
    std::array<int, kLevels> values{};
    std::array<bool, kLevels> running{};
  };

  std::map<std::string, Levels, std::less<>> m_abstract;
  std::map<std::string, List, std::less<>> m_lists;
  std::map<std::string, Counters, std::less<>> m_counters;  // by abstract list: lists of one kind count on
};

}  // namespace tidemark

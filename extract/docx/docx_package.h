#pragma once
// Where the parts of a DOCX are, and what they say about paragraphs and notes.

#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "extract/archive/zip_document.h"

namespace tidemark {

struct DocxPackage {
  std::string document = "word/document.xml";
  std::string styles;  // the others are empty if there are none
  std::string numbering;
  std::string footnotes;
  std::string endnotes;
  std::string properties;
};

/// Follows the relationships; where there are none, parts are looked for at their usual places. Errors: those that
/// refuse the whole document.
[[nodiscard]] Result<DocxPackage> locateDocxParts(const ArchiveInput& input);

/// The prefix that the part with this root element uses for WordprocessingML, with the colon: "w:" nearly always.
[[nodiscard]] std::string wordPrefix(const pugi::xml_node& root);

/// Outline levels of paragraph styles.
class DocxStyles {
 public:
  DocxStyles() = default;
  explicit DocxStyles(const pugi::xml_document& part);

  /// 1 to 9, 0: body text.
  [[nodiscard]] int headingLevel(std::string_view style) const;

 private:
  struct Style {
    std::string basedOn;
    int level = -1;  // -1: not said here; 0: body text
  };
  std::map<std::string, Style, std::less<>> m_styles;
};

/// Footnotes or endnotes, by their id.
class DocxNotes {
 public:
  DocxNotes() = default;
  explicit DocxNotes(std::unique_ptr<pugi::xml_document> part);

  /// Empty if there is none.
  [[nodiscard]] pugi::xml_node find(std::string_view id) const;

 private:
  std::unique_ptr<pugi::xml_document> m_part;
  std::map<std::string, pugi::xml_node, std::less<>> m_notes;
};

/// A whole number, or `otherwise`.
[[nodiscard]] int numberIn(std::string_view text, int otherwise);

}  // namespace tidemark

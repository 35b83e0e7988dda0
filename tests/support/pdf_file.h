#pragma once
// Writes PDF files for tests: objects, cross references, text in the standard fonts at given places, bookmarks, page
// labels, pages that are pictures; and what is wrong with them, where a test asks for it.

#include <string>
#include <vector>

namespace tidemark::testing {

/// One string shown in one go. Characters are bytes of WinAnsi.
struct PdfText {
  double x = 72;
  double top = 72;  // of its base line, from the upper edge
  std::string text;
  double size = 10;
  bool bold = false;
};

struct PdfBookmark {
  std::string title;
  int page = 0;
  int level = 1;
};

struct PdfLabels {
  int page = 0;             // from here on
  std::string style = "D";  // "D", "r", "A", ..
  std::string prefix;
};

class PdfFile {
 public:
  static constexpr double kWidth = 612;
  static constexpr double kHeight = 792;

  void addPage(const std::vector<PdfText>& texts);
  /// A picture over the whole page, no text.
  void addPicturePage();
  /// Anything as the content of a page.
  void addContentPage(std::string content);

  std::vector<PdfBookmark> bookmarks;
  std::vector<PdfLabels> labels;
  std::string title;
  std::string author;
  bool encrypted = false;        // with a password that nobody knows
  bool bookmarkLoop = false;     // the last bookmark's next is the first
  bool pageTreeLoop = false;     // the page tree contains itself
  bool brokenFont = false;       // the font's file is no font
  long crossReferenceShift = 0;  // all offsets are wrong by this

  [[nodiscard]] std::string bytes() const;

 private:
  std::vector<std::string> m_contents;
};

/// Lines one below the other, each shown in one go.
[[nodiscard]] std::vector<PdfText> pdfLines(double x, double top, const std::vector<std::string>& lines,
                                            double size = 10, double pitch = 12);

}  // namespace tidemark::testing

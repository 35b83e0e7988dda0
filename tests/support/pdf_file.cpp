#include "tests/support/pdf_file.h"

#include <cstdio>

namespace tidemark::testing {
namespace {

// The first objects; contents and pages follow in pairs, then bookmarks.
enum Object {
  kCatalog = 1,
  kPages,
  kFont,
  kBoldFont,
  kPicture,
  kInformation,
  kOutline,
  kLabels,
  kEncryption,
  kFontData,
  kFirstPage
};

std::string escaped(const std::string& text) {
  std::string result;
  for (const char byte : text) {
    if (byte == '(' || byte == ')' || byte == '\\') result += '\\';
    result += byte;
  }
  return "(" + result + ")";
}

std::string number(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", value);
  return text;
}

std::string stream(const std::string& dictionary, const std::string& content) {
  return "<<" + dictionary + "/Length " + std::to_string(content.size()) + ">>stream\n" + content + "\nendstream";
}

std::string reference(int object) {
  return std::to_string(object) + " 0 R";
}

class Writer {
 public:
  void add(int object, const std::string& body) {
    m_offsets.resize(std::max(m_offsets.size(), static_cast<std::size_t>(object) + 1), 0);
    m_offsets[static_cast<std::size_t>(object)] = m_bytes.size();
    m_bytes += std::to_string(object) + " 0 obj\n" + body + "\nendobj\n";
  }

  std::string finish(long shift, const std::string& trailer) {
    const std::size_t start = m_bytes.size();
    m_bytes += "xref\n0 " + std::to_string(m_offsets.size()) + "\n0000000000 65535 f \n";
    for (std::size_t object = 1; object < m_offsets.size(); ++object) {
      char line[32];
      const long offset = static_cast<long>(m_offsets[object]) + shift;
      std::snprintf(line, sizeof line, "%010ld 00000 %c \n", offset, m_offsets[object] == 0 ? 'f' : 'n');
      m_bytes += line;
    }
    m_bytes += "trailer<</Size " + std::to_string(m_offsets.size()) + trailer + ">>\nstartxref\n" +
               std::to_string(static_cast<long>(start) + shift) + "\n%%EOF\n";
    return std::move(m_bytes);
  }

 private:
  std::string m_bytes = "%PDF-1.6\n%\xE2\xE3\xCF\xD3\n";
  std::vector<std::size_t> m_offsets;
};

int pageObject(int page) {
  return kFirstPage + 2 * page + 1;
}

void addBookmarks(Writer& writer, const PdfFile& file, int first) {
  const int count = static_cast<int>(file.bookmarks.size());
  const auto at = [&file](int index) -> const PdfBookmark& { return file.bookmarks[static_cast<std::size_t>(index)]; };
  // The next of a level before one of a higher level comes; `step` -1 for the one before.
  const auto sibling = [&](int index, int step) {
    for (int other = index + step; other >= 0 && other < count; other += step) {
      if (at(other).level < at(index).level) return -1;
      if (at(other).level == at(index).level) return other;
    }
    return -1;
  };
  int last = 0;
  for (int index = 0; index < count; ++index) {
    std::string body =
        "<</Title" + escaped(at(index).title) + "/Dest[" + reference(pageObject(at(index).page)) + "/XYZ 0 700 0]";
    int parent = index - 1;
    while (parent >= 0 && at(parent).level >= at(index).level) --parent;
    body += "/Parent " + reference(parent < 0 ? static_cast<int>(kOutline) : first + parent);
    if (sibling(index, 1) >= 0) body += "/Next " + reference(first + sibling(index, 1));
    if (file.bookmarkLoop && index + 1 == count) body += "/Next " + reference(first);
    if (sibling(index, -1) >= 0) body += "/Prev " + reference(first + sibling(index, -1));
    if (index + 1 < count && at(index + 1).level > at(index).level) {
      int child = index + 1;
      body += "/First " + reference(first + child);
      while (sibling(child, 1) >= 0) child = sibling(child, 1);
      body += "/Last " + reference(first + child) + "/Count 1";
    }
    if (at(index).level == at(0).level) last = index;
    writer.add(first + index, body + ">>");
  }
  writer.add(kOutline,
             "<</Type/Outlines/First " + reference(first) + "/Last " + reference(first + last) + "/Count 1>>");
}

}  // namespace

void PdfFile::addPage(const std::vector<PdfText>& texts) {
  std::string content = "BT\n";
  for (const PdfText& text : texts) {
    content += (text.bold ? "/F2 " : "/F1 ") + number(text.size) + " Tf 1 0 0 1 " + number(text.x) + " " +
               number(kHeight - text.top) + " Tm " + escaped(text.text) + " Tj\n";
  }
  m_contents.push_back(content + "ET");
}

void PdfFile::addPicturePage() {
  m_contents.emplace_back("q 600 0 0 780 6 6 cm /I1 Do Q");
}
void PdfFile::addContentPage(std::string content) {
  m_contents.push_back(std::move(content));
}

std::string PdfFile::bytes() const {
  Writer writer;
  const int pages = static_cast<int>(m_contents.size());
  std::string catalog = "<</Type/Catalog/Pages " + reference(kPages);
  if (!bookmarks.empty()) catalog += "/Outlines " + reference(kOutline);
  if (!labels.empty()) catalog += "/PageLabels " + reference(kLabels);
  writer.add(kCatalog, catalog + ">>");
  std::string kids = pageTreeLoop ? reference(kPages) + " " : "";
  for (int page = 0; page < pages; ++page) kids += reference(pageObject(page)) + " ";
  writer.add(kPages, "<</Type/Pages/Count " + std::to_string(pages) + "/Kids[" + kids + "]>>");
  const std::string font = "<</Type/Font/Encoding/WinAnsiEncoding";
  if (brokenFont) {
    writer.add(kFont, font +
                          "/Subtype/TrueType/BaseFont/Broken/FirstChar 32/LastChar 33/Widths[500 -9]/FontDescriptor " +
                          reference(kFontData) + ">>");
    writer.add(kFontData, "<</Type/FontDescriptor/FontName/Broken/Flags 4/FontFile2 " + reference(kInformation) + ">>");
    writer.add(kInformation, stream("/Length1 99", std::string(2000, '\x01')));
  } else {
    writer.add(kFont, font + "/Subtype/Type1/BaseFont/Helvetica>>");
    writer.add(kInformation, "<</Title" + escaped(title) + "/Author" + escaped(author) + ">>");
  }
  writer.add(kBoldFont, font + "/Subtype/Type1/BaseFont/Helvetica-Bold>>");
  writer.add(kPicture, stream("/Type/XObject/Subtype/Image/Width 2/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray",
                              std::string("\x10\xC0\x80\x30")));
  if (!labels.empty()) {
    std::string numbers;
    for (const PdfLabels& range : labels) {
      numbers += std::to_string(range.page) + "<</S/" + range.style +
                 (range.prefix.empty() ? "" : "/P" + escaped(range.prefix)) + ">>";
    }
    writer.add(kLabels, "<</Nums[" + numbers + "]>>");
  }
  for (int page = 0; page < pages; ++page) {
    writer.add(pageObject(page) - 1, stream("", m_contents[static_cast<std::size_t>(page)]));
    writer.add(pageObject(page), "<</Type/Page/Parent " + reference(kPages) +
                                     "/MediaBox[0 0 612 792]/Resources<</Font<</F1 " + reference(kFont) + "/F2 " +
                                     reference(kBoldFont) + ">>/XObject<</I1 " + reference(kPicture) +
                                     ">>>>/Contents " + reference(pageObject(page) - 1) + ">>");
  }
  if (!bookmarks.empty()) addBookmarks(writer, *this, pageObject(pages));
  std::string trailer = "/Root " + reference(kCatalog);
  if (!brokenFont) trailer += "/Info " + reference(kInformation);
  if (encrypted) {
    const std::string key(64, 'A');
    writer.add(kEncryption, "<</Filter/Standard/V 2/R 3/Length 128/P -44/O<" + key + ">/U<" + key + ">>>");
    trailer += "/Encrypt " + reference(kEncryption) +
               "/ID[<00112233445566778899AABBCCDDEEFF><00112233445566778899AABBCCDDEEFF>]";
  }
  return writer.finish(crossReferenceShift, trailer);
}

std::vector<PdfText> pdfLines(double x, double top, const std::vector<std::string>& lines, double size, double pitch) {
  std::vector<PdfText> texts;
  for (const std::string& line : lines) {
    texts.push_back({x, top, line, size, false});
    top += pitch;
  }
  return texts;
}

}  // namespace tidemark::testing

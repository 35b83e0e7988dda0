#pragma once
// Small EPUB, DOCX and ODT files, put together from strings.

#include <string>
#include <vector>

#include "tests/support/zip_file.h"

namespace tidemark::test {

inline constexpr const char* kContainer =
    "<?xml version='1.0'?><container version='1.0' xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
    "<rootfile full-path='OEBPS/book.opf' media-type='application/oebps-package+xml'/></rootfiles></container>";

inline std::string xhtml(const std::string& body) {
  return "<?xml version='1.0' encoding='utf-8'?><!DOCTYPE html><html xmlns='http://www.w3.org/1999/xhtml' "
         "xmlns:epub='http://www.idpf.org/2007/ops'><head><title>no label</title></head><body>" +
         body + "</body></html>";
}

struct Chapter {
  std::string name;  // of the file
  std::string body;
  bool linear = true;
};

/// The package document: every chapter is an item and part of the spine; `manifest` is added to the items.
inline std::string packageDocument(const std::vector<Chapter>& chapters, const std::string& manifest = {},
                                   const std::string& spineAttributes = {}, const std::string& itemrefs = {}) {
  std::string items;
  std::string spine;
  for (const Chapter& chapter : chapters) {
    items += "<item id='" + chapter.name + "' href='text/" + chapter.name + "' media-type='application/xhtml+xml'/>";
    spine += "<itemref idref='" + chapter.name + "'" + (chapter.linear ? "" : " linear='no'") + "/>";
  }
  return "<?xml version='1.0'?><package xmlns='http://www.idpf.org/2007/opf' version='3.0' "
         "xmlns:dc='http://purl.org/dc/elements/1.1/'><metadata><dc:title>A Small\n "
         "Book</dc:title><dc:title>Sub</dc:title>"
         "<dc:creator>Ada One</dc:creator><dc:creator>Ben Two</dc:creator></metadata><manifest>" +
         items + manifest + "</manifest><spine" + spineAttributes + ">" + spine + itemrefs + "</spine></package>";
}

/// mimetype, container, package and chapters; more can be added.
inline void addBook(ZipFile& zip, const std::vector<Chapter>& chapters, const std::string& package) {
  zip.add("mimetype", "application/epub+zip", ZipFile::Entry::kStored);
  zip.add("META-INF/container.xml", kContainer);
  zip.add("OEBPS/book.opf", package);
  for (const Chapter& chapter : chapters) zip.add("OEBPS/text/" + chapter.name, xhtml(chapter.body));
}

inline std::string simpleBook(const std::vector<Chapter>& chapters) {
  ZipFile zip;
  addBook(zip, chapters, packageDocument(chapters));
  return zip.bytes();
}

inline std::string wordPart(const std::string& root, const std::string& content) {
  return "<?xml version='1.0' encoding='UTF-8' standalone='yes'?><w:" + root +
         " xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' "
         "xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' "
         "xmlns:wps='http://schemas.microsoft.com/office/word/2010/wordprocessingShape' "
         "xmlns:v='urn:schemas-microsoft-com:vml' xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'>" +
         content + "</w:" + root + ">";
}

/// A paragraph with one run.
inline std::string wordParagraph(const std::string& text, const std::string& properties = {}) {
  return "<w:p>" + (properties.empty() ? "" : "<w:pPr>" + properties + "</w:pPr>") + "<w:r><w:t xml:space='preserve'>" +
         text + "</w:t></w:r></w:p>";
}

/// Content types and the document part.
inline void addWordDocument(ZipFile& zip, const std::string& body) {
  zip.add("[Content_Types].xml", "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'/>");
  zip.add("word/document.xml", wordPart("document", "<w:body>" + body + "<w:sectPr/></w:body>"));
}

inline std::string simpleWordDocument(const std::string& body) {
  ZipFile zip;
  addWordDocument(zip, body);
  return zip.bytes();
}

inline std::string openDocumentContent(const std::string& body) {
  return "<?xml version='1.0' encoding='UTF-8'?><office:document-content "
         "xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' "
         "xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0' "
         "xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0' "
         "xmlns:draw='urn:oasis:names:tc:opendocument:xmlns:drawing:1.0'><office:body><office:text>" +
         body + "</office:text></office:body></office:document-content>";
}

inline void addOpenDocument(ZipFile& zip, const std::string& body) {
  zip.add("mimetype", "application/vnd.oasis.opendocument.text", ZipFile::Entry::kStored);
  zip.add("content.xml", openDocumentContent(body));
}

inline std::string simpleOpenDocument(const std::string& body) {
  ZipFile zip;
  addOpenDocument(zip, body);
  return zip.bytes();
}

}  // namespace tidemark::test

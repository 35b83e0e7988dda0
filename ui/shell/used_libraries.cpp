#include "ui/shell/used_libraries.h"

#include <QtGlobal>

namespace tidemark::ui {
namespace {

struct OptionalLibrary {
  bool isUsed;
  const char* name;
  const char* licence;
  const char* address;
};

constexpr OptionalLibrary kOptional[] = {
    {TM_HAVE_SENTENCEPIECE != 0, "SentencePiece", "Apache-2.0", "https://github.com/google/sentencepiece"},
    {TM_HAVE_PCRE2 != 0, "PCRE2", "BSD-3-Clause", "https://www.pcre.org"},
    {TM_HAVE_EXTRACT != 0, "libzip", "BSD-3-Clause", "https://libzip.org"},
    {TM_HAVE_EXTRACT != 0, "pugixml", "MIT", "https://pugixml.org"},
    {TM_HAVE_EXTRACT != 0, "Gumbo", "Apache-2.0", "https://github.com/google/gumbo-parser"},
    {TM_HAVE_PDF != 0, "PDFium (in Qt PDF)", "BSD-3-Clause", "https://pdfium.googlesource.com/pdfium"},
    {TM_HAVE_SECCOMP != 0, "libseccomp", "LGPL-2.1", "https://github.com/seccomp/libseccomp"},
};

}  // namespace

std::vector<LibraryInfo> usedLibraries() {
  std::vector<LibraryInfo> libraries = {
      {QStringLiteral("Qt"), QString::fromLatin1(qVersion()), QStringLiteral("LGPL-3.0"),
       QStringLiteral("https://www.qt.io")},
      {QStringLiteral("SQLite"), QString(), QStringLiteral("public domain"), QStringLiteral("https://sqlite.org")},
      {QStringLiteral("JSON for Modern C++"), QString(), QStringLiteral("MIT"),
       QStringLiteral("https://json.nlohmann.me")}};
  for (const OptionalLibrary& library : kOptional) {
    if (!library.isUsed) continue;
    libraries.push_back({QString::fromLatin1(library.name), QString(), QString::fromLatin1(library.licence),
                         QString::fromLatin1(library.address)});
  }
  return libraries;
}

}  // namespace tidemark::ui

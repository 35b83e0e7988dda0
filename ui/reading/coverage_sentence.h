#pragma once
// How much of a document became text, in the words and numbers of the window. Pure.

#include <QCoreApplication>
#include <QString>

#include "engine/extraction/coverage.h"

namespace tidemark::ui {

struct CoverageSentence {
  Q_DECLARE_TR_FUNCTIONS(CoverageSentence)

 public:
  /// "PDF", "Word document", ...
  [[nodiscard]] static QString format(DocumentFormat format);
  /// "311 pages".
  [[nodiscard]] static QString pages(std::int64_t count);
  /// "311 pages · 812,334 characters"; without pages only characters.
  [[nodiscard]] static QString size(const Coverage& coverage);
  /// What is missing: "198 of 311 pages are images without text (3-200)"; empty: nothing.
  [[nodiscard]] static QString gaps(const Coverage& coverage);
  /// What was left out on purpose, for a tool tip; empty: nothing.
  [[nodiscard]] static QString leftOut(const Coverage& coverage);
  /// "3-7, 12, 40-41 and 5 more", counted from 1.
  [[nodiscard]] static QString ranges(const std::vector<PageRange>& ranges);
};

}  // namespace tidemark::ui

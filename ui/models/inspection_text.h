#pragma once
// What an inspection found, in words: one row for each thing. A new thing to say is a new row here. Pure functions.

#include <QCoreApplication>
#include <QString>
#include <vector>

#include "engine/inspect/model_inspection.h"

namespace tidemark::ui {

struct InspectionText {
  Q_DECLARE_TR_FUNCTIONS(InspectionText)
};

struct InspectionRow {
  QString label;
  QString value;
  bool operator==(const InspectionRow&) const = default;
};

/// `freeBytes`: memory that can be allocated now; 0 if not known.
[[nodiscard]] std::vector<InspectionRow> inspectionRows(const ModelInspection& inspection, quint64 freeBytes);

/// "This model can read and answer.", or how many obstacles there are.
[[nodiscard]] QString inspectionHeadline(const ModelInspection& inspection);
/// For a list: "Llama · 1.2 billion parameters", or the first problem.
[[nodiscard]] QString inspectionInShort(const ModelInspection& inspection);

/// "1.24 billion", "4.9 million", "812".
[[nodiscard]] QString countText(quint64 count);

}  // namespace tidemark::ui

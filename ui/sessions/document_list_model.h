#pragma once
// The documents of the open session, in reading order: title, size and how much of each is read. GUI thread.

#include <QAbstractListModel>
#include <optional>
#include <vector>

#include "engine/session/session_records.h"
#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

struct DocumentRow {
  qint64 id = 0;
  QString title;
  quint64 begin = 0;  // session-wide
  quint64 end = 0;
  quint64 readBytes = 0;  // of this document
  QString source;
  QString kind = {};    // "PDF, 300 pages"; empty: plain text
  QString gaps = {};    // what is missing of it, one sentence; empty: nothing
  QString taking = {};  // of a file that is becoming text: how far it is; such a row has no place in the text
  friend bool operator==(const DocumentRow&, const DocumentRow&) = default;
};

/// What is told about a document beside its place.
struct DocumentNote {
  qint64 id = 0;
  QString kind;
  QString gaps;
  QString details;
  friend bool operator==(const DocumentNote&, const DocumentNote&) = default;
};

/// A file that is becoming text.
struct ImportingDocument {
  QString path;
  int percent = -1;  // -1: nobody can tell
  friend bool operator==(const ImportingDocument&, const ImportingDocument&) = default;
};

class DocumentListModel final : public KeyedRows<QAbstractListModel, DocumentRow> {
  Q_OBJECT
 public:
  using KeyedRows::KeyedRows;

  /// `readUntil` is a session-wide position.
  void setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil,
                    const std::vector<DocumentNote>& notes = {},
                    const std::optional<ImportingDocument>& importing = std::nullopt);
  /// The document that holds this byte is the current one.
  void setCurrentByte(quint64 byte);

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] bool isCurrent(const DocumentRow& document) const;

  quint64 m_currentByte = 0;
};

}  // namespace tidemark::ui

#pragma once
// The documents of the open session, in reading order: title, size and how much of each is read. GUI thread.

#include <QAbstractListModel>

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
  friend bool operator==(const DocumentRow&, const DocumentRow&) = default;
};

class DocumentListModel final : public KeyedRows<QAbstractListModel, DocumentRow> {
  Q_OBJECT
 public:
  using KeyedRows::KeyedRows;

  /// `readUntil` is a session-wide position.
  void setDocuments(const std::vector<DocumentRecord>& documents, quint64 readUntil);
  /// The document that holds this byte is the current one.
  void setCurrentByte(quint64 byte);

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

 private:
  [[nodiscard]] bool isCurrent(const DocumentRow& document) const;

  quint64 m_currentByte = 0;
};

}  // namespace tidemark::ui

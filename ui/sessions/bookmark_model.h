#pragma once
// The bookmarks of the open session, in the order of the text. GUI thread.

#include <QAbstractListModel>

#include "engine/session/session_records.h"
#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

class BookmarkModel final : public KeyedRows<QAbstractListModel, BookmarkRecord> {
  Q_OBJECT
 public:
  using KeyedRows::KeyedRows;

  void setBookmarks(std::vector<BookmarkRecord> bookmarks);
  /// What the second line tells the place by.
  void setDocuments(const std::vector<DocumentRecord>& documents);

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  /// Asks for the new label and changes nothing: the row follows when the session has it.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renameRequested(qint64 id, const QString& label);

 private:
  struct Place {
    quint64 begin = 0;
    quint64 end = 0;
    QString title;
    friend bool operator==(const Place&, const Place&) = default;
  };
  [[nodiscard]] QString placeText(quint64 byte) const;

  std::vector<Place> m_documents;
};

}  // namespace tidemark::ui

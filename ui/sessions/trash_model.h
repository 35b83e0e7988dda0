#pragma once
// What lies in the trash of the sessions' folder, as a table. GUI thread.

#include <QAbstractTableModel>

#include "engine/session/session_library.h"
#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

class TrashModel final : public KeyedRows<QAbstractTableModel, TrashedSession> {
  Q_OBJECT
 public:
  enum Column : int { kName, kDeleted, kSize, kColumns };

  using KeyedRows::KeyedRows;

  void setTrash(std::vector<TrashedSession> sessions);

  [[nodiscard]] int columnCount(const QModelIndex& parent = QModelIndex()) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
};

}  // namespace tidemark::ui

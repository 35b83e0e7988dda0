#pragma once
// The facts that were planted and what became of them, the nearest to the end first. GUI thread.

#include <QAbstractTableModel>
#include <vector>

#include "engine/service/forgetting_meter.h"

namespace tidemark::ui {

class FactModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kDistance, kResult, kQuestion, kExpected, kAnswer, kColumns };
  using QAbstractTableModel::QAbstractTableModel;

  void setReadings(const std::vector<MarkedReading>& readings);
  /// Session-wide byte that the fact was put before.
  [[nodiscard]] quint64 placeOf(const QModelIndex& index) const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role = Qt::DisplayRole) const override;

 private:
  [[nodiscard]] static QString text(const MarkerOutcome& outcome, int column);

  std::vector<MarkerOutcome> m_facts;
};

}  // namespace tidemark::ui

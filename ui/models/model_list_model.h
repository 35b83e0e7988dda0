#pragma once
// The list of models, with the roles of list_roles.h: name, a second line, which one is the default. GUI thread.

#include <QAbstractListModel>
#include <QString>
#include <vector>

#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

/// What has become of looking at a model.
enum class CheckState { kNotChecked, kChecking, kGood, kBad };

struct ModelRow {
  QString path;
  QString name;
  bool isBuiltin = false;
  bool isDefault = false;
  CheckState check = CheckState::kNotChecked;
  QString inShort;  // of kGood and kBad
  bool operator==(const ModelRow&) const = default;
};

class ModelListModel final : public KeyedRows<QAbstractListModel, ModelRow> {
  Q_OBJECT
 public:
  using KeyedRows::KeyedRows;

  void setModels(std::vector<ModelRow> models);
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  /// The row of `path`, or -1.
  [[nodiscard]] int rowOf(const QString& path) const;
};

}  // namespace tidemark::ui

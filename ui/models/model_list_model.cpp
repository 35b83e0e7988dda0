#include "ui/models/model_list_model.h"

#include "ui/sessions/list_roles.h"
#include "ui/sessions/session_text.h"

namespace tidemark::ui {
namespace {

QString secondLine(const ModelRow& row) {
  QString state;
  switch (row.check) {
    case CheckState::kNotChecked:
      state = row.isBuiltin ? ModelListModel::tr("comes with the program") : row.path;
      break;
    case CheckState::kChecking:
      state = ModelListModel::tr("Checking …");
      break;
    case CheckState::kGood:
    case CheckState::kBad:
      state = row.inShort;
      break;
  }
  return row.isDefault ? ModelListModel::tr("default · %1").arg(state) : state;
}

}  // namespace

void ModelListModel::setModels(std::vector<ModelRow> models) {
  replaceRows(std::move(models), [](const ModelRow& row) { return row.path; });
}

QVariant ModelListModel::data(const QModelIndex& index, int role) const {
  const ModelRow* row = rowAt(index);
  if (row == nullptr) return {};
  switch (role) {
    case Qt::DisplayRole:
      return row->name;
    case Qt::ToolTipRole:
      return plainToolTip(row->path);
    case Qt::AccessibleTextRole:
      return tr("%1, %2").arg(row->name, secondLine(*row));
    case kSecondLineRole:
      return secondLine(*row);
    case kCurrentRole:
      return row->isDefault;
    case kProblemRole:
      return row->check == CheckState::kBad ? row->inShort : QString();
    case kPathRole:
      return row->path;
    default:
      return {};
  }
}

int ModelListModel::rowOf(const QString& path) const {
  for (std::size_t i = 0; i < rows().size(); ++i) {
    if (rows()[i].path == path) return static_cast<int>(i);
  }
  return -1;
}

}  // namespace tidemark::ui

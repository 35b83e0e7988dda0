#pragma once
// The stored questions and what two memories answer, those that differ first. GUI thread.

#include <QAbstractTableModel>
#include <vector>

#include "engine/service/memory_diff_job.h"

namespace tidemark::ui {

class QuestionDiffModel final : public QAbstractTableModel {
  Q_OBJECT

 public:
  enum Column { kResult, kQuestion, kFirst, kSecond, kColumns };
  using QAbstractTableModel::QAbstractTableModel;

  void setQuestions(std::vector<QuestionDifference> questions);

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] int columnCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation,
                                    int role = Qt::DisplayRole) const override;

 private:
  [[nodiscard]] QString text(const QuestionDifference& question, int column) const;

  std::vector<QuestionDifference> m_questions;
};

}  // namespace tidemark::ui

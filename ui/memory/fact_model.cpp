#include "ui/memory/fact_model.h"

#include <QLocale>
#include <algorithm>

#include "ui/memory/memory_texts.h"

namespace tidemark::ui {

void FactModel::setReadings(const std::vector<MarkedReading>& readings) {
  beginResetModel();
  m_facts.clear();
  for (const MarkedReading& reading : readings) {
    m_facts.insert(m_facts.end(), reading.outcomes.begin(), reading.outcomes.end());
  }
  std::stable_sort(m_facts.begin(), m_facts.end(),
                   [](const MarkerOutcome& a, const MarkerOutcome& b) { return a.distance < b.distance; });
  endResetModel();
}

quint64 FactModel::placeOf(const QModelIndex& index) const {
  return m_facts[static_cast<std::size_t>(index.row())].plantedAt;
}

int FactModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_facts.size());
}

int FactModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString FactModel::text(const MarkerOutcome& outcome, int column) {
  switch (column) {
    case kDistance:
      return QLocale().toString(static_cast<qlonglong>(outcome.distance));
    case kResult:
      return outcomeText(outcome);
    case kQuestion:
      return QString::fromStdString(outcome.fact.question);
    case kExpected:
      return QString::fromStdString(outcome.fact.answer);
    case kAnswer:
      return answerOr(outcome.answer);
    default:
      return {};
  }
}

QVariant FactModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const MarkerOutcome& outcome = m_facts[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole) return text(outcome, index.column());
  if (role == Qt::ToolTipRole) {
    return QStringLiteral("<p>%1</p>")
        .arg(tr("Planted: %1").arg(QString::fromStdString(outcome.fact.sentence)).toHtmlEscaped());
  }
  if (role == Qt::TextAlignmentRole && index.column() == kDistance) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && section == kDistance) return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case kDistance:
      return tr("Distance");
    case kResult:
      return tr("Result");
    case kQuestion:
      return tr("Question");
    case kExpected:
      return tr("Planted");
    case kAnswer:
      return tr("Answer");
    default:
      return {};
  }
}

}  // namespace tidemark::ui

#include "ui/memory/question_diff_model.h"

#include <QFont>
#include <algorithm>

#include "ui/memory/memory_texts.h"

namespace tidemark::ui {

void QuestionDiffModel::setQuestions(std::vector<QuestionDifference> questions) {
  beginResetModel();
  m_questions = std::move(questions);
  std::stable_partition(m_questions.begin(), m_questions.end(),
                        [](const QuestionDifference& each) { return each.differs(); });
  endResetModel();
}

int QuestionDiffModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(m_questions.size());
}

int QuestionDiffModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : kColumns;
}

QString QuestionDiffModel::text(const QuestionDifference& question, int column) const {
  const bool isAsked = question.problem.empty();
  switch (column) {
    case kResult:
      return !isAsked ? tr("not asked") : question.differs() ? tr("differs") : tr("same");
    case kQuestion:
      return QString::fromStdString(question.question).simplified();
    case kFirst:
      return isAsked ? answerOr(question.first.text) : QString::fromStdString(question.problem);
    case kSecond:
      return isAsked ? answerOr(question.second.text) : QString();
    default:
      return {};
  }
}

QVariant QuestionDiffModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const QuestionDifference& question = m_questions[static_cast<std::size_t>(index.row())];
  if (role == Qt::DisplayRole) return text(question, index.column());
  // Tool tips guess whether their text is markup; escaped and wrapped in a paragraph it is never taken for any.
  if (role == Qt::ToolTipRole) {
    return QStringLiteral("<p>%1</p>").arg(text(question, index.column()).toHtmlEscaped());
  }
  if (role == Qt::FontRole && index.column() == kResult && question.differs()) {
    QFont bold;
    bold.setWeight(QFont::DemiBold);
    return bold;
  }
  return {};
}

QVariant QuestionDiffModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case kResult:
      return tr("Answers");
    case kQuestion:
      return tr("Question");
    case kFirst:
      return tr("First memory");
    case kSecond:
      return tr("Second memory");
    default:
      return {};
  }
}

}  // namespace tidemark::ui

#pragma once
// The files that are about to be read, in the order in which they will be: what each is, how much of it is text, and
// what is in the way. GUI thread.

#include <QAbstractListModel>
#include <QStringList>
#include <vector>

#include "engine/extraction/coverage.h"

namespace tidemark::ui {

enum class ReadingFileState {
  kWaiting,
  kChecking,
  kGood,
  kMostlyImages,  // read only if somebody says so
  kRefused,
};

struct ReadingListRow {
  int id = 0;  // place in the list as it was opened
  QString path;
  ReadingFileState state = ReadingFileState::kWaiting;
  int percent = -1;      // while it is being checked; -1: nobody can tell
  QString summary = {};  // format, pages, characters
  QString problem = {};  // what is missing, or why it is refused
  QString details = {};
  bool force = false;  // mostly images, and wanted all the same
};

class ReadingListModel final : public QAbstractListModel {
  Q_OBJECT
 public:
  enum Role : int {
    kSecondLineRole = Qt::UserRole,
    kProblemRole,    // QString
    kStateRole,      // int: ReadingFileState
    kPercentRole,    // int
    kStateTextRole,  // QString: "waiting", "42 %", "refused", ...
    kLeftOutRole     // bool: mostly images, and nobody wants it all the same
  };

  using QAbstractListModel::QAbstractListModel;

  void begin(const QStringList& paths);
  /// Results for rows that were removed are dropped.
  void setProgress(int id, int percent);
  void setChecked(int id, DocumentFormat format, const Coverage& coverage);
  void setRefused(int id, const QString& reason);
  void setForce(int row, bool force);
  /// Moves a row so many places, as far as there is room. Where it is now.
  int moveBy(int row, int places);

  [[nodiscard]] const std::vector<ReadingListRow>& rows() const { return m_rows; }
  /// Everything was looked at.
  [[nodiscard]] bool isSettled() const;
  /// What will be read, in order.
  [[nodiscard]] std::vector<int> wantedIds() const;
  [[nodiscard]] bool isForced() const;

  [[nodiscard]] int rowCount(const QModelIndex& parent = QModelIndex()) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
  bool moveRows(const QModelIndex& sourceParent, int sourceRow, int count, const QModelIndex& destinationParent,
                int destinationChild) override;
  bool removeRows(int row, int count, const QModelIndex& parent = QModelIndex()) override;

 Q_SIGNALS:
  /// Of anything that decides what is read.
  void listChanged();

 private:
  template <typename Change>
  void change(int id, const Change& change);
  [[nodiscard]] static QString stateText(const ReadingListRow& row);

  std::vector<ReadingListRow> m_rows;
};

}  // namespace tidemark::ui

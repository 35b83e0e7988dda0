#pragma once
// Sessions as a table for the browser: one column per figure, each with its own order. GUI thread.

#include <QAbstractTableModel>

#include "engine/session/session_library.h"
#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

class SessionTableModel final : public KeyedRows<QAbstractTableModel, SessionSummary> {
  Q_OBJECT
 public:
  enum Column : int { kName, kDocuments, kSize, kLastUse, kRead, kSegments, kQuestions, kColumns };

  using KeyedRows::KeyedRows;

  void setSessions(std::vector<SessionSummary> sessions);
  void setCurrentSession(const QString& path);

  [[nodiscard]] int columnCount(const QModelIndex& parent = QModelIndex()) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  /// Asks for the new name and changes nothing.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renameRequested(const QString& path, const QString& newName);

 private:
  [[nodiscard]] QString text(const SessionSummary& session, int column) const;

  QString m_current;
};

}  // namespace tidemark::ui

#pragma once
// The sessions of the sidebar, in the order given. GUI thread.

#include <QAbstractListModel>

#include "engine/session/session_library.h"
#include "ui/sessions/keyed_rows.h"

namespace tidemark::ui {

class SessionListModel final : public KeyedRows<QAbstractListModel, SessionSummary> {
  Q_OBJECT
 public:
  using KeyedRows::KeyedRows;

  /// Rows are told apart by their path.
  void setSessions(std::vector<SessionSummary> sessions);
  /// The open session; an empty path: none.
  void setCurrentSession(const QString& path);
  [[nodiscard]] const QString& currentSession() const { return m_current; }
  /// Second line of the open session, instead of what its file says; empty: what its file says.
  void setCurrentState(const QString& secondLine);
  /// Invalid if it is not there.
  [[nodiscard]] QModelIndex indexOf(const QString& path) const;

  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] Qt::ItemFlags flags(const QModelIndex& index) const override;
  /// Asks for the new name and changes nothing: the row follows when the file has it.
  bool setData(const QModelIndex& index, const QVariant& value, int role) override;

 Q_SIGNALS:
  void renameRequested(const QString& path, const QString& newName);

 private:
  [[nodiscard]] QString toolTip(const SessionSummary& session) const;
  void currentChanged(const QString& path);

  QString m_current;
  QString m_currentState;
};

}  // namespace tidemark::ui

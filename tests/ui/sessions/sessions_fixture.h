#pragma once
// Sessions as the models get them, without files.

#include <gtest/gtest.h>

#include <QAbstractItemModel>
#include <QStringList>

#include "engine/session/session_library.h"

namespace tidemark::ui {

inline SessionSummary makeSession(const std::string& name, std::int64_t questions = 0, bool finished = true) {
  SessionSummary session;
  session.path = "/books/" + name + ".tidemark";
  session.name = name;
  session.modified = std::chrono::system_clock::time_point(std::chrono::hours(500'000));
  session.bytes = 18'000'000;
  session.documents = {name + ".txt"};
  session.model = "mini";
  session.segments = 367;
  session.textBytes = 1000;
  session.readBytes = finished ? 1000 : 620;
  session.finished = finished;
  session.questions = questions;
  return session;
}

inline SessionSummary makeBroken(const std::string& name) {
  SessionSummary session;
  session.path = "/books/" + name + ".tidemark";
  session.name = name;
  session.problem = "/books/" + name + ".tidemark is empty, not a Tidemark session: choose another file";
  return session;
}

inline QString pathOf(const std::string& name) {
  return QStringLiteral("/books/%1.tidemark").arg(QString::fromStdString(name));
}

inline QStringList columnOf(const QAbstractItemModel& model, int role = Qt::DisplayRole, int column = 0) {
  QStringList texts;
  for (int row = 0; row < model.rowCount(); ++row) texts << model.index(row, column).data(role).toString();
  return texts;
}

inline DocumentRecord makeDocument(std::int64_t id, const std::string& title, std::uint64_t begin, std::uint64_t end) {
  DocumentRecord document;
  document.id = id;
  document.title = title;
  document.bytes = {begin, end};
  return document;
}

}  // namespace tidemark::ui

/// gtest prints texts, not arrays of characters.
inline void PrintTo(const QString& text, std::ostream* out) {
  *out << '"' << text.toStdString() << '"';
}
inline void PrintTo(const QStringList& texts, std::ostream* out) {
  *out << texts.join(QStringLiteral(" | ")).toStdString();
}

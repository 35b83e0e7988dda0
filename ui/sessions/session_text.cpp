#include "ui/sessions/session_text.h"

#include <QCoreApplication>
#include <QFile>
#include <QLocale>

namespace tidemark::ui {
namespace {

struct StateWords {
  Q_DECLARE_TR_FUNCTIONS(tidemark::ui::SessionText)
};

}  // namespace

QString pathText(const std::filesystem::path& path) {
  return QFile::decodeName(path.c_str());
}

QDateTime dateTime(std::chrono::system_clock::time_point time) {
  const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
  return QDateTime::fromMSecsSinceEpoch(since.count());
}

QString percentText(quint64 part, quint64 whole) {
  double share = whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole) * 100;
  if (part < whole) share = qMin(share, 99.0);
  if (part > 0) share = qBound(1.0, share, 100.0);
  return StateWords::tr("%1 %").arg(QLocale().toString(static_cast<int>(share)));
}

QString sessionState(const SessionSummary& session) {
  const int questions = static_cast<int>(session.questions);
  if (session.textBytes == 0) return StateWords::tr("nothing read yet");
  if (!session.finished) return StateWords::tr("paused at %1").arg(percentText(session.readBytes, session.textBytes));
  if (questions == 0) return StateWords::tr("finished");
  return StateWords::tr("finished · %Ln questions", nullptr, questions);
}

QString problemInShort(const SessionSummary& session) {
  QString problem = QString::fromStdString(session.problem);
  const QString path = pathText(session.path);
  if (const qsizetype place = problem.indexOf(path); place >= 0) {
    problem.remove(0, place + path.size());
    while (!problem.isEmpty() && !problem.front().isLetterOrNumber()) problem.remove(0, 1);
  }
  // What to do about it follows, and stands in the tool tip.
  for (const QChar mark : {QLatin1Char(':'), QLatin1Char(';')}) {
    if (const qsizetype end = problem.indexOf(mark); end > 0) problem.truncate(end);
  }
  return problem;
}

QString plainToolTip(const QString& text) {
  return QStringLiteral("<p style='white-space:pre-wrap'>%1</p>").arg(text.toHtmlEscaped());
}

}  // namespace tidemark::ui

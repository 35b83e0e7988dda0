#include "ui/window/sources_presenter.h"

#include <utility>

#include "ui/shell/message_bar.h"
#include "ui/shell/window_state.h"

namespace tidemark::ui {
namespace {

constexpr const char* kMessageKey = "changedSources";

QString pathOf(const ComparedSources::Changed& file) {
  return QString::fromStdString(file.document.sourcePath);
}

/// A file as it is now: when it changes again, so does this. Its path is what follows the second space.
QString editionOf(const ComparedSources::Changed& file) {
  return QStringLiteral("%1 %2 %3").arg(file.stamp.bytes).arg(file.stamp.modified).arg(pathOf(file));
}

}  // namespace

SourcesPresenter::SourcesPresenter(SessionController& controller, WindowStateStore& state, MessageBar& messages,
                                   std::function<void()> keepPlace, QObject* parent)
    : QObject(parent),
      m_controller(controller),
      m_state(state),
      m_messages(messages),
      m_keepPlace(std::move(keepPlace)) {
  connect(&m_controller, &SessionController::sourcesCompared, this, &SourcesPresenter::show);
  connect(&m_controller, &SessionController::sessionLeft, this,
          [this] { m_messages.dismiss(QLatin1String(kMessageKey)); });
}

void SourcesPresenter::show(const ComparedSources& sources) {
  const QStringList kept = m_state.sessionView(m_controller.facts().path).kept;
  std::vector<Changed> changed = sources.changed;
  if (!sources.wasAsked) {
    std::erase_if(changed, [&kept](const Changed& each) { return kept.contains(editionOf(each)); });
  }
  if (!changed.empty()) offer(changed);
  if (sources.wasAsked && (changed.empty() || !sources.missing.isEmpty())) answer(sources);
}

void SourcesPresenter::offer(const std::vector<Changed>& changed) {
  std::vector<qint64> ids;
  QStringList paths;
  for (const Changed& each : changed) {
    ids.push_back(each.document.id);
    paths << pathOf(each);
  }
  const QString first = QString::fromStdString(changed.front().document.title);
  Message message;
  message.severity = Severity::kWarning;
  message.key = QLatin1String(kMessageKey);
  message.text = changed.size() == 1 ? tr("%1 has changed since it was read.").arg(first)
                                     : tr("%Ln document(s) have changed since they were read; the first: %1.", nullptr,
                                          static_cast<int>(changed.size()))
                                           .arg(first);
  message.details = paths.join(QLatin1Char('\n'));
  message.actions.push_back({tr("Read again from the change"), [this, ids] {
                               m_keepPlace();
                               m_controller.revise(ids);
                             }});
  message.actions.push_back(
      {tr("Keep"), [this, session = m_controller.facts().path, changed] { keep(session, changed); }});
  m_messages.showMessage(std::move(message));
}

/// An older edition that was kept of the same file is forgotten: the file will not be that one again.
void SourcesPresenter::keep(const QString& session, const std::vector<Changed>& changed) {
  QStringList kept = m_state.sessionView(session).kept;
  for (const Changed& each : changed) {
    kept.removeIf([path = pathOf(each)](const QString& one) { return one.section(QLatin1Char(' '), 2) == path; });
    kept.prepend(editionOf(each));
  }
  m_state.setKept(session, kept);
}

void SourcesPresenter::answer(const ComparedSources& sources) {
  Message message;
  message.key = QStringLiteral("comparedSources");
  if (!sources.missing.isEmpty()) {
    message.severity = Severity::kWarning;
    message.text = tr("%Ln file(s) of this session cannot be found or read any more; what was read of them stays.",
                      nullptr, static_cast<int>(sources.missing.size()));
    message.details = sources.missing.join(QLatin1Char('\n'));
  } else if (sources.unchanged > 0) {
    message.text = tr("The files of this session are what they were when they were read.");
  } else {
    message.text = tr("This session was not read from files.");
  }
  m_messages.showMessage(std::move(message));
}

}  // namespace tidemark::ui

#pragma once
// Files that changed after they were read: offered to be read again, once for each state of a file, since whoever wants
// to keep the older text says so once. GUI thread.

#include <QObject>
#include <functional>

#include "ui/window/session_controller.h"

namespace tidemark::ui {

class MessageBar;
class WindowStateStore;

class SourcesPresenter final : public QObject {
  Q_OBJECT

 public:
  /// `keepPlace`: called before a text is read anew, so that the view stays where it is.
  SourcesPresenter(SessionController& controller, WindowStateStore& state, MessageBar& messages,
                   std::function<void()> keepPlace, QObject* parent = nullptr);

 private:
  using Changed = ComparedSources::Changed;
  void show(const ComparedSources& sources);
  void offer(const std::vector<Changed>& changed);
  void keep(const QString& session, const std::vector<Changed>& changed);
  void answer(const ComparedSources& sources);

  SessionController& m_controller;
  WindowStateStore& m_state;
  MessageBar& m_messages;
  std::function<void()> m_keepPlace;
};

}  // namespace tidemark::ui

#pragma once
// A session controller with a fake engine, and the panels that presenters of the memory need.

#include <gtest/gtest.h>

#include "tests/ui/support/fake_engine.h"
#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/shell/message_bar.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/memory_presenter.h"
#include "ui/window/session_controller.h"

namespace tidemark::ui {

class ControlledPanels : public ::testing::Test {
 protected:
  [[nodiscard]] MemoryPanels memoryPanels() {
    return {m_document, m_wavefront, m_questions, m_sidebar, m_timeline, m_messages};
  }

  std::shared_ptr<testing::FakeEngineLog> m_log = std::make_shared<testing::FakeEngineLog>();
  TextLoader m_loader;
  EngineBridge m_bridge{testing::makerOf(m_log)};
  SessionController m_controller{m_bridge, m_loader};
  DocumentPanel m_document;
  WavefrontPanel m_wavefront;
  QuestionPanel m_questions;
  SessionSidebar m_sidebar;
  TimelinePanel m_timeline;
  MessageBar m_messages;
};

}  // namespace tidemark::ui

#pragma once
// The real window with the real engine and the built-in model, offscreen, with settings, state and sessions of its own.

#include <gtest/gtest.h>

#include <QApplication>
#include <QTemporaryDir>
#include <QTest>
#include <fstream>
#include <memory>

#include "engine/service/session_host.h"
#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/shell/message_bar.h"
#include "ui/window/main_window.h"

namespace tidemark::ui {

// The sanitizers make everything slower; what is waited for comes or does not.
inline constexpr int kLongMilliseconds = 120'000;

class WindowTest : public ::testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path folder() const { return m_folder.path().toStdString(); }
  [[nodiscard]] static std::filesystem::path resource(const std::string& name) {
    return std::filesystem::path(TM_SOURCE_DIR) / "resources" / name;
  }
  QString write(const std::string& name, const std::string& text) {
    const auto path = folder() / name;
    std::ofstream(path, std::ios::binary) << text;
    return QString::fromStdString(path.string());
  }

  void openWindow() {
    WindowContext context;
    context.loadNotes = std::make_shared<LoadNotes>(folder() / "state/tidemark/loading");
    context.makeEngine = [notes = context.loadNotes](NoticeSink sink) {
      return std::make_unique<SessionHost>(std::move(sink), notes);
    };
    context.builtinModel = resource("models/mini");
    context.samples = resource("samples");
    context.settingsPath = path("settings.ini");
    context.statePath = path("window.ini");
    context.version = QStringLiteral("test");
    if (!QFile::exists(context.settingsPath)) {
      Settings settings;
      settings.sessionsFolder = path("sessions");
      settings.threads = 2;
      (void)saveSettings(context.settingsPath, settings);
    }
    m_window = std::make_unique<MainWindow>(std::move(context));
    m_window->show();
    ASSERT_TRUE(QTest::qWaitForWindowExposed(m_window.get()));
  }
  void closeWindow() {
    m_window->close();
    m_window.reset();
  }

  [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
  [[nodiscard]] ReadingState state() const { return m_window->session().facts().state; }
  bool waitFor(ReadingState wanted) {
    return QTest::qWaitFor([&] { return state() == wanted; }, kLongMilliseconds);
  }
  /// The answer to the newest question, once it is there.
  QString waitForAnswer(std::size_t exchanges) {
    const bool came = QTest::qWaitFor(
        [&] {
          const auto all = m_window->questionPanel().exchanges();
          return all.size() == exchanges && !all.back().waiting && all.back().state != QuestionState::kRunning;
        },
        kLongMilliseconds);
    return came ? m_window->questionPanel().exchanges().back().answer : QStringLiteral("(none came)");
  }
  bool openSample() {
    m_window->actions().trySample->trigger();
    return waitFor(ReadingState::kFinished);
  }

  QTemporaryDir m_folder;
  std::unique_ptr<MainWindow> m_window;
};

}  // namespace tidemark::ui

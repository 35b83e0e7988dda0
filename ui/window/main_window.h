#pragma once
// The main window: puts panels into docks and actions into menus, and remembers how it was left. What a session does is
// in SessionController, what it looks like in SessionPresenter, the folder of sessions in LibraryController. GUI
// thread.

#include <QMainWindow>
#include <QPointer>
#include <QStringList>
#include <QUndoStack>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <tuple>

#include "engine/backend/cuda_loader/cuda_loader.h"
#include "engine/service/load_notes.h"
#include "ui/bridge/engine_bridge.h"
#include "ui/bridge/text_loader.h"
#include "ui/shell/settings.h"
#include "ui/shell/window_state.h"
#include "ui/window/bookmark_controller.h"
#include "ui/window/library_controller.h"
#include "ui/window/session_controller.h"
#include "ui/window/window_actions.h"

class QDockWidget;
class QSplitter;
class QStackedWidget;
class QToolButton;

namespace tidemark::ui {

class CommandPalette;
class DiffPanel;
class DocumentPanel;
class MemoryPresenter;
class MemoryToolsPresenter;
class MessageBar;
class ModelsController;
class PagePanel;
class PagesPresenter;
class PreferencesDialog;
struct PreferencesFacts;
class QuestionPanel;
class ReadingBar;
class ReadingListPage;
class RecallPanel;
class SessionBrowser;
class SessionPresenter;
class SessionSidebar;
class ShortcutSheet;
class SourcesPresenter;
class StatusLine;
class ThemeSource;
class TimelinePanel;
class WavefrontPanel;
class WelcomePage;
enum class ExportFormat;
enum class Severity;

/// What the window is given by main(): where things are, and how an engine is made.
struct WindowContext {
  EngineBridge::MakeEngine makeEngine;
  std::filesystem::path builtinModel;
  std::filesystem::path samples;
  QString settingsPath;
  QString statePath;
  QString version;
  QString modelsFolder = {};                  // of downloads; empty: the usual one
  std::shared_ptr<LoadNotes> loadNotes = {};  // which models were being loaded when a program ended; null: unknown
};

class MainWindow final : public QMainWindow {
  Q_OBJECT

 public:
  explicit MainWindow(WindowContext context, QWidget* parent = nullptr);
  ~MainWindow() override;

  /// Files given on the command line, forwarded by a second start, or dropped.
  void openFiles(const QStringList& paths);
  /// Opens the session that was open when the program ended, if it was and nothing else was asked for.
  void resumeLastSession();
  /// Comes to the front; `activationToken` is what the desktop gave the second start.
  void comeForward(const QByteArray& activationToken = {});

  // For tests and scripts that drive the window.
  [[nodiscard]] SessionController& session() { return *m_session; }
  [[nodiscard]] WindowActions& actions() { return *m_actions; }
  [[nodiscard]] DocumentPanel& documentPanel() { return *m_document; }
  [[nodiscard]] WavefrontPanel& wavefrontPanel() { return *m_wavefront; }
  [[nodiscard]] PagePanel& pagePanel() { return *m_pages; }
  [[nodiscard]] ReadingListPage& readingList() { return *m_readingList; }
  [[nodiscard]] QuestionPanel& questionPanel() { return *m_questions; }
  [[nodiscard]] TimelinePanel& timelinePanel() { return *m_timeline; }
  [[nodiscard]] DiffPanel& diffPanel() { return *m_diff; }
  [[nodiscard]] RecallPanel& recallPanel() { return *m_recall; }
  [[nodiscard]] MessageBar& messageBar() { return *m_messages; }
  [[nodiscard]] ModelsController& models() { return *m_models; }
  [[nodiscard]] const Settings& settings() const { return m_settings; }
  void applySettings(const Settings& settings);

 protected:
  void closeEvent(QCloseEvent* event) override;
  void changeEvent(QEvent* event) override;

 private:
  void showAppearance(const Settings& settings);
  void makePanels();
  void makeDocks();
  void makeToolBar();
  [[nodiscard]] QDockWidget* makeDock(const QString& objectName, const QString& title, QWidget* panel,
                                      Qt::DockWidgetArea area);
  void connectSession();
  void connectReadingList();
  void connectPages();
  void showPages();
  void showCentre();
  void connectLibrary();
  void connectBookmarks();
  void connectFileActions();
  void connectViewActions();
  void connectSessionActions();
  void connectGoActions();
  void connectMemory();
  void connectMemoryTools();
  void restoreDefaultLayout();
  void rebuildRecentMenu();
  void updateActions(const SessionFacts& facts);
  void rememberPlace();
  void showSessionPlace(const QString& path);
  void showPreferences();
  /// Applies, saves, and shows them wherever they are shown.
  void changeSettings(const Settings& settings);
  /// Why the chosen model is not loaded by itself; empty: it is.
  [[nodiscard]] QString whyWithheld(const std::filesystem::path& model) const;
  void sayWithheld();
  [[nodiscard]] PreferencesFacts preferencesFacts() const;
  /// Finds out what the GPU is, on the worker, and then calls `then`; at once if it is known.
  void withCuda(std::function<void()> then);
  void showBrowser();
  void showShortcuts();
  void showAbout();
  void exportConversation(ExportFormat format);
  void writeConversation(const QString& path, ExportFormat format);
  void askForFiles(const QString& title, std::function<void(const QStringList&)> then);
  void openSample();
  void cyclePanels(int step);
  void releaseSession(std::function<void()> then);
  void say(Severity severity, const QString& text);

  WindowContext m_context;
  Settings m_settings;
  WindowStateStore m_state;
  QUndoStack m_undoStack;

  // Engine side; taken down in this order when the window goes.
  std::unique_ptr<EngineBridge> m_bridge;
  std::unique_ptr<TextLoader> m_loader;
  std::unique_ptr<SessionController> m_session;
  std::unique_ptr<LibraryController> m_library;
  std::unique_ptr<BookmarkController> m_bookmarks;
  std::unique_ptr<ModelsController> m_models;
  std::unique_ptr<SessionPresenter> m_presenter;
  std::unique_ptr<PagesPresenter> m_pagesPresenter;
  std::unique_ptr<MemoryPresenter> m_memoryPresenter;
  std::unique_ptr<MemoryToolsPresenter> m_memoryTools;
  std::unique_ptr<SourcesPresenter> m_sources;
  std::unique_ptr<WindowActions> m_actions;
  BackgroundWorker m_worker;

  DocumentPanel* m_document = nullptr;
  PagePanel* m_pages = nullptr;
  QSplitter* m_reader = nullptr;  // the text, and its pages beside it
  ReadingListPage* m_readingList = nullptr;
  WavefrontPanel* m_wavefront = nullptr;
  QuestionPanel* m_questions = nullptr;
  TimelinePanel* m_timeline = nullptr;
  DiffPanel* m_diff = nullptr;
  RecallPanel* m_recall = nullptr;
  SessionSidebar* m_sidebar = nullptr;
  StatusLine* m_status = nullptr;
  ReadingBar* m_reading = nullptr;
  MessageBar* m_messages = nullptr;
  WelcomePage* m_welcome = nullptr;
  QStackedWidget* m_centre = nullptr;
  QToolButton* m_readButton = nullptr;
  CommandPalette* m_palette = nullptr;
  ThemeSource* m_themeSource = nullptr;
  QPointer<PreferencesDialog> m_preferences;
  std::optional<CudaSummary> m_cuda;  // once somebody wanted to know
  QPointer<SessionBrowser> m_browser;
  QPointer<ShortcutSheet> m_sheet;
  std::vector<QDockWidget*> m_docks;
  std::optional<std::pair<Appearance, bool>> m_appearance;  // and whether the desktop is dark
  QByteArray m_defaultLayout;
  QString m_placeShownFor;
  std::filesystem::path m_model;                        // that is chosen
  QString m_withheld;                                   // why it is not loaded by itself; empty: it is
  std::optional<std::filesystem::path> m_allowedModel;  // to be loaded whatever happened the last time
  std::optional<std::tuple<ReadingState, QString, bool, bool, bool, bool, MemoryWork>> m_actionsShownFor;
};

}  // namespace tidemark::ui

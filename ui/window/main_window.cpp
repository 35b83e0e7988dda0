#include "ui/window/main_window.h"

#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QMenuBar>
#include <QStackedWidget>
#include <QStatusBar>
#include <QToolBar>
#include <QToolButton>
#include <QVBoxLayout>
#include <utility>

#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"
#include "ui/pages/page_panel.h"
#include "ui/reading/reading_list_page.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/drop_target.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/reading_bar.h"
#include "ui/shell/status_line.h"
#include "ui/shell/theme_source.h"
#include "ui/shell/welcome_page.h"
#include "ui/theme/hairline_splitter.h"
#include "ui/theme/icon.h"
#include "ui/theme/theme.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/dock_grip.h"
#include "ui/window/memory_presenter.h"
#include "ui/window/memory_tools_presenter.h"
#include "ui/window/models_controller.h"
#include "ui/window/pages_presenter.h"
#include "ui/window/session_presenter.h"
#include "ui/window/sources_presenter.h"

namespace tidemark::ui {
namespace {

// Another arrangement of docks makes an older saved one meaningless.
constexpr int kLayoutVersion = 3;

BackendChoice backendOf(DeviceChoice device) {
  switch (device) {
    case DeviceChoice::kCpu:
      return BackendChoice::kCpu;
    case DeviceChoice::kCuda:
      return BackendChoice::kCuda;
    default:
      return BackendChoice::kAuto;
  }
}

}  // namespace

MainWindow::MainWindow(WindowContext context, QWidget* parent)
    : QMainWindow(parent), m_context(std::move(context)), m_state(m_context.statePath) {
  setObjectName(QStringLiteral("mainWindow"));
  setWindowTitle(QStringLiteral("Tidemark"));
  setWindowIcon(QIcon(QStringLiteral(":/icons/tidemark.svg")));
  setDockOptions(QMainWindow::AnimatedDocks | QMainWindow::AllowNestedDocks | QMainWindow::AllowTabbedDocks);
  m_themeSource = new ThemeSource(isDark(QApplication::palette()), this);
  connect(m_themeSource, &ThemeSource::darkChanged, this, [this] { applySettings(m_settings); });
  m_themeSource->askDesktop();
  const LoadedSettings loaded = loadSettings(m_context.settingsPath);
  showAppearance(loaded.settings);  // before there is a widget to restyle

  m_bridge = std::make_unique<EngineBridge>(m_context.makeEngine);
  m_loader = std::make_unique<TextLoader>();
  m_session = std::make_unique<SessionController>(*m_bridge, *m_loader);
  m_library = std::make_unique<LibraryController>(
      m_undoStack, LibraryController::Hooks{
                       [this](const QString& path) { return m_session->facts().path == path; },
                       [this](std::function<void()> then) { releaseSession(std::move(then)); },
                       [this](const QString& path) { m_session->openSession(path); },
                       [this](const QString& from, const QString& to) { m_state.moveSession(from, to); },
                   });
  m_bookmarks = std::make_unique<BookmarkController>(*m_session, m_undoStack);
  m_settings = loaded.settings;
  m_models = std::make_unique<ModelsController>(
      ModelsController::Places{QString::fromStdString(m_context.builtinModel.string()),
                               m_context.modelsFolder.isEmpty() ? defaultModelsFolder() : m_context.modelsFolder},
      ModelsController::Hooks{[this]() -> const Settings& { return m_settings; },
                              [this](const Settings& settings) { changeSettings(settings); }});
  m_actions = std::make_unique<WindowActions>(this);
  m_actions->undo = m_undoStack.createUndoAction(this, tr("&Undo"));
  m_actions->undo->setShortcuts(QKeySequence::Undo);
  m_actions->undo->setIcon(themedIcon(QStringLiteral("undo")));
  m_actions->redo = m_undoStack.createRedoAction(this, tr("&Redo"));
  m_actions->redo->setShortcuts(QKeySequence::Redo);
  m_actions->redo->setIcon(themedIcon(QStringLiteral("redo")));

  makePanels();
  makeDocks();
  makeToolBar();
  m_presenter = std::make_unique<SessionPresenter>(
      *m_session, Panels{*m_document, *m_wavefront, *m_questions, *m_sidebar, *m_status, *m_reading, *m_messages});
  m_memoryPresenter = std::make_unique<MemoryPresenter>(
      *m_session, MemoryPanels{*m_document, *m_wavefront, *m_questions, *m_sidebar, *m_timeline, *m_messages});
  m_memoryTools = std::make_unique<MemoryToolsPresenter>(
      *m_session, *m_memoryPresenter,
      MemoryToolPanels{*m_diff, *m_recall, *m_document, *m_wavefront, *m_sidebar, *m_messages});
  m_sources =
      std::make_unique<SourcesPresenter>(*m_session, m_state, *m_messages, [this] { m_presenter->keepPlace(); });
  m_pagesPresenter = std::make_unique<PagesPresenter>(*m_session, *m_document, *m_pages, makePdfPages);
  m_actions->buildMenus(*menuBar());
  connectSession();
  connectReadingList();
  connectPages();
  connectLibrary();
  connectFileActions();
  connectViewActions();
  connectSessionActions();
  connectGoActions();
  connectMemory();
  connectMemoryTools();
  rebuildRecentMenu();

  applySettings(loaded.settings);
  for (const QString& problem : loaded.problems) say(Severity::kWarning, problem);

  resize(1440, 900);
  restoreDefaultLayout();
  m_defaultLayout = saveState(kLayoutVersion);
  if (!m_state.state().geometry.isEmpty()) restoreGeometry(m_state.state().geometry);
  if (!m_state.state().docks.isEmpty()) restoreState(m_state.state().docks, kLayoutVersion);
  m_document->setZoom(m_state.state().zoomPercent / 100.0);
  m_palette->setRecentCommands(m_state.state().recentCommands);
  updateActions(m_session->facts());
}

MainWindow::~MainWindow() {
  // Nothing may call into panels that are going away: first the engine, then the text, then what listened to them.
  m_bridge->shutDown();
  m_models.reset();
  m_pagesPresenter.reset();
  m_memoryTools.reset();
  m_memoryPresenter.reset();
  m_presenter.reset();
  m_bookmarks.reset();
  m_library.reset();
  m_session.reset();
  m_loader.reset();
  m_bridge.reset();
}

void MainWindow::makePanels() {
  m_document = new DocumentPanel(this);
  m_pages = new PagePanel(this);
  m_readingList = new ReadingListPage(this);
  m_wavefront = new WavefrontPanel(this);
  m_questions = new QuestionPanel(this);
  m_timeline = new TimelinePanel(this);
  m_diff = new DiffPanel(this);
  m_recall = new RecallPanel(this);
  m_sidebar = new SessionSidebar(this);
  m_status = new StatusLine(this);
  m_reading = new ReadingBar(this);
  m_messages = new MessageBar(this);
  m_welcome = new WelcomePage(this);
  m_palette = new CommandPalette(this);

  m_centre = new QStackedWidget;
  m_centre->addWidget(m_welcome);
  m_reader = new HairlineSplitter(Qt::Horizontal);
  m_reader->addWidget(m_document);
  m_reader->addWidget(m_pages);
  m_reader->setSizes({600, 600});
  m_pages->hide();
  m_centre->addWidget(m_reader);
  m_centre->addWidget(m_readingList);
  auto* middle = new QWidget;
  auto* column = new QVBoxLayout(middle);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(0);
  column->addWidget(m_messages);
  column->addWidget(m_centre, 1);
  setCentralWidget(middle);
  statusBar()->addPermanentWidget(m_status, 1);
  statusBar()->setSizeGripEnabled(false);

  auto* drops = new DropTarget(this);
  connect(drops, &DropTarget::filesDropped, this, &MainWindow::openFiles);
  connect(drops, &DropTarget::textDropped, m_session.get(), &SessionController::openPasted);
}

QDockWidget* MainWindow::makeDock(const QString& objectName, const QString& title, QWidget* panel,
                                  Qt::DockWidgetArea area) {
  auto* dock = new QDockWidget(title, this);
  dock->setObjectName(objectName);
  dock->setTitleBarWidget(new DockGrip(dock));
  dock->setWidget(panel);
  addDockWidget(area, dock);
  m_actions->panelsMenu->addAction(dock->toggleViewAction());
  addAction(dock->toggleViewAction());
  m_docks.push_back(dock);
  return dock;
}

void MainWindow::makeDocks() {
  makeDock(QStringLiteral("sessionsDock"), tr("Sessions"), m_sidebar, Qt::LeftDockWidgetArea)
      ->toggleViewAction()
      ->setShortcut(Qt::Key_F7);
  makeDock(QStringLiteral("questionsDock"), tr("Questions"), m_questions, Qt::RightDockWidgetArea)
      ->toggleViewAction()
      ->setShortcut(Qt::Key_F8);
  makeDock(QStringLiteral("wavefrontDock"), tr("Wavefront"), m_wavefront, Qt::BottomDockWidgetArea)
      ->toggleViewAction()
      ->setShortcut(Qt::Key_F9);
  QDockWidget* timeline =
      makeDock(QStringLiteral("timelineDock"), tr("Answers along the document"), m_timeline, Qt::BottomDockWidgetArea);
  connect(timeline, &QDockWidget::visibilityChanged, m_timeline, &TimelinePanel::setInFront);
  // Beside the wavefront, until somebody wants them.
  for (QDockWidget* each :
       {timeline, makeDock(QStringLiteral("diffDock"), tr("Compare memories"), m_diff, Qt::BottomDockWidgetArea),
        makeDock(QStringLiteral("recallDock"), tr("Recall"), m_recall, Qt::BottomDockWidgetArea)}) {
    tabifyDockWidget(m_docks[2], each);
    each->hide();
  }
}

void MainWindow::restoreDefaultLayout() {
  if (!m_defaultLayout.isEmpty()) {
    restoreState(m_defaultLayout, kLayoutVersion);
    return;
  }
  for (QDockWidget* dock : m_docks) dock->setFloating(false);
  for (std::size_t i = 3; i < m_docks.size(); ++i) m_docks[i]->hide();
  resizeDocks({m_docks[0], m_docks[1]}, {width() * 16 / 100, width() * 32 / 100}, Qt::Horizontal);
  resizeDocks({m_docks[2]}, {height() * 34 / 100}, Qt::Vertical);
}

void MainWindow::makeToolBar() {
  auto* bar = new QToolBar(tr("Main toolbar"), this);
  bar->setObjectName(QStringLiteral("mainToolBar"));
  bar->setMovable(false);
  bar->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  bar->setContextMenuPolicy(Qt::PreventContextMenu);
  bar->addAction(m_actions->open);
  m_readButton = new QToolButton(bar);
  m_readButton->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
  m_readButton->setProperty("primary", true);
  m_readButton->setAccessibleName(tr("Reading"));
  m_readButton->setAccessibleDescription(tr("Starts, pauses or goes on with reading the document"));
  m_readButton->setDefaultAction(m_actions->read);
  bar->addWidget(m_readButton);
  bar->addAction(m_actions->find);
  bar->addAction(m_actions->askAsOf);
  auto* gap = new QWidget(bar);
  gap->setFixedWidth(24);
  bar->addWidget(gap);
  m_reading->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
  bar->addWidget(m_reading);
  addToolBar(bar);
}

/// Restyling every widget takes a while, so only what is seen counts.
void MainWindow::showAppearance(const Settings& settings) {
  const Appearance appearance{settings.theme, settings.fontPercent, settings.interfaceFont};
  const std::pair<Appearance, bool> wanted{appearance, m_themeSource->isDark()};
  if (m_appearance == wanted) return;
  m_appearance = wanted;
  applyAppearance(*qApp, appearance, m_themeSource->isDark());
}

void MainWindow::applySettings(const Settings& settings) {
  m_settings = settings;
  showAppearance(settings);
  m_document->setFontFamily(settings.documentFont);
  m_document->setFontPercent(settings.fontPercent);
  m_document->setReducedMotion(settings.reducedMotion);
  m_pages->view().setReducedMotion(settings.reducedMotion);
  m_document->showSegmentBoundaries(settings.showSegmentBoundaries);
  m_actions->segmentBoundaries->setChecked(settings.showSegmentBoundaries);
  m_wavefront->setReducedMotion(settings.reducedMotion);
  setAnimated(!settings.reducedMotion);

  EngineChoice choice;
  m_model = settings.modelDirectory.isEmpty() ? m_context.builtinModel
                                              : std::filesystem::path(settings.modelDirectory.toStdString());
  choice.modelDirectory = m_model;
  choice.model = {backendOf(settings.device), settings.threads, {}, hintsOf(settings, settings.modelDirectory)};
  const QString withheldBefore = std::exchange(m_withheld, whyWithheld(m_model));
  choice.withheld = m_withheld.toStdString();
  choice.sessionsFolder = settings.sessionsFolder.toStdString();
  choice.snapshotSeconds = settings.snapshotSeconds;
  choice.snapshotBudgetBytes = settings.snapshotBudgetBytes;
  if (settings.keepTraces != TraceChoice::kAuto) choice.keepTraces = settings.keepTraces == TraceChoice::kAlways;
  m_session->setChoice(choice);
  m_library->setFolder(choice.sessionsFolder);
  m_models->showSettings();
  if (m_withheld != withheldBefore) sayWithheld();
}

void MainWindow::changeSettings(const Settings& settings) {
  applySettings(settings);
  if (m_preferences) m_preferences->setSettings(settings);
  if (const QString problem = saveSettings(m_context.settingsPath, settings); !problem.isEmpty()) {
    say(Severity::kError, problem);
  }
}

QString MainWindow::whyWithheld(const std::filesystem::path& model) const {
  if (!m_context.loadNotes || m_allowedModel == model || !m_context.loadNotes->wasInterrupted(model)) return {};
  return tr("Tidemark did not end well while loading “%1” the last time, so it is not loaded by itself.")
      .arg(QString::fromStdString(model.filename().string()));
}

/// Above all other messages, once: what it says is true until one of its actions is taken.
void MainWindow::sayWithheld() {
  const QString key = QStringLiteral("withheld");
  m_messages->dismiss(key);
  if (m_withheld.isEmpty()) return;
  Message message{Severity::kWarning, m_withheld, {}, {}, key};
  message.actions.push_back({tr("Load it anyway"), [this] {
                               m_allowedModel = m_model;
                               applySettings(m_settings);
                             }});
  if (m_model != m_context.builtinModel) {
    message.actions.push_back({tr("Use the built-in model"), [this] {
                                 Settings changed = m_settings;
                                 changed.modelDirectory.clear();
                                 changeSettings(changed);
                               }});
  }
  m_messages->showMessage(std::move(message));
}

void MainWindow::openFiles(const QStringList& paths) {
  if (paths.isEmpty()) return;
  for (const QString& path : paths.mid(0, 12)) m_state.addRecentFile(path);
  m_session->openFiles(paths);
}

void MainWindow::resumeLastSession() {
  const QString path = m_state.state().openSession;
  if (!path.isEmpty() && m_session->facts().state == ReadingState::kNone) m_session->openSession(path);
}

void MainWindow::comeForward(const QByteArray& activationToken) {
  if (!activationToken.isEmpty()) qputenv("XDG_ACTIVATION_TOKEN", activationToken);
  setWindowState(windowState() & ~Qt::WindowMinimized);
  show();
  raise();
  activateWindow();
}

void MainWindow::releaseSession(std::function<void()> then) {
  auto* waiting = new QObject(this);
  connect(
      m_bridge.get(), &EngineBridge::sessionClosed, waiting,
      [waiting, then = std::move(then)] {
        waiting->deleteLater();
        then();
      },
      Qt::SingleShotConnection);
  m_session->closeSession();
}

void MainWindow::say(Severity severity, const QString& text) {
  m_messages->showMessage({severity, text, severity == Severity::kInformation ? QString() : text, {}, {}});
}

void MainWindow::rememberPlace() {
  if (m_session->facts().work == MemoryWork::kForking) return;  // its file is not there yet
  const QString path = m_session->facts().path;
  m_state.setOpenSession(path);
  if (path.isEmpty()) return;
  m_state.setTopByte(path, static_cast<qint64>(m_document->topByte()));
  m_state.setDraft(path, m_questions->draft());
}

void MainWindow::closeEvent(QCloseEvent* event) {
  m_state.setWindow(saveGeometry(), saveState(kLayoutVersion));
  m_state.setPages(m_pagesPresenter->isWanted(), m_pages->view().darkPages(), m_reader->saveState());
  m_state.setRecentCommands(m_palette->recentCommands());
  rememberPlace();
  m_state.flush();
  hide();  // the engine may need a moment to end its group; nobody has to watch that
  event->accept();
  m_bridge->shutDown();
  QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent* event) {
  if (event->type() == QEvent::WindowStateChange) m_actions->fullScreen->setChecked(isFullScreen());
  QMainWindow::changeEvent(event);
}

}  // namespace tidemark::ui

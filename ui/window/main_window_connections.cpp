// What the actions of the main window do, and who hears of what. Kept apart from how the window is put together.

#include <QApplication>
#include <QClipboard>
#include <QDesktopServices>
#include <QDockWidget>
#include <QFileInfo>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>
#include <QSplitter>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <tuple>

#include "ui/chat/conversation_export.h"
#include "ui/chat/question_panel.h"
#include "ui/document/document_panel.h"
#include "ui/memory/diff_panel.h"
#include "ui/memory/recall_panel.h"
#include "ui/pages/page_panel.h"
#include "ui/sessions/session_browser.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/sessions/session_text.h"
#include "ui/shell/command_palette.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/status_line.h"
#include "ui/shell/welcome_page.h"
#include "ui/theme/icon.h"
#include "ui/timeline/timeline_panel.h"
#include "ui/wavefront/wavefront_panel.h"
#include "ui/window/main_window.h"
#include "ui/window/models_controller.h"
#include "ui/window/session_presenter.h"

namespace tidemark::ui {
void MainWindow::connectSession() {
  connect(m_session.get(), &SessionController::factsChanged, this, &MainWindow::updateActions);
  connect(m_session.get(), &SessionController::textExpected, this, &MainWindow::showCentre);
  connect(m_session.get(), &SessionController::sessionLeft, this, [this] {
    m_placeShownFor.clear();
    m_messages->dismiss(QStringLiteral("read"));
  });
  connect(m_session.get(), &SessionController::failed, this, [this](const QString& sentence, bool canRetry) {
    if (m_session->facts().path.isEmpty())
      m_state.setOpenSession({});  // what cannot be opened is not tried at every start
    if (!m_withheld.isEmpty() && sentence == m_withheld) return sayWithheld();
    Message message{Severity::kError, sentence, sentence, {}, {}};
    if (m_session->facts().state == ReadingState::kUnavailable) {
      // A device that was named and is not there is chosen in the preferences; all else is the model's.
      if (m_settings.device == DeviceChoice::kCuda) {
        message.actions.push_back({tr("Preferences…"), [this] { showPreferences(); }});
      } else {
        message.actions.push_back({tr("Models…"), [this] { m_models->open(this); }});
      }
    }
    if (canRetry) message.actions.push_back({tr("Try again"), [this] { m_session->continueReading(); }});
    m_messages->showMessage(std::move(message));
  });
  connect(m_session.get(), &SessionController::deviceFailed, this, [this](const QString& sentence) {
    Message message{Severity::kError, sentence, sentence, {}, {}};
    message.actions.push_back({tr("Go on with the CPU"), [this] { m_session->continueOnCpu(); }});
    m_messages->showMessage(std::move(message));
  });
  connect(m_session.get(), &SessionController::filesRefused, this, [this](const std::vector<RefusedFile>& files) {
    QStringList details;
    for (const RefusedFile& file : files) details << QStringLiteral("%1: %2").arg(file.path, file.reason);
    const QString text = files.size() == 1 ? files.front().reason
                                           : tr("%Ln file(s) could not be opened; the first: %1", nullptr,
                                                static_cast<int>(files.size()))
                                                 .arg(files.front().reason);
    m_messages->showMessage({Severity::kError, text, details.join(QLatin1Char('\n')), {}, {}});
    for (const RefusedFile& file : files) m_state.removeRecentFile(file.path);
  });
  connect(m_session.get(), &SessionController::readFinished, this, [this](const ReadFinished& finished) {
    m_library->refresh();
    if (finished.segmentsRead == 0) return;
    m_messages->showMessage(
        {Severity::kInformation,
         tr("Read %Ln token(s) in %1 s. Ask what you want to know.", nullptr, static_cast<int>(finished.tokensRead))
             .arg(QLocale().toString(finished.seconds, 'f', 1)),
         {},
         {},
         QStringLiteral("read")});
    if (!isActiveWindow()) QApplication::alert(this);
  });
  connect(m_document, &DocumentPanel::topByteChanged, this, [this](quint64 byte) {
    if (m_placeShownFor.isEmpty() || m_presenter->isReturning()) return;
    m_state.setTopByte(m_placeShownFor, static_cast<qint64>(byte));
  });
  connect(m_questions, &QuestionPanel::draftChanged, this, [this] {
    if (!m_placeShownFor.isEmpty()) m_state.setDraft(m_placeShownFor, m_questions->draft());
  });
}

/// Back to where a session was left, once per opening.
void MainWindow::showSessionPlace(const QString& path) {
  if (path == m_placeShownFor) return;
  m_placeShownFor = path;
  m_state.setOpenSession(path);
  const SessionView view = m_state.sessionView(path);
  if (view.topByte > 0) m_presenter->scrollWhenLoaded(static_cast<quint64>(view.topByte));
  if (!view.draft.isEmpty()) m_questions->setDraft(view.draft);
  m_library->refresh();
}

void MainWindow::connectLibrary() {
  connect(m_library.get(), &LibraryController::listed, this, [this](const std::vector<SessionSummary>& sessions) {
    m_sidebar->setSessions(sessions);
    for (const SessionSummary& each : sessions) {
      if (pathText(each.path) == m_session->facts().path) m_status->setSessionBytes(static_cast<qint64>(each.bytes));
    }
    if (m_browser) m_browser->setSessions(sessions);
    const QString last = m_state.state().openSession;
    for (const SessionSummary& each : sessions) {
      if (pathText(each.path) == last) {
        m_welcome->setLastSession(QString::fromStdString(each.name),
                                  tr("%Ln question(s)", nullptr, static_cast<int>(each.questions)));
      }
    }
  });
  connect(m_library.get(), &LibraryController::trashListed, this, [this](const std::vector<TrashedSession>& sessions) {
    if (m_browser) m_browser->setTrash(sessions);
  });
  connect(m_library.get(), &LibraryController::informed, this,
          [this](const QString& text) { say(Severity::kInformation, text); });
  connect(m_library.get(), &LibraryController::failed, this,
          [this](const QString& text) { say(Severity::kError, text); });

  connect(m_sidebar, &SessionSidebar::openRequested, m_session.get(), &SessionController::openSession);
  connect(m_sidebar, &SessionSidebar::renameRequested, m_library.get(), &LibraryController::rename);
  connect(m_sidebar, &SessionSidebar::duplicateRequested, m_library.get(), &LibraryController::duplicate);
  connect(m_sidebar, &SessionSidebar::verifyRequested, m_library.get(), &LibraryController::verify);
  connect(m_sidebar, &SessionSidebar::trashRequested, this, [this](const QString& path) {
    if (m_session->facts().path == path) m_state.setOpenSession({});
    m_library->moveToTrash(path);
    m_messages->showMessage(
        {Severity::kInformation,
         tr("“%1” is in the trash; it stays there for 30 days.").arg(QFileInfo(path).completeBaseName()),
         {},
         {{tr("Undo"), [this] { m_undoStack.undo(); }}},
         QStringLiteral("trashed")});
  });
  connect(m_sidebar, &SessionSidebar::revealRequested, this,
          [](const QString& path) { QDesktopServices::openUrl(QUrl::fromLocalFile(QFileInfo(path).absolutePath())); });
  connectBookmarks();
}

void MainWindow::connectBookmarks() {
  connect(m_document, &DocumentPanel::bookmarkRequested, m_bookmarks.get(), &BookmarkController::add);
  connect(m_document, &DocumentPanel::bookmarkRemovalRequested, m_bookmarks.get(), &BookmarkController::remove);
  connect(m_sidebar, &SessionSidebar::bookmarkRemovalRequested, m_bookmarks.get(), &BookmarkController::remove);
  connect(m_sidebar, &SessionSidebar::bookmarkRenameRequested, m_bookmarks.get(), &BookmarkController::rename);
}

void MainWindow::connectFileActions() {
  connect(m_actions->open, &QAction::triggered, this, [this] {
    askForFiles(tr("Open documents or a session"), [this](const QStringList& files) { openFiles(files); });
  });
  connect(m_actions->addDocuments, &QAction::triggered, this, [this] {
    askForFiles(tr("Add documents to the session"), [this](const QStringList& files) { m_session->addFiles(files); });
  });
  connect(m_actions->pasteDocument, &QAction::triggered, this,
          [this] { m_session->openPasted(QApplication::clipboard()->text()); });
  // Asked for the kind only: the text itself may be large, and belongs to another program.
  const auto lookAtClipboard = [this] {
    const QMimeData* clip = QApplication::clipboard()->mimeData();
    m_actions->pasteDocument->setEnabled(clip != nullptr && clip->hasText());
  };
  connect(QApplication::clipboard(), &QClipboard::dataChanged, this, lookAtClipboard);
  lookAtClipboard();
  connect(m_actions->trySample, &QAction::triggered, this, &MainWindow::openSample);
  connect(m_actions->browseSessions, &QAction::triggered, this, &MainWindow::showBrowser);
  connect(m_actions->exportMarkdown, &QAction::triggered, this,
          [this] { exportConversation(ExportFormat::kMarkdown); });
  connect(m_actions->exportHtml, &QAction::triggered, this, [this] { exportConversation(ExportFormat::kHtml); });
  connect(m_actions->exportPdf, &QAction::triggered, this, [this] { exportConversation(ExportFormat::kPdf); });
  connect(m_actions->closeSession, &QAction::triggered, this, [this] {
    rememberPlace();
    m_session->closeSession();
    m_state.setOpenSession({});
  });
  connect(m_actions->quit, &QAction::triggered, this, &QWidget::close);
  connect(m_welcome, &WelcomePage::openRequested, m_actions->open, &QAction::trigger);
  connect(m_welcome, &WelcomePage::sampleRequested, m_actions->trySample, &QAction::trigger);
  connect(m_welcome, &WelcomePage::resumeRequested, this, &MainWindow::resumeLastSession);
  connect(&m_state, &WindowStateStore::recentFilesChanged, this, &MainWindow::rebuildRecentMenu);
}

void MainWindow::connectViewActions() {
  connect(m_actions->preferences, &QAction::triggered, this, &MainWindow::showPreferences);
  connect(m_actions->models, &QAction::triggered, this, [this] { m_models->open(this); });
  connect(m_models.get(), &ModelsController::said, this, [this](Message message) {
    if (message.actions.empty()) message.actions.push_back({tr("Models…"), [this] { m_models->open(this); }});
    m_messages->showMessage(std::move(message));
  });
  connect(m_document, &DocumentPanel::zoomChanged, this,
          [this](double zoom) { m_state.setZoomPercent(static_cast<int>(zoom * 100 + 0.5)); });
  connect(m_actions->zoomIn, &QAction::triggered, m_document, &DocumentPanel::zoomIn);
  connect(m_actions->zoomOut, &QAction::triggered, m_document, &DocumentPanel::zoomOut);
  connect(m_actions->zoomReset, &QAction::triggered, m_document, &DocumentPanel::resetZoom);
  connect(m_actions->segmentBoundaries, &QAction::toggled, this, [this](bool shown) {
    if (shown == m_settings.showSegmentBoundaries) return;
    Settings changed = m_settings;
    changed.showSegmentBoundaries = shown;
    applySettings(changed);
    (void)saveSettings(m_context.settingsPath, m_settings);
  });
  connect(m_actions->fullScreen, &QAction::triggered, this,
          [this](bool full) { full ? showFullScreen() : showNormal(); });
  connect(m_actions->defaultLayout, &QAction::triggered, this, &MainWindow::restoreDefaultLayout);
  connect(m_actions->nextPanel, &QAction::triggered, this, [this] { cyclePanels(1); });
  connect(m_actions->previousPanel, &QAction::triggered, this, [this] { cyclePanels(-1); });
  connect(m_actions->commandPalette, &QAction::triggered, m_palette, &CommandPalette::openPalette);
  connect(m_actions->shortcuts, &QAction::triggered, this, &MainWindow::showShortcuts);
  connect(m_actions->about, &QAction::triggered, this, &MainWindow::showAbout);
  connect(m_actions->aboutQt, &QAction::triggered, qApp, &QApplication::aboutQt);
  m_actions->wavefrontMenu->addActions(m_wavefront->commandActions());
}

void MainWindow::connectSessionActions() {
  connect(m_actions->read, &QAction::triggered, m_session.get(), &SessionController::continueReading);
  connect(m_actions->pause, &QAction::triggered, m_session.get(), &SessionController::pauseReading);
  connect(m_actions->cancelReading, &QAction::triggered, m_session.get(), &SessionController::cancelReading);
  connect(m_actions->ask, &QAction::triggered, this, [this] {
    m_docks[1]->show();
    m_questions->focusInput();
  });
  connect(m_actions->askAsOf, &QAction::triggered, this, [this] {
    m_docks[1]->show();
    m_questions->setAsOf(m_document->segmentAt(m_document->topByte()));
    m_questions->focusInput();
  });
  connect(m_actions->askAgain, &QAction::triggered, this, [this] {
    if (const auto exchange = m_questions->selectedExchange()) m_presenter->ask(exchange->question, std::nullopt);
  });
  connect(m_actions->stopAnswer, &QAction::triggered, m_session.get(), &SessionController::stopAnswers);
  const auto here = [this] { return m_session->facts().path; };
  connect(m_actions->renameSession, &QAction::triggered, this, [this, here] {
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Rename the session"));
    dialog->setLabelText(tr("Name"));
    dialog->setTextValue(m_session->facts().name);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, path = here()](const QString& name) {
      if (!name.trimmed().isEmpty()) m_library->rename(path, name.trimmed());
    });
    dialog->open();
  });
  connect(m_actions->duplicateSession, &QAction::triggered, this, [this, here] { m_library->duplicate(here()); });
  connect(m_actions->verifySession, &QAction::triggered, this, [this, here] { m_library->verify(here()); });
  connect(m_actions->compareSources, &QAction::triggered, m_session.get(), &SessionController::compareSources);
  connect(m_actions->revealSession, &QAction::triggered, this, [this, here] { m_sidebar->revealRequested(here()); });
  connect(m_actions->trashSession, &QAction::triggered, this, [this, here] { m_sidebar->trashRequested(here()); });
}

void MainWindow::connectGoActions() {
  connect(m_actions->find, &QAction::triggered, m_document, &DocumentPanel::openFind);
  connect(m_actions->findNext, &QAction::triggered, m_document, &DocumentPanel::findNext);
  connect(m_actions->findPrevious, &QAction::triggered, m_document, &DocumentPanel::findPrevious);
  connect(m_actions->searchHistory, &QAction::triggered, m_questions, &QuestionPanel::openHistorySearch);
  connect(m_actions->goTo, &QAction::triggered, m_document, &DocumentPanel::openGoTo);
  connect(m_actions->back, &QAction::triggered, m_document, &DocumentPanel::back);
  connect(m_actions->forward, &QAction::triggered, m_document, &DocumentPanel::forward);
  connect(m_document, &DocumentPanel::canGoBackChanged, m_actions->back, &QAction::setEnabled);
  connect(m_document, &DocumentPanel::canGoForwardChanged, m_actions->forward, &QAction::setEnabled);
  m_actions->back->setEnabled(false);
  m_actions->forward->setEnabled(false);
  connect(m_actions->copy, &QAction::triggered, m_document, &DocumentPanel::copySelection);
  connect(m_document, &DocumentPanel::selectionChanged, m_actions->copy, &QAction::setEnabled);
  m_actions->copy->setEnabled(false);
  m_actions->copy->setShortcutContext(
      Qt::WidgetShortcut);  // the views copy for themselves; this is for menu and palette
  connect(m_actions->bookmark, &QAction::triggered, m_document, &DocumentPanel::requestBookmarkAtTop);
  connect(m_actions->showText, &QAction::triggered, m_document,
          [this] { m_document->setFocus(Qt::ShortcutFocusReason); });
  connect(m_actions->showWavefront, &QAction::triggered, this, [this] {
    m_docks[2]->show();
    m_docks[2]->raise();
    m_wavefront->setFocus(Qt::ShortcutFocusReason);
  });
}

void MainWindow::updateActions(const SessionFacts& facts) {
  const bool open = !facts.path.isEmpty();
  const bool ready = facts.model.has_value();
  // Facts change with every batch of groups; what can be done does not.
  const auto shown = std::tuple(facts.state, facts.path, ready, facts.segmentsStored > 0, m_session->isShowingText(),
                                facts.textIsLeftOut, facts.work);
  if (shown == m_actionsShownFor) return;
  m_actionsShownFor = shown;
  const bool reading = facts.state == ReadingState::kReading;
  const bool paused = facts.state == ReadingState::kPaused;
  m_actions->read->setEnabled(paused || facts.state == ReadingState::kIncomplete ||
                              facts.state == ReadingState::kUnavailable);
  m_actions->read->setText(paused                                      ? tr("&Resume reading")
                           : facts.state == ReadingState::kUnavailable ? tr("&Try again")
                           : facts.state == ReadingState::kFinished    ? tr("&Read")
                           : facts.segmentsStored > 0                  ? tr("&Continue reading")
                                                                       : tr("&Read"));
  m_actions->pause->setEnabled(reading);
  m_actions->cancelReading->setEnabled(reading || paused);
  QAction* offered = reading ? m_actions->pause : m_actions->read;
  if (m_readButton->defaultAction() != offered) {
    // One action at a time: with two the button would offer a menu.
    if (m_readButton->defaultAction() != nullptr) m_readButton->removeAction(m_readButton->defaultAction());
    m_readButton->setDefaultAction(offered);
    m_readButton->setIcon(accentIcon(reading ? QStringLiteral("pause") : QStringLiteral("read")));
  }
  for (QAction* each :
       {m_actions->renameSession, m_actions->duplicateSession, m_actions->trashSession, m_actions->verifySession,
        m_actions->compareSources, m_actions->revealSession, m_actions->closeSession, m_actions->exportMarkdown,
        m_actions->exportHtml, m_actions->exportPdf, m_actions->searchHistory, m_actions->showText}) {
    each->setEnabled(open);
  }
  const bool hasText = !facts.textIsLeftOut;
  for (QAction* each : {m_actions->find, m_actions->findNext, m_actions->findPrevious, m_actions->goTo}) {
    each->setEnabled(open && hasText);
  }
  for (QAction* each : {m_actions->askAsOf, m_actions->addDocuments, m_actions->bookmark, m_actions->forkHere,
                        m_actions->rewindHere, m_actions->pinHere, m_actions->undoReading}) {
    each->setEnabled(ready && hasText);
  }
  for (QAction* each : {m_actions->askAgain, m_actions->askAlong, m_actions->stopAnswer}) each->setEnabled(ready);
  m_actions->stopMemoryWork->setEnabled(facts.work != MemoryWork::kNone);
  showCentre();
  const QString title = open ? QStringLiteral("%1 — Tidemark").arg(facts.name) : QStringLiteral("Tidemark");
  if (title != windowTitle()) setWindowTitle(title);
  if (open && ready) showSessionPlace(facts.path);
}

void MainWindow::rebuildRecentMenu() {
  QMenu* menu = m_actions->recentMenu;
  menu->clear();
  const QStringList files = m_state.state().recentFiles;
  for (const QString& path : files) {
    QAction* action = menu->addAction(QFileInfo(path).fileName().replace(QLatin1Char('&'), QStringLiteral("&&")));
    action->setToolTip(path);
    connect(action, &QAction::triggered, this, [this, path] { openFiles({path}); });
  }
  menu->setToolTipsVisible(true);
  menu->setEnabled(!files.isEmpty());
  if (files.isEmpty()) return;
  menu->addSeparator();
  connect(menu->addAction(tr("Clear the list")), &QAction::triggered, this, [this] { m_state.clearRecentFiles(); });
}

/// F6: from panel to panel, those that are visible.
void MainWindow::cyclePanels(int step) {
  std::vector<QWidget*> panels = {m_sidebar};
  if (m_reader->isVisible()) {
    panels.push_back(m_document);
    panels.push_back(m_pages);
  } else {
    panels.push_back(m_centre->currentWidget());
  }
  panels.push_back(m_questions);
  panels.push_back(m_wavefront);
  panels.push_back(m_timeline);
  panels.push_back(m_diff);
  panels.push_back(m_recall);
  std::erase_if(panels, [](QWidget* panel) { return !panel->isVisible(); });
  if (panels.empty()) return;
  const auto count = static_cast<int>(panels.size());
  int current = -1;
  for (int i = 0; i < count; ++i) {
    const QWidget* focus = QApplication::focusWidget();
    if (focus != nullptr &&
        (panels[static_cast<std::size_t>(i)] == focus || panels[static_cast<std::size_t>(i)]->isAncestorOf(focus))) {
      current = i;
    }
  }
  QWidget* next = panels[static_cast<std::size_t>((current + step + count) % count)];
  if (next == m_questions) {
    m_questions->focusInput();
  } else {
    next->setFocus(Qt::TabFocusReason);
  }
}

}  // namespace tidemark::ui

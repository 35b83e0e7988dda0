// What the main window opens beside itself: files to choose, the conversation to export, preferences, sessions, keys.

#include <QDateTime>
#include <QFileDialog>
#include <QLocale>
#include <QStandardPaths>
#include <algorithm>
#include <thread>

#include "ui/chat/conversation_export.h"
#include "ui/chat/question_panel.h"
#include "ui/sessions/session_browser.h"
#include "ui/sessions/session_sidebar.h"
#include "ui/shell/about_dialog.h"
#include "ui/shell/command_list.h"
#include "ui/shell/message_bar.h"
#include "ui/shell/preferences_dialog.h"
#include "ui/shell/shortcut_sheet.h"
#include "ui/window/main_window.h"
#include "ui/window/models_controller.h"

namespace tidemark::ui {
namespace {

QString fileDialogFilter() {
  return QObject::tr("Documents and sessions") +
         QStringLiteral(" (*.pdf *.epub *.docx *.odt *.html *.htm *.xhtml *.md *.markdown *.txt *.text *.tidemark);;") +
         QObject::tr("All files") + QStringLiteral(" (*)");
}

QString endingOf(ExportFormat format) {
  switch (format) {
    case ExportFormat::kHtml:
      return QStringLiteral("html");
    case ExportFormat::kPdf:
      return QStringLiteral("pdf");
    case ExportFormat::kMarkdown:
      break;
  }
  return QStringLiteral("md");
}

}  // namespace

/// Dialogs are opened, never waited for: the window goes on living behind them.
void MainWindow::askForFiles(const QString& title, std::function<void(const QStringList&)> then) {
  auto* dialog = new QFileDialog(this, title, {}, fileDialogFilter());
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setFileMode(QFileDialog::ExistingFiles);
  connect(dialog, &QFileDialog::filesSelected, this, std::move(then));
  dialog->open();
}

/// The sample is read once; after that its session is what is opened.
void MainWindow::openSample() {
  for (const SessionSummary& each : m_library->sessions()) {
    if (each.name == "tavern-night" && each.problem.empty()) {
      m_session->openSession(QString::fromStdString(each.path.string()));
      return;
    }
  }
  openFiles({QString::fromStdString((m_context.samples / "tavern-night.txt").string())});
}

void MainWindow::exportConversation(ExportFormat format) {
  const QString ending = endingOf(format);
  const QString suggested =
      QStringLiteral("%1/%2.%3")
          .arg(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation), m_session->facts().name, ending);
  auto* dialog = new QFileDialog(this, tr("Export the conversation"), suggested);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->setAcceptMode(QFileDialog::AcceptSave);
  dialog->setDefaultSuffix(ending);
  dialog->selectFile(suggested);
  connect(dialog, &QFileDialog::fileSelected, this,
          [this, format](const QString& path) { writeConversation(path, format); });
  dialog->open();
}

void MainWindow::writeConversation(const QString& path, ExportFormat format) {
  ExportHeader header;
  header.session = m_session->facts().name;
  QStringList titles;
  for (const DocumentRecord& each : m_session->facts().documents) titles << QString::fromStdString(each.title);
  header.document = titles.join(QStringLiteral(", "));
  if (m_session->facts().model) header.model = QString::fromStdString(m_session->facts().model->identity.name);
  header.exportedAt = QDateTime::currentDateTime();
  m_worker.run(
      this,
      [path, header, format, exchanges = m_questions->exchanges()](const std::stop_token&) {
        return tidemark::ui::exportConversation(path, format, exchanges, header);
      },
      [this, path](const QString& problem) {
        if (problem.isEmpty()) {
          say(Severity::kInformation, tr("The conversation was written to %1.").arg(path));
        } else {
          say(Severity::kError, problem);
        }
      });
}

void MainWindow::withCuda(std::function<void()> then) {
  if (!m_cuda && !cudaModuleIsBuilt()) m_cuda = summarizeCuda();  // takes no time: nothing is looked for
  if (m_cuda) {
    then();
    return;
  }
  m_worker.run(
      this, [](const std::stop_token&) { return summarizeCuda(); },
      [this, then = std::move(then)](const CudaSummary& found) {
        m_cuda = found;
        then();
      });
}

PreferencesFacts MainWindow::preferencesFacts() const {
  PreferencesFacts facts;
  facts.hardwareThreads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency()));
  const std::optional<ModelSummary>& model = m_session->facts().model;
  if (model) {
    facts.bytesPerSnapshot = model->stateBytes;
    facts.bytesPerTrace = model->traceBytes;
    facts.segmentTokens = model->identity.segmentSize;
    facts.canTrace = model->canTrace;
    facts.tracesByDefault = model->tracesByDefault;
  }
  if (!m_session->facts().path.isEmpty()) {
    const std::vector<qint64>& snapshots = m_session->snapshotSegments();
    facts.sessionSnapshots = static_cast<int>(snapshots.size());
    facts.sessionSnapshotBytes = facts.bytesPerSnapshot * snapshots.size();
    qint64 last = -1;
    for (const qint64 segment : snapshots) {
      facts.segmentsBetween = std::max(facts.segmentsBetween, segment - last - 1);
      last = segment;
    }
  }
  if (!cudaModuleIsBuilt()) {
    facts.autoSentence = tr("The CPU: this build has no GPU backend.");
    facts.cudaSentence = tr("CUDA: this build has no GPU backend.");
    return facts;
  }
  if (!m_cuda) {
    facts.autoSentence = facts.cudaSentence = tr("Looking for a GPU…");
    return facts;
  }
  const QString detail = QString::fromStdString(m_cuda->detail);
  facts.isCudaAvailable = m_cuda->usable;
  facts.cudaSentence = tr("CUDA: %1.").arg(detail);
  if (m_cuda->usable && (!model || model->deviceNote.empty())) {
    facts.autoSentence = tr("The GPU: %1.").arg(detail);
  } else {
    facts.autoSentence = tr("The CPU: %1.").arg(m_cuda->usable ? QString::fromStdString(model->deviceNote) : detail);
  }
  return facts;
}

void MainWindow::showPreferences() {
  if (!m_preferences) {
    m_preferences = new PreferencesDialog(this);
    m_preferences->setAttribute(Qt::WA_DeleteOnClose);
    connect(m_preferences, &PreferencesDialog::settingsChanged, this, [this](const Settings& settings) {
      applySettings(settings);
      if (const QString problem = saveSettings(m_context.settingsPath, settings); !problem.isEmpty())
        say(Severity::kError, problem);
    });
    const auto showFacts = [this] { m_preferences->setFacts(preferencesFacts()); };
    connect(m_session.get(), &SessionController::snapshotsChanged, m_preferences, showFacts);
    connect(m_session.get(), &SessionController::sessionReady, m_preferences, showFacts);
    connect(m_preferences, &PreferencesDialog::modelsRequested, this, [this] { m_models->open(this); });
  }
  m_preferences->setSettings(m_settings);
  m_preferences->setFacts(preferencesFacts());
  withCuda([this] {
    if (m_preferences) m_preferences->setFacts(preferencesFacts());
  });
  m_preferences->show();
  m_preferences->raise();
  m_preferences->activateWindow();
}

void MainWindow::showBrowser() {
  if (!m_browser) {
    m_browser = new SessionBrowser(this);
    m_browser->setWindowFlag(Qt::Dialog);
    m_browser->setAttribute(Qt::WA_DeleteOnClose);
    m_browser->resize(860, 520);
    QRect place = m_browser->rect();
    place.moveCenter(frameGeometry().center());
    m_browser->move(place.topLeft());
    connect(m_browser, &SessionBrowser::openRequested, m_sidebar, &SessionSidebar::openRequested);
    connect(m_browser, &SessionBrowser::renameRequested, m_sidebar, &SessionSidebar::renameRequested);
    connect(m_browser, &SessionBrowser::duplicateRequested, m_sidebar, &SessionSidebar::duplicateRequested);
    connect(m_browser, &SessionBrowser::trashRequested, m_sidebar, &SessionSidebar::trashRequested);
    connect(m_browser, &SessionBrowser::verifyRequested, m_sidebar, &SessionSidebar::verifyRequested);
    connect(m_browser, &SessionBrowser::compareRequested, m_sidebar, &SessionSidebar::compareRequested);
    connect(m_browser, &SessionBrowser::revealRequested, m_sidebar, &SessionSidebar::revealRequested);
    connect(m_browser, &SessionBrowser::restoreRequested, m_library.get(), &LibraryController::restore);
    connect(m_browser, &SessionBrowser::emptyTrashRequested, m_library.get(), &LibraryController::emptyTrash);
  }
  m_browser->setSessions(m_library->sessions());
  m_browser->setCurrentSession(m_session->facts().path);
  m_library->refresh();
  m_browser->show();
  m_browser->raise();
  m_browser->activateWindow();
}

void MainWindow::showShortcuts() {
  if (!m_sheet) {
    m_sheet = new ShortcutSheet(this);
    m_sheet->setAttribute(Qt::WA_DeleteOnClose);
  }
  m_sheet->setCommands(collectActions(this));
  m_sheet->show();
  m_sheet->raise();
  m_sheet->activateWindow();
}

void MainWindow::showAbout() {
  withCuda([this] {
    AboutInfo info;
    info.version = m_context.version;
    info.features = {tr("CPU backend, float32"),
                     cudaModuleIsBuilt() ? tr("GPU backend, bfloat16: %1").arg(QString::fromStdString(m_cuda->detail))
                                         : tr("no GPU backend in this build")};
    auto* dialog = new AboutDialog(info, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
  });
}

}  // namespace tidemark::ui

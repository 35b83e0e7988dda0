#include "ui/window/models_controller.h"

#include <QDesktopServices>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QUrl>
#include <algorithm>
#include <utility>

#include "engine/base/system_memory.h"
#include "engine/inspect/model_inspection.h"

namespace tidemark::ui {
namespace {

QStringList sentences(const std::vector<std::string>& texts) {
  QStringList all;
  for (const std::string& each : texts) all += QString::fromStdString(each);
  return all;
}

/// What a look at a model found; nothing if it was given up for another one, or because nobody waits for it any more.
struct Look {
  bool wasSkipped = false;
  ModelDetails details;
  QString inShort;
};

Look lookAt(const QString& path, const ModelHints& hints, const std::function<bool()>& cancelled) {
  Look look;
  look.details.isDownloaded = !downloadedFrom(path).isEmpty();
  try {
    const auto inspection = inspectModel(path.toStdString(), hints, cancelled);
    if (!inspection && inspection.error().code == ErrorCode::kCancelled) return {true, {}, {}};
    if (!inspection) {
      look.details.failure = look.inShort = QString::fromStdString(inspection.error().message);
      return look;
    }
    look.details.headline = inspectionHeadline(*inspection);
    look.details.canRun = inspection->canRun();
    look.details.rows = inspectionRows(*inspection, availableMemoryBytes());
    look.details.problems = sentences(inspection->problems);
    look.details.notes = sentences(inspection->notes);
    look.inShort = inspectionInShort(*inspection);
  } catch (const std::exception& failure) {  // libraries, and memory
    look.details.failure = look.inShort =
        ModelsController::tr("%1 could not be looked at (%2).").arg(path, QString::fromUtf8(failure.what()));
  }
  return look;
}

/// An empty sentence if `folder` is in the trash now, at `inTrash`.
struct Trashed {
  QString problem;
  QString inTrash;
};

Trashed moveToTrash(const QString& folder) {
  QFile file(folder);
  if (file.moveToTrash()) return {{}, file.fileName()};
  return {ModelsController::tr("%1 could not be moved to the trash (%2); it stays where it is.")
              .arg(folder, file.errorString()),
          {}};
}

QString takeOutOfTrash(const QString& inTrash, const QString& folder) {
  if (QFileInfo::exists(folder) || !QDir().rename(inTrash, folder)) {
    return ModelsController::tr("%1 could not be brought back; look for it in the trash of the desktop.").arg(folder);
  }
  // The desktop's note about where it was.
  const QFileInfo trashed(inTrash);
  QFile::remove(trashed.dir().filePath(QStringLiteral("../info/%1.trashinfo").arg(trashed.fileName())));
  return {};
}

}  // namespace

ModelsController::ModelsController(Places places, Hooks hooks, const DownloadOptions& options, QObject* parent)
    : QObject(parent), m_places(std::move(places)), m_hooks(std::move(hooks)), m_download(options) {
  connectDownload();
}

ModelsController::~ModelsController() {
  ++*m_newestCheck;  // what has not begun does not begin any more
}

void ModelsController::open(QWidget* parent, const QString& path) {
  if (!m_manager) {
    m_manager = new ModelManager(parent);
    m_manager->setAttribute(Qt::WA_DeleteOnClose);
    connectManager();
    showSettings();
    showDownload();
  }
  m_manager->select(path.isEmpty() ? defaultPath() : path);
  check(m_manager->selected(), false);
  m_manager->show();
  m_manager->raise();
  m_manager->activateWindow();
}

void ModelsController::connectManager() {
  connect(m_manager, &QObject::destroyed, this, [this] {  // nobody sees what is found
    m_wanted.clear();
    ++*m_newestCheck;
  });
  connect(m_manager, &ModelManager::selectionChanged, this, [this](const QString& path) {
    check(path, false);
    showDetails();
  });
  connect(m_manager, &ModelManager::folderChosen, this, &ModelsController::addFolder);
  InspectionPage& page = m_manager->inspectionPage();
  connect(&page, &InspectionPage::defaultRequested, this, &ModelsController::makeDefault);
  connect(&page, &InspectionPage::checkRequested, this, [this](const QString& path) { check(path, true); });
  connect(&page, &InspectionPage::removeRequested, this, &ModelsController::remove);
  connect(&page, &InspectionPage::trashRequested, this, &ModelsController::trash);
  connect(&page, &InspectionPage::hintsApplied, this, &ModelsController::applyHints);
  connect(&page, &InspectionPage::revealRequested, this,
          [](const QString& path) { QDesktopServices::openUrl(QUrl::fromLocalFile(path)); });
  DownloadPage& download = m_manager->downloadPage();
  connect(&download, &DownloadPage::lookRequested, this, [this](const QString& source, const QString& token) {
    m_download.look(source, m_places.modelsFolder, token);
  });
  connect(&download, &DownloadPage::startRequested, &m_download, &ModelDownload::start);
  connect(&download, &DownloadPage::pauseRequested, &m_download, &ModelDownload::pause);
  connect(&download, &DownloadPage::resumeRequested, &m_download, &ModelDownload::resume);
  connect(&download, &DownloadPage::cancelRequested, &m_download, &ModelDownload::cancel);
}

void ModelsController::connectDownload() {
  connect(&m_download, &ModelDownload::stateChanged, this, &ModelsController::showDownload);
  connect(&m_download, &ModelDownload::progressed, this, &ModelsController::showDownload);
  connect(&m_download, &ModelDownload::finished, this, &ModelsController::downloadFinished);
  connect(&m_download, &ModelDownload::failed, this, [this](const QString& sentence) {
    if (!m_manager) say(Severity::kWarning, sentence);  // an open one shows it where it belongs
  });
}

// --- the list

QString ModelsController::defaultPath() const {
  const QString& chosen = m_hooks.settings().modelDirectory;
  return chosen.isEmpty() ? m_places.builtinModel : chosen;
}

QString ModelsController::nameOf(const QString& path) const {
  return isBuiltin(path) ? tr("Built-in model") : QDir(path).dirName();
}

void ModelsController::showSettings() {
  const Settings& settings = m_hooks.settings();
  if (!m_manager) return;
  std::vector<ModelRow> rows;
  const auto add = [&](const QString& path) {
    ModelRow row{path, nameOf(path), isBuiltin(path), path == defaultPath(), CheckState::kNotChecked, {}};
    if (const auto found = m_checked.find(path); found != m_checked.end()) {
      row.check = found->second.state;
      row.inShort = found->second.inShort;
    }
    rows.push_back(std::move(row));
  };
  add(m_places.builtinModel);
  for (const ModelEntry& each : settings.models) add(each.directory);
  // One that was chosen without having been added, by hand or by an older version.
  const bool isKnown = std::any_of(rows.begin(), rows.end(), [](const ModelRow& row) { return row.isDefault; });
  if (!isKnown) add(settings.modelDirectory);
  m_manager->setModels(std::move(rows));
  showDetails();
}

void ModelsController::showDetails() {
  if (!m_manager) return;
  const QString path = m_manager->selected();
  ModelDetails details;
  if (const auto found = m_checked.find(path); found != m_checked.end()) {
    details = found->second.details;
    details.isChecking = found->second.state == CheckState::kChecking;
  }
  details.path = path;
  details.name = path.isEmpty() ? QString() : nameOf(path);
  details.isBuiltin = isBuiltin(path);
  details.isDefault = path == defaultPath();
  details.hints = hintsOf(m_hooks.settings(), path);
  m_manager->showDetails(details);
}

void ModelsController::addFolder(const QString& folder) {
  const QString path = QDir::cleanPath(QDir(folder).absolutePath());
  Settings settings = m_hooks.settings();
  const bool isKnown = std::any_of(settings.models.begin(), settings.models.end(),
                                   [&path](const ModelEntry& each) { return each.directory == path; });
  if (!isKnown && !isBuiltin(path)) {
    if (settings.models.size() >= kMostModels) {
      return say(Severity::kWarning,
                 tr("The list holds %Ln model(s) and no more; remove one first.", nullptr, kMostModels));
    }
    settings.models.push_back({path, {}});
    m_hooks.change(settings);
  }
  if (m_manager) m_manager->select(path);
  check(path, true);
}

void ModelsController::makeDefault(const QString& path) {
  Settings settings = m_hooks.settings();
  settings.modelDirectory = isBuiltin(path) ? QString() : path;
  m_hooks.change(settings);
}

void ModelsController::applyHints(const QString& path, const ModelHints& hints) {
  Settings settings = m_hooks.settings();
  const auto found = std::find_if(settings.models.begin(), settings.models.end(),
                                  [&path](const ModelEntry& each) { return each.directory == path; });
  if (found != settings.models.end()) {
    found->hints = hints;
  } else {
    settings.models.push_back({path, hints});
  }
  m_hooks.change(settings);
  check(path, true);
}

void ModelsController::remove(const QString& path) {
  Settings settings = m_hooks.settings();
  const auto found = std::find_if(settings.models.begin(), settings.models.end(),
                                  [&path](const ModelEntry& each) { return each.directory == path; });
  const bool wasDefault = path == defaultPath();
  if (isBuiltin(path) || (found == settings.models.end() && !wasDefault)) return;
  const ModelEntry entry = found == settings.models.end() ? ModelEntry{path, {}} : *found;
  const auto at = static_cast<std::size_t>(found - settings.models.begin());
  if (found != settings.models.end()) settings.models.erase(found);
  if (wasDefault) settings.modelDirectory.clear();
  m_hooks.change(settings);
  say(Severity::kInformation, tr("“%1” is no longer in the list; its files are where they were.").arg(nameOf(path)),
      {{tr("Undo"), [this, entry, at, wasDefault] { putBack(entry, at, wasDefault); }}});
}

void ModelsController::putBack(const ModelEntry& entry, std::size_t at, bool wasDefault) {
  Settings settings = m_hooks.settings();
  const auto place = static_cast<std::ptrdiff_t>(std::min(at, settings.models.size()));
  settings.models.insert(settings.models.begin() + place, entry);
  if (wasDefault) settings.modelDirectory = entry.directory;
  m_hooks.change(settings);
  if (m_manager) m_manager->select(entry.directory);
}

void ModelsController::trash(const QString& path) {
  const Settings& settings = m_hooks.settings();
  const auto found = std::find_if(settings.models.begin(), settings.models.end(),
                                  [&path](const ModelEntry& each) { return each.directory == path; });
  const auto at = static_cast<std::size_t>(found - settings.models.begin());
  const ModelEntry entry = found == settings.models.end() ? ModelEntry{path, {}} : *found;
  if (isBuiltin(path) || downloadedFrom(path).isEmpty()) return;
  m_worker.run(
      this, [path](const std::stop_token&) { return moveToTrash(path); },
      [this, path, entry, at, wasDefault = path == defaultPath()](const Trashed& trashed) {
        if (!trashed.problem.isEmpty()) return say(Severity::kError, trashed.problem);
        Settings changed = m_hooks.settings();
        std::erase_if(changed.models, [&path](const ModelEntry& each) { return each.directory == path; });
        if (wasDefault) changed.modelDirectory.clear();
        m_checked.erase(path);
        m_hooks.change(changed);
        std::vector<MessageAction> actions;
        if (!trashed.inTrash.isEmpty()) {
          actions.push_back({tr("Undo"), [this, trashed, entry, at, wasDefault] {
                               untrash(trashed.inTrash, entry, at, wasDefault);
                             }});
        }
        say(Severity::kInformation, tr("The files of “%1” are in the trash of the desktop.").arg(nameOf(path)),
            std::move(actions));
      });
}

void ModelsController::untrash(const QString& inTrash, const ModelEntry& entry, std::size_t at, bool wasDefault) {
  m_worker.run(
      this, [inTrash, folder = entry.directory](const std::stop_token&) { return takeOutOfTrash(inTrash, folder); },
      [this, entry, at, wasDefault](const QString& problem) {
        if (!problem.isEmpty()) return say(Severity::kError, problem);
        putBack(entry, at, wasDefault);
      });
}

// --- looking

void ModelsController::check(const QString& path, bool again) {
  if (path.isEmpty()) return;
  m_wanted = path;
  const ModelHints hints = hintsOf(m_hooks.settings(), path);
  Checked& checked = m_checked[path];
  const bool isTrue = checked.state != CheckState::kNotChecked && checked.hints == hints;
  if (isTrue && (!again || checked.state == CheckState::kChecking)) return;
  checked = {hints, CheckState::kChecking, {}, {}};
  const quint64 run = ++*m_newestCheck;
  m_worker.run(
      this,
      [path, hints, run, newest = m_newestCheck](const std::stop_token& stop) {
        const auto cancelled = [&] { return *newest != run || stop.stop_requested(); };
        return cancelled() ? Look{true, {}, {}} : lookAt(path, hints, cancelled);
      },
      [this, path, hints](const Look& look) {
        const auto found = m_checked.find(path);
        if (found == m_checked.end() || found->second.hints != hints) return;
        if (look.wasSkipped) {
          found->second = {};
        } else {
          const bool isGood = look.details.canRun && look.details.failure.isEmpty();
          found->second = {hints, isGood ? CheckState::kGood : CheckState::kBad, look.inShort, look.details};
        }
        showSettings();
        // Asked for again before it was given up for another one.
        if (look.wasSkipped && m_wanted == path) check(path, false);
      });
  showSettings();
}

// --- fetching

void ModelsController::showDownload() {
  if (!m_manager) return;
  m_manager->showDownload({m_download.state(), m_download.plan(), m_download.progress(), m_download.reason()});
}

void ModelsController::downloadFinished(const QString& folder) {
  const QString sentence = tr("“%1” was downloaded.").arg(QDir(folder).dirName());
  const bool wasOpen = m_manager;
  addFolder(folder);
  if (wasOpen) {
    say(Severity::kInformation, sentence);
  } else {
    Q_EMIT said({Severity::kInformation, sentence, {}, {}, QStringLiteral("downloaded")});
  }
}

void ModelsController::say(Severity severity, const QString& text, std::vector<MessageAction> actions) {
  Message message{severity, text, severity == Severity::kInformation ? QString() : text, std::move(actions), {}};
  if (m_manager) {
    m_manager->say(std::move(message));
  } else {
    Q_EMIT said(message);
  }
}

}  // namespace tidemark::ui

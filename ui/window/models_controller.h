#pragma once
// The models as the window works with them: which are known, what was found in each, what is being fetched. Looking at
// a model reads all of its weights, so it happens on a worker; what somebody no longer waits for is not begun. The list
// itself is in the settings. GUI thread.

#include <QObject>
#include <QPointer>
#include <QString>
#include <atomic>
#include <functional>
#include <map>
#include <memory>

#include "ui/bridge/background_worker.h"
#include "ui/download/model_download.h"
#include "ui/models/model_manager.h"
#include "ui/shell/settings.h"

namespace tidemark::ui {

class ModelsController final : public QObject {
  Q_OBJECT

 public:
  struct Places {
    QString builtinModel;
    QString modelsFolder;  // where downloads go
  };
  struct Hooks {
    std::function<const Settings&()> settings;
    std::function<void(const Settings&)> change;  // applies and saves them, and calls showSettings()
  };

  ModelsController(Places places, Hooks hooks, const DownloadOptions& options = {}, QObject* parent = nullptr);
  /// Waits for a look at a model that is under way.
  ~ModelsController() override;

  /// Opens the manager, or brings it to the front, with `path` selected (empty: the default).
  void open(QWidget* parent, const QString& path = {});
  /// The settings changed, here or elsewhere.
  void showSettings();
  [[nodiscard]] ModelManager* manager() const { return m_manager; }

  void addFolder(const QString& folder);
  void makeDefault(const QString& path);
  /// Out of the list; the files stay. Undone from the message about it.
  void remove(const QString& path);
  /// Out of the list, and the files into the desktop's trash. Undone from the message about it.
  void trash(const QString& path);
  void applyHints(const QString& path, const ModelHints& hints);
  /// Looks at a model, unless what is known of it is still true. `again`: also then.
  void check(const QString& path, bool again);

 Q_SIGNALS:
  /// Something to be said while the manager is closed.
  void said(const tidemark::ui::Message& message);

 private:
  struct Checked {
    ModelHints hints;
    CheckState state = CheckState::kNotChecked;
    QString inShort;
    ModelDetails details;
  };
  void connectManager();
  void connectDownload();
  void downloadFinished(const QString& folder);
  void showDownload();
  void showDetails();
  void say(Severity severity, const QString& text, std::vector<MessageAction> actions = {});
  void putBack(const ModelEntry& entry, std::size_t at, bool wasDefault);
  void untrash(const QString& inTrash, const ModelEntry& entry, std::size_t at, bool wasDefault);
  [[nodiscard]] QString defaultPath() const;
  [[nodiscard]] bool isBuiltin(const QString& path) const { return path == m_places.builtinModel; }
  [[nodiscard]] QString nameOf(const QString& path) const;

  const Places m_places;
  const Hooks m_hooks;
  QPointer<ModelManager> m_manager;
  std::map<QString, Checked> m_checked;
  QString m_wanted;  // the model whose look was asked for last; one that is given up for it is not begun again
  std::shared_ptr<std::atomic<quint64>> m_newestCheck = std::make_shared<std::atomic<quint64>>(0);
  ModelDownload m_download;
  BackgroundWorker m_worker;  // last: joined before the rest goes away
};

}  // namespace tidemark::ui

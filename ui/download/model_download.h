#pragma once
// Fetches a model from the hub or another address into a folder of its own: looks which files there are, shows what
// they take, fetches them one after another, checks them, and can be paused, cut off and gone on with at any moment.
// Network, files and checksums are on a thread of its own; here is only what is said about it. GUI thread.

#include <QObject>
#include <QString>
#include <QStringList>
#include <QThread>
#include <QUrl>
#include <functional>
#include <vector>

#include "ui/download/hub_listing.h"

namespace tidemark::ui {

class DownloadWorker;

struct DownloadOptions {
  QUrl hub = QUrl(QStringLiteral("https://huggingface.co"));
  int tries = 5;           // of one file without a byte of progress, before it waits for somebody
  int firstWaitMs = 1000;  // before the second try; doubled for each further one, up to a minute
  int stallMs = 30'000;    // without a byte: the try is over
  std::function<quint64(const QString& folder)> freeBytes;  // for tests; called on the worker's thread
};

/// What would be fetched.
struct DownloadPlan {
  QString source;  // as shown: "owner/name"
  QString folder;  // where it goes
  std::vector<RemoteFile> files;
  quint64 knownBytes = 0;      // of all files whose size is known
  bool isSizeComplete = true;  // it is known of all
  quint64 presentBytes = 0;    // that are there already, from an earlier time
  quint64 freeBytes = 0;       // of the disk
  QString obstacle;            // why it cannot begin (no room); empty: it can
};

struct DownloadProgress {
  QString file;
  int fileNumber = 0;  // from 1
  int fileCount = 0;
  quint64 doneBytes = 0;
  quint64 totalBytes = 0;     // 0: not known
  double bytesPerSecond = 0;  // over the last seconds; 0: not known yet
};

enum class DownloadState {
  kIdle,
  kLooking,  // which files there are
  kPlanned,  // start() may be called
  kFetching,
  kWaiting,  // for the next try
  kPaused,   // resume() goes on; what came is kept
  kFinished,
};

class ModelDownload final : public QObject {
  Q_OBJECT
 public:
  explicit ModelDownload(DownloadOptions options = {}, QObject* parent = nullptr);
  /// Waits until what is being written is written; the rest can be fetched another time.
  ~ModelDownload() override;

  [[nodiscard]] DownloadState state() const { return m_state; }
  [[nodiscard]] const DownloadPlan& plan() const { return m_plan; }
  [[nodiscard]] const DownloadProgress& progress() const { return m_progress; }
  /// Why it failed, is paused or waits; empty otherwise.
  [[nodiscard]] const QString& reason() const { return m_reason; }

  /// Looks what `source` (see parseModelSource) holds; the model goes into a folder inside `modelsFolder`. `token` is
  /// kept in memory only and sent to nobody but the host of the source. planned() or failed() follows.
  void look(const QString& source, const QString& modelsFolder, const QString& token);
  /// Fetches what was planned.
  void start();
  void pause();
  void resume();
  /// Back to kIdle; what came stays as a part and is gone on with when the same source is fetched again.
  void cancel();

 Q_SIGNALS:
  void stateChanged();
  void planned(const tidemark::ui::DownloadPlan& plan);
  void progressed(const tidemark::ui::DownloadProgress& progress);
  void finished(const QString& folder);
  /// One sentence. The state is kIdle after look(), kPaused after start().
  void failed(const QString& sentence);

 private:
  template <typename Call>
  void post(Call call);
  void enter(DownloadState state, const QString& reason = {});

  DownloadState m_state = DownloadState::kIdle;
  DownloadPlan m_plan;
  DownloadProgress m_progress;
  QString m_reason;
  quint64 m_run = 0;  // what an earlier one still says is not heard
  QThread m_thread;
  DownloadWorker* m_worker;  // lives on m_thread
};

/// Whether `folder` was made by a download, and of what; empty: it was not.
[[nodiscard]] QString downloadedFrom(const QString& folder);

/// $XDG_DATA_HOME/tidemark/models, mostly ~/.local/share/tidemark/models.
[[nodiscard]] QString defaultModelsFolder();

}  // namespace tidemark::ui

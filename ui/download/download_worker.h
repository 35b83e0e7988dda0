#pragma once
// The working half of ModelDownload: everything here happens on its thread. Each command carries the number of the run
// it belongs to, and everything said carries it back.

#include <QElapsedTimer>
#include <QNetworkAccessManager>
#include <QObject>
#include <QTimer>
#include <atomic>
#include <functional>
#include <memory>
#include <optional>

#include "ui/download/http_fetch.h"
#include "ui/download/model_download.h"
#include "ui/download/model_source.h"
#include "ui/download/part_file.h"

namespace tidemark::ui {

class DownloadWorker final : public QObject {
  Q_OBJECT
 public:
  explicit DownloadWorker(DownloadOptions options);

  /// From any thread: ends what takes long (a checksum) early. The next command clears it.
  void interrupt() { m_interrupted = true; }

  [[nodiscard]] const QUrl& hub() const { return m_options.hub; }

  void look(quint64 run, const ModelSource& source, const QString& modelsFolder, const QString& token);
  void start(quint64 run);
  /// Stops where it is; start() goes on.
  void halt();

 Q_SIGNALS:
  void planned(quint64 run, const tidemark::ui::DownloadPlan& plan);
  void progressed(quint64 run, const tidemark::ui::DownloadProgress& progress);
  void waiting(quint64 run, const QString& reason);
  void fetching(quint64 run);
  void finished(quint64 run, const QString& folder);
  void failed(quint64 run, const QString& sentence);

 private:
  /// Fetches a small answer whole, with retries.
  void fetchWhole(const QUrl& url, std::function<void(const QByteArray&)> then);
  void fetch(FetchRequest request, HttpFetch::Handlers handlers);
  /// Again after a while, or failed(): `reason` is a clause about `url`.
  void tryAgain(const QUrl& url, const QString& reason, std::function<void()> again, qint64 leastSeconds = 0);
  /// The same, with the reason and the wait that the server gave.
  void tryAgainAfter(const QUrl& url, const FetchEnd& end, std::function<void()> again);
  void giveUp(const QString& sentence);
  [[nodiscard]] QString statusSentence(const QUrl& url, int status) const;

  void listHub();
  void takeListing(const QByteArray& json);
  void probeNext();
  void probed(const QString& name, const FetchHead& head);
  void makePlan(std::vector<RemoteFile> files);
  [[nodiscard]] QString chooseFolder() const;
  [[nodiscard]] QString writeNote(bool isComplete) const;
  [[nodiscard]] quint64 freeBytes(const QString& folder) const;
  [[nodiscard]] quint64 missingBytes(const DownloadPlan& plan) const;
  [[nodiscard]] QString roomObstacle(const DownloadPlan& plan) const;

  void nextFile();
  void fetchFile();
  [[nodiscard]] bool takeHead(const FetchHead& head, quint64 wanted);
  [[nodiscard]] bool takeBytes(const QByteArray& bytes);
  void fileEnded(const FetchEnd& end);
  void completeFile();
  [[nodiscard]] PartFile::Identity identity() const;
  [[nodiscard]] const RemoteFile& file() const { return m_plan.files[m_index]; }
  void report(bool now);

  const DownloadOptions m_options;
  QNetworkAccessManager m_network;
  std::unique_ptr<HttpFetch> m_fetch;
  QTimer m_wait;  // until the next try
  std::function<void()> m_again;
  std::atomic<bool> m_interrupted = false;
  quint64 m_run = 0;
  int m_triesLeft = 0;

  ModelSource m_source;
  QString m_sourceText;  // as it was asked for, before the revision became a commit
  QString m_modelsFolder;
  QString m_token;
  QStringList m_toProbe;
  std::vector<RemoteFile> m_found;

  DownloadPlan m_plan;
  std::size_t m_index = 0;
  std::unique_ptr<PartFile> m_part;
  quint64 m_doneBefore = 0;  // bytes of the files before this one
  QString m_problem;         // what ended the running try from our side
  bool m_startAnew = false;  // the part does not fit what the server has

  QElapsedTimer m_reported;
  QElapsedTimer m_clock;
  quint64 m_speedBytes = 0;  // when m_clock was started
  double m_speed = 0;
};

}  // namespace tidemark::ui

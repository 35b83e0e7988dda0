#include "ui/download/model_download.h"

#include <QStandardPaths>
#include <utility>

#include "ui/download/download_worker.h"

namespace tidemark::ui {

QString defaultModelsFolder() {
  return QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation) + QStringLiteral("/tidemark/models");
}

ModelDownload::ModelDownload(DownloadOptions options, QObject* parent)
    : QObject(parent), m_worker(new DownloadWorker(std::move(options))) {
  m_worker->moveToThread(&m_thread);
  connect(&m_thread, &QThread::finished, m_worker, &QObject::deleteLater);
  connect(m_worker, &DownloadWorker::planned, this, [this](quint64 run, const DownloadPlan& plan) {
    if (run != m_run) return;
    m_plan = plan;
    enter(DownloadState::kPlanned);
    Q_EMIT planned(m_plan);
  });
  connect(m_worker, &DownloadWorker::progressed, this, [this](quint64 run, const DownloadProgress& progress) {
    if (run != m_run) return;
    m_progress = progress;
    Q_EMIT progressed(m_progress);
  });
  connect(m_worker, &DownloadWorker::waiting, this, [this](quint64 run, const QString& reason) {
    if (run != m_run) return;
    if (m_state == DownloadState::kFetching || m_state == DownloadState::kWaiting) {
      enter(DownloadState::kWaiting, reason);
    }
  });
  connect(m_worker, &DownloadWorker::fetching, this, [this](quint64 run) {
    if (run == m_run && m_state == DownloadState::kWaiting) enter(DownloadState::kFetching);
  });
  connect(m_worker, &DownloadWorker::finished, this, [this](quint64 run, const QString& folder) {
    if (run != m_run) return;
    enter(DownloadState::kFinished);
    Q_EMIT finished(folder);
  });
  connect(m_worker, &DownloadWorker::failed, this, [this](quint64 run, const QString& sentence) {
    if (run != m_run) return;
    enter(m_state == DownloadState::kLooking ? DownloadState::kIdle : DownloadState::kPaused, sentence);
    Q_EMIT failed(sentence);
  });
  m_thread.setObjectName(QStringLiteral("download"));
  m_thread.start();
}

ModelDownload::~ModelDownload() {
  m_worker->interrupt();
  m_thread.quit();
  m_thread.wait();
}

template <typename Call>
void ModelDownload::post(Call call) {
  QMetaObject::invokeMethod(m_worker, std::move(call), Qt::QueuedConnection);
}

void ModelDownload::enter(DownloadState state, const QString& reason) {
  m_state = state;
  m_reason = reason;
  Q_EMIT stateChanged();
}

void ModelDownload::look(const QString& source, const QString& modelsFolder, const QString& token) {
  QString problem;
  // The hub is known to the worker alone, and constant: it may be read from here.
  const auto parsed = parseModelSource(source, m_worker->hub(), &problem);
  const quint64 run = ++m_run;
  m_plan = {};
  m_progress = {};
  m_worker->interrupt();
  if (!parsed) {
    post([worker = m_worker] { worker->halt(); });
    enter(DownloadState::kIdle, problem);
    Q_EMIT failed(problem);
    return;
  }
  enter(DownloadState::kLooking);
  QString plainToken = token.trimmed();  // it becomes a line of a request
  plainToken.removeIf([](QChar c) { return c.unicode() <= 0x20 || c.unicode() >= 0x7f; });
  post([worker = m_worker, run, parsed = *parsed, modelsFolder, token = plainToken] {
    worker->look(run, parsed, modelsFolder, token);
  });
}

void ModelDownload::start() {
  if (m_state != DownloadState::kPlanned || !m_plan.obstacle.isEmpty()) return;
  enter(DownloadState::kFetching);
  post([worker = m_worker, run = ++m_run] { worker->start(run); });
}

void ModelDownload::pause() {
  if (m_state != DownloadState::kFetching && m_state != DownloadState::kWaiting) return;
  ++m_run;
  m_worker->interrupt();
  post([worker = m_worker] { worker->halt(); });
  enter(DownloadState::kPaused);
}

void ModelDownload::resume() {
  if (m_state != DownloadState::kPaused) return;
  enter(DownloadState::kFetching);
  post([worker = m_worker, run = ++m_run] { worker->start(run); });
}

void ModelDownload::cancel() {
  ++m_run;
  m_plan = {};
  m_progress = {};
  m_worker->interrupt();
  post([worker = m_worker] { worker->halt(); });
  enter(DownloadState::kIdle);
}

}  // namespace tidemark::ui

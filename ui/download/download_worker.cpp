#include "ui/download/download_worker.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <QRegularExpression>
#include <QSaveFile>
#include <QStorageInfo>
#include <algorithm>
#include <utility>

namespace tidemark::ui {
namespace {

constexpr qsizetype kLargestAnswer = 16 << 20;
constexpr quint64 kSpareBytes = quint64{64} << 20;  // a disk is never filled to its end
constexpr int kLongestWaitMs = 60'000;
constexpr qint64 kLongestRetryAfterSeconds = 15 * 60;  // longer, and somebody should decide
constexpr int kReportEveryMs = 100;

const QString& noteName() {
  static const QString name = QStringLiteral("tidemark-download.json");
  return name;
}

bool isWorthRetrying(int status) {
  return status == 408 || status == 425 || status == 429 || status >= 500;
}

/// "bytes 100-199/200": where it begins and how large the whole is; nothing if it says neither.
struct ContentRange {
  quint64 begin = 0;
  std::optional<quint64> whole;
};
std::optional<ContentRange> parseContentRange(const QByteArray& text) {
  static const QRegularExpression pattern(QStringLiteral("\\Abytes (\\d{1,18})-\\d{1,18}/(\\d{1,18}|\\*)\\z"));
  const QRegularExpressionMatch match = pattern.match(QString::fromLatin1(text));
  if (!match.hasMatch()) return std::nullopt;
  ContentRange range{match.captured(1).toULongLong(), {}};
  if (match.captured(2) != QStringLiteral("*")) range.whole = match.captured(2).toULongLong();
  return range;
}

QString existingFolder(QString folder) {
  while (!folder.isEmpty() && !QFileInfo::exists(folder) && QFileInfo(folder).absolutePath() != folder) {
    folder = QFileInfo(folder).absolutePath();
  }
  return folder;
}

}  // namespace

DownloadWorker::DownloadWorker(DownloadOptions options) : m_options(std::move(options)), m_network(this), m_wait(this) {
  m_wait.setSingleShot(true);
  connect(&m_wait, &QTimer::timeout, this, [this] {
    Q_EMIT fetching(m_run);
    if (const auto again = std::exchange(m_again, nullptr)) again();
  });
}

// --- fetching with retries

void DownloadWorker::fetch(FetchRequest request, HttpFetch::Handlers handlers) {
  request.token = m_token;
  request.stallMs = m_options.stallMs;
  m_fetch = std::make_unique<HttpFetch>(m_network, std::move(request), std::move(handlers), nullptr);
}

void DownloadWorker::tryAgainAfter(const QUrl& url, const FetchEnd& end, std::function<void()> again) {
  if (end.retryAfterSeconds > kLongestRetryAfterSeconds) {
    giveUp(ModelDownload::tr("%1 asks to be left alone for %n minute(s). What came is kept; go on then.", nullptr,
                             static_cast<int>(std::min<qint64>(end.retryAfterSeconds / 60, 1 << 20)))
               .arg(url.host()));
    return;
  }
  const QString reason =
      end.reason.isEmpty() ? ModelDownload::tr("it answered with status %1").arg(end.status) : end.reason;
  tryAgain(url, reason, std::move(again), end.retryAfterSeconds);
}

void DownloadWorker::tryAgain(const QUrl& url, const QString& reason, std::function<void()> again,
                              qint64 leastSeconds) {
  m_fetch.reset();
  if (--m_triesLeft <= 0) {
    giveUp(ModelDownload::tr("%1 could not be reached: %2. What came is kept; go on when the connection is back.")
               .arg(url.host(), reason));
    return;
  }
  const int past = std::clamp(m_options.tries - m_triesLeft - 1, 0, 16);
  const qint64 ownMs = std::min<qint64>(kLongestWaitMs, qint64{m_options.firstWaitMs} << past);
  const int waitMs = static_cast<int>(std::max(ownMs, leastSeconds * 1000));
  m_again = std::move(again);
  m_wait.start(waitMs);
  Q_EMIT waiting(m_run, ModelDownload::tr("%1; trying again soon").arg(reason));
}

void DownloadWorker::giveUp(const QString& sentence) {
  halt();
  Q_EMIT failed(m_run, sentence);
}

void DownloadWorker::halt() {
  m_interrupted = false;
  m_wait.stop();
  m_again = nullptr;
  m_fetch.reset();
  if (m_part) m_part->close();
}

QString DownloadWorker::statusSentence(const QUrl& url, int status) const {
  const QString& what = m_sourceText;
  if (status == 401 || status == 403) {
    return m_token.isEmpty()
               ? ModelDownload::tr("%1 gives “%2” only to those it knows; type an access token, or check the name.")
                     .arg(url.host(), what)
               : ModelDownload::tr("%1 does not give “%2” for this access token; check the token and the name.")
                     .arg(url.host(), what);
  }
  if (status == 404) {
    return ModelDownload::tr("%1 knows no “%2”; check how it is written.").arg(url.host(), what);
  }
  return ModelDownload::tr("%1 answered with status %2; try again later.").arg(url.host()).arg(status);
}

void DownloadWorker::fetchWhole(const QUrl& url, std::function<void(const QByteArray&)> then) {
  const auto body = std::make_shared<QByteArray>();
  const auto again = [this, url, then] { fetchWhole(url, then); };
  fetch({url, false, {}, {}, 0},
        {[](const FetchHead&) { return true; },
         [body](const QByteArray& piece) {
           *body += piece;
           return body->size() <= kLargestAnswer;
         },
         [this, url, then, body, again](const FetchEnd& end) {
           switch (end.kind) {
             case FetchEnd::kWhole:
               return then(*body);
             case FetchEnd::kBroken:
               return tryAgain(url, end.reason, again);
             case FetchEnd::kRefused:
               return giveUp(ModelDownload::tr("%1 could not be read: %2.").arg(url.host(), end.reason));
             case FetchEnd::kStopped:
               return giveUp(ModelDownload::tr("%1 answered with far more than a list of files.").arg(url.host()));
             case FetchEnd::kAnswered:
               if (isWorthRetrying(end.status)) {
                 return tryAgainAfter(url, end, again);
               }
               return giveUp(statusSentence(url, end.status));
           }
         }});
}

// --- looking

void DownloadWorker::look(quint64 run, const ModelSource& source, const QString& modelsFolder, const QString& token) {
  halt();
  m_run = run;
  m_source = source;
  m_sourceText = source.text();
  m_modelsFolder = modelsFolder;
  m_token = token;
  m_plan = {};
  m_found.clear();
  m_triesLeft = m_options.tries;
  if (source.isOnHub()) return listHub();
  m_toProbe = usualModelFiles();
  if (!source.file.isEmpty() && !m_toProbe.contains(source.file)) m_toProbe += source.file;
  probeNext();
}

void DownloadWorker::listHub() {
  QUrl url = m_options.hub;
  QString revision = m_source.revision;
  revision.replace(QLatin1Char('/'), QStringLiteral("%2F"));
  url.setPath(QStringLiteral("/api/models/%1/%2/revision/%3").arg(m_source.owner, m_source.name, revision),
              QUrl::TolerantMode);
  url.setQuery(QStringLiteral("blobs=true"));
  fetchWhole(url, [this](const QByteArray& json) { takeListing(json); });
}

void DownloadWorker::takeListing(const QByteArray& json) {
  QString problem;
  const auto listing = parseHubListing(json, m_source, m_options.hub, &problem);
  if (!listing) return giveUp(problem);
  std::vector<RemoteFile> files = chooseModelFiles(listing->files);
  if (files.empty()) {
    return giveUp(
        listing->weightFolders.isEmpty()
            ? ModelDownload::tr("“%1” holds no weights that can be read (model.safetensors or pytorch_model.bin).")
                  .arg(m_sourceText)
            : ModelDownload::tr("“%1” holds its weights in folders (%2); give the address of one of them.")
                  .arg(m_sourceText, listing->weightFolders.mid(0, 5).join(QStringLiteral(", "))));
  }
  m_source.revision = listing->commit;
  makePlan(std::move(files));
}

void DownloadWorker::probeNext() {
  const auto has = [this](const QString& name) {
    return std::any_of(m_found.begin(), m_found.end(), [&name](const RemoteFile& file) { return file.name == name; });
  };
  const QString whole = QStringLiteral("model.safetensors");
  const QString index = QStringLiteral(".index.json");
  while (!m_toProbe.isEmpty()) {
    const QString name = m_toProbe.takeFirst();
    // One set of weights is enough.
    const bool isCovered =
        name != m_source.file && ((name == whole + index && has(whole)) ||
                                  (name.startsWith(QStringLiteral("pytorch_model")) &&
                                   (has(whole) || has(whole + index) || has(QStringLiteral("pytorch_model.bin")))));
    if (isCovered && !name.contains(QStringLiteral("-of-"))) continue;
    const QUrl url = m_source.base.resolved(QUrl(QString::fromLatin1(QUrl::toPercentEncoding(name))));
    const auto head = std::make_shared<FetchHead>();
    fetch({url, true, {}, {}, 0},
          {[head](const FetchHead& seen) {
             *head = seen;
             return true;
           },
           [](const QByteArray&) { return true; },
           [this, url, name, head](const FetchEnd& end) {
             const bool isRetried =
                 end.kind == FetchEnd::kBroken || (end.kind == FetchEnd::kAnswered && isWorthRetrying(end.status));
             if (end.kind == FetchEnd::kWhole) return probed(name, *head);
             if (end.kind == FetchEnd::kRefused) {
               return giveUp(ModelDownload::tr("%1 could not be read: %2.").arg(url.host(), end.reason));
             }
             if (!isRetried) return probeNext();  // it is not there
             tryAgainAfter(url, end, [this, name] {
               m_toProbe.prepend(name);
               probeNext();
             });
           }});
    return;
  }
  const bool hasWeights = std::any_of(m_found.begin(), m_found.end(), [](const RemoteFile& file) {
    return file.name.endsWith(QStringLiteral(".safetensors")) || file.name.endsWith(QStringLiteral(".bin"));
  });
  if (!hasWeights && (m_source.file.isEmpty() || !has(m_source.file))) {
    return giveUp(ModelDownload::tr("“%1” holds no weights that can be read (model.safetensors or pytorch_model.bin).")
                      .arg(m_sourceText));
  }
  makePlan(std::exchange(m_found, {}));
}

void DownloadWorker::probed(const QString& name, const FetchHead& head) {
  m_triesLeft = m_options.tries;
  const QUrl url = m_source.base.resolved(QUrl(QString::fromLatin1(QUrl::toPercentEncoding(name))));
  m_found.push_back({name, url, head.contentLength, head.linkedSha256});
  if (!name.endsWith(QStringLiteral(".index.json"))) return probeNext();
  fetchWhole(url, [this](const QByteArray& json) {
    QString problem;
    const auto names = parseWeightIndex(json, &problem);
    if (!names) return giveUp(problem);
    for (const QString& shard : *names) {
      if (!m_toProbe.contains(shard)) m_toProbe += shard;
    }
    probeNext();
  });
}

QString DownloadWorker::chooseFolder() const {
  const QString name = m_source.folderName();
  QStringList candidates{name};
  if (m_source.isOnHub()) candidates += QStringLiteral("%1--%2").arg(m_source.owner, name);
  for (int i = 2; i < 100; ++i) candidates += QStringLiteral("%1-%2").arg(name).arg(i);
  for (const QString& candidate : candidates) {
    const QString folder = QDir(m_modelsFolder).filePath(candidate);
    if (!QFileInfo::exists(folder) || downloadedFrom(folder) == m_plan.source) return folder;
    if (QFileInfo(folder).isDir() && QDir(folder).isEmpty()) return folder;
  }
  return QDir(m_modelsFolder).filePath(name);
}

quint64 DownloadWorker::freeBytes(const QString& folder) const {
  const QString there = existingFolder(folder);
  if (m_options.freeBytes) return m_options.freeBytes(there);
  return static_cast<quint64>(std::max<qint64>(0, QStorageInfo(there).bytesAvailable()));
}

quint64 DownloadWorker::missingBytes(const DownloadPlan& plan) const {
  return plan.knownBytes - std::min(plan.knownBytes, plan.presentBytes);
}

QString DownloadWorker::roomObstacle(const DownloadPlan& plan) const {
  const quint64 missing = missingBytes(plan);
  if (missing + kSpareBytes <= plan.freeBytes) return {};
  const QLocale locale;
  return ModelDownload::tr("%1 are needed and %2 are free in %3; make room first.")
      .arg(locale.formattedDataSize(static_cast<qint64>(missing + kSpareBytes)),
           locale.formattedDataSize(static_cast<qint64>(plan.freeBytes)), existingFolder(plan.folder));
}

void DownloadWorker::makePlan(std::vector<RemoteFile> files) {
  m_plan = {};
  m_plan.source = m_sourceText;
  m_plan.files = std::move(files);
  m_plan.folder = chooseFolder();
  for (const RemoteFile& each : m_plan.files) {
    m_plan.knownBytes += each.bytes.value_or(0);
    if (!each.bytes) m_plan.isSizeComplete = false;
    const QString path = QDir(m_plan.folder).filePath(each.name);
    const auto present = static_cast<quint64>(QFileInfo(path).size());
    m_plan.presentBytes += each.bytes && present == *each.bytes
                               ? present
                               : PartFile(path).resumableBytes({each.url.toString(), each.sha256, each.bytes});
  }
  m_plan.freeBytes = freeBytes(m_plan.folder);
  m_plan.obstacle = roomObstacle(m_plan);
  m_index = 0;
  m_doneBefore = 0;
  m_fetch.reset();
  Q_EMIT planned(m_run, m_plan);
}

// --- fetching

QString DownloadWorker::writeNote(bool isComplete) const {
  const QJsonObject note{{QStringLiteral("source"), m_plan.source},
                         {QStringLiteral("revision"), m_source.revision},
                         {QStringLiteral("complete"), isComplete}};
  QSaveFile file(QDir(m_plan.folder).filePath(noteName()));
  if (QDir().mkpath(m_plan.folder) && file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(note).toJson()) > 0 &&
      file.commit()) {
    return {};
  }
  return ModelDownload::tr("%1 could not be made (%2); choose another folder or check its permissions.")
      .arg(m_plan.folder, file.errorString());
}

void DownloadWorker::start(quint64 run) {
  halt();
  m_run = run;
  m_triesLeft = m_options.tries;
  m_speed = 0;
  m_clock.invalidate();
  if (const QString problem = writeNote(false); !problem.isEmpty()) return giveUp(problem);
  nextFile();
}

PartFile::Identity DownloadWorker::identity() const {
  return {file().url.toString(), file().sha256, file().bytes};
}

void DownloadWorker::nextFile() {
  m_fetch.reset();
  m_part.reset();
  while (m_index < m_plan.files.size()) {
    const QString path = QDir(m_plan.folder).filePath(file().name);
    report(true);
    if (!PartFile::isComplete(path, identity(), m_interrupted)) {
      if (m_interrupted) return;  // halt() is on its way
      m_part = std::make_unique<PartFile>(path);
      return fetchFile();
    }
    m_doneBefore += file().bytes.value_or(0);
    ++m_index;
  }
  if (const QString problem = writeNote(true); !problem.isEmpty()) return giveUp(problem);
  Q_EMIT finished(m_run, m_plan.folder);
}

void DownloadWorker::fetchFile() {
  const quint64 there = m_part->resumableBytes(identity());
  m_problem.clear();
  m_startAnew = false;
  if (file().bytes && there == *file().bytes) {  // it ended between the last byte and its name
    m_problem = m_part->open(identity(), m_part->etag(), there, m_interrupted);
    if (!m_problem.isEmpty()) return giveUp(m_problem);
    if (m_part->isOpen()) completeFile();
    return;
  }
  FetchRequest request{file().url, false, {}, {}, 0};
  if (there > 0) {
    request.headers.emplace_back("Range", "bytes=" + QByteArray::number(there) + "-");
    if (const QByteArray etag = m_part->etag(); !etag.isEmpty()) request.headers.emplace_back("If-Range", etag);
  }
  fetch(std::move(request), {[this, there](const FetchHead& head) { return takeHead(head, there); },
                             [this](const QByteArray& bytes) { return takeBytes(bytes); },
                             [this](const FetchEnd& end) { fileEnded(end); }});
}

bool DownloadWorker::takeHead(const FetchHead& head, quint64 wanted) {
  const QByteArray known = m_part->etag();
  if (head.status == 206 && wanted > 0) {
    const auto range = parseContentRange(head.contentRange);
    const bool isOurs = range && range->begin == wanted &&
                        (!range->whole || !file().bytes || *range->whole == *file().bytes) &&
                        (known.isEmpty() || head.etag.isEmpty() || head.etag == known);
    if (!isOurs) {
      m_startAnew = true;
      return false;
    }
    m_problem = m_part->open(identity(), known, wanted, m_interrupted);
  } else if (head.status == 200) {
    if (head.contentLength && file().bytes && *head.contentLength != *file().bytes) {
      m_problem =
          ModelDownload::tr("%1 should have %2 bytes and the server sends %3; nothing was kept of it. Look again.")
              .arg(file().name, QLocale().toString(*file().bytes), QLocale().toString(*head.contentLength));
      m_part->discard();
      return false;
    }
    m_problem = m_part->open(identity(), head.etag, 0, m_interrupted);
  } else {
    m_problem =
        ModelDownload::tr("%1 answered with status %2; try again later.").arg(file().url.host()).arg(head.status);
  }
  return m_problem.isEmpty() && m_part->isOpen();
}

bool DownloadWorker::takeBytes(const QByteArray& bytes) {
  const quint64 most = file().bytes.value_or(kLargestFile);
  if (m_part->bytes() + static_cast<quint64>(bytes.size()) > most) {
    m_problem = ModelDownload::tr("More came of %1 than its %2 bytes; nothing was kept of it.")
                    .arg(file().name, QLocale().toString(most));
    m_part->discard();
    return false;
  }
  m_problem = m_part->append(bytes);
  m_triesLeft = m_options.tries;
  report(false);
  return m_problem.isEmpty();
}

void DownloadWorker::fileEnded(const FetchEnd& end) {
  m_fetch.reset();
  if (!m_problem.isEmpty()) return giveUp(QString(m_problem));
  if (m_startAnew || (end.kind == FetchEnd::kAnswered && end.status == 416 && m_part->resumableBytes(identity()) > 0)) {
    m_part->discard();
    return fetchFile();
  }
  switch (end.kind) {
    case FetchEnd::kWhole:
      return completeFile();
    case FetchEnd::kStopped:
      return;  // halt() is on its way
    case FetchEnd::kBroken:
      m_part->close();
      return tryAgain(file().url, end.reason, [this] { fetchFile(); });
    case FetchEnd::kRefused:
      return giveUp(ModelDownload::tr("%1 could not be fetched: %2.").arg(file().name, end.reason));
    case FetchEnd::kAnswered:
      m_part->close();
      if (isWorthRetrying(end.status)) {
        return tryAgainAfter(file().url, end, [this] { fetchFile(); });
      }
      return giveUp(statusSentence(file().url, end.status));
  }
}

void DownloadWorker::completeFile() {
  const quint64 bytes = m_part->bytes();
  if (const QString problem = m_part->finish(identity()); !problem.isEmpty()) return giveUp(problem);
  m_doneBefore += bytes;
  ++m_index;
  // Posted: many small files are no recursion.
  QMetaObject::invokeMethod(
      this,
      [this, run = m_run] {
        if (run == m_run && !m_interrupted) nextFile();
      },
      Qt::QueuedConnection);
}

void DownloadWorker::report(bool now) {
  if (!now && m_reported.isValid() && m_reported.elapsed() < kReportEveryMs) return;
  m_reported.start();
  const quint64 done = m_doneBefore + (m_part ? m_part->bytes() : 0);
  if (!m_clock.isValid()) {
    m_clock.start();
    m_speedBytes = done;
  } else if (m_clock.elapsed() >= 1000 && done >= m_speedBytes) {
    const double latest = static_cast<double>(done - m_speedBytes) * 1000.0 / static_cast<double>(m_clock.elapsed());
    m_speed = m_speed == 0 ? latest : 0.6 * m_speed + 0.4 * latest;
    m_clock.start();
    m_speedBytes = done;
  }
  Q_EMIT progressed(m_run, {file().name, static_cast<int>(m_index) + 1, static_cast<int>(m_plan.files.size()), done,
                            m_plan.isSizeComplete ? m_plan.knownBytes : 0, m_speed});
}

QString downloadedFrom(const QString& folder) {
  QFile file(QDir(folder).filePath(noteName()));
  if (!file.open(QIODevice::ReadOnly)) return {};
  return QJsonDocument::fromJson(file.read(1 << 16)).object().value(QStringLiteral("source")).toString();
}

}  // namespace tidemark::ui

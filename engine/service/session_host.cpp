#include "engine/service/session_host.h"

#include <algorithm>
#include <new>
#include <utility>

#include "engine/base/run_clock.h"
#include "engine/base/system_memory.h"
#include "engine/service/session_fork.h"
#include "engine/service/trace_choice.h"
#include "engine/session/session_library.h"
#include "engine/session/session_name.h"

namespace tidemark {
namespace {

ModelSummary summarize(const LoadedModel& model) {
  const ModelConfig& config = model.config();
  ModelSummary summary;
  summary.identity = model.identity;
  summary.directory = model.directory;
  summary.device = model.backend->description();
  summary.deviceNote = model.backendNote;
  summary.onGpu = model.backend->name() == "cuda";
  summary.stateBytes = snapshotBytes(model);
  summary.traceBytes = traceBytes(config);
  summary.canTrace = model.backend->tracesMemory();
  summary.tracesByDefault = summary.canTrace && keepsTracesByDefault(config);
  constexpr std::uint64_t kCacheValueBytes = 2;  // 16-bit keys and values, as caches are usually kept
  summary.cacheBytesPerToken = 2 * kCacheValueBytes * static_cast<std::uint64_t>(config.layers) *
                               static_cast<std::uint64_t>(config.keyValueHeads) *
                               static_cast<std::uint64_t>(config.headDim);
  return summary;
}

/// Everything that can be shown of a session without a model. Segments come in slices: their tokens are not needed, and
/// there may be millions.
Result<SessionShown> lookInto(SessionToken token, const std::filesystem::path& path) {
  const auto store = SessionStore::open(path, SessionAccess::kRead);
  if (!store) return store.error();
  auto overview = gatherOverview(*store);
  if (!overview) return overview.error();
  SessionShown shown{token, path, std::move(overview).value(), {}, {}};
  constexpr std::int64_t kSlice = 4096;
  for (std::int64_t first = 0; first < shown.overview.size.segments; first += kSlice) {
    const std::int64_t end = std::min(first + kSlice, shown.overview.size.segments);
    const auto segments = store->segments(first, end);
    if (!segments) return segments.error();
    for (const SegmentRecord& segment : *segments) shown.segments.push_back(segment.bytes);
    const auto metrics = store->metrics(first, end);
    if (!metrics) return metrics.error();
    shown.metrics.insert(shown.metrics.end(), metrics->begin(), metrics->end());
  }
  return shown;
}

/// A note for as long as a model is loaded and put to work; an exception is an orderly end as well.
class NoteWhileLoading {
 public:
  NoteWhileLoading(LoadNotes* notes, const std::filesystem::path& model) : m_notes(notes), m_model(model) {
    if (m_notes != nullptr) m_notes->begin(m_model);
  }
  ~NoteWhileLoading() {
    if (m_notes != nullptr) m_notes->end(m_model);
  }
  NoteWhileLoading(const NoteWhileLoading&) = delete;
  NoteWhileLoading& operator=(const NoteWhileLoading&) = delete;

 private:
  LoadNotes* m_notes;
  const std::filesystem::path& m_model;
};

Error noSession() {
  return makeError(ErrorCode::kInvalidArgument, "no session is ready; open a document or a session first");
}

}  // namespace

SessionHost::SessionHost(NoticeSink sink, std::shared_ptr<LoadNotes> notes)
    : m_sink(std::move(sink)), m_notes(std::move(notes)) {
  m_thread = std::jthread([this](const std::stop_token& stop) { threadMain(stop); });
}

SessionHost::~SessionHost() {
  {
    const std::lock_guard lock(m_mutex);
    m_forkStop.request_stop();
  }
  m_thread.request_stop();
  m_thread.join();
}

SessionToken SessionHost::open(OpenSessionRequest request) {
  return enqueue(std::move(request));
}
SessionToken SessionHost::close() {
  return enqueue(std::nullopt);
}

SessionToken SessionHost::enqueue(std::optional<OpenSessionRequest> open) {
  const std::lock_guard lock(m_mutex);
  const SessionToken token{++m_lastToken};
  m_forkStop.request_stop();  // nobody waits for it any more
  m_next = Task{token, std::move(open)};
  m_changed.notify_all();
  return token;
}

Result<RunId> SessionHost::read(ReadRequest request) {
  const std::lock_guard lock(m_mutex);
  if (!m_service) return noSession();
  return m_service->read(std::move(request));
}

Result<RunId> SessionHost::ask(AskRequest request) {
  const std::lock_guard lock(m_mutex);
  if (!m_service) return noSession();
  return m_service->ask(std::move(request));
}

Result<RunId> SessionHost::work(WorkRequest request) {
  const std::lock_guard lock(m_mutex);
  if (!m_service) return noSession();
  return m_service->work(std::move(request));
}

Result<RunId> SessionHost::changeBookmark(BookmarkRequest request) {
  const std::lock_guard lock(m_mutex);
  if (!m_service) return noSession();
  if (auto* add = std::get_if<AddBookmark>(&request)) return m_service->addBookmark(std::move(add->bookmark));
  if (auto* update = std::get_if<UpdateBookmark>(&request))
    return m_service->updateBookmark(std::move(update->bookmark));
  return m_service->removeBookmark(std::get<RemoveBookmark>(request).id);
}

void SessionHost::pause(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (m_service) m_service->pause(run);
}

void SessionHost::resume(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (m_service) m_service->resume(run);
}

void SessionHost::cancel(RunId run) {
  const std::lock_guard lock(m_mutex);
  if (m_service) m_service->cancel(run);
}

void SessionHost::threadMain(const std::stop_token& stop) {
  while (true) {
    Task task;
    {
      std::unique_lock lock(m_mutex);
      if (!m_changed.wait(lock, stop, [this] { return m_next.has_value(); })) break;
      task = std::move(*m_next);
      m_next.reset();
      m_forkStop = std::stop_source();
    }
    const std::filesystem::path before = m_current ? m_current->session : std::filesystem::path();
    closeCurrent();
    if (!task.open) {
      m_sink(SessionClosed{task.token, before});
      continue;
    }
    try {
      openSession(task.token, *task.open);
    } catch (const std::bad_alloc&) {
      m_sink(SessionUnavailable{
          task.token, false,
          makeError(ErrorCode::kOutOfMemory, "there is not enough memory to open " + task.open->session.string() +
                                                 " (" + formatBytes(availableMemoryBytes()) +
                                                 " are free); close other programs")});
    } catch (const std::exception& failure) {  // libraries only
      m_sink(SessionUnavailable{
          task.token, false,
          makeError(ErrorCode::kInternal, task.open->session.string() + " could not be opened: " + failure.what())});
    }
  }
  closeCurrent();
}

void SessionHost::closeCurrent() {
  std::unique_ptr<EngineService> service;
  {
    const std::lock_guard lock(m_mutex);
    service = std::move(m_service);
  }
  if (service) m_model = EngineService::stop(std::move(service));
  if (m_current && m_current->create) removeUnusedSession(m_current->session);
  m_current.reset();
}

void SessionHost::openSession(SessionToken token, OpenSessionRequest request) {
  if (request.fork) {
    auto made = makeFork(request);
    if (!made) {
      m_sink(SessionUnavailable{token, false, made.error()});
      return;
    }
    request.session = std::move(made).value();
  }
  OpenSessionRequest wanted = request;
  bool shown = false;
  if (!request.create) {
    auto contents = lookInto(token, request.session);
    if (!contents) {
      m_sink(SessionUnavailable{token, false, contents.error()});
      return;
    }
    shown = true;
    wanted.model.precision = contents->overview.model.precision;
    m_sink(std::move(contents).value());
  }
  if (!request.withheld.empty()) {
    m_sink(SessionUnavailable{token, shown, makeError(ErrorCode::kCancelled, request.withheld)});
    return;
  }
  const RunClock clock;
  auto model = startService(token, wanted);
  if (!model) {
    m_sink(SessionUnavailable{token, shown, model.error()});
    return;
  }
  m_current = request;
  if (!shown) m_sink(SessionShown{token, request.session, {}, {}, {}});
  m_sink(SessionReady{token, std::move(model).value(), clock.seconds()});
}

/// Needs the model that made the session, and leaves it loaded.
Result<std::filesystem::path> SessionHost::makeFork(const OpenSessionRequest& request) {
  if (!request.withheld.empty()) return makeError(ErrorCode::kCancelled, request.withheld);
  std::stop_token stop;
  {
    const std::lock_guard lock(m_mutex);
    stop = m_forkStop.get_token();
  }
  OpenSessionRequest wanted = request;
  {
    const auto parent = SessionStore::open(request.fork->session, SessionAccess::kRead);
    if (!parent) return parent.error();
    auto precision = parent->precision();
    if (!precision) return precision.error();
    wanted.model.precision = std::move(precision).value();
  }
  const NoteWhileLoading note(isLoaded(wanted) ? nullptr : m_notes.get(), request.modelDirectory);
  if (Status loaded = ensureModel(wanted); !loaded) return loaded.error();
  const auto target = freeSessionPath(request.session.parent_path(), request.session.stem().string());
  if (Status forked = forkWithout(request.fork->session, target, request.fork->removed, *m_model, stop); !forked) {
    return forked.error();
  }
  return target;
}

Result<ModelSummary> SessionHost::startService(SessionToken token, const OpenSessionRequest& request) {
  // What is loaded already has shown that it can be.
  const NoteWhileLoading note(isLoaded(request) ? nullptr : m_notes.get(), request.modelDirectory);
  if (Status loaded = ensureModel(request); !loaded) return loaded.error();
  auto store = request.create ? SessionStore::create(request.session, m_model->identity)
                              : SessionStore::open(request.session, SessionAccess::kWrite);
  if (!store) return store.error();
  // Checked here as well, so that a mismatch does not cost the loaded model.
  if (Status same = store->requireModel(m_model->identity); !same) return same.error();
  ModelSummary summary = summarize(*m_model);
  auto service = EngineService::start(std::move(*std::exchange(m_model, std::nullopt)), std::move(store).value(),
                                      [this, token](const Event& event) {
                                        m_sink(EngineNotice{token, event});
                                      });
  if (!service) return service.error();
  const std::lock_guard lock(m_mutex);
  m_service = std::move(service).value();
  return summary;
}

bool SessionHost::isLoaded(const OpenSessionRequest& request) const {
  const ModelOptions& options = request.model;
  return m_model && m_modelDirectory == request.modelDirectory && m_modelOptions.backend == options.backend &&
         m_modelOptions.threads == options.threads && m_modelOptions.hints == options.hints &&
         triesGpu(options.backend, m_modelOptions.precision) == triesGpu(options.backend, options.precision);
}

Status SessionHost::ensureModel(const OpenSessionRequest& request) {
  if (isLoaded(request)) return {};
  m_model.reset();  // two models at once may not fit
  auto model = loadModel(request.modelDirectory, request.model);
  if (!model) return model.error();
  m_model = std::move(model).value();
  m_modelDirectory = request.modelDirectory;
  m_modelOptions = request.model;
  return {};
}

}  // namespace tidemark

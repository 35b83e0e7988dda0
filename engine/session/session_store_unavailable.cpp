// A build without SQLite: sessions can be neither created nor opened, and a sentence says so.

#include "engine/session/session_export.h"
#include "engine/session/session_forks.h"
#include "engine/session/session_leftovers.h"
#include "engine/session/session_library.h"
#include "engine/session/session_store.h"

namespace tidemark {

struct SessionStore::Impl {
  std::filesystem::path path;
  ModelIdentity model;
};

namespace {

Error unavailable() {
  return makeError(ErrorCode::kUnsupported,
                   "this Tidemark was built without SQLite and has no session files: install libsqlite3-dev and build "
                   "it again");
}

}  // namespace

Result<SessionStore> SessionStore::create(const std::filesystem::path&, const ModelIdentity&) {
  return unavailable();
}
Result<SessionStore> SessionStore::open(const std::filesystem::path&, SessionAccess) {
  return unavailable();
}

// No store can exist; the rest is here so that its callers link.
SessionStore::SessionStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SessionStore::SessionStore(SessionStore&&) noexcept = default;
SessionStore& SessionStore::operator=(SessionStore&&) noexcept = default;
SessionStore::~SessionStore() = default;

const std::filesystem::path& SessionStore::path() const {
  return m_impl->path;
}
std::uint64_t SessionStore::byteCount() const {
  return 0;
}
const ModelIdentity& SessionStore::model() const {
  return m_impl->model;
}
Status SessionStore::requireModel(const ModelIdentity&) const {
  return unavailable();
}
Result<std::string> SessionStore::precision() const {
  return unavailable();
}
Result<std::vector<DocumentRecord>> SessionStore::documents() const {
  return unavailable();
}
Result<std::int64_t> SessionStore::beginDocument(const std::string&, const std::string&) {
  return unavailable();
}
Status SessionStore::appendText(std::int64_t, std::string_view) {
  return unavailable();
}
Result<DocumentRecord> SessionStore::finishDocument(std::int64_t, const std::string&, std::uint64_t, std::uint64_t,
                                                    const DocumentContents&) {
  return unavailable();
}
ByteRange SessionStore::pendingText() const {
  return {};
}
Result<std::vector<DocumentContents>> SessionStore::contents() const {
  return unavailable();
}
Result<std::uint64_t> SessionStore::commonBytes(std::int64_t, std::int64_t) const {
  return unavailable();
}
Status SessionStore::replaceDocument(std::int64_t, std::int64_t, std::int64_t) {
  return unavailable();
}
Status SessionStore::dropDocument(std::int64_t) {
  return unavailable();
}
Result<std::size_t> SessionStore::readText(std::uint64_t, std::span<char>) const {
  return unavailable();
}
Status SessionStore::storeProgress(const ReadProgress&) {
  return unavailable();
}
Result<std::vector<SegmentRecord>> SessionStore::segments(std::int64_t, std::int64_t) const {
  return unavailable();
}
Result<std::int64_t> SessionStore::segmentCount() const {
  return unavailable();
}
Result<std::vector<CellMetricsRecord>> SessionStore::metrics(std::int64_t, std::int64_t) const {
  return unavailable();
}
Result<std::vector<SnapshotInfo>> SessionStore::snapshots() const {
  return unavailable();
}
Result<std::optional<SnapshotInfo>> SessionStore::newestSnapshot(std::int64_t) const {
  return unavailable();
}
Result<SnapshotRecord> SessionStore::loadSnapshot(std::int64_t) const {
  return unavailable();
}
Result<std::vector<std::int64_t>> SessionStore::thinSnapshots(std::uint64_t) {
  return unavailable();
}
Status SessionStore::removeText(const TextRemoval&) {
  return unavailable();
}
Status SessionStore::storeTraces(std::span<const TraceRecord>) {
  return unavailable();
}
Result<std::vector<TraceRecord>> SessionStore::traces(std::int64_t, std::int64_t) const {
  return unavailable();
}
Result<std::vector<std::int64_t>> SessionStore::segmentsWithoutTrace(std::int64_t) const {
  return unavailable();
}
Status SessionStore::pinSnapshot(std::int64_t, bool) {
  return unavailable();
}
Result<bool> SessionStore::textIsLeftOut() const {
  return unavailable();
}
Status SessionStore::storeTail(const TailRecord&) {
  return unavailable();
}
Result<std::optional<TailRecord>> SessionStore::loadTail(std::int64_t) const {
  return unavailable();
}
Result<std::int64_t> SessionStore::beginQuestion(const QuestionRecord&) {
  return unavailable();
}
Status SessionStore::updateQuestion(const QuestionRecord&) {
  return unavailable();
}
Result<std::vector<QuestionRecord>> SessionStore::questions() const {
  return unavailable();
}
Status SessionStore::copyTo(const std::filesystem::path&) const {
  return unavailable();
}
Status SessionStore::copyBeginningTo(const std::filesystem::path&, std::int64_t) const {
  return unavailable();
}
Result<std::int64_t> SessionStore::questionCount() const {
  return unavailable();
}
Result<std::vector<BookmarkRecord>> SessionStore::bookmarks() const {
  return unavailable();
}
Result<std::int64_t> SessionStore::addBookmark(const BookmarkRecord&) {
  return unavailable();
}
Status SessionStore::updateBookmark(const BookmarkRecord&) {
  return unavailable();
}
Status SessionStore::removeBookmark(std::int64_t) {
  return unavailable();
}
Result<TimelineRecord> SessionStore::beginTimeline(const std::string&) {
  return unavailable();
}
Status SessionStore::addTimelinePoint(std::int64_t, const TimelinePoint&) {
  return unavailable();
}
Status SessionStore::finishTimeline(const TimelineRecord&) {
  return unavailable();
}
Result<std::vector<TimelineRecord>> SessionStore::timelines() const {
  return unavailable();
}
Result<SessionCheck> SessionStore::verify() const {
  return unavailable();
}

// Without SQLite there is nothing to list, and nothing that could be moved without knowing whether it is in use.
Result<std::vector<SessionSummary>> listSessions(const std::filesystem::path&, const std::stop_token&) {
  return unavailable();
}
Result<std::filesystem::path> renameSession(const std::filesystem::path&, const std::string&) {
  return unavailable();
}
void removeSessionFiles(const std::filesystem::path&) {}
Result<UnfinishedFork> UnfinishedFork::begin(const std::filesystem::path&) {
  return unavailable();
}
UnfinishedFork::UnfinishedFork(UnfinishedFork&&) noexcept = default;
UnfinishedFork::~UnfinishedFork() = default;
Status UnfinishedFork::publish() {
  return unavailable();
}
void removeUnfinishedForks(const std::filesystem::path&) {}
void removeLeftovers(const std::filesystem::path&) {}
Result<std::filesystem::path> duplicateSession(const std::filesystem::path&, const std::string&) {
  return unavailable();
}
Result<SessionCheck> verifySession(const std::filesystem::path&) {
  return unavailable();
}
Result<std::filesystem::path> trashSession(const std::filesystem::path&) {
  return unavailable();
}
Result<std::filesystem::path> restoreSession(const std::filesystem::path&) {
  return unavailable();
}
Result<std::vector<TrashedSession>> listTrash(const std::filesystem::path&) {
  return unavailable();
}
Result<int> emptyTrash(const std::filesystem::path&, std::chrono::seconds) {
  return unavailable();
}
Status exportMemory(const SessionStore&, const std::filesystem::path&, const MemoryExport&) {
  return unavailable();
}
Status importSession(const std::filesystem::path&, const std::filesystem::path&) {
  return unavailable();
}
void removeUnusedSession(const std::filesystem::path&) {}  // none was made

}  // namespace tidemark

#include "ui/bridge/text_loader_files.h"

#include <array>
#include <chrono>
#include <system_error>
#include <utility>

#include "engine/base/run_clock.h"
#include "engine/document/regular_file.h"
#include "engine/document/utf8_cleaner.h"
#include "engine/session/session_library.h"

namespace tidemark::ui {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kPiecesHeld = 8;
constexpr std::chrono::milliseconds kPumpWait{50};
constexpr double kProgressSeconds = 0.1;

bool isSession(const fs::path& path) {
  auto file = RegularFile::open(path);
  if (!file) return false;
  std::array<char, 16> head{};
  const auto count = file->read(head);
  return count && *count == head.size() && std::string_view(head.data(), 15) == "SQLite format 3";
}

std::uint64_t sizeOf(const fs::path& file) {
  std::error_code failed;
  const auto size = fs::file_size(file, failed);
  return failed ? 0 : size;
}

/// Cuts an imported document into pieces.
class PieceSink final : public DocumentSink {
 public:
  PieceSink(TextPieceBuilder& builder, std::uint64_t firstByte) : m_builder(builder), m_firstByte(firstByte) {}
  Status head(const DocumentHead& /*head*/) override { return {}; }
  Status beginPage(std::uint64_t offset, const std::string& label) override {
    m_builder.addPage(m_firstByte + offset, label);
    return {};
  }
  Status heading(std::uint64_t offset, int level, const std::string& title) override {
    m_builder.addHeading(m_firstByte + offset, level, title);
    return {};
  }
  Status text(std::string_view piece) override {
    m_builder.feed(piece);
    return {};
  }

 private:
  TextPieceBuilder& m_builder;
  std::uint64_t m_firstByte;
};

/// Pieces of a file that is not known to be good yet. A refused file shows nothing; a large one is shown early: nobody
/// should look at an empty window for seconds.
class HeldPieces {
 public:
  HeldPieces(bool show, std::uint64_t expectedBytes, const FileCheckEvents& events)
      : m_show(show), m_expectedBytes(expectedBytes), m_events(events) {}
  void take(std::shared_ptr<const TextPiece> piece) {
    if (m_show) m_held.push_back(std::move(piece));
    if (m_isReleased) release();
  }
  [[nodiscard]] bool isMuch() const { return m_held.size() >= kPiecesHeld; }
  [[nodiscard]] bool isReleased() const { return m_isReleased; }
  void release() {
    if (!m_show) return;
    if (!std::exchange(m_isReleased, true)) m_events.showing(m_expectedBytes);
    for (auto& piece : m_held) m_events.piece(std::move(piece));
    m_held.clear();
  }

 private:
  bool m_show;
  bool m_isReleased = false;
  std::uint64_t m_expectedBytes;
  const FileCheckEvents& m_events;
  std::vector<std::shared_ptr<const TextPiece>> m_held;
};

/// Imports a file to its end. Scans are taken too: whether one is read is decided by people.
Result<ImportedDocument> importWhole(const fs::path& file, DocumentSink& sink, HeldPieces& held,
                                     const std::function<void(const ImportProgress&)>& progressed,
                                     const std::stop_token& stop) {
  ImportOptions options;
  options.force = true;
  auto import = DocumentImport::open(file, sink, options);
  if (!import) return import.error();
  RunClock clock;
  double told = -1;
  while (true) {
    if (stop.stop_requested()) return makeError(ErrorCode::kCancelled, "stopped");
    const auto step = import->pump(kPumpWait);
    if (!step) return step.error();
    if (*step == DocumentImport::Step::kDone) return import->result();
    if (held.isMuch() && import->looksReadable()) held.release();
    if (clock.seconds() - told < kProgressSeconds) continue;
    told = clock.seconds();
    progressed(import->progress());
  }
}

}  // namespace

std::optional<CheckedFiles> checkFiles(const QStringList& paths, bool show, const fs::path& sessionsFolder,
                                       const FileCheckEvents& events, const std::stop_token& stop) {
  CheckedFiles result;
  std::vector<fs::path> files;
  for (const QString& each : paths) {
    // One at a time: a folder without documents must not stop the others.
    auto expanded = expandFolders({each.toStdString()});
    if (!expanded) {
      result.refused.push_back({each, QString::fromStdString(expanded.error().message)});
      continue;
    }
    for (fs::path& file : *expanded) (isSession(file) ? result.sessions : files).push_back(std::move(file));
  }
  const bool isList = files.size() > 1;
  QStringList names;
  for (const fs::path& file : files) names << QString::fromStdString(file.string());
  if (!names.isEmpty()) events.listed(names);
  std::error_code failed;
  if (!files.empty()) fs::create_directories(sessionsFolder, failed);  // a failure is reported when a session is made
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (events.isReplaced()) return std::nullopt;
    const auto number = static_cast<int>(i);
    HeldPieces held(show && !isList, sizeOf(files[i]), events);
    TextPieceBuilder builder([&held](std::shared_ptr<const TextPiece> piece) { held.take(std::move(piece)); });
    PieceSink sink(builder, 0);
    events.progressed(number, {});
    auto imported = importWhole(
        files[i], sink, held, [&](const ImportProgress& progress) { events.progressed(number, progress); }, stop);
    if (!imported) {
      if (imported.error().code == ErrorCode::kCancelled) return std::nullopt;
      const RefusedFile refused{QString::fromStdString(files[i].string()),
                                QString::fromStdString(imported.error().message)};
      result.refused.push_back(refused);
      events.refused(number, refused);
      continue;
    }
    builder.finish();
    if (!hasGaps(imported->coverage)) held.release();
    result.isShown = held.isReleased();
    result.textBytes += imported->textBytes;
    FileReport report{files[i], std::move(*imported), freeSessionPath(sessionsFolder, files[i].stem().string())};
    events.checked(number, report);
    result.texts.push_back(std::move(report));
  }
  if (!result.texts.empty()) result.newSession = result.texts.front().newSession;
  return result;
}

Result<std::string> cleanPasted(const std::string& text) {
  Utf8Cleaner cleaner;
  std::string cleaned;
  if (Status pushed = cleaner.push(text, cleaned); !pushed) return pushed.error();
  if (Status finished = cleaner.finish(cleaned); !finished) return finished.error();
  return cleaned;
}

}  // namespace tidemark::ui

#include "ui/bridge/text_loader.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <system_error>
#include <utility>

#include "engine/document/regular_file.h"
#include "engine/document/text_import.h"
#include "engine/session/session_library.h"
#include "engine/session/session_store.h"
#include "ui/document/text_piece_builder.h"

namespace tidemark::ui {
namespace {

namespace fs = std::filesystem;

// A folder is taken as the texts in it; more than this is a mistake, and saying so beats hours of reading.
constexpr std::size_t kMostFiles = 10'000;
constexpr std::size_t kPiecesHeld = 8;

bool isTextName(const fs::path& path) {
  const std::string ending = path.extension().string();
  return ending == ".txt" || ending == ".md" || ending == ".markdown" || ending == ".text";
}

bool isSession(const fs::path& path) {
  auto file = RegularFile::open(path);
  if (!file) return false;
  std::array<char, 16> head{};
  const auto count = file->read(head);
  return count && *count == head.size() && std::string_view(head.data(), 15) == "SQLite format 3";
}

/// Folders become the texts directly in them, by name.
std::vector<fs::path> expandFolders(const QStringList& paths) {
  std::vector<fs::path> files;
  for (const QString& each : paths) {
    const fs::path path = each.toStdString();
    std::error_code failed;
    if (!fs::is_directory(path, failed)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> inside;
    for (const auto& entry : fs::directory_iterator(path, failed)) {
      std::error_code ignored;
      if (isTextName(entry.path()) && entry.is_regular_file(ignored)) inside.push_back(entry.path());
    }
    std::sort(inside.begin(), inside.end());
    if (inside.empty()) inside.push_back(path);  // is refused below, with the reason
    files.insert(files.end(), inside.begin(), inside.end());
  }
  return files;
}

std::uint64_t sizeOf(const std::vector<fs::path>& files) {
  std::uint64_t bytes = 0;
  for (const fs::path& file : files) {
    std::error_code failed;
    const auto size = fs::file_size(file, failed);
    if (!failed) bytes += size;
  }
  return bytes;
}

}  // namespace

/// One load; a newer one sets `replaced`, and from then on nothing of this one arrives.
struct TextLoader::Request {
  std::atomic<bool> replaced{false};
  std::stop_source stop;
};

TextLoader::TextLoader(QObject* parent) : QObject(parent) {}

TextLoader::~TextLoader() {
  cancel();
}

void TextLoader::cancel() {
  if (!m_current) return;
  m_current->replaced = true;
  m_current->stop.request_stop();
  m_current.reset();
}

std::shared_ptr<TextLoader::Request> TextLoader::begin() {
  cancel();
  m_current = std::make_shared<Request>();
  return m_current;
}

void TextLoader::post(const std::shared_ptr<Request>& request, std::function<void()> action) {
  QMetaObject::invokeMethod(
      this,
      [request, action = std::move(action)] {
        if (!request->replaced) action();
      },
      Qt::QueuedConnection);
}

void TextLoader::loadFiles(const QStringList& paths, bool show, const fs::path& sessionsFolder) {
  const std::shared_ptr<Request> request = begin();
  const auto job = [this, request, paths, show, sessionsFolder](const std::stop_token&) {
    CheckedFiles checked;
    const std::vector<fs::path> files = expandFolders(paths);
    const std::uint64_t expected = sizeOf(files);
    bool announced = false;
    const auto refuse = [&checked](const fs::path& file, const std::string& reason) {
      checked.refused.push_back({QString::fromStdString(file.string()), QString::fromStdString(reason)});
    };
    for (const fs::path& file : files) {
      if (request->replaced) return false;
      if (checked.texts.size() >= kMostFiles) {
        refuse(file, "more than " + std::to_string(kMostFiles) + " files at once; add the rest to the session later");
        break;
      }
      if (isSession(file)) {
        checked.sessions.push_back(file);
        continue;
      }
      // Held back until the file is known to be text to its end, so that a refused file shows nothing. A large one that
      // comes alone is shown earlier: nobody should look at an empty window for seconds.
      std::vector<std::shared_ptr<const TextPiece>> held;
      bool released = false;
      const auto release = [&] {
        released = true;
        if (!std::exchange(announced, true)) post(request, [this, expected] { Q_EMIT loadingStarted(expected); });
        for (auto& piece : held) post(request, [this, piece] { Q_EMIT pieceReady(piece); });
        held.clear();
      };
      const auto hand = [&](std::shared_ptr<const TextPiece> piece) {
        if (!show) return;
        held.push_back(std::move(piece));
        if (released || (files.size() == 1 && held.size() >= kPiecesHeld)) release();
      };
      TextPieceBuilder builder(hand, TextPieceBuilder::kPieceBytes, checked.textBytes);
      const auto report = importTextFile(
          file,
          [&builder](std::string_view piece) -> Status {
            builder.feed(piece);
            return {};
          },
          request->stop.get_token());
      if (!report) {
        if (report.error().code == ErrorCode::kCancelled) return false;
        refuse(file, report.error().message);
        continue;
      }
      builder.finish();
      if (show) release();
      checked.textBytes += report->textBytes;
      checked.texts.push_back(file);
    }
    if (!checked.texts.empty()) {
      std::error_code failed;
      fs::create_directories(sessionsFolder, failed);  // a failure is reported when the session is made
      checked.newSession = freeSessionPath(sessionsFolder, checked.texts.front().stem().string());
    }
    post(request, [this, checked = std::move(checked)] { Q_EMIT filesChecked(checked); });
    return true;
  };
  m_worker.run(this, job, [](bool) {});
}

void TextLoader::loadSession(const fs::path& session, std::vector<ByteRange> documents) {
  const std::shared_ptr<Request> request = begin();
  const auto job = [this, request, session, documents = std::move(documents)](const std::stop_token&) {
    const auto fail = [&](const Error& error) {
      post(request, [this, reason = QString::fromStdString(error.message)] { Q_EMIT loadFailed(reason); });
      return false;
    };
    const auto store = SessionStore::open(session, SessionAccess::kRead);
    if (!store) return fail(store.error());
    std::uint64_t expected = 0;
    for (const ByteRange& document : documents) expected += document.end - document.begin;
    post(request, [this, expected] { Q_EMIT loadingStarted(expected); });
    std::vector<char> block(std::size_t{1} << 20);
    for (const ByteRange& document : documents) {
      TextPieceBuilder builder(
          [&](std::shared_ptr<const TextPiece> piece) {
            post(request, [this, piece = std::move(piece)] { Q_EMIT pieceReady(piece); });
          },
          TextPieceBuilder::kPieceBytes, document.begin);
      for (std::uint64_t offset = document.begin; offset < document.end;) {
        if (request->replaced) return false;
        const auto wanted = std::min<std::uint64_t>(block.size(), document.end - offset);
        const auto count = store->readText(offset, std::span(block).first(static_cast<std::size_t>(wanted)));
        if (!count) return fail(count.error());
        if (*count == 0) break;
        builder.feed({block.data(), *count});
        offset += *count;
      }
      builder.finish();
    }
    post(request, [this] { Q_EMIT sessionLoaded(); });
    return true;
  };
  m_worker.run(this, job, [](bool) {});
}

}  // namespace tidemark::ui

// The trash of a folder of sessions. Each session lies in a folder of its own whose name is the time and a number: that
// name is unique because making a folder is, and the file keeps its own name whatever its length.

#include <algorithm>
#include <array>
#include <charconv>
#include <ctime>
#include <optional>
#include <system_error>

#include "engine/session/session_library.h"
#include "engine/session/session_move.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;
using Time = std::chrono::system_clock::time_point;

constexpr const char* kTrashName = ".trash";
constexpr const char* kTimeFormat = "%Y%m%dT%H%M%SZ";
constexpr std::size_t kTimeLength = 16;

std::string nameOfTime(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  std::array<char, 32> text{};
  return std::string(text.data(), std::strftime(text.data(), text.size(), kTimeFormat, &parts));
}

/// The time in the name of a folder of ours: TIME-NUMBER, nothing else.
std::optional<Time> timeOfName(const std::string& name) {
  std::tm parts{};
  const char* rest = strptime(name.c_str(), kTimeFormat, &parts);
  if (rest != name.c_str() + kTimeLength || *rest != '-') return std::nullopt;
  unsigned number = 0;
  const char* const end = name.c_str() + name.size();
  if (const auto parsed = std::from_chars(rest + 1, end, number); parsed.ec != std::errc() || parsed.ptr != end) {
    return std::nullopt;
  }
  return std::chrono::system_clock::from_time_t(timegm(&parts));
}

Error trashError(const fs::path& path, const std::string& what, const std::error_code& failure) {
  return makeError(ErrorCode::kIo,
                   what + " " + path.string() + ": " + failure.message() + "; check that its folder is writable");
}

/// A new folder in the trash of `folder`.
Result<fs::path> makePlace(const fs::path& folder) {
  const fs::path trash = folder / kTrashName;
  std::error_code failure;
  fs::create_directory(trash, failure);
  std::error_code notThere;
  if (!fs::is_directory(fs::symlink_status(trash, notThere))) {
    if (!failure) failure = std::make_error_code(std::errc::not_a_directory);
    return trashError(trash, "cannot make the trash folder", failure);
  }
  const std::string time = nameOfTime(std::time(nullptr));
  for (int number = 0;; ++number) {
    const fs::path place = trash / (time + "-" + std::to_string(number));
    if (fs::create_directory(place, failure)) return place;
    if (failure) return trashError(place, "cannot make a folder in the trash,", failure);
  }
}

struct Place {
  fs::path path;
  Time deleted;
};

/// The folders in the trash that trashSession made. Others, and links, are nobody's business here.
Result<std::vector<Place>> placesOf(const fs::path& folder) {
  std::vector<Place> places;
  const fs::path trash = folder / kTrashName;
  std::error_code failure;
  if (!fs::is_directory(fs::symlink_status(trash, failure))) return places;
  fs::directory_iterator entry(trash, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    const std::optional<Time> deleted = timeOfName(entry->path().filename().string());
    std::error_code ignored;
    if (!deleted || !fs::is_directory(entry->symlink_status(ignored))) continue;
    places.push_back({entry->path(), *deleted});
  }
  if (failure) return trashError(trash, "cannot read the trash", failure);
  return places;
}

/// The sessions in a folder of the trash: one, if nobody interfered.
std::vector<fs::path> sessionsIn(const fs::path& place) {
  std::vector<fs::path> sessions;
  std::error_code failure;
  fs::directory_iterator entry(place, failure);
  for (; !failure && entry != fs::directory_iterator(); entry.increment(failure)) {
    std::error_code ignored;
    if (entry->path().extension() == kSessionSuffix && fs::is_regular_file(entry->symlink_status(ignored))) {
      sessions.push_back(entry->path());
    }
  }
  return sessions;
}

}  // namespace

Result<fs::path> trashSession(const fs::path& path) {
  if (Status file = requireSessionFile(path, "throw away"); !file) return file.error();
  const Result<fs::path> place = makePlace(path.parent_path());
  if (!place) return place.error();
  // Whatever it was called, it is found again as a session.
  fs::path target = *place / path.filename();
  if (target.extension() != kSessionSuffix) target += kSessionSuffix;
  if (Status moved = moveSession(path, target, "throw away"); !moved) {
    std::error_code ignored;
    fs::remove(*place, ignored);
    return moved.error();
  }
  return target;
}

Result<fs::path> restoreSession(const fs::path& trashed) {
  const fs::path place = trashed.parent_path();
  if (place.parent_path().filename() != kTrashName || !timeOfName(place.filename().string())) {
    return makeError(ErrorCode::kInvalidArgument,
                     "cannot restore " + trashed.string() + ": it is not in a trash folder; choose one that is");
  }
  if (Status file = requireSessionFile(trashed, "restore"); !file) return file.error();
  const fs::path folder = place.parent_path().parent_path();
  // The name it had, even one that nobody could type today.
  fs::path target = folder / trashed.filename();
  std::error_code failure;
  if (fs::exists(fs::symlink_status(target, failure))) target = freeSessionPath(folder, trashed.stem().string());
  if (Status moved = moveSession(trashed, target, "restore"); !moved) return moved.error();
  fs::remove(place, failure);
  return target;
}

Result<std::vector<TrashedSession>> listTrash(const fs::path& folder) {
  const Result<std::vector<Place>> places = placesOf(folder);
  if (!places) return places.error();
  std::vector<TrashedSession> sessions;
  for (const Place& place : *places) {
    for (const fs::path& path : sessionsIn(place.path)) {
      sessions.push_back({path, path.stem().string(), place.deleted, sessionBytes(path)});
    }
  }
  std::sort(sessions.begin(), sessions.end(), [](const TrashedSession& a, const TrashedSession& b) {
    return a.deleted != b.deleted ? a.deleted > b.deleted : a.path < b.path;
  });
  return sessions;
}

Result<int> emptyTrash(const fs::path& folder, std::chrono::seconds olderThan) {
  const Result<std::vector<Place>> places = placesOf(folder);
  if (!places) return places.error();
  const Time now = std::chrono::system_clock::now();
  int removed = 0;
  for (const Place& place : *places) {
    if (now - place.deleted < olderThan) continue;
    const auto count = static_cast<int>(sessionsIn(place.path).size());
    std::error_code failure;
    fs::remove_all(place.path, failure);  // does not follow links
    if (failure) return trashError(place.path, "cannot empty the trash:", failure);
    removed += count;
  }
  return removed;
}

}  // namespace tidemark

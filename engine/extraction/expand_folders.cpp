// Folders that a user names, as the documents in them.

#include <algorithm>
#include <system_error>

#include "engine/document/regular_file.h"
#include "engine/document/text_decoder.h"
#include "engine/extraction/document_import.h"
#include "engine/extraction/file_kind.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kDeepestFolder = 64;
constexpr std::size_t kLookedAt = 4096;  // bytes of a file: enough to tell its kind

bool isDigit(char c) {
  return c >= '0' && c <= '9';
}
char folded(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Takes the digits at the front, without zeros before them.
std::string_view takeNumber(std::string_view& text) {
  const auto end = std::find_if_not(text.begin(), text.end(), isDigit);
  std::string_view number = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(number.size());
  while (number.size() > 1 && number.front() == '0') number.remove_prefix(1);
  return number;
}

/// As people sort: numbers by value, letters without regard to case; bytes decide between what is equal then.
bool comesBefore(const std::string& first, const std::string& second) {
  std::string_view a = first;
  std::string_view b = second;
  while (!a.empty() && !b.empty()) {
    if (isDigit(a.front()) && isDigit(b.front())) {
      const std::string_view x = takeNumber(a);
      const std::string_view y = takeNumber(b);
      if (x.size() != y.size()) return x.size() < y.size();
      if (x != y) return x < y;
      continue;
    }
    const auto x = static_cast<unsigned char>(folded(a.front()));
    const auto y = static_cast<unsigned char>(folded(b.front()));
    if (x != y) return x < y;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
  if (a.empty() != b.empty()) return a.empty();
  return first < second;
}

/// A zip archive is a document if it says so, or at least is called so.
bool isZippedDocument(std::string_view head, const fs::path& path) {
  for (const char* type : {"mimetypeapplication/epub+zip", "mimetypeapplication/vnd.oasis.opendocument.text"}) {
    if (head.find(type) != std::string_view::npos) return true;
  }
  std::string suffix = path.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(), folded);
  return suffix == ".epub" || suffix == ".docx" || suffix == ".odt";
}

/// A file that cannot be looked at counts as one: reading it will say why.
bool isDocument(const fs::path& path) {
  Result<RegularFile> file = RegularFile::open(path);
  if (!file) return file.error().code != ErrorCode::kInvalidArgument;
  std::string head(kLookedAt, '\0');
  const Result<std::size_t> count = file->read(head);
  if (!count) return true;
  head.resize(*count);
  switch (detectKind(head, path.filename().string()).kind) {
    case FileKind::kText:
      return holdsText(head) && detectEncoding(head).ok();
    case FileKind::kZip:
      return isZippedDocument(head, path);
    case FileKind::kHtml:
    case FileKind::kPdf:
      return true;
    case FileKind::kSession:
    case FileKind::kKnownOther:
      return false;
  }
  return false;
}

class FolderWalk {
 public:
  explicit FolderWalk(std::size_t most) : m_most(most) {}

  Status add(fs::path path) {
    if (m_files.size() == m_most) {
      return makeError(ErrorCode::kInvalidArgument,
                       "there are more than " + std::to_string(m_most) + " documents; choose fewer at a time");
    }
    m_files.push_back(std::move(path));
    return {};
  }

  Status addFolder(const fs::path& folder, std::size_t depth = 0) {
    const auto refused = [&](const std::error_code& reason) {
      return makeError(ErrorCode::kIo, "cannot look into the folder '" + folder.string() + "': " + reason.message());
    };
    if (depth > kDeepestFolder) return {};
    std::error_code failed;
    std::vector<std::string> names;
    for (fs::directory_iterator entry(folder, failed); !failed && entry != fs::directory_iterator();
         entry.increment(failed)) {
      std::string name = entry->path().filename().string();
      if (!name.starts_with('.')) names.push_back(std::move(name));
    }
    if (failed) return refused(failed);
    std::sort(names.begin(), names.end(), comesBefore);
    for (const std::string& name : names) {
      if (Status status = addEntry(folder / name, depth); !status) return status;
    }
    return {};
  }

  std::vector<fs::path> m_files;

 private:
  Status addEntry(const fs::path& path, std::size_t depth) {
    std::error_code failed;
    const fs::file_status status = fs::symlink_status(path, failed);
    if (failed || fs::is_symlink(status)) return {};
    if (fs::is_directory(status)) return addFolder(path, depth + 1);
    return fs::is_regular_file(status) && isDocument(path) ? add(path) : Status();
  }

  std::size_t m_most;
};

}  // namespace

Result<std::vector<fs::path>> expandFolders(const std::vector<fs::path>& paths, std::size_t most) {
  FolderWalk walk(most);
  for (const fs::path& path : paths) {
    std::error_code failed;
    const std::size_t before = walk.m_files.size();
    const bool isFolder = fs::is_directory(path, failed);
    if (Status status = isFolder ? walk.addFolder(path) : walk.add(path); !status) return status.error();
    if (walk.m_files.size() == before) {
      return makeError(ErrorCode::kInvalidArgument, "there are no documents in the folder '" + path.string() +
                                                        "'; choose one with text, PDF, EPUB, DOCX, ODT or HTML files");
    }
  }
  return walk.m_files;
}

}  // namespace tidemark

#include "engine/service/import_list.h"

#include <algorithm>
#include <span>

#include "engine/base/sha256.h"
#include "engine/extraction/document_import.h"
#include "engine/service/source_check.h"

namespace tidemark {
namespace {

/// The documents of a session with what is known of their files.
struct StoredDocuments {
  std::vector<DocumentRecord> records;
  std::vector<DocumentContents> contents;  // of each
};

Result<StoredDocuments> loadStored(const SessionStore& store) {
  auto records = store.documents();
  if (!records) return records.error();
  auto contents = store.contents();
  if (!contents) return contents.error();
  if (contents->size() != records->size()) {
    return makeError(ErrorCode::kCorrupt, store.path().string() + " describes " + std::to_string(contents->size()) +
                                              " of " + std::to_string(records->size()) +
                                              " documents; go back to a copy of the file");
  }
  return StoredDocuments{std::move(*records), std::move(*contents)};
}

/// Index of the document with the same bytes.
Result<std::optional<std::size_t>> findSame(const StoredDocuments& stored, const ImportTask& task,
                                            const std::stop_token& stop) {
  std::string hash;
  if (task.pasted) {
    hash = sha256Hex(std::as_bytes(std::span(task.pasted->text)));
    for (std::size_t i = 0; i < stored.records.size(); ++i) {
      if (stored.records[i].sourceSha256 == hash) return std::optional(i);
    }
    return std::optional<std::size_t>();
  }
  if (stored.records.empty()) return std::optional<std::size_t>();
  const auto stamp = stampOf(task.file);
  if (!stamp) return std::optional<std::size_t>();
  for (std::size_t i = 0; i < stored.records.size(); ++i) {
    const auto same = isSourceOf(task.file, *stamp, stored.records[i], stored.contents[i].source, hash, stop);
    if (!same) {
      if (same.error().code == ErrorCode::kCancelled) return same.error();
      return std::optional<std::size_t>();  // it cannot be read
    }
    if (*same) return std::optional(i);
  }
  return std::optional<std::size_t>();
}

Result<std::vector<ImportTask>> tasksOf(const ReadRequest& request) {
  const auto files = expandFolders(request.files);
  if (!files) return files.error();
  std::vector<ImportTask> tasks;
  std::error_code ignored;
  for (const std::filesystem::path& file : *files) {
    std::filesystem::path absolute = std::filesystem::absolute(file, ignored);
    tasks.push_back({absolute.empty() ? file : std::move(absolute), std::nullopt, 0, tasks.size()});
  }
  for (const PastedText& pasted : request.pasted) tasks.push_back({{}, pasted, 0, tasks.size()});
  return tasks;
}

/// Tasks for the documents that are to be read again and whose files are not what they were.
Result<std::vector<ImportTask>> revisions(const SessionStore& store, const StoredDocuments& stored,
                                          const ReadRequest& request, const std::stop_token& stop) {
  std::vector<ImportTask> tasks;
  for (const std::int64_t id : request.revise) {
    const auto found = std::find_if(stored.records.begin(), stored.records.end(),
                                    [id](const DocumentRecord& each) { return each.id == id; });
    if (found == stored.records.end()) {
      return makeError(ErrorCode::kInvalidArgument, store.path().string() + " has no document number " +
                                                        std::to_string(id) + " that could be read again");
    }
    if (found->sourcePath.empty()) {
      return makeError(ErrorCode::kInvalidArgument,
                       "\"" + found->title + "\" was pasted, so there is no file to read it from again");
    }
    const DocumentSource& source =
        stored.contents[static_cast<std::size_t>(found - stored.records.begin())].source;
    ImportTask task{found->sourcePath, std::nullopt, id, 0};
    std::string hash;
    if (const auto stamp = stampOf(task.file); stamp && source.extractionVersion >= kExtractionVersion) {
      const auto same = isSourceOf(task.file, *stamp, *found, source, hash, stop);
      if (!same && same.error().code == ErrorCode::kCancelled) return same.error();
      if (same && *same) continue;
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

/// The sentence for a file that is new to a session which holds other documents.
Error notAsked(const SessionStore& store, const StoredDocuments& stored, const ImportTask& task) {
  const auto changed = std::find_if(stored.records.begin(), stored.records.end(), [&](const DocumentRecord& document) {
    return !task.file.empty() && document.sourcePath == task.file.string();
  });
  if (changed != stored.records.end()) {
    return makeError(ErrorCode::kInvalidArgument,
                     task.name() + " has changed since it was read into " + store.path().string() +
                         "; use --revise to read it again from the first changed segment, --append to add it as "
                         "another document, or another session");
  }
  return makeError(ErrorCode::kInvalidArgument,
                   store.path().string() + " already holds \"" + stored.records.front().title + "\"" +
                       (stored.records.size() > 1 ? " and others" : "") + "; use --append to add " + task.name() +
                       " to it, or another session");
}

}  // namespace

Result<std::optional<std::int64_t>> findStored(const SessionStore& store, const ImportTask& task,
                                               const std::stop_token& stop) {
  const auto stored = loadStored(store);
  if (!stored) return stored.error();
  const auto same = findSame(*stored, task, stop);
  if (!same) return same.error();
  return same->has_value() ? std::optional(stored->records[**same].id) : std::nullopt;
}

Result<ImportList> listImports(const SessionStore& store, const ReadRequest& request, const std::stop_token& stop) {
  const auto stored = loadStored(store);
  if (!stored) return stored.error();
  auto asked = tasksOf(request);
  if (!asked) return asked.error();
  ImportList list;
  list.files = asked->size();
  auto again = revisions(store, *stored, request, stop);
  if (!again) return again.error();
  list.tasks = std::move(*again);

  std::size_t inOrder = 0;  // documents that were found in the list, one after the other
  std::vector<ImportTask> unknown;
  for (ImportTask& task : *asked) {
    const auto sameFile = [&](const ImportTask& other) { return !other.file.empty() && other.file == task.file; };
    const auto isRead = std::find_if(list.tasks.begin(), list.tasks.end(), sameFile);
    std::optional<std::size_t> same;
    if (isRead != list.tasks.end()) {  // as another edition of the document that it is
      const auto document = std::find_if(stored->records.begin(), stored->records.end(),
                                         [&](const DocumentRecord& each) { return each.id == isRead->replaces; });
      isRead->number = task.number;
      same = static_cast<std::size_t>(document - stored->records.begin());
    } else {
      const auto found = findSame(*stored, task, stop);
      if (!found) return found.error();
      same = *found;
    }
    if (same && *same == inOrder) ++inOrder;
    if (!same) unknown.push_back(std::move(task));
  }
  const bool isSameList = inOrder == stored->records.size();
  for (ImportTask& task : unknown) {
    if (!request.append && !isSameList) {
      const auto opens = task.pasted ? Result<FileStamp>(FileStamp{}) : stampOf(task.file);
      if (opens) return notAsked(store, *stored, task);
      if (list.files == 1) return opens.error();
    }
    list.tasks.push_back(std::move(task));
  }
  return list;
}

}  // namespace tidemark

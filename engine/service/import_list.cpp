#include "engine/service/import_list.h"

#include <algorithm>
#include <span>

#include "engine/base/sha256.h"
#include "engine/extraction/document_import.h"
#include "engine/service/source_check.h"

namespace tidemark {
namespace {

Result<std::vector<ImportTask>> tasksOf(const ReadRequest& request) {
  const auto files = expandFolders(request.files);
  if (!files) return files.error();
  std::vector<ImportTask> tasks;
  std::error_code ignored;
  for (const std::filesystem::path& file : *files) {
    std::filesystem::path absolute = std::filesystem::absolute(file, ignored).lexically_normal();
    tasks.push_back({absolute.empty() ? file : std::move(absolute), std::nullopt, 0, tasks.size()});
  }
  for (const PastedText& pasted : request.pasted) tasks.push_back({{}, pasted, 0, tasks.size()});
  return tasks;
}

/// Tasks for the documents that are to be read again and whose files are not what they were.
Result<std::vector<ImportTask>> revisions(const SessionStore& store, const std::vector<KnownDocument>& known,
                                          const ReadRequest& request, const std::stop_token& stop) {
  std::vector<ImportTask> tasks;
  for (const std::int64_t id : request.revise) {
    const auto found =
        std::find_if(known.begin(), known.end(), [id](const KnownDocument& each) { return each.record.id == id; });
    if (found == known.end()) {
      return makeError(ErrorCode::kInvalidArgument, store.path().string() + " has no document number " +
                                                        std::to_string(id) + " that could be read again");
    }
    const auto& [record, source] = *found;
    if (record.sourcePath.empty()) {
      return makeError(ErrorCode::kInvalidArgument,
                       "\"" + record.title + "\" was pasted, so there is no file to read it from again");
    }
    ImportTask task{record.sourcePath, std::nullopt, id, 0};
    std::string hash;
    if (const auto stamp = stampOf(task.file); stamp && source.extractionVersion >= kExtractionVersion) {
      const auto same = isSourceOf(task.file, *stamp, record, source, hash, stop);
      if (!same && same.error().code == ErrorCode::kCancelled) return same.error();
      if (same && *same) continue;
    }
    tasks.push_back(std::move(task));
  }
  return tasks;
}

/// The sentence for a file that is new to a session which holds other documents.
Error notAsked(const SessionStore& store, const std::vector<KnownDocument>& known, const ImportTask& task) {
  const auto changed = std::find_if(known.begin(), known.end(), [&](const KnownDocument& each) {
    return !task.file.empty() && each.record.sourcePath == task.file.string();
  });
  if (changed != known.end()) {
    return makeError(ErrorCode::kInvalidArgument,
                     task.name() + " has changed since it was read into " + store.path().string() +
                         "; use --revise to read it again from the first changed segment, --append to add it as "
                         "another document, or another session");
  }
  return makeError(ErrorCode::kInvalidArgument, store.path().string() + " already holds \"" +
                                                    known.front().record.title + "\"" +
                                                    (known.size() > 1 ? " and others" : "") + "; use --append to add " +
                                                    task.name() + " to it, or another session");
}

}  // namespace

Result<std::vector<KnownDocument>> loadKnown(const SessionStore& store) {
  auto records = store.documents();
  if (!records) return records.error();
  auto contents = store.contents();
  if (!contents) return contents.error();
  std::vector<KnownDocument> known;
  for (std::size_t i = 0; i < records->size() && i < contents->size(); ++i) {
    known.push_back({std::move((*records)[i]), std::move((*contents)[i].source)});
  }
  return known;
}

Result<std::optional<std::size_t>> findSame(const std::vector<KnownDocument>& known, const ImportTask& task,
                                            const std::stop_token& stop) {
  if (known.empty()) return std::optional<std::size_t>();
  std::string hash;
  if (task.pasted) {
    hash = sha256Hex(std::as_bytes(std::span(task.pasted->text)));
    for (std::size_t i = 0; i < known.size(); ++i) {
      if (known[i].record.sourceSha256 == hash) return std::optional(i);
    }
    return std::optional<std::size_t>();
  }
  const auto stamp = stampOf(task.file);
  if (!stamp) return std::optional<std::size_t>();
  for (std::size_t i = 0; i < known.size(); ++i) {
    const auto same = isSourceOf(task.file, *stamp, known[i].record, known[i].source, hash, stop);
    if (!same) {
      if (same.error().code == ErrorCode::kCancelled) return same.error();
      return std::optional<std::size_t>();  // it cannot be read
    }
    if (*same) return std::optional(i);
  }
  return std::optional<std::size_t>();
}

Result<ImportList> listImports(const SessionStore& store, const ReadRequest& request, const std::stop_token& stop) {
  auto known = loadKnown(store);
  if (!known) return known.error();
  auto asked = tasksOf(request);
  if (!asked) return asked.error();
  ImportList list;
  list.files = asked->size();
  list.known = std::move(*known);
  auto again = revisions(store, list.known, request, stop);
  if (!again) return again.error();
  list.tasks = std::move(*again);

  std::size_t inOrder = 0;  // documents that were found in the list, one after the other
  std::vector<ImportTask> unknown;
  std::vector<std::size_t> places;  // of each unknown one: how many documents were found before it
  for (ImportTask& task : *asked) {
    const auto sameFile = [&](const ImportTask& other) { return !other.file.empty() && other.file == task.file; };
    const auto isRead = std::find_if(list.tasks.begin(), list.tasks.end(), sameFile);
    std::optional<std::size_t> same;
    if (isRead != list.tasks.end()) {  // as another edition of the document that it is
      const auto document = std::find_if(list.known.begin(), list.known.end(),
                                         [&](const KnownDocument& each) { return each.record.id == isRead->replaces; });
      isRead->number = task.number;
      same = static_cast<std::size_t>(document - list.known.begin());
    } else {
      const auto found = findSame(list.known, task, stop);
      if (!found) return found.error();
      same = *found;
    }
    if (same && *same == inOrder) ++inOrder;
    if (same) continue;
    unknown.push_back(std::move(task));
    places.push_back(inOrder);
  }
  const bool isSameList = inOrder == list.known.size();
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    ImportTask& task = unknown[i];
    if (!request.append && isSameList && places[i] < list.known.size()) {
      task.before = list.known[places[i]].record.title;
    }
    if (!request.append && !isSameList) {
      const auto opens = task.pasted ? Result<FileStamp>(FileStamp{}) : stampOf(task.file);
      if (opens) return notAsked(store, list.known, task);
      if (list.files == 1) return opens.error();
    }
    list.tasks.push_back(std::move(task));
  }
  return list;
}

}  // namespace tidemark

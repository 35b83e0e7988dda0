#include "engine/evaluation/evaluation_data.h"

#include <algorithm>
#include <system_error>

#include "engine/base/sha256.h"
#include "engine/document/regular_file.h"

namespace tidemark {
namespace {

// The largest files of the collection have 15 MB.
constexpr std::size_t kLargestTask = std::size_t{64} << 20;
constexpr std::size_t kLargestPrompts = std::size_t{1} << 20;

Result<std::string> readWholeFile(const std::filesystem::path& path, std::size_t limit) {
  auto file = RegularFile::open(path);
  if (!file) return file.error();
  std::string bytes;
  while (true) {
    constexpr std::size_t kStep = 64 * 1024;
    const std::size_t filled = bytes.size();
    bytes.resize(filled + kStep);
    const auto count = file->read(std::span(bytes).subspan(filled));
    if (!count) return count.error();
    bytes.resize(filled + *count);
    if (bytes.size() > limit) {
      return makeError(ErrorCode::kInvalidArgument,
                       "'" + path.string() + "' is larger than " + std::to_string(limit) + " bytes; split it");
    }
    if (*count < kStep) return bytes;
  }
}

bool belongsTo(const std::string& fileName, const std::string& task) {
  return fileName == task + ".txt" || (fileName.starts_with(task + "_") && fileName.ends_with(".txt"));
}

Result<std::filesystem::path> findTaskFile(const std::filesystem::path& folder, const std::string& task) {
  std::vector<std::filesystem::path> found;
  std::error_code failure;
  std::filesystem::directory_iterator entry(folder, failure);
  while (!failure && entry != std::filesystem::directory_iterator()) {
    if (belongsTo(entry->path().filename().string(), task)) found.push_back(entry->path());
    entry.increment(failure);
  }
  if (failure) {
    return makeError(ErrorCode::kNotFound, "there are no tasks: " + folder.string() + ": " + failure.message() +
                                               "; put files in the bAbI format there, such as qa1_NAME.txt");
  }
  std::sort(found.begin(), found.end());
  if (found.empty()) {
    return makeError(ErrorCode::kNotFound,
                     "there is no task " + task + ": no file " + (folder / (task + "_NAME.txt")).string());
  }
  if (found.size() == 1) return found.front();
  const auto isTest = [](const std::filesystem::path& path) { return path.string().ends_with("_test.txt"); };
  if (std::count_if(found.begin(), found.end(), isTest) == 1) return *std::find_if(found.begin(), found.end(), isTest);
  return makeError(ErrorCode::kInvalidArgument, "task " + task + " has several files, " + found[0].string() + " and " +
                                                    found[1].string() + "; leave one of them there");
}

Result<EvaluationTask> openTask(const std::filesystem::path& folder, const std::string& name,
                                const TaskPrompts& prompts) {
  EvaluationTask task;
  task.name = name;
  auto file = findTaskFile(folder, name);
  if (!file) return file.error();
  task.file = *file;
  const auto bytes = readWholeFile(task.file, kLargestTask);
  if (!bytes) return bytes.error();
  task.sha256 = sha256Hex(std::as_bytes(std::span(*bytes)));
  auto parsed = parseBabiTask(*bytes, task.file.string());
  if (!parsed) return parsed.error();
  task.task = std::move(parsed).value();
  task.labels = taskLabels(name, task.task);
  if (const auto prompt = prompts.find(name); prompt != prompts.end()) task.prompt = prompt->second;
  return task;
}

}  // namespace

Result<EvaluationData> openEvaluationData(const std::filesystem::path& directory, std::span<const std::string> tasks,
                                          bool needsBackground) {
  std::error_code ignored;
  if (!std::filesystem::is_directory(directory, ignored)) {
    return makeError(ErrorCode::kNotFound, "there is no folder " + directory.string() +
                                               "; give one with tasks/qa1_NAME.txt and background/*.txt in it");
  }
  EvaluationData data;
  TaskPrompts prompts;
  data.promptsSha256 = "none";
  const std::filesystem::path promptFile = directory / "prompts.json";
  if (std::filesystem::exists(promptFile, ignored)) {
    const auto text = readWholeFile(promptFile, kLargestPrompts);
    if (!text) return text.error();
    data.promptsSha256 = sha256Hex(std::as_bytes(std::span(*text)));
    auto parsed = parseTaskPrompts(*text, promptFile.string());
    if (!parsed) return parsed.error();
    prompts = std::move(parsed).value();
  }
  for (const std::string& name : tasks) {
    auto task = openTask(directory / "tasks", name, prompts);
    if (!task) return task.error();
    data.tasks.push_back(std::move(task).value());
  }
  if (needsBackground) {
    auto background = Background::open(directory / "background");
    if (!background) return background.error();
    data.background = std::move(background).value();
  }
  return data;
}

}  // namespace tidemark

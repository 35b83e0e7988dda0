#include "engine/evaluation/evaluation_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <nlohmann/json.hpp>
#include <optional>
#include <string_view>
#include <system_error>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/base/write_all.h"

namespace tidemark {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::string_view kFirstLine = "{\"tidemark_eval\": 1}\n";
constexpr std::size_t kLongestLine = std::size_t{16} << 20;

Error systemFailure(const std::filesystem::path& path, const std::string& what, int number) {
  return makeError(number == ENOENT ? ErrorCode::kNotFound : ErrorCode::kIo,
                   "cannot " + what + " " + path.string() + ": " + std::generic_category().message(number));
}

Error damaged(const std::filesystem::path& path, std::int64_t line, const std::string& what) {
  return makeError(ErrorCode::kCorrupt, path.string() + ": line " + std::to_string(line) + " " + what +
                                            "; remove that line, or name another --out file");
}

std::string toLine(const SampleRecord& record) {
  Json line;
  line["task"] = record.key.task;
  line["length"] = record.key.length;
  line["question_index"] = record.key.question;
  line["question"] = record.question;
  line["target"] = record.target;
  line["answer"] = record.answer;
  line["correct"] = record.right;
  line["tokens"] = record.tokens;
  line["tokens_read"] = record.readTokens;
  line["text_sha256"] = record.textSha256;
  line["read_seconds"] = record.readSeconds;
  line["answer_seconds"] = record.answerSeconds;
  return line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

/// Fields of one line, and whether all that were asked for were there.
class FieldReader {
 public:
  explicit FieldReader(const nlohmann::json& object) : m_object(object) {}

  std::string text(const char* name) {
    const auto* value = find(name, &nlohmann::json::is_string);
    return value != nullptr ? value->get<std::string>() : std::string();
  }
  bool truth(const char* name) {
    const auto* value = find(name, &nlohmann::json::is_boolean);
    return value != nullptr && value->get<bool>();
  }
  std::uint64_t count(const char* name) {
    const auto* value = find(name, &nlohmann::json::is_number_unsigned);
    const std::uint64_t number = value != nullptr ? value->get<std::uint64_t>() : 0;
    m_ok = m_ok && number <= static_cast<std::uint64_t>(INT64_MAX);
    return number;
  }
  double seconds(const char* name) {
    const auto* value = find(name, &nlohmann::json::is_number);
    const double number = value != nullptr ? value->get<double>() : 0;
    m_ok = m_ok && number >= 0;
    return number;
  }
  [[nodiscard]] bool ok() const { return m_ok; }

 private:
  const nlohmann::json* find(const char* name, bool (nlohmann::json::*isKind)() const noexcept) {
    const auto found = m_object.find(name);
    if (found != m_object.end() && ((*found).*isKind)()) return &*found;
    m_ok = false;
    return nullptr;
  }

  const nlohmann::json& m_object;
  bool m_ok = true;
};

std::optional<SampleRecord> toRecord(const nlohmann::json& line) {
  FieldReader fields(line);
  SampleRecord record;
  record.key = {fields.text("task"), fields.text("length"), fields.count("question_index")};
  record.question = fields.text("question");
  record.target = fields.text("target");
  record.answer = fields.text("answer");
  record.right = fields.truth("correct");
  record.tokens = static_cast<std::int64_t>(fields.count("tokens"));
  record.readTokens = static_cast<std::int64_t>(fields.count("tokens_read"));
  record.textSha256 = fields.text("text_sha256");
  record.readSeconds = fields.seconds("read_seconds");
  record.answerSeconds = fields.seconds("answer_seconds");
  if (!fields.ok()) return std::nullopt;
  return record;
}

}  // namespace

EvaluationLog::EvaluationLog(EvaluationLog&& other) noexcept
    : m_path(std::move(other.m_path)),
      m_descriptor(std::exchange(other.m_descriptor, -1)),
      m_bytes(other.m_bytes),
      m_settings(std::move(other.m_settings)),
      m_samples(std::move(other.m_samples)) {}

EvaluationLog& EvaluationLog::operator=(EvaluationLog&& other) noexcept {
  std::swap(m_path, other.m_path);
  std::swap(m_descriptor, other.m_descriptor);
  std::swap(m_bytes, other.m_bytes);
  std::swap(m_settings, other.m_settings);
  std::swap(m_samples, other.m_samples);
  return *this;
}

EvaluationLog::~EvaluationLog() {
  if (m_descriptor >= 0) ::close(m_descriptor);
}

Result<EvaluationLog> EvaluationLog::open(const std::filesystem::path& path, const EvaluationSettings& settings) {
  EvaluationLog log;
  log.m_path = path;
  // Not blocking: a named pipe would wait for a reader.
  log.m_descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0644);
  if (log.m_descriptor < 0) return systemFailure(path, "open", errno);
  struct stat info = {};
  if (::fstat(log.m_descriptor, &info) != 0) return systemFailure(path, "look at", errno);
  if (!S_ISREG(info.st_mode)) {
    return makeError(ErrorCode::kInvalidArgument, path.string() + " is no regular file; name another --out file");
  }
  if (::flock(log.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
    return makeError(ErrorCode::kBusy, path.string() +
                                           " is being written by another evaluation; wait for it, or name "
                                           "another --out file");
  }
  if (Status loaded = log.load(); !loaded) return loaded.error();
  if (Status agreed = log.agree(settings); !agreed) return agreed.error();
  return log;
}

/// Reads whole lines; what stands behind the last of them was cut off and goes away.
Status EvaluationLog::load() {
  std::string text;
  std::int64_t number = 0;
  std::string buffer(64 * 1024, '\0');
  while (true) {
    const ssize_t count = ::read(m_descriptor, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return systemFailure(m_path, "read", errno);
    if (count == 0) break;
    text.append(buffer, 0, static_cast<std::size_t>(count));
    std::size_t begin = 0;
    for (std::size_t end = text.find('\n'); end != std::string::npos; end = text.find('\n', begin)) {
      if (Status loaded = loadLine(text.substr(begin, end - begin), ++number); !loaded) return loaded;
      m_bytes += end + 1 - begin;
      begin = end + 1;
    }
    text.erase(0, begin);
    if (text.size() > kLongestLine) return damaged(m_path, number + 1, "is too long");
  }
  if (number == 0 && !kFirstLine.starts_with(text)) return loadLine(text, 1);
  if (!text.empty() && ::ftruncate(m_descriptor, static_cast<off_t>(m_bytes)) != 0) {
    return systemFailure(m_path, "cut", errno);
  }
  return number == 0 ? append(std::string(kFirstLine)) : Status();
}

Status EvaluationLog::loadLine(const std::string& line, std::int64_t number) {
  const auto json = parseJson(line, m_path.string());
  if (number == 1) {
    const bool isLog = json && json->is_object() && json->contains("tidemark_eval");
    if (!isLog) {
      return makeError(ErrorCode::kCorrupt,
                       m_path.string() + " is not a file of evaluation results; name another --out file");
    }
    const auto& version = (*json)["tidemark_eval"];
    if (version.is_number_integer() && version == kVersion) return {};
    return makeError(ErrorCode::kUnsupported, m_path.string() + " has version " + shown(version) +
                                                  " and this program writes version " + std::to_string(kVersion) +
                                                  "; name another --out file");
  }
  if (!json || !json->is_object()) return damaged(m_path, number, "is no JSON object");
  if (const auto settings = json->find("settings"); settings != json->end()) {
    if (!settings->is_object()) return damaged(m_path, number, "has settings that are no object");
    for (const auto& [name, value] : settings->items()) {
      if (!value.is_string()) return damaged(m_path, number, "has a setting that is no string");
      m_settings.emplace(name, value.get<std::string>());
    }
    return {};
  }
  auto record = toRecord(*json);
  if (!record) return damaged(m_path, number, "is no result");
  m_samples.emplace(record->key, std::move(*record));
  return {};
}

Status EvaluationLog::agree(const EvaluationSettings& settings) {
  Json added;
  for (const auto& [name, value] : settings) {
    const auto known = m_settings.find(name);
    if (known == m_settings.end()) {
      added[name] = value;
    } else if (known->second != value) {
      return makeError(ErrorCode::kMismatch, m_path.string() + " was made with " + inQuotes(name) + " " +
                                                 inQuotes(known->second) + " and now it is " + inQuotes(value) +
                                                 "; use the same, or name another --out file");
    }
  }
  if (added.empty()) return {};
  m_settings.insert(settings.begin(), settings.end());
  Json line;
  line["settings"] = std::move(added);
  return append(line.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n");
}

Status EvaluationLog::append(const std::string& line) {
  if (::lseek(m_descriptor, static_cast<off_t>(m_bytes), SEEK_SET) < 0) return systemFailure(m_path, "write", errno);
  if (!writeAll(m_descriptor, line) || ::fdatasync(m_descriptor) != 0) {
    const Error error = systemFailure(m_path, "write", errno);
    // The first error is the one to report; half a line would go away at the next start anyway.
    (void)!::ftruncate(m_descriptor, static_cast<off_t>(m_bytes));
    return error;
  }
  m_bytes += line.size();
  return {};
}

const SampleRecord* EvaluationLog::find(const SampleKey& key) const {
  const auto found = m_samples.find(key);
  return found != m_samples.end() ? &found->second : nullptr;
}

Status EvaluationLog::add(SampleRecord record) {
  if (m_descriptor >= 0) {
    if (Status written = append(toLine(record)); !written) return written;
  }
  m_samples.insert_or_assign(record.key, std::move(record));
  return {};
}

}  // namespace tidemark

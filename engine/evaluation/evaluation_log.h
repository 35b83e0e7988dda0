#pragma once
// Results of an evaluation, one JSON object a line, written as they come: what was written survives a kill, and a
// second start goes on behind it.
//
//   {"tidemark_eval": 1}                                  what the file is, and its version
//   {"settings": {"seed": "0", "task qa1": "9f2c...", ..}}  what the results depend on; more lines of it add settings
//   {"task": "qa1", "length": "4k", "question_index": 17, "answer": "kitchen", "correct": true, ..}

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <tuple>

#include "engine/base/result.h"

namespace tidemark {

/// What stands in the text that is asked about, and how it is read. Names are for people.
using EvaluationSettings = std::map<std::string, std::string>;

struct SampleKey {
  std::string task;
  std::string length;          // "4k"
  std::uint64_t question = 0;  // by its place in the file of the task
  friend bool operator==(const SampleKey&, const SampleKey&) = default;
  friend bool operator<(const SampleKey& a, const SampleKey& b) {
    return std::tie(a.task, a.length, a.question) < std::tie(b.task, b.length, b.question);
  }
};

struct SampleRecord {
  SampleKey key;
  std::string question;
  std::string target;
  std::string answer;
  bool right = false;
  std::int64_t tokens = 0;      // of the text
  std::int64_t readTokens = 0;  // that went into the memory
  std::string textSha256;
  double readSeconds = 0;
  double answerSeconds = 0;
};

class EvaluationLog {
 public:
  /// Results that are kept nowhere else.
  EvaluationLog() = default;
  /// Opens or makes `path` and locks it. A line that was cut off by a crash is removed. Errors: kMismatch (made with
  /// other settings, both values named), kCorrupt (not such a file, or a damaged line of it), kUnsupported (a newer
  /// version), kBusy, kIo.
  [[nodiscard]] static Result<EvaluationLog> open(const std::filesystem::path& path,
                                                  const EvaluationSettings& settings);
  EvaluationLog(EvaluationLog&& other) noexcept;
  EvaluationLog& operator=(EvaluationLog&& other) noexcept;
  ~EvaluationLog();

  /// Null: not there yet.
  [[nodiscard]] const SampleRecord* find(const SampleKey& key) const;
  [[nodiscard]] std::size_t size() const { return m_samples.size(); }
  /// On disk when it returns. Errors: kIo; the file is then as it was.
  [[nodiscard]] Status add(SampleRecord record);

 private:
  [[nodiscard]] Status load();
  [[nodiscard]] Status loadLine(const std::string& line, std::int64_t number);
  [[nodiscard]] Status agree(const EvaluationSettings& settings);
  [[nodiscard]] Status append(const std::string& line);

  std::filesystem::path m_path;
  int m_descriptor = -1;
  std::uint64_t m_bytes = 0;  // of whole lines
  EvaluationSettings m_settings;
  std::map<SampleKey, SampleRecord> m_samples;
};

}  // namespace tidemark

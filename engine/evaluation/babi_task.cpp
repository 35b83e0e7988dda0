#include "engine/evaluation/babi_task.h"

#include <charconv>
#include <optional>

#include "engine/document/utf8_cleaner.h"

namespace tidemark {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\n\f\v";
  const std::size_t begin = text.find_first_not_of(kBlank);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kBlank) - begin + 1);
}

/// The number at the front of `text`, which loses it; nothing if there is none or it is no positive int.
std::optional<int> takeNumber(std::string_view& text) {
  int number = 0;
  const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc() || number < 1) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return number;
}

class BabiParser {
 public:
  explicit BabiParser(const std::string& source) : m_source(source) {}

  Result<BabiTask> parse(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = text.find('\n');
      ++m_line;
      const std::string_view line = text.substr(0, end);
      if (Status parsed = parseLine(line); !parsed) return parsed.error();
      text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    if (m_task.questionCount() == 0) {
      return makeError(ErrorCode::kCorrupt, "'" + m_source + "' has no question; it is no task in the bAbI format");
    }
    return std::move(m_task);
  }

 private:
  [[nodiscard]] Error wrong(const std::string& what) const {
    return makeError(ErrorCode::kCorrupt,
                     "'" + m_source + "' is no task in the bAbI format: line " + std::to_string(m_line) + " " + what);
  }

  Status parseLine(std::string_view line) {
    if (trimmed(line).empty()) return {};
    const auto number = takeNumber(line);
    if (!number || line.empty() || line.front() != ' ') return wrong("does not begin with a number and a space");
    if (*number == 1) {
      m_task.stories.emplace_back();
    } else if (m_task.stories.empty() || *number != m_lastNumber + 1) {
      return wrong("is numbered " + std::to_string(*number) + " and should be " +
                   (m_task.stories.empty() ? "1" : std::to_string(m_lastNumber + 1) + ", or 1 for a new story"));
    }
    m_lastNumber = *number;
    const std::size_t tab = line.find('\t');
    if (tab != std::string_view::npos) return parseQuestion(trimmed(line.substr(0, tab)), line.substr(tab + 1));
    const std::string_view fact = trimmed(line);
    if (fact.empty()) return wrong("has a number and nothing else");
    m_task.stories.back().facts.emplace_back(fact);
    return {};
  }

  Status parseQuestion(std::string_view text, std::string_view rest) {
    const std::size_t tab = rest.find('\t');
    BabiStory& story = m_task.stories.back();
    BabiQuestion question;
    question.text = text;
    question.answer = trimmed(rest.substr(0, tab));
    question.factCount = story.facts.size();
    if (question.text.empty()) return wrong("has an answer without a question");
    if (question.answer.empty()) return wrong("has a question without an answer");
    if (story.facts.empty()) return wrong("asks before there is a fact");
    if (tab != std::string_view::npos) {
      if (Status parsed = parseSupporting(trimmed(rest.substr(tab + 1)), question.supporting); !parsed) return parsed;
    }
    story.questions.push_back(std::move(question));
    return {};
  }

  Status parseSupporting(std::string_view list, std::vector<int>& numbers) const {
    while (!list.empty()) {
      const auto number = takeNumber(list);
      if (!number || (!list.empty() && list.front() != ' ')) {
        return wrong("should end with the numbers of the lines that support the answer");
      }
      if (*number >= m_lastNumber) {
        return wrong("names line " + std::to_string(*number) + " of its story as support, which comes later");
      }
      numbers.push_back(*number);
      list = trimmed(list);
    }
    return {};
  }

  const std::string& m_source;
  BabiTask m_task;
  int m_line = 0;
  int m_lastNumber = 0;
};

}  // namespace

std::size_t BabiTask::questionCount() const {
  std::size_t count = 0;
  for (const BabiStory& story : stories) count += story.questions.size();
  return count;
}

std::vector<BabiQuestionPlace> questionPlaces(const BabiTask& task) {
  std::vector<BabiQuestionPlace> places;
  for (std::size_t story = 0; story < task.stories.size(); ++story) {
    for (std::size_t question = 0; question < task.stories[story].questions.size(); ++question) {
      places.push_back({story, question});
    }
  }
  return places;
}

Result<BabiTask> parseBabiTask(std::string_view bytes, const std::string& source) {
  Utf8Cleaner cleaner;
  std::string text;
  Status cleaned = cleaner.push(bytes, text);
  if (cleaned) cleaned = cleaner.finish(text);
  if (!cleaned) return cleaned.error().withContext("cannot read '" + source + "'");
  return BabiParser(source).parse(text);
}

}  // namespace tidemark

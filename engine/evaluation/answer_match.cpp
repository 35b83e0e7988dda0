#include "engine/evaluation/answer_match.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

namespace tidemark {
namespace {

constexpr std::string_view kPlaces = "bathroom bedroom garden hallway kitchen office";

// What the answers of each task are made of, as BABILong counts them.
constexpr std::array<std::pair<std::string_view, std::string_view>, 20> kTaskLabels = {{
    {"qa1", kPlaces},
    {"qa2", kPlaces},
    {"qa3", kPlaces},
    {"qa4", kPlaces},
    {"qa5", "bill fred jeff mary apple football milk"},
    {"qa6", "no yes"},
    {"qa7", "none one three two"},
    {"qa8", "apple football milk nothing"},
    {"qa9", "no yes"},
    {"qa10", "maybe no yes"},
    {"qa11", kPlaces},
    {"qa12", kPlaces},
    {"qa13", kPlaces},
    {"qa14", "bedroom cinema kitchen office park school"},
    {"qa15", "cat mouse sheep wolf"},
    {"qa16", "gray green white yellow"},
    {"qa17", "no yes"},
    {"qa18", "no yes"},
    {"qa19", "e,e e,n e,s n,e n,n n,w s,e s,s s,w w,n w,s w,w"},
    {"qa20", "bedroom bored garden hungry kitchen thirsty tired"},
}};
// "n,w" is one label, "apple,milk" are two.
constexpr std::size_t kLongestPair = 3;

std::string lowerCase(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

void addParts(std::string_view text, char separator, LabelSet& parts) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(separator), text.size());
    if (end > 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

LabelSet labelsOfTarget(std::string_view target) {
  LabelSet labels;
  const std::string lower = lowerCase(target);
  if (lower.size() > kLongestPair) addParts(lower, ',', labels);
  if (labels.empty()) labels.push_back(lower);
  std::sort(labels.begin(), labels.end());
  labels.erase(std::unique(labels.begin(), labels.end()), labels.end());
  return labels;
}

/// Both texts are in lower case.
bool standsBySelf(std::string_view text, std::string_view label, const LabelSet& labels) {
  for (std::size_t at = text.find(label); at != std::string_view::npos; at = text.find(label, at + 1)) {
    const bool inside = std::any_of(labels.begin(), labels.end(), [&](const std::string& longer) {
      if (longer.size() <= label.size()) return false;
      for (std::size_t in = longer.find(label); in != std::string::npos; in = longer.find(label, in + 1)) {
        if (at >= in && text.substr(at - in, longer.size()) == longer) return true;
      }
      return false;
    });
    if (!inside) return true;
  }
  return false;
}

/// What counts of an answer: its first sentence, and nothing of a text that the model goes on to invent.
std::string relevantPart(std::string_view answer) {
  std::string part = lowerCase(answer);
  for (const std::string_view end : {".", "<context>", "<example>"}) part = part.substr(0, part.find(end));
  return part;
}

}  // namespace

LabelSet taskLabels(std::string_view name, const BabiTask& task) {
  LabelSet known;
  for (const auto& [taskName, list] : kTaskLabels) {
    if (taskName == name) addParts(list, ' ', known);
  }
  std::set<std::string> labels(known.begin(), known.end());
  for (const BabiStory& story : task.stories) {
    for (const BabiQuestion& question : story.questions) {
      const LabelSet parts = labelsOfTarget(question.answer);
      labels.insert(parts.begin(), parts.end());
    }
  }
  return {labels.begin(), labels.end()};
}

bool isRightAnswer(std::string_view target, std::string_view answer, std::string_view question,
                   const LabelSet& labels) {
  const std::string given = relevantPart(answer);
  const std::string asked = lowerCase(question);
  LabelSet mentioned;
  for (const std::string& label : labels) {
    if (standsBySelf(given, label, labels) && !standsBySelf(asked, label, labels)) mentioned.push_back(label);
  }
  return mentioned == labelsOfTarget(target);
}

}  // namespace tidemark

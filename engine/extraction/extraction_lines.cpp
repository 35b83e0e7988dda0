#include "engine/extraction/extraction_lines.h"

#include <array>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

using Line = nlohmann::ordered_json;
using Object = nlohmann::json::object_t;

constexpr int kProtocol = 1;
// More than any document has; what a page costs its reader is not counted in bytes of the line alone.
constexpr std::int64_t kMostPages = 1'000'000;
constexpr std::size_t kLongestName = 2000;  // bytes of a title, label, heading or message
constexpr std::size_t kMostSkipped = 1000;  // kinds of skipped parts

struct CodeName {
  ErrorCode code;
  const char* name;
};
// What an extractor may say; anything else is an internal failure.
constexpr std::array<CodeName, 6> kCodeNames = {{{ErrorCode::kInvalidArgument, "invalid"},
                                                 {ErrorCode::kIo, "io"},
                                                 {ErrorCode::kCorrupt, "corrupt"},
                                                 {ErrorCode::kUnsupported, "unsupported"},
                                                 {ErrorCode::kOutOfMemory, "out_of_memory"},
                                                 {ErrorCode::kInternal, "internal"}}};

constexpr std::array<DocumentFormat, 7> kFormats = {
    DocumentFormat::kPlainText, DocumentFormat::kMarkdown, DocumentFormat::kHtml, DocumentFormat::kPdf,
    DocumentFormat::kEpub,      DocumentFormat::kDocx,     DocumentFormat::kOdt};

std::string lineOf(const Line& line) {
  return line.dump(-1, ' ', false, Line::error_handler_t::replace) + "\n";
}

/// Takes a member out; nothing if it is missing or of another type.
std::optional<std::string> takeText(Object& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->second.is_string()) return std::nullopt;
  return std::move(found->second.get_ref<std::string&>());
}

std::optional<std::int64_t> countOf(const nlohmann::json& value) {
  if (!value.is_number_unsigned()) return std::nullopt;
  const auto number = value.get<std::uint64_t>();
  if (number > static_cast<std::uint64_t>(INT64_MAX)) return std::nullopt;
  return static_cast<std::int64_t>(number);
}

std::optional<std::int64_t> takeCount(const Object& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::nullopt : countOf(found->second);
}

/// One line of a length that can be shown.
std::string asName(std::string text) {
  if (text.size() > kLongestName) text.resize(characterBoundary(text, kLongestName));
  for (char& c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return text;
}

std::optional<std::vector<Heading>> readHeadings(const Object& object, std::string_view text) {
  std::vector<Heading> headings;
  const auto found = object.find("headings");
  if (found == object.end()) return headings;
  if (!found->second.is_array()) return std::nullopt;
  for (const nlohmann::json& item : found->second) {
    if (!item.is_array() || item.size() != 3 || !item[2].is_string()) return std::nullopt;
    const auto offset = countOf(item[0]);
    const auto level = countOf(item[1]);
    if (!offset || !level || *level < 1 || *level > 9) return std::nullopt;
    const auto place = static_cast<std::size_t>(*offset);
    if (place > text.size() || characterBoundary(text, place) != place) return std::nullopt;
    if (!headings.empty() && headings.back().offset > place) return std::nullopt;
    headings.push_back({place, static_cast<int>(*level), asName(item[2].get<std::string>())});
  }
  return headings;
}

std::optional<DocumentHead> readHead(Object& object) {
  const auto format = takeText(object, "format");
  auto title = takeText(object, "title");
  auto author = takeText(object, "author");
  const auto pages = takeCount(object, "pages");
  if (!format || !title || !author || !pages || takeCount(object, "extraction") != kProtocol) return std::nullopt;
  for (const DocumentFormat known : kFormats) {
    if (*format == formatName(known)) {
      return DocumentHead{known, asName(std::move(*title)), asName(std::move(*author)), *pages};
    }
  }
  return std::nullopt;
}

std::optional<ExtractedPage> readPage(Object& object) {
  ExtractedPage page;
  auto label = takeText(object, "label");
  auto text = takeText(object, "text");
  const auto image = object.find("image");
  if (!label || !text || image == object.end() || !image->second.is_boolean()) return std::nullopt;
  using namespace std::string_view_literals;
  if (text->find_first_of("\0\r"sv) != std::string::npos) return std::nullopt;
  auto headings = readHeadings(object, *text);
  if (!headings) return std::nullopt;
  return ExtractedPage{asName(std::move(*label)), std::move(*text), std::move(*headings), image->second.get<bool>()};
}

std::optional<ExtractionSummary> readSummary(Object& object) {
  const auto replaced = takeCount(object, "replaced_bytes");
  const auto running = takeCount(object, "running_lines");
  auto encoding = takeText(object, "encoding");
  const auto skipped = object.find("skipped");
  if (!replaced || !running || !encoding || skipped == object.end() || !skipped->second.is_array()) return std::nullopt;
  if (skipped->second.size() > kMostSkipped) return std::nullopt;
  ExtractionSummary summary;
  summary.replacedBytes = static_cast<std::uint64_t>(*replaced);
  summary.runningLines = static_cast<std::uint64_t>(*running);
  summary.encoding = asName(std::move(*encoding));
  for (const nlohmann::json& item : skipped->second) {
    if (!item.is_array() || item.size() != 2 || !item[0].is_string()) return std::nullopt;
    const auto count = countOf(item[1]);
    if (!count) return std::nullopt;
    summary.skipped.push_back({asName(item[0].get<std::string>()), *count});
  }
  return summary;
}

/// What an error line says; the sentence always names the file.
Error readError(Object& object, const std::string& name) {
  const std::string code = takeText(object, "error").value_or("");
  std::string message = asName(takeText(object, "message").value_or(""));
  if (message.empty()) message = "it could not be extracted, and no reason was given";
  if (message.find(name) == std::string::npos) message = name + ": " + message;
  for (const CodeName& known : kCodeNames) {
    if (code == known.name) return makeError(known.code, std::move(message));
  }
  return makeError(ErrorCode::kInternal, std::move(message));
}

}  // namespace

std::string toLine(const DocumentHead& head) {
  return lineOf({{"extraction", kProtocol},
                 {"format", formatName(head.format)},
                 {"title", head.title},
                 {"author", head.author},
                 {"pages", head.pageCount}});
}

std::string toLine(std::int64_t number, const ExtractedPage& page) {
  Line headings = Line::array();
  for (const Heading& heading : page.headings) {
    headings.push_back(Line::array({heading.offset, heading.level, heading.title}));
  }
  return lineOf({{"page", number},
                 {"label", page.label},
                 {"text", page.text},
                 {"headings", std::move(headings)},
                 {"image", page.hasImage}});
}

std::string toLine(const ExtractionSummary& summary) {
  Line skipped = Line::array();
  for (const SkippedPart& part : summary.skipped) skipped.push_back(Line::array({part.what, part.count}));
  return lineOf({{"end", true},
                 {"replaced_bytes", summary.replacedBytes},
                 {"running_lines", summary.runningLines},
                 {"encoding", summary.encoding},
                 {"skipped", std::move(skipped)}});
}

std::string toLine(const Error& error) {
  const char* name = "internal";
  for (const CodeName& known : kCodeNames) {
    if (error.code == known.code) name = known.name;
  }
  return lineOf({{"error", name}, {"message", error.message}});
}

std::optional<Error> errorInLine(std::string_view line, const std::string& name) {
  Result<Object> object = parseJsonObject(line, "a line of the extraction");
  if (!object || !object->contains("error")) return std::nullopt;
  return readError(*object, name);
}

ExtractionLineReader::ExtractionLineReader(std::string name, ExtractionSink& sink)
    : m_name(std::move(name)), m_sink(sink) {}

Status ExtractionLineReader::push(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::size_t end = bytes.find('\n');
    const std::string_view part = bytes.substr(0, end);
    if (m_pending.size() + part.size() > kLongestLine) {
      return makeError(ErrorCode::kCorrupt, m_name + ": its extraction gave a line of more than " +
                                                std::to_string(kLongestLine >> 20) + " MiB");
    }
    m_pending += part;
    if (end == std::string_view::npos) return {};
    bytes.remove_prefix(end + 1);
    const std::string whole = std::exchange(m_pending, {});
    if (Status status = line(whole); !status) return status;
  }
  return {};
}

Status ExtractionLineReader::finish() {
  if (m_complete && m_pending.empty()) return {};
  return makeError(ErrorCode::kCorrupt, m_name + ": its extraction ended before the end of the document");
}

Status ExtractionLineReader::line(std::string_view text) {
  const auto refused = [&](const std::string& what) {
    return makeError(ErrorCode::kCorrupt, m_name + ": its extraction gave " + what);
  };
  if (m_complete) return refused("more after its end");
  Result<Object> object = parseJsonObject(text, "a line of the extraction");
  if (!object) return refused("a line that is no JSON object");
  if (object->contains("error")) return readError(*object, m_name);
  if (!m_headSeen) {
    auto head = readHead(*object);
    if (!head) return refused("a first line that does not follow the format");
    m_headSeen = true;
    return m_sink.head(std::move(*head));
  }
  if (object->contains("end")) {
    auto summary = readSummary(*object);
    if (!summary) return refused("a last line that does not follow the format");
    m_complete = true;
    return m_sink.end(std::move(*summary));
  }
  auto page = readPage(*object);
  if (!page || takeCount(*object, "page") != m_pages + 1) {
    return refused("a line for page " + std::to_string(m_pages + 1) + " that does not follow the format");
  }
  if (++m_pages > kMostPages) return refused("more than " + std::to_string(kMostPages) + " pages");
  return m_sink.page(std::move(*page));
}

}  // namespace tidemark

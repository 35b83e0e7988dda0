#include "engine/weights/config_reader.h"

#include <algorithm>
#include <utility>

#include "engine/base/json_reader.h"

namespace tidemark {

using nlohmann::json;

namespace {

/// 1e-05 rather than 0.000010: bounds are written as in the files.
std::string numberText(double value) {
  return shown(json(value));
}

bool isOff(const json& value) {
  if (value.is_null()) return true;
  if (const auto* flag = value.get_ptr<const json::boolean_t*>()) return !*flag;
  if (const auto* whole = value.get_ptr<const json::number_integer_t*>()) return *whole == 0;
  if (const auto* real = value.get_ptr<const json::number_float_t*>()) return *real == 0.0;
  return false;
}

}  // namespace

ConfigReader::ConfigReader(const json::object_t& object, std::string source, std::string path,
                           std::optional<Error>& firstError)
    : m_object(&object), m_source(std::move(source)), m_path(std::move(path)), m_firstError(&firstError) {}

const json* ConfigReader::find(std::string_view key) const {
  const auto found = m_object->find(key);
  return found != m_object->end() && !found->second.is_null() ? &found->second : nullptr;
}

std::string ConfigReader::label(const std::string& key) const {
  const std::string text = inQuotes(m_path + key);
  return text.substr(1, text.size() - 2);
}

void ConfigReader::fail(ErrorCode code, const std::string& sentence, const char* file, int line) {
  if (!failed()) *m_firstError = makeError(code, m_source + ": " + sentence, file, line);
}

void ConfigReader::refuseValue(const std::string& key, const std::string& hint, const char* file, int line) {
  const json* value = find(key);
  fail(ErrorCode::kUnsupported,
       label(key) + " = " + (value != nullptr ? shown(*value) : "null") + " is not supported" +
           (hint.empty() ? "" : " (" + hint + ")"),
       file, line);
}

int ConfigReader::toInteger(const std::string& key, const json& value, int max) {
  const std::string wanted = label(key) + " must be a whole number from 1 to " + std::to_string(max);
  if (const auto* number = value.get_ptr<const json::number_unsigned_t*>()) {
    if (*number >= 1 && *number <= static_cast<std::uint64_t>(max)) return static_cast<int>(*number);
    fail(*number < 1 ? ErrorCode::kCorrupt : ErrorCode::kUnsupported, wanted + ", found " + shown(value));
    return 1;
  }
  fail(ErrorCode::kCorrupt, wanted + ", found " + shown(value));
  return 1;
}

double ConfigReader::toNumber(const std::string& key, const json& value, double min, double max) {
  if (value.is_number()) {
    const double number = value.get<double>();
    if (number >= min && number <= max) return number;
  }
  fail(ErrorCode::kCorrupt,
       label(key) + " must be a number from " + numberText(min) + " to " + numberText(max) + ", found " + shown(value));
  return min;
}

int ConfigReader::requiredInteger(const std::string& key, int max) {
  if (const json* value = find(key)) return toInteger(key, *value, max);
  fail(ErrorCode::kCorrupt, label(key) + " is missing; a whole number from 1 to " + std::to_string(max) + " is needed");
  return 1;
}

int ConfigReader::integer(const std::string& key, int fallback, int max) {
  const json* value = find(key);
  return value != nullptr ? toInteger(key, *value, max) : fallback;
}

double ConfigReader::requiredNumber(const std::string& key, double min, double max) {
  if (const json* value = find(key)) return toNumber(key, *value, min, max);
  fail(ErrorCode::kCorrupt, label(key) + " is missing; a number is needed");
  return min;
}

double ConfigReader::number(const std::string& key, double fallback, double min, double max) {
  const json* value = find(key);
  return value != nullptr ? toNumber(key, *value, min, max) : fallback;
}

bool ConfigReader::flag(const std::string& key, bool fallback) {
  const json* value = find(key);
  if (value == nullptr) return fallback;
  if (const auto* flag = value->get_ptr<const json::boolean_t*>()) return *flag;
  fail(ErrorCode::kCorrupt, label(key) + " must be true or false, found " + shown(*value));
  return fallback;
}

std::string ConfigReader::text(const std::string& key, const std::string& fallback) {
  const json* value = find(key);
  if (value == nullptr) return fallback;
  if (const auto* text = value->get_ptr<const json::string_t*>()) return *text;
  fail(ErrorCode::kCorrupt, label(key) + " must be a string, found " + shown(*value));
  return fallback;
}

std::optional<ConfigReader> ConfigReader::child(const std::string& key) {
  const json* value = find(key);
  if (value == nullptr) return std::nullopt;
  if (const auto* object = value->get_ptr<const json::object_t*>()) {
    return ConfigReader(*object, m_source, m_path + key + ".", *m_firstError);
  }
  fail(ErrorCode::kCorrupt, label(key) + " must be an object, found " + shown(*value));
  return std::nullopt;
}

void ConfigReader::requireFlag(const std::string& key, bool accepted) {
  if (flag(key, accepted) != accepted) refuseValue(key);
}

void ConfigReader::refuseUnknown(const std::vector<std::string_view>& known) {
  for (const auto& [key, value] : *m_object) {
    if (std::find(known.begin(), known.end(), key) == known.end() && !isOff(value)) refuseValue(key);
  }
}

}  // namespace tidemark

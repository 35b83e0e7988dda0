#pragma once
// Typed access to one JSON object of config.json. The first problem is kept and everything after it returns harmless
// values, so that the code that reads a config lists keys and nothing else. Private to weights.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

class ConfigReader {
 public:
  /// `path` stands in front of keys in messages ("armt."). The object, and `firstError`, outlive the reader.
  ConfigReader(const nlohmann::json::object_t& object, std::string source, std::string path,
               std::optional<Error>& firstError);

  /// The value of a key; nullptr when it is absent or null, which mean the same in these files.
  [[nodiscard]] const nlohmann::json* find(std::string_view key) const;

  /// Whole numbers from 1 to `max`. Below: kCorrupt, above: kUnsupported.
  int requiredInteger(const std::string& key, int max);
  int integer(const std::string& key, int fallback, int max);
  /// Finite numbers from `min` to `max`.
  double requiredNumber(const std::string& key, double min, double max);
  double number(const std::string& key, double fallback, double min, double max);
  bool flag(const std::string& key, bool fallback);
  std::string text(const std::string& key, const std::string& fallback);
  /// The object of that key, if there is one.
  std::optional<ConfigReader> child(const std::string& key);

  /// kUnsupported, "KEY = VALUE is not supported", unless the flag is absent or has the value `accepted`.
  void requireFlag(const std::string& key, bool accepted);
  /// kUnsupported for every key outside `known` whose value is not null, false or 0.
  void refuseUnknown(const std::vector<std::string_view>& known);
  /// kUnsupported, "KEY = VALUE is not supported (hint)", for the key's present value.
  void refuseValue(const std::string& key, const std::string& hint = "", const char* file = __builtin_FILE(),
                   int line = __builtin_LINE());

  /// Keeps the error if it is the first; the message becomes "SOURCE: sentence".
  void fail(ErrorCode code, const std::string& sentence, const char* file = __builtin_FILE(),
            int line = __builtin_LINE());
  [[nodiscard]] bool failed() const { return m_firstError->has_value(); }
  /// The key as messages name it.
  [[nodiscard]] std::string label(const std::string& key) const;

 private:
  int toInteger(const std::string& key, const nlohmann::json& value, int max);
  double toNumber(const std::string& key, const nlohmann::json& value, double min, double max);

  const nlohmann::json::object_t* m_object;
  std::string m_source;
  std::string m_path;
  std::optional<Error>* m_firstError;
};

}  // namespace tidemark

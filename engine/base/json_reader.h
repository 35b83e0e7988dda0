#pragma once
// JSON from files that nobody vouches for: bounded depth and size, no duplicate keys, no exceptions. Private to the
// engine's parsers: a target that includes it names nlohmann_json itself.

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "engine/base/result.h"

namespace tidemark {

/// What a hostile file may make us allocate.
struct JsonLimits {
  std::size_t maxDepth = 32;          // objects and arrays inside each other
  std::size_t maxValues = 1'000'000;  // values in all, containers included
};

/// Parses one JSON value that fills `text`; `source` names it in errors. Errors: kCorrupt (syntax with line and column,
/// invalid UTF-8, a key that appears twice in one object, limits exceeded).
[[nodiscard]] Result<nlohmann::json> parseJson(std::string_view text, const std::string& source,
                                               const JsonLimits& limits = {});

/// The same for a value that must be an object. Errors: those of parseJson, kCorrupt (it is something else).
[[nodiscard]] Result<nlohmann::json::object_t> parseJsonObject(std::string_view text, const std::string& source);

/// A name out of a file in double quotes for a message: control characters become '?', long names are cut.
[[nodiscard]] std::string inQuotes(std::string_view name);

/// A value as JSON text for a message, cut when long.
[[nodiscard]] std::string shown(const nlohmann::json& value);

}  // namespace tidemark

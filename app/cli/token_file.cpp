#include "app/cli/token_file.h"

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "app/cli/report_error.h"
#include "engine/weights/mapped_file.h"

namespace tidemark::cli {
namespace {

using nlohmann::json;

/// A value as a message shows it.
std::string shown(const json& value) {
  std::string text = value.dump(-1, ' ', false, json::error_handler_t::replace);
  constexpr std::size_t kLongest = 40;
  if (text.size() > kLongest) text = text.substr(0, kLongest) + "...";
  return oneLine(text);
}

Result<TokenId> tokenOf(const json& value, std::size_t index, int vocabularySize) {
  const std::string where = "element " + std::to_string(index) + " is " + shown(value);
  if (!value.is_number_integer()) return makeError(ErrorCode::kCorrupt, where + ", not a whole number");
  // Numbers above 2^63 are stored unsigned and would turn negative.
  const bool fits = !value.is_number_unsigned() || value.get<std::uint64_t>() <= INT32_MAX;
  const std::int64_t id = fits ? value.get<std::int64_t>() : -1;
  if (id < 0 || id >= vocabularySize) {
    return makeError(ErrorCode::kInvalidArgument, where + ", outside the model's vocabulary of " +
                                                      std::to_string(vocabularySize) + " (0 to " +
                                                      std::to_string(vocabularySize - 1) + ")");
  }
  return static_cast<TokenId>(id);
}

}  // namespace

Result<std::vector<TokenId>> loadTokenFile(const std::filesystem::path& path, int vocabularySize) {
  const auto file = MappedFile::open(path);
  if (!file) return file.error();
  const std::string source = path.string();
  const std::string_view text(reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size());
  json list;
  try {
    list = json::parse(text);
  } catch (const json::parse_error& error) {
    return makeError(ErrorCode::kCorrupt, source + " is not JSON (byte " + std::to_string(error.byte) +
                                              "); it must hold a list of token ids such as [1, 2, 3]");
  }
  if (!list.is_array()) {
    return makeError(ErrorCode::kCorrupt,
                     source + " holds " + shown(list) + "; it must hold a list of token ids such as [1, 2, 3]");
  }
  if (list.empty())
    return makeError(ErrorCode::kInvalidArgument, source + " holds an empty list; give at least one token");
  std::vector<TokenId> tokens;
  tokens.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    const auto token = tokenOf(list[i], i, vocabularySize);
    if (!token) return token.error().withContext(source);
    tokens.push_back(*token);
  }
  return tokens;
}

}  // namespace tidemark::cli

#include "engine/weights/weight_index.h"

#include <algorithm>
#include <cstddef>

#include "engine/base/json_reader.h"

namespace tidemark {
namespace {

using nlohmann::json;

constexpr std::size_t kMaxIndexBytes = 100'000'000;
constexpr JsonLimits kIndexLimits{.maxDepth = 8, .maxValues = 8'000'000};

/// A shard is a file of the model directory itself, whatever the index says, and its name can be printed.
bool isPlainFileName(std::string_view name) {
  return !name.empty() && name != "." && name != ".." && name.find_first_of("/\\") == std::string_view::npos &&
         std::none_of(name.begin(), name.end(), [](unsigned char c) { return c < 0x20 || c == 0x7f; });
}

}  // namespace

Result<WeightMap> parseWeightIndex(std::string_view text, const std::string& source) {
  if (text.size() > kMaxIndexBytes) {
    return makeError(ErrorCode::kCorrupt, source + " has " + std::to_string(text.size()) +
                                              " bytes; an index has at most " + std::to_string(kMaxIndexBytes));
  }
  const auto index = parseJson(text, source, kIndexLimits);
  if (!index) return index.error();
  const auto* members = index->get_ptr<const json::object_t*>();
  const auto found = members != nullptr ? members->find("weight_map") : json::object_t::const_iterator{};
  if (members == nullptr || found == members->end() || !found->second.is_object()) {
    return makeError(ErrorCode::kCorrupt, source + " has no \"weight_map\" object that says which file holds what");
  }
  WeightMap map;
  for (const auto& [tensor, value] : *found->second.get_ptr<const json::object_t*>()) {
    const auto* shard = value.get_ptr<const json::string_t*>();
    if (shard == nullptr || !isPlainFileName(*shard)) {
      return makeError(ErrorCode::kCorrupt, source + " puts tensor " + inQuotes(tensor) + " into " + shown(value) +
                                                ", which is not the name of a file in the model directory");
    }
    map.emplace(tensor, *shard);
  }
  if (map.empty()) return makeError(ErrorCode::kCorrupt, source + " lists no tensors");
  return map;
}

}  // namespace tidemark

#include "engine/weights/stored_layers.h"

#include <charconv>
#include <system_error>

namespace tidemark {

StoredLayers countStoredLayers(const std::map<std::string, TensorView>& tensors, const std::string& prefix) {
  StoredLayers stored;
  for (auto entry = tensors.lower_bound(prefix); entry != tensors.end() && entry->first.starts_with(prefix); ++entry) {
    const char* const last = entry->first.data() + entry->first.size();
    std::int64_t layer = 0;
    const auto [end, failure] = std::from_chars(entry->first.data() + prefix.size(), last, layer);
    if (failure != std::errc() || end == last || *end != '.' || layer < stored.count || layer == INT64_MAX) continue;
    stored = {layer + 1, entry->first};
  }
  return stored;
}

}  // namespace tidemark

#pragma once
// Names of archive entries, and the references that lead to them.

#include <optional>
#include <string>
#include <string_view>

namespace tidemark {

/// An absolute name, one with ".." or with backslashes.
[[nodiscard]] bool leadsOutOfArchive(std::string_view name);

/// In double quotes for a message: strange characters become '?', long names are cut.
[[nodiscard]] std::string quotedName(std::string_view name);

struct EntryReference {
  std::string path;      // from the root of the archive, percent signs decoded
  std::string fragment;  // behind "#", decoded
};

/// Where `reference`, which stands in the entry `base`, leads; nothing if that is outside of the archive: another
/// address, or more ".." than there are folders. A reference without a path leads to `base`.
[[nodiscard]] std::optional<EntryReference> resolveReference(std::string_view base, std::string_view reference);

}  // namespace tidemark

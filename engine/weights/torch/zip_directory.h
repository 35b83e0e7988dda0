#pragma once
// The members of a zip archive that are stored uncompressed, as views into its bytes: nothing is unpacked or copied.
// Private to weights/torch.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/base/result.h"

namespace tidemark {

class ZipDirectory {
 public:
  struct Member {
    std::string_view name;            // UTF-8, into the archive
    std::span<const std::byte> data;  // into the archive
  };

  /// Reads the central directory of `bytes`, which must outlive the members; zip64 included. Every member's local
  /// header is compared with it; checksums are not (that would read every page of the file, and torch can leave them
  /// out). Errors: kCorrupt (cut short, positions outside the archive, members that overlap, a name twice, headers that
  /// disagree); kUnsupported (compressed or encrypted members, several disks), each naming `source` and the member.
  [[nodiscard]] static Result<ZipDirectory> parse(std::span<const std::byte> bytes, const std::string& source);

  /// In name order.
  [[nodiscard]] const std::vector<Member>& members() const { return m_members; }
  /// The bytes of the member of that name, or nothing.
  [[nodiscard]] std::optional<std::span<const std::byte>> find(std::string_view name) const;

 private:
  std::vector<Member> m_members;
};

}  // namespace tidemark

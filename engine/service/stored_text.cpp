#include "engine/service/stored_text.h"

#include <algorithm>
#include <vector>

namespace tidemark {
namespace {

constexpr std::size_t kPieceBytes = 1 << 16;

}  // namespace

void StoredText::set(ByteRange bytes, bool isComplete) {
  m_bytes = bytes;
  m_isComplete = isComplete;
}

Result<std::size_t> StoredText::read(std::uint64_t offset, std::span<char> out) const {
  if (offset >= byteCount()) return std::size_t{0};
  const auto count = std::min<std::uint64_t>(out.size(), byteCount() - offset);
  return m_store.readText(m_bytes.begin + offset, out.first(static_cast<std::size_t>(count)));
}

Status scanText(const SessionStore& store, ByteRange bytes,
                const std::function<Status(std::uint64_t begin, std::string_view piece)>& visit) {
  std::vector<char> buffer(kPieceBytes);
  for (std::uint64_t at = bytes.begin; at < bytes.end;) {
    const auto room = std::min<std::uint64_t>(buffer.size(), bytes.end - at);
    const auto count = store.readText(at, std::span(buffer).first(static_cast<std::size_t>(room)));
    if (!count) return count.error();
    if (*count == 0) break;
    if (Status visited = visit(at, {buffer.data(), *count}); !visited) return visited;
    at += *count;
  }
  return {};
}

}  // namespace tidemark

// Bytes from a page process, cut anywhere, are refused or are messages that would be written in the same way.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>

#include "extract/page_process/page_messages.h"

namespace {

void check(const tidemark::PageMessage& message) {
  const tidemark::RawPage& raw = message.content.raw;
  if (raw.text.size() > tidemark::kMostMessageUnits || raw.boxes.size() > tidemark::kMostMessageBoxes) std::abort();
  if (message.kind != tidemark::PageMessage::Kind::kContent) return;
  const std::string bytes = tidemark::contentMessage(message.number, message.content);
  tidemark::PageMessageReader again;
  again.push(bytes);
  const auto same = again.next();
  if (!same || !*same || (**same).number != message.number || (**same).content.raw.text != raw.text) std::abort();
  if (tidemark::contentMessage(message.number, (**same).content) != bytes) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = std::max<std::size_t>(data[0], 1);
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  tidemark::PageMessageReader reader;
  while (!rest.empty()) {
    reader.push(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    for (;;) {
      const auto message = reader.next();
      if (!message) return 0;
      if (!*message) break;
      check(**message);
    }
  }
  return 0;
}

#include "engine/tokenizer/utf8_stream.h"

#include <utility>

#include "engine/tokenizer/utf8.h"

namespace tidemark {

std::string Utf8Stream::push(std::string_view bytes) {
  m_pending.append(bytes);
  std::string_view rest = m_pending;
  std::string complete;
  while (!rest.empty()) {
    const Utf8Sequence sequence = readUtf8(rest);
    if (sequence.kind == Utf8Kind::kIncomplete) break;
    complete.append(sequence.kind == Utf8Kind::kCharacter ? rest.substr(0, sequence.length) : kReplacementCharacter);
    rest.remove_prefix(sequence.length);
  }
  m_pending = std::string(rest);
  return complete;
}

std::string Utf8Stream::finish() {
  const std::string pending = std::exchange(m_pending, {});
  return pending.empty() ? std::string() : std::string(kReplacementCharacter);
}

}  // namespace tidemark

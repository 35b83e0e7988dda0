#pragma once
// The text of a session as the store gives it: one document for a tokenizer, or pieces of any length for those who
// scan.

#include <functional>
#include <string_view>

#include "engine/base/text_source.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// One document's text, or as much of it as has come. The store must outlive it.
class StoredText : public TextSource {
 public:
  StoredText(const SessionStore& store, ByteRange bytes, bool isComplete = true)
      : m_store(store), m_bytes(bytes), m_isComplete(isComplete) {}

  /// More of it has come.
  void set(ByteRange bytes, bool isComplete);

  [[nodiscard]] std::uint64_t byteCount() const override { return m_bytes.end - m_bytes.begin; }
  [[nodiscard]] bool isComplete() const override { return m_isComplete; }
  [[nodiscard]] Result<std::size_t> read(std::uint64_t offset, std::span<char> out) const override;

 private:
  const SessionStore& m_store;
  ByteRange m_bytes;  // session-wide
  bool m_isComplete;
};

/// Shows the text piece by piece, in order, with the session-wide byte at which each begins; a piece may end inside a
/// character. Errors: those of the store, and the first one of `visit`, which ends it.
[[nodiscard]] Status scanText(const SessionStore& store, ByteRange bytes,
                              const std::function<Status(std::uint64_t begin, std::string_view piece)>& visit);

}  // namespace tidemark

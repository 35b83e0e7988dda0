// Another edition of a document in the place of the one that was read.

#include <algorithm>
#include <cstring>

#include "engine/session/session_text_move.h"

namespace tidemark {
namespace {

constexpr const char* kReplacing = "replace a document of";
constexpr const char* kMoveBookmarksSql =
    "UPDATE bookmarks SET byte_begin = max(?, byte_begin + ?) WHERE byte_begin >= ?";
constexpr const char* kClampBookmarksSql =
    "UPDATE bookmarks SET byte_begin = min(byte_begin, ?) WHERE byte_begin > ? AND byte_begin < ?";
constexpr std::size_t kBlockBytes = 256 * 1024;

std::optional<std::size_t> indexOf(const std::vector<DocumentRecord>& documents, std::int64_t id) {
  const auto found =
      std::find_if(documents.begin(), documents.end(), [id](const DocumentRecord& each) { return each.id == id; });
  if (found == documents.end()) return std::nullopt;
  return static_cast<std::size_t>(found - documents.begin());
}

std::uint64_t lengthOf(const DocumentRecord& document) {
  return document.bytes.end - document.bytes.begin;
}

/// How many bytes two documents share, from the front or from the back; at most `most`.
Result<std::uint64_t> sharedBytes(const SessionStore& store, ByteRange a, ByteRange b, std::uint64_t most,
                                  bool fromBack) {
  std::vector<char> ours(kBlockBytes);
  std::vector<char> theirs(kBlockBytes);
  std::uint64_t shared = 0;
  while (shared < most) {
    const auto count = static_cast<std::size_t>(std::min<std::uint64_t>(kBlockBytes, most - shared));
    for (const auto& [bytes, buffer] : {std::pair(a, &ours), std::pair(b, &theirs)}) {
      const std::uint64_t at = fromBack ? bytes.end - shared - count : bytes.begin + shared;
      const auto got = store.readText(at, std::span(*buffer).first(count));
      if (!got) return got.error();
      if (*got != count) {
        return makeError(ErrorCode::kCorrupt, store.path().string() + ": text is missing at byte " +
                                                  std::to_string(at + *got) + "; go back to a copy of the file");
      }
    }
    const auto begin = ours.begin();
    const auto end = begin + static_cast<std::ptrdiff_t>(count);
    const auto same = fromBack
                          ? std::mismatch(std::reverse_iterator(end), std::reverse_iterator(begin),
                                          std::reverse_iterator(theirs.begin() + static_cast<std::ptrdiff_t>(count)))
                                    .first -
                                std::reverse_iterator(end)
                          : std::mismatch(begin, end, theirs.begin()).first - begin;
    shared += static_cast<std::uint64_t>(same);
    if (static_cast<std::size_t>(same) < count) break;
  }
  return shared;
}

}  // namespace

Result<std::uint64_t> SessionStore::commonBytes(std::int64_t document, std::int64_t imported) const {
  const SessionFile& file = *m_impl;
  if (Status pending = requirePending(file, imported); !pending) return pending.error();
  const auto all = loadDocuments(file);
  if (!all) return all.error();
  const auto index = indexOf(*all, document);
  if (!index) return file.invalid("document number " + std::to_string(document) + " is not there");
  const ByteRange bytes = (*all)[*index].bytes;
  const ByteRange text = pendingText();
  return sharedBytes(*this, bytes, text, std::min(bytes.end - bytes.begin, text.end - text.begin), false);
}

Result<DocumentRecord> SessionStore::finishEdition(std::int64_t documentId, const std::string& sourceSha256,
                                                   std::uint64_t characters, std::uint64_t replacedBytes,
                                                   const DocumentContents& contents, std::int64_t replaced,
                                                   std::int64_t keptSegments) {
  SessionFile& file = *m_impl;
  if (Status pending = requirePending(file, documentId); !pending) return pending.error();
  auto loaded = loadDocuments(file);
  if (!loaded) return loaded.error();
  const std::vector<DocumentRecord>& all = *loaded;
  const auto oldIndex = indexOf(all, replaced);
  DocumentRecord edition;
  edition.bytes = pendingText();
  if (!oldIndex || lengthOf(edition) == 0) {
    return file.invalid(oldIndex ? "document number " + std::to_string(documentId) + " has no text"
                                 : "document number " + std::to_string(replaced) + " is not there");
  }
  const DocumentRecord old = all[*oldIndex];
  const std::uint64_t shorter = std::min(lengthOf(old), lengthOf(edition));
  const auto front = sharedBytes(*this, old.bytes, edition.bytes, shorter, false);
  if (!front) return front.error();
  const auto back = sharedBytes(*this, old.bytes, edition.bytes, shorter - *front, true);
  if (!back) return back.error();
  const std::uint64_t changedByte = old.bytes.begin + *front;

  Result<Transaction> transaction = Transaction::begin(file.database, Transaction::Kind::kWrite, kReplacing);
  if (!transaction) return transaction.error();
  auto finished = finishPending(file, sourceSha256, characters, replacedBytes, contents);
  if (!finished) return finished.error();
  edition = std::move(*finished);
  if (Status forgotten = forgetReading(file, keptSegments, changedByte); !forgotten) return forgotten.error();

  const std::int64_t delta = static_cast<std::int64_t>(lengthOf(edition)) - static_cast<std::int64_t>(lengthOf(old));
  const std::uint64_t backBegin = old.bytes.end - *back;
  if (Status done = file.database.run(kClampBookmarksSql, kReplacing, old.bytes.begin + lengthOf(edition), changedByte,
                                      backBegin);
      !done) {
    return done.error();
  }
  if (Status done = file.database.run(kMoveBookmarksSql, kReplacing, changedByte, delta, backBegin); !done) {
    return done.error();
  }

  // What stands before it, the edition, and what stands behind it.
  std::vector<std::pair<DocumentRecord, std::uint64_t>> moving;  // each with where its text begins now
  moving.emplace_back(edition, edition.bytes.begin);
  for (std::size_t i = *oldIndex + 1; i < all.size(); ++i) moving.emplace_back(all[i], all[i].bytes.begin);
  if (Status gone = deleteDocument(file, replaced); !gone) return gone.error();
  if (Status lifted = liftText(file, old.bytes.end); !lifted) return lifted.error();
  std::uint64_t at = old.bytes.begin;
  for (auto& [record, oldBegin] : moving) {
    record.bytes = {at, at + lengthOf(record)};
    at = record.bytes.end;
    if (Status settled = settleText(file, record.id, oldBegin, record.bytes.begin); !settled) return settled.error();
    if (Status moved = updateDocument(file, record); !moved) return moved.error();
  }
  if (Status committed = transaction->commit(); !committed) return committed.error();
  file.cachedText = {};
  file.pending = {};
  return moving.front().first;
}

}  // namespace tidemark

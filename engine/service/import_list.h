#pragma once
// What a request to read asks to import: its files against the documents that the session holds already.

#include <cstdint>
#include <filesystem>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "engine/service/requests.h"
#include "engine/session/session_store.h"

namespace tidemark {

/// One file, or one pasted text, to become a document.
struct ImportTask {
  std::filesystem::path file;  // absolute; empty: pasted
  std::optional<PastedText> pasted;
  std::int64_t replaces = 0;  // the document that it is another edition of
  std::size_t number = 0;     // among the files of the request, folders expanded
  std::string before = {};    // title of a document that stands behind it in the list and was read already
  [[nodiscard]] std::string name() const { return pasted ? pasted->title : file.string(); }
};

/// What is known of a complete document's file.
struct KnownDocument {
  DocumentRecord record;
  DocumentSource source;
};

struct ImportList {
  std::vector<ImportTask> tasks;     // documents to read again first, then the others in the order of the request
  std::size_t files = 0;             // of the request, folders expanded
  std::vector<KnownDocument> known;  // the session's documents, in reading order
};

/// The same list of files as last time goes on where it stopped: its documents are left out, and so is a file that is
/// named twice. Files that were refused then are tried again; one that can be read now is out of its place (`before`).
/// Anything else is added on purpose (`append`) or not at all. Errors: kInvalidArgument (the session holds other
/// documents, or one whose file has changed; a document to read again that is not there, or has no file), those of
/// expandFolders, of the store, and of opening the one file that is asked for; kCancelled.
[[nodiscard]] Result<ImportList> listImports(const SessionStore& store, const ReadRequest& request,
                                             const std::stop_token& stop);

/// Errors: those of the store.
[[nodiscard]] Result<std::vector<KnownDocument>> loadKnown(const SessionStore& store);

/// Index of the document that holds the same bytes as the task's file or text; nothing if there is none, or if the file
/// cannot be opened (whoever imports it will say why). Errors: kCancelled.
[[nodiscard]] Result<std::optional<std::size_t>> findSame(const std::vector<KnownDocument>& known,
                                                          const ImportTask& task, const std::stop_token& stop);

}  // namespace tidemark

#pragma once
// One list of files being checked by a TextLoader, on its worker.

#include <functional>
#include <vector>

#include "ui/bridge/text_loader.h"
#include "ui/document/text_piece_builder.h"

namespace tidemark::ui {

/// What a check tells while it goes on; called on the worker's thread.
struct FileCheckEvents {
  std::function<bool()> isReplaced;
  std::function<void(QStringList)> listed;
  std::function<void(int, ImportProgress)> progressed;
  std::function<void(int, FileReport)> checked;
  std::function<void(int, RefusedFile)> refused;
  std::function<void(std::uint64_t expectedBytes)> showing;
  std::function<void(std::shared_ptr<const TextPiece>)> piece;
};

/// Nothing if it was replaced meanwhile.
[[nodiscard]] std::optional<CheckedFiles> checkFiles(const QStringList& paths, bool show,
                                                     const std::filesystem::path& sessionsFolder,
                                                     const FileCheckEvents& events, const std::stop_token& stop);

/// The text as a session will hold it. Errors: kInvalidArgument (NUL bytes, another encoding).
[[nodiscard]] Result<std::string> cleanPasted(const std::string& text);

}  // namespace tidemark::ui

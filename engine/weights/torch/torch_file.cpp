#include "engine/weights/torch/torch_file.h"

#include <string_view>

#include "engine/base/json_reader.h"
#include "engine/weights/torch/byte_reader.h"
#include "engine/weights/torch/pickle_machine.h"
#include "engine/weights/torch/torch_tensors.h"
#include "engine/weights/torch/zip_directory.h"

namespace tidemark {
namespace {

constexpr std::string_view kPickleName = "data.pkl";
constexpr std::size_t kTarMagicAt = 257;

/// What a file that is no zip archive is instead, and what to do.
Error notAnArchive(std::string_view text, const std::string& source) {
  const bool isPickle = text.size() >= 2 && text[0] == '\x80' && text[1] >= 2 && text[1] <= 5;
  if (isPickle || text.substr(0, kTarMagicAt + 5).ends_with("ustar")) {
    return makeError(ErrorCode::kUnsupported,
                     source +
                         " has the form that PyTorch wrote before version 1.6 (no zip archive); load it with "
                         "PyTorch and save it again, or convert it to model.safetensors");
  }
  if (text.starts_with("version https://git-lfs")) {
    return makeError(ErrorCode::kUnsupported,
                     source + " is a Git LFS pointer, not the weights themselves; fetch them with git lfs pull");
  }
  return makeError(ErrorCode::kCorrupt, source +
                                            " does not begin like a file of torch.save (a zip archive); copy or "
                                            "download it again");
}

/// The folder of the archive that holds data.pkl, with its slash: it has the name under which the file was first saved.
Result<std::string> findFolder(const ZipDirectory& archive, const std::string& source) {
  const ZipDirectory::Member* found = nullptr;
  for (const auto& member : archive.members()) {
    const std::string_view name = member.name;
    if (!name.ends_with(kPickleName)) continue;
    const std::string_view folder = name.substr(0, name.size() - kPickleName.size());
    if (!folder.empty() && folder.find('/') != folder.size() - 1) continue;  // another name, or a folder deeper down
    if (found != nullptr) {
      return makeError(ErrorCode::kCorrupt,
                       source + " holds two pickles, " + inQuotes(found->name) + " and " + inQuotes(name));
    }
    found = &member;
  }
  if (found == nullptr) {
    return makeError(ErrorCode::kCorrupt, source +
                                              " is a zip archive without data.pkl; it was not written by "
                                              "torch.save");
  }
  return std::string(found->name.substr(0, found->name.size() - kPickleName.size()));
}

Status checkKind(const ZipDirectory& archive, const std::string& folder, const std::string& source) {
  if (archive.find(folder + "constants.pkl")) {
    return makeError(ErrorCode::kUnsupported, source +
                                                  " is a TorchScript program, not a dictionary of tensors; save "
                                                  "the model's state_dict() with torch.save");
  }
  const auto order = archive.find(folder + "byteorder");  // absent from older files, which are little-endian
  if (!order || textOf(*order) == "little") return {};
  if (textOf(*order) == "big") {
    return makeError(ErrorCode::kUnsupported, source +
                                                  " was written by a big-endian machine; convert it to "
                                                  "model.safetensors there");
  }
  return makeError(ErrorCode::kCorrupt, source + " has the byte order " +
                                            inQuotes(textOf(order->first(std::min<std::size_t>(order->size(), 20)))) +
                                            ", which is neither little nor big");
}

}  // namespace

Result<TorchFile> parseTorchFile(std::span<const std::byte> bytes, const std::string& source) {
  if (!textOf(bytes).starts_with("PK")) return notAnArchive(textOf(bytes), source);
  const auto archive = ZipDirectory::parse(bytes, source);
  if (!archive) return archive.error();
  const auto folder = findFolder(*archive, source);
  if (!folder) return folder.error();
  if (const Status known = checkKind(*archive, *folder, source); !known) return known.error();
  const auto document = runPickle(*archive->find(*folder + std::string(kPickleName)), source);
  if (!document) return document.error();
  return collectTensors(*document, *archive, *folder, bytes.size(), source);
}

}  // namespace tidemark

#include "engine/weights/checkpoint.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "engine/base/json_reader.h"
#include "engine/base/sha256.h"
#include "engine/weights/weight_file.h"
#include "engine/weights/weight_index.h"

namespace tidemark {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSingleFile = "model.safetensors";
constexpr const char* kIndexFile = "model.safetensors.index.json";
constexpr const char* kTorchFile = "pytorch_model.bin";
constexpr const char* kTorchIndexFile = "pytorch_model.bin.index.json";

bool isPresent(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

Status checkDirectory(const fs::path& directory) {
  std::error_code ignored;
  const auto status = fs::status(directory, ignored);
  if (!fs::exists(status)) return makeError(ErrorCode::kNotFound, directory.string() + ": no such model directory");
  if (!fs::is_directory(status)) {
    return makeError(ErrorCode::kNotFound,
                     directory.string() + " is not a directory; give the directory that holds " + kSingleFile);
  }
  return {};
}

Error noWeights(const fs::path& directory) {
  return makeError(ErrorCode::kNotFound, directory.string() + ": no weights; looked for " + kSingleFile + ", " +
                                             kIndexFile + ", " + kTorchFile + " and " + kTorchIndexFile +
                                             "; give the folder that holds config.json and the weights");
}

Result<WeightMap> readIndex(const fs::path& path) {
  const auto file = MappedFile::open(path);
  if (!file) return file.error();
  return parseWeightIndex({reinterpret_cast<const char*>(file->bytes().data()), file->bytes().size()}, path.string());
}

/// Which files hold the weights of a directory.
struct WeightFiles {
  bool isTorch = false;
  fs::path indexPath;  // empty: one file
};

/// The single file comes first and safetensors before torch, as in every other loader of this layout.
Result<WeightFiles> chooseFiles(const fs::path& directory) {
  if (isPresent(directory / kSingleFile)) return WeightFiles{};
  if (isPresent(directory / kIndexFile)) return WeightFiles{false, directory / kIndexFile};
  if (isPresent(directory / kTorchFile)) return WeightFiles{true, {}};
  if (isPresent(directory / kTorchIndexFile)) return WeightFiles{true, directory / kTorchIndexFile};
  return noWeights(directory);
}

/// Maps the file and adds its tensors; `origin` remembers which file each came from.
Result<MappedFile> addFile(const fs::path& path, bool isTorch, std::map<std::string, TensorView>& tensors,
                           std::vector<Tensor>& owned, WeightMap& origin) {
  auto mapping = MappedFile::open(path);
  if (!mapping) return mapping.error();
  auto file = parseWeightFile(mapping->bytes(), isTorch, path.string());
  if (!file) return file.error();
  std::move(file->copies.begin(), file->copies.end(), std::back_inserter(owned));
  for (auto& [name, view] : file->tensors) {
    const auto [first, isNew] = origin.emplace(name, path.filename().string());
    if (!isNew) {
      return makeError(ErrorCode::kCorrupt,
                       path.string() + ": tensor " + inQuotes(name) + " is also in " + inQuotes(first->second));
    }
    tensors.emplace(name, std::move(view));
  }
  // An index lists masks and the like too: they are where it says, although nobody asks for them.
  for (const auto& [name, kind] : file->ignored) origin.emplace(name, path.filename().string());
  return mapping;
}

}  // namespace

Result<std::shared_ptr<const Checkpoint>> Checkpoint::open(const fs::path& directory) {
  if (const Status found = checkDirectory(directory); !found) return found.error();

  const auto files = chooseFiles(directory);
  if (!files) return files.error();
  WeightMap index;
  std::set<std::string> names;  // sorted: the order of m_files and of the hash
  if (files->indexPath.empty()) {
    names.insert(files->isTorch ? kTorchFile : kSingleFile);
  } else {
    auto read = readIndex(files->indexPath);
    if (!read) return read.error();
    index = std::move(*read);
    for (const auto& [tensor, shard] : index) names.insert(shard);
  }

  auto checkpoint = std::make_shared<Checkpoint>();
  WeightMap origin;
  for (const std::string& name : names) {
    auto mapping = addFile(directory / name, files->isTorch, checkpoint->m_tensors, checkpoint->m_owned, origin);
    if (!mapping) {
      return index.empty() ? mapping.error()
                           : mapping.error().withContext("a shard of " + files->indexPath.filename().string());
    }
    checkpoint->m_files.push_back(directory / name);
    checkpoint->m_mappings.push_back(std::move(*mapping));
  }
  for (const auto& [tensor, shard] : index) {
    const auto found = origin.find(tensor);
    if (found == origin.end() || found->second != shard) {
      return makeError(ErrorCode::kCorrupt, files->indexPath.string() + " says that tensor " + inQuotes(tensor) +
                                                " is in " + inQuotes(shard) + ", but it is not there");
    }
  }
  return std::shared_ptr<const Checkpoint>(std::move(checkpoint));
}

std::shared_ptr<const Checkpoint> Checkpoint::derive(std::shared_ptr<const Checkpoint> base,
                                                     std::map<std::string, TensorView> tensors,
                                                     std::vector<Tensor> owned) {
  auto derived = std::make_shared<Checkpoint>();
  derived->m_tensors = std::move(tensors);
  derived->m_files = base->m_files;
  derived->m_owned = std::move(owned);
  derived->m_base = std::move(base);
  return derived;
}

const TensorView* Checkpoint::find(const std::string& name) const {
  const auto found = m_tensors.find(name);
  return found != m_tensors.end() ? &found->second : nullptr;
}

std::string Checkpoint::computeSha256() const {
  if (m_base) return m_base->computeSha256();
  Sha256 hash;
  for (const MappedFile& mapping : m_mappings) hash.update(mapping.bytes());
  return hash.hexDigest();
}

}  // namespace tidemark

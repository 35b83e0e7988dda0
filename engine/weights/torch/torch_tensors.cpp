#include "engine/weights/torch/torch_tensors.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <new>
#include <set>

#include "engine/base/json_reader.h"
#include "engine/base/numeric.h"

namespace tidemark {
namespace {

using Dict = std::vector<std::pair<PickleValue, PickleValue>>;

/// Where training programs put the weights beside the optimizer and the step, in the order in which they are tried.
constexpr std::array<std::string_view, 4> kNestedNames{"state_dict", "model_state_dict", "model", "module"};
constexpr int kDeepest = 4;
constexpr std::size_t kLongestKey = 64;
constexpr std::size_t kNamesInMessage = 4;

/// Copies elements of `kBytes` each from strided places into row-major order.
template <std::size_t kBytes>
void gather(std::span<const std::byte> source, const Shape& shape, const Shape& strides, std::byte* out) {
  Shape index(shape.size(), 0);
  const std::size_t last = shape.size() - 1;
  const auto rowStride = static_cast<std::size_t>(strides[last]) * kBytes;
  std::size_t from = 0;  // byte of the row's first element
  for (;;) {
    for (std::int64_t i = 0; i < shape[last]; ++i, out += kBytes) {
      std::memcpy(out, source.data() + from + static_cast<std::size_t>(i) * rowStride, kBytes);
    }
    std::size_t axis = last;
    for (;;) {
      if (axis-- == 0) return;
      from += static_cast<std::size_t>(strides[axis]) * kBytes;
      if (++index[axis] < shape[axis]) break;
      from -= static_cast<std::size_t>(strides[axis] * shape[axis]) * kBytes;
      index[axis] = 0;
    }
  }
}

class TensorCollector {
 public:
  TensorCollector(const PickleDocument& document, const ZipDirectory& archive, const std::string& folder,
                  std::uint64_t copyBytes, const std::string& source)
      : m_document(document), m_archive(archive), m_folder(folder), m_copyBytes(copyBytes), m_source(source) {}

  Result<TorchFile> collect() {
    const auto* root = std::get_if<PickleDict>(&m_document.root);
    if (root == nullptr) {
      return makeError(ErrorCode::kUnsupported, m_source + " holds " + std::string(kindOf(m_document.root)) +
                                                    ", not a dictionary of tensors; save the model's state_dict()");
    }
    const auto state = enter(*root);
    if (!state) return state.error();
    if (const Status added = addAll(**state); !added) return added.error();
    return std::move(m_file);
  }

 private:
  [[nodiscard]] const Dict& entriesOf(PickleDict dict) const { return m_document.dicts[dict.index]; }
  [[nodiscard]] bool isNested(const PickleValue& key) const;
  [[nodiscard]] bool holdsTensors(const Dict& dict) const;
  [[nodiscard]] const PickleDict* nestedIn(const Dict& dict) const;
  Result<const Dict*> enter(PickleDict root);
  Status addAll(const Dict& dict);
  Status add(const std::string& name, const PickleValue& value);
  [[nodiscard]] Status checkKeys(const Dict& dict) const;
  void ignore(const Dict& dict, const PickleDict* except);
  [[nodiscard]] std::string nameOf(const PickleValue& key, std::size_t position) const;
  [[nodiscard]] Error noTensors(const Dict& dict) const;

  Result<TensorView> viewOf(const TensorRecord& tensor, DType dtype, const std::string& where);
  Result<std::span<const std::byte>> storageOf(const TensorRecord& tensor, const std::string& where) const;
  Result<TensorView> copyOf(const TensorRecord& tensor, DType dtype, const Shape& shape,
                            std::span<const std::byte> bytes, const std::string& where);

  const PickleDocument& m_document;
  const ZipDirectory& m_archive;
  const std::string& m_folder;
  std::uint64_t m_copyBytes;  // left
  const std::string& m_source;
  std::map<std::uint32_t, TensorView> m_copied;  // by tensor: two names of one tensor share its copy
  TorchFile m_file;
};

Error tensorError(ErrorCode code, const std::string& where, const std::string& what) {
  return makeError(code, where + " " + what);
}

// The state dictionary

bool TensorCollector::isNested(const PickleValue& key) const {
  const auto* text = std::get_if<PickleText>(&key);
  return text != nullptr &&
         std::find(kNestedNames.begin(), kNestedNames.end(), m_document.text(*text)) != kNestedNames.end();
}

bool TensorCollector::holdsTensors(const Dict& dict) const {
  return std::any_of(dict.begin(), dict.end(), [&](const auto& entry) {
    return std::holds_alternative<PickleTensor>(entry.second) ||
           (std::holds_alternative<PickleDict>(entry.second) && isNested(entry.first));
  });
}

/// The dictionary under one of the names above that holds tensors, or has another such name, or nullptr.
const PickleDict* TensorCollector::nestedIn(const Dict& dict) const {
  for (const std::string_view name : kNestedNames) {
    for (const auto& [key, value] : dict) {
      const auto* text = std::get_if<PickleText>(&key);
      const auto* nested = std::get_if<PickleDict>(&value);
      if (text != nullptr && nested != nullptr && m_document.text(*text) == name && holdsTensors(entriesOf(*nested))) {
        return nested;
      }
    }
  }
  return nullptr;
}

/// Goes down to the dictionary that holds the model's tensors; what is passed on the way is ignored.
Result<const Dict*> TensorCollector::enter(PickleDict root) {
  const Dict* dict = &entriesOf(root);
  for (int depth = 0; depth <= kDeepest; ++depth) {
    if (const Status unique = checkKeys(*dict); !unique) return unique.error();
    const PickleDict* nested = nestedIn(*dict);
    if (nested == nullptr) return dict;
    ignore(*dict, nested);
    dict = &entriesOf(*nested);
  }
  return makeError(ErrorCode::kCorrupt,
                   m_source + " nests dictionaries deeper than " + std::to_string(kDeepest) + " levels");
}

std::string TensorCollector::nameOf(const PickleValue& key, std::size_t position) const {
  if (const auto* text = std::get_if<PickleText>(&key)) return std::string(m_document.text(*text));
  return "#" + std::to_string(position);
}

/// Python's dictionaries cannot hold a key twice. Here one string could be the key of a million entries by reference,
/// and each would cost a copy or a comparison of all of it, or a walk through the same dictionary.
Status TensorCollector::checkKeys(const Dict& dict) const {
  std::set<std::string_view> names;
  for (const auto& [key, value] : dict) {
    const auto* text = std::get_if<PickleText>(&key);
    if (text == nullptr || names.insert(m_document.text(*text)).second) continue;
    return makeError(ErrorCode::kCorrupt, m_source + " has the entry " + inQuotes(m_document.text(*text)) + " twice");
  }
  return {};
}

void TensorCollector::ignore(const Dict& dict, const PickleDict* except) {
  for (std::size_t i = 0; i < dict.size(); ++i) {
    const auto& [key, value] = dict[i];
    if (std::get_if<PickleDict>(&value) != except) m_file.ignored.emplace(nameOf(key, i), kindOf(value));
  }
}

Error TensorCollector::noTensors(const Dict& dict) const {
  std::string text = m_source + " holds no tensors";
  for (std::size_t i = 0; i < dict.size() && i < kNamesInMessage; ++i) {
    const auto* key = std::get_if<PickleText>(&dict[i].first);
    text += (i == 0 ? "; its dictionary has " : ", ") +
            inQuotes(key != nullptr ? m_document.text(*key) : std::string_view("(no name)")) + " (" +
            std::string(kindOf(dict[i].second)) + ")";
  }
  if (dict.size() > kNamesInMessage) text += " and " + std::to_string(dict.size() - kNamesInMessage) + " more";
  return makeError(ErrorCode::kUnsupported, text + "; save the model's state_dict()");
}

Status TensorCollector::addAll(const Dict& dict) {
  const bool hasTensor = std::any_of(
      dict.begin(), dict.end(), [](const auto& entry) { return std::holds_alternative<PickleTensor>(entry.second); });
  if (!hasTensor) return noTensors(dict);
  for (std::size_t i = 0; i < dict.size(); ++i) {
    const auto& [key, value] = dict[i];
    const std::string name = nameOf(key, i);
    if (!std::holds_alternative<PickleText>(key)) {
      m_file.ignored.emplace(name, kindOf(value));
    } else if (const Status added = add(name, value); !added) {
      return added.error();
    }
  }
  return {};
}

Status TensorCollector::add(const std::string& name, const PickleValue& value) {
  const auto* index = std::get_if<PickleTensor>(&value);
  if (index == nullptr) {
    m_file.ignored.insert_or_assign(name, std::string(kindOf(value)));
    return {};
  }
  const TensorRecord& tensor = m_document.tensors[index->index];
  if (!tensor.element->dtype) {
    m_file.ignored.insert_or_assign(name, "a tensor of " + std::string(tensor.element->name));
    return {};
  }
  auto copied = m_copied.find(index->index);
  if (copied != m_copied.end()) {
    m_file.tensors.emplace(name, copied->second);
    return {};
  }
  const std::size_t copies = m_file.copies.size();
  auto view = viewOf(tensor, *tensor.element->dtype, m_source + ": tensor " + inQuotes(name));
  if (!view) return view.error();
  if (m_file.copies.size() > copies) m_copied.emplace(index->index, *view);
  m_file.tensors.emplace(name, std::move(*view));
  return {};
}

// The bytes of a tensor

Result<std::span<const std::byte>> TensorCollector::storageOf(const TensorRecord& tensor,
                                                              const std::string& where) const {
  const StorageRecord& storage = m_document.storages[tensor.storage.index];
  const std::string_view key = m_document.text(storage.key);
  if (key.size() > kLongestKey) return tensorError(ErrorCode::kCorrupt, where, "has a storage with an endless name");
  const std::string member = m_folder + "data/" + std::string(key);
  const auto bytes = m_archive.find(member);
  if (!bytes) {
    return tensorError(ErrorCode::kCorrupt, where,
                       "is stored in " + inQuotes(member) + ", which is not in the archive; the file is damaged");
  }
  const std::uint64_t elementBytes = std::max(storage.type->element.bytes, 1u);
  if (bytes->size() / elementBytes != storage.elements) {
    return tensorError(ErrorCode::kCorrupt, where,
                       "is stored in " + inQuotes(member) + ", which has " + std::to_string(bytes->size()) +
                           " bytes instead of " + std::to_string(storage.elements) + " elements of " +
                           std::to_string(elementBytes) + "; the file is damaged");
  }
  return *bytes;
}

/// True when the elements lie one after the other, the last axis first. Strides of axes of size 1 mean nothing.
bool isRowMajor(const Shape& shape, const Shape& strides) {
  std::int64_t expected = 1;
  for (std::size_t i = shape.size(); i-- > 0;) {
    if (shape[i] != 1 && strides[i] != expected) return false;
    expected *= shape[i];
  }
  return true;
}

/// The position behind the last element, or nothing when that does not fit in 64 bits. No axis is empty.
std::optional<std::uint64_t> extentOf(std::uint64_t offset, const Shape& shape, const Shape& strides) {
  std::optional<std::uint64_t> end = checkedAdd(offset, 1);
  for (std::size_t i = 0; i < shape.size() && end; ++i) {
    const auto reach =
        checkedMultiply(static_cast<std::uint64_t>(shape[i] - 1), static_cast<std::uint64_t>(strides[i]));
    end = reach ? checkedAdd(*end, *reach) : std::nullopt;
  }
  return end;
}

Result<TensorView> TensorCollector::viewOf(const TensorRecord& tensor, DType dtype, const std::string& where) {
  Shape shape, strides;
  for (std::uint32_t i = 0; i < tensor.sizes.count; ++i) {
    shape.push_back(m_document.integer(tensor.sizes, i));
    strides.push_back(m_document.integer(tensor.strides, i));
  }
  const auto storage = storageOf(tensor, where);
  if (!storage) return storage.error();
  const auto count = elementCount(shape);
  if (!count) return tensorError(ErrorCode::kCorrupt, where, "has a shape too large to count: " + toString(shape));
  if (*count == 0) return TensorView{dtype, shape, storage->first(0), Device::kHost};

  const std::uint64_t available = storage->size() / tensor.element->bytes;
  const auto end = extentOf(tensor.offset, shape, strides);
  if (!end || *end > available) {
    return tensorError(ErrorCode::kCorrupt, where,
                       "of shape " + toString(shape) + ", strides " + toString(strides) + " from element " +
                           std::to_string(tensor.offset) + " does not fit into its storage of " +
                           std::to_string(available) + " elements; the file is damaged");
  }
  const auto bytes = storage->subspan(tensor.offset * tensor.element->bytes);
  if (isRowMajor(shape, strides)) {
    return TensorView{dtype, shape, bytes.first(*count * tensor.element->bytes), Device::kHost};
  }
  return copyOf(tensor, dtype, shape, bytes, where);
}

Result<TensorView> TensorCollector::copyOf(const TensorRecord& tensor, DType dtype, const Shape& shape,
                                           std::span<const std::byte> bytes, const std::string& where) {
  Shape strides;
  for (std::uint32_t i = 0; i < tensor.strides.count; ++i) {
    strides.push_back(m_document.integer(tensor.strides, i));
    if (strides.back() == 0 && shape[i] > 1) {
      return tensorError(ErrorCode::kUnsupported, where,
                         "of shape " + toString(shape) + " repeats its elements along axis " + std::to_string(i) +
                             " (stride 0); save it again after .contiguous()");
    }
  }
  const auto needed = checkedMultiply(*elementCount(shape), byteSize(dtype));
  if (!needed || *needed > m_copyBytes) {
    return tensorError(ErrorCode::kUnsupported, where,
                       "of shape " + toString(shape) + " with strides " + toString(strides) +
                           " is not stored row by row, and such tensors together are larger than the file; save them "
                           "again after .contiguous()");
  }
  try {
    Tensor copy(dtype, shape);
    if (byteSize(dtype) == 2) gather<2>(bytes, shape, strides, copy.bytes().data());
    if (byteSize(dtype) == 4) gather<4>(bytes, shape, strides, copy.bytes().data());
    if (byteSize(dtype) == 8) gather<8>(bytes, shape, strides, copy.bytes().data());
    m_copyBytes -= *needed;
    m_file.copies.push_back(std::move(copy));
  } catch (const std::bad_alloc&) {
    return tensorError(ErrorCode::kOutOfMemory, where,
                       "is not stored row by row; a copy of " + std::to_string(*needed) + " bytes cannot be allocated");
  }
  return m_file.copies.back().view();
}

}  // namespace

Result<TorchFile> collectTensors(const PickleDocument& document, const ZipDirectory& archive, const std::string& folder,
                                 std::uint64_t copyBytes, const std::string& source) {
  return TensorCollector(document, archive, folder, copyBytes, source).collect();
}

}  // namespace tidemark

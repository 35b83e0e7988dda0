#include "engine/weights/torch/pickle_calls.h"

#include <string>

#include "engine/weights/torch/pickle_stack.h"

namespace tidemark {
namespace {

constexpr std::uint32_t kMostAxes = 8;

/// Argument i if it is a T, or nullptr.
template <typename T>
const T* argument(const PickleDocument& document, PickleTuple tuple, std::uint32_t i) {
  return i < tuple.count ? std::get_if<T>(&document.elements[tuple.first + i]) : nullptr;
}

/// The type that argument i names, or nullptr.
const TorchGlobal* typeArgument(const PickleDocument& document, PickleTuple tuple, std::uint32_t i, TorchRole role) {
  const auto* const* global = argument<const TorchGlobal*>(document, tuple, i);
  return global != nullptr && (*global)->role == role ? *global : nullptr;
}

Status checkAxes(const PickleDocument& document, const TensorRecord& tensor) {
  if (tensor.sizes.count != tensor.strides.count) {
    return corruptPickle("makes a tensor of " + std::to_string(tensor.sizes.count) + " sizes and " +
                         std::to_string(tensor.strides.count) + " strides");
  }
  if (tensor.sizes.count > kMostAxes) {
    return makeError(ErrorCode::kUnsupported, "makes a tensor of " + std::to_string(tensor.sizes.count) +
                                                  " axes; at most " + std::to_string(kMostAxes) + " are supported");
  }
  for (const PickleTuple& axes : {tensor.sizes, tensor.strides}) {
    for (std::uint32_t i = 0; i < axes.count; ++i) {
      const auto* number = argument<std::int64_t>(document, axes, i);
      if (number == nullptr || *number < 0) return corruptPickle("has a size or stride that is not a number from 0 on");
    }
  }
  return {};
}

/// torch notes in a last argument that the elements are to be negated or conjugated when they are read.
Status checkMetadata(const PickleDocument& document, PickleTuple arguments, std::uint32_t at) {
  if (at >= arguments.count || argument<PickleNone>(document, arguments, at) != nullptr) return {};
  const auto* metadata = argument<PickleDict>(document, arguments, at);
  if (metadata != nullptr && document.dicts[metadata->index].empty()) return {};
  return makeError(ErrorCode::kUnsupported,
                   "makes a tensor that is stored negated or conjugated; save it again after "
                   ".clone()");
}

Result<TensorRecord> rebuildTensor(const PickleDocument& document, TorchRole role, PickleTuple arguments) {
  const auto* storage = argument<PickleStorage>(document, arguments, 0);
  const auto* offset = argument<std::int64_t>(document, arguments, 1);
  const auto* sizes = argument<PickleTuple>(document, arguments, 2);
  const auto* strides = argument<PickleTuple>(document, arguments, 3);
  if (storage == nullptr || offset == nullptr || *offset < 0 || sizes == nullptr || strides == nullptr) {
    return corruptPickle("makes a tensor of something other than (storage, offset, sizes, strides)");
  }
  TensorRecord tensor{*storage, &document.storages[storage->index].type->element, static_cast<std::uint64_t>(*offset),
                      *sizes, *strides};
  std::uint32_t metadataAt = 6;
  if (role == TorchRole::kRebuildTensorV3) {
    const TorchGlobal* type = typeArgument(document, arguments, 6, TorchRole::kElementType);
    if (type == nullptr) return corruptPickle("makes a tensor without the type of its elements");
    tensor.element = &type->element;
    metadataAt = 7;
  }
  if (tensor.element->bytes == 0) return corruptPickle("makes a tensor of an untyped storage without a type");
  if (const Status plain = checkMetadata(document, arguments, metadataAt); !plain) return plain.error();
  if (const Status fits = checkAxes(document, tensor); !fits) return fits.error();
  return tensor;
}

PickleValue addTensor(PickleDocument& document, const TensorRecord& tensor) {
  document.tensors.push_back(tensor);
  return PickleTensor{static_cast<std::uint32_t>(document.tensors.size() - 1)};
}

}  // namespace

Result<PickleValue> referToStorage(PickleDocument& document, const PickleValue& id) {
  const auto* found = std::get_if<PickleTuple>(&id);
  const PickleTuple tuple = found != nullptr ? *found : PickleTuple{};
  const auto* word = argument<PickleText>(document, tuple, 0);
  const TorchGlobal* type = typeArgument(document, tuple, 1, TorchRole::kStorageType);
  const auto* key = argument<PickleText>(document, tuple, 2);
  const auto* elements = argument<std::int64_t>(document, tuple, 4);
  if (tuple.count != 5 || word == nullptr || document.text(*word) != "storage" || type == nullptr || key == nullptr ||
      elements == nullptr || *elements < 0) {
    return corruptPickle("refers to something other than a storage of (type, key, location, size)");
  }
  document.storages.push_back({type, *key, static_cast<std::uint64_t>(*elements)});
  return PickleValue(PickleStorage{static_cast<std::uint32_t>(document.storages.size() - 1)});
}

Result<PickleValue> callGlobal(PickleDocument& document, const PickleValue& callee, const PickleValue& arguments) {
  const auto* const* global = std::get_if<const TorchGlobal*>(&callee);
  const auto* tuple = std::get_if<PickleTuple>(&arguments);
  if (global == nullptr || tuple == nullptr) {
    return corruptPickle("calls " + std::string(kindOf(callee)) + " with " + std::string(kindOf(arguments)));
  }
  const TorchGlobal& call = **global;
  if (call.role == TorchRole::kStorageType || call.role == TorchRole::kElementType) {
    return makeError(ErrorCode::kUnsupported, "calls " + std::string(call.name) +
                                                  ", which no dictionary of tensors "
                                                  "needs; save the model's state_dict() "
                                                  "alone");
  }
  if (tuple->count < call.fewest || tuple->count > call.most) {
    return corruptPickle("calls " + std::string(call.name) + " with " + std::to_string(tuple->count) + " arguments");
  }
  if (call.role == TorchRole::kOrderedDict) return document.addDict();
  if (call.role == TorchRole::kRebuildParameter) {
    const auto* inner = argument<PickleTensor>(document, *tuple, 0);
    if (inner == nullptr) return corruptPickle("makes a parameter of something that is not a tensor");
    return PickleValue(*inner);
  }
  const auto tensor = rebuildTensor(document, call.role, *tuple);
  if (!tensor) return tensor.error();
  return addTensor(document, *tensor);
}

}  // namespace tidemark

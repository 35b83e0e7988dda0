#include "engine/weights/torch/torch_globals.h"

#include <array>

namespace tidemark {
namespace {

constexpr TorchElement kFloat64{"torch.float64", 8, std::nullopt};
constexpr TorchElement kFloat32{"torch.float32", 4, DType::kF32};
constexpr TorchElement kFloat16{"torch.float16", 2, DType::kF16};
constexpr TorchElement kBFloat16{"torch.bfloat16", 2, DType::kBF16};
constexpr TorchElement kInt64{"torch.int64", 8, DType::kI64};
constexpr TorchElement kInt32{"torch.int32", 4, DType::kI32};
constexpr TorchElement kInt16{"torch.int16", 2, std::nullopt};
constexpr TorchElement kInt8{"torch.int8", 1, std::nullopt};
constexpr TorchElement kUint8{"torch.uint8", 1, std::nullopt};
constexpr TorchElement kBool{"torch.bool", 1, std::nullopt};
constexpr TorchElement kComplex128{"torch.complex128", 16, std::nullopt};
constexpr TorchElement kComplex64{"torch.complex64", 8, std::nullopt};
constexpr TorchElement kUntyped{"untyped", 0, std::nullopt};

constexpr TorchGlobal storage(std::string_view name, const TorchElement& element) {
  return {name, TorchRole::kStorageType, element};
}
constexpr TorchGlobal elementType(const TorchElement& element) {
  return {element.name, TorchRole::kElementType, element};
}
constexpr TorchGlobal elementType(std::string_view name, std::uint32_t bytes) {
  return elementType(TorchElement{name, bytes, std::nullopt});
}

constexpr std::array kGlobals{
    TorchGlobal{"collections.OrderedDict", TorchRole::kOrderedDict, {}, 0, 0},
    TorchGlobal{"torch._utils._rebuild_tensor", TorchRole::kRebuildTensor, {}, 4, 4},
    TorchGlobal{"torch._utils._rebuild_tensor_v2", TorchRole::kRebuildTensor, {}, 6, 7},
    TorchGlobal{"torch._utils._rebuild_tensor_v3", TorchRole::kRebuildTensorV3, {}, 7, 8},
    TorchGlobal{"torch._utils._rebuild_parameter", TorchRole::kRebuildParameter, {}, 3, 3},
    TorchGlobal{"torch._utils._rebuild_parameter_with_state", TorchRole::kRebuildParameter, {}, 4, 4},
    storage("torch.DoubleStorage", kFloat64),
    storage("torch.FloatStorage", kFloat32),
    storage("torch.HalfStorage", kFloat16),
    storage("torch.BFloat16Storage", kBFloat16),
    storage("torch.LongStorage", kInt64),
    storage("torch.IntStorage", kInt32),
    storage("torch.ShortStorage", kInt16),
    storage("torch.CharStorage", kInt8),
    storage("torch.ByteStorage", kUint8),
    storage("torch.BoolStorage", kBool),
    storage("torch.ComplexDoubleStorage", kComplex128),
    storage("torch.ComplexFloatStorage", kComplex64),
    storage("torch.storage.UntypedStorage", kUntyped),
    storage("torch.UntypedStorage", kUntyped),
    elementType(kFloat64),
    elementType(kFloat32),
    elementType(kFloat16),
    elementType(kBFloat16),
    elementType(kInt64),
    elementType(kInt32),
    elementType(kInt16),
    elementType(kInt8),
    elementType(kUint8),
    elementType(kBool),
    elementType(kComplex128),
    elementType(kComplex64),
    elementType("torch.uint16", 2),
    elementType("torch.uint32", 4),
    elementType("torch.uint64", 8),
    elementType("torch.complex32", 4),
    elementType("torch.float8_e4m3fn", 1),
    elementType("torch.float8_e5m2", 1),
    elementType("torch.float8_e4m3fnuz", 1),
    elementType("torch.float8_e5m2fnuz", 1),
    elementType("torch.float8_e8m0fnu", 1),
};

}  // namespace

const TorchGlobal* findTorchGlobal(std::string_view name) {
  for (const TorchGlobal& global : kGlobals) {
    if (global.name == name) return &global;
  }
  return nullptr;
}

}  // namespace tidemark

#pragma once
// What data.pkl says, as plain values that refer to each other by index: nothing is expanded, nothing is owned twice,
// and nothing is recursive, however the pickle is built. Private to weights/torch.

#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "engine/weights/torch/torch_globals.h"

namespace tidemark {

/// A string of the pickle, UTF-8.
struct PickleText {
  std::uint32_t at = 0;
  std::uint32_t length = 0;
};
struct PickleNone {};
/// Lists hold nothing that weights are made of; their items are dropped.
struct PickleList {};
struct PickleTuple {  // elements [first, first + count)
  std::uint32_t first = 0;
  std::uint32_t count = 0;
};
struct PickleDict {
  std::uint32_t index = 0;
};
struct PickleStorage {
  std::uint32_t index = 0;
};
struct PickleTensor {
  std::uint32_t index = 0;
};

/// 16 bytes. std::monostate: a place of the memo that holds nothing yet.
using PickleValue = std::variant<std::monostate, PickleNone, bool, std::int64_t, double, PickleText, PickleList,
                                 PickleTuple, PickleDict, PickleStorage, PickleTensor, const TorchGlobal*>;
static_assert(sizeof(PickleValue) == 16);

struct StorageRecord {
  const TorchGlobal* type = nullptr;
  PickleText key;              // the member data/KEY holds its bytes
  std::uint64_t elements = 0;  // bytes for an untyped storage
};

struct TensorRecord {
  PickleStorage storage;
  const TorchElement* element = nullptr;
  std::uint64_t offset = 0;    // elements
  PickleTuple sizes, strides;  // elements; as many integers, none negative
};

struct PickleDocument {
  std::string_view bytes;             // of data.pkl
  std::vector<PickleValue> elements;  // of all tuples
  std::vector<std::vector<std::pair<PickleValue, PickleValue>>> dicts;
  std::vector<StorageRecord> storages;
  std::vector<TensorRecord> tensors;
  PickleValue root;

  [[nodiscard]] std::string_view text(PickleText place) const { return bytes.substr(place.at, place.length); }
  PickleValue addDict() {
    dicts.emplace_back();
    return PickleDict{static_cast<std::uint32_t>(dicts.size() - 1)};
  }
  /// For a tuple of integers.
  [[nodiscard]] std::int64_t integer(PickleTuple tuple, std::uint32_t i) const {
    return std::get<std::int64_t>(elements[tuple.first + i]);
  }
};

/// "a number", "a dictionary": for messages.
[[nodiscard]] std::string_view kindOf(const PickleValue& value);

}  // namespace tidemark

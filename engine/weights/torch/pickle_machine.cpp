#include "engine/weights/torch/pickle_machine.h"

#include <algorithm>
#include <array>
#include <bit>

#include "engine/base/json_reader.h"
#include "engine/weights/torch/byte_reader.h"
#include "engine/weights/torch/pickle_calls.h"
#include "engine/weights/torch/pickle_stack.h"

namespace tidemark {
namespace {

// A dictionary needs about 25 operations a tensor, and the files with most tensors hold some thousands.
constexpr std::size_t kMaxPickleBytes = 100'000'000;
constexpr std::size_t kMaxOperations = 4'000'000;
constexpr std::uint8_t kOldestProtocol = 2;
constexpr std::uint8_t kNewestProtocol = 5;

class PickleMachine {
 public:
  PickleMachine(std::span<const std::byte> bytes, const std::string& source)
      : m_bytes(bytes), m_source(source), m_stack(std::min(bytes.size(), kMaxOperations)) {
    m_document.bytes = textOf(bytes);
  }

  Result<PickleDocument> run();

 private:
  struct Operation {
    std::uint8_t code;
    const char* name;
    Status (PickleMachine::*run)();  // nullptr: refused by name
  };
  static const Operation* find(std::uint8_t code);
  Status step();

  // The arguments that follow the operation's byte.
  [[nodiscard]] std::size_t left() const { return m_bytes.size() - m_at; }
  template <typename T>
  Result<T> take();
  Result<std::string_view> takeLine();

  Status proto();
  Status frame();
  Status stop();
  template <typename T>
  Status number();
  Status binFloat();
  template <typename T>
  Status longInteger();
  template <typename T>
  Status text();
  template <typename T>
  Status put();
  template <typename T>
  Status get();
  template <bool kValue>
  Status boolean() {
    return m_stack.push(kValue);
  }
  Status none() { return m_stack.push(PickleNone{}); }
  Status mark() { return m_stack.mark(); }
  Status memoize() { return m_stack.memoizeNext(); }
  Status emptyDict() { return m_stack.push(m_document.addDict()); }
  Status emptyList() { return m_stack.push(PickleList{}); }
  template <std::size_t kCount>
  Status shortTuple();
  Status tuple();
  Status makeTuple(std::span<const PickleValue> values);
  Status setItem();
  Status setItems();
  Status putEntries(std::span<const PickleValue> values);
  Status append();
  Status appends();
  Status dropItems(std::size_t count);
  Status global();
  Status stackGlobal();
  Status pushGlobal(const std::string& name);
  Status persistentId();
  Status reduce();
  Status build();

  std::span<const std::byte> m_bytes;
  const std::string& m_source;
  PickleStack m_stack;
  PickleDocument m_document;
  std::size_t m_at = 0;
  const Operation* m_operation = nullptr;
  bool m_stopped = false;
};

template <typename T>
Result<T> PickleMachine::take() {
  if (sizeof(T) > left()) return corruptPickle("is cut short");
  const T value = littleEndianAt<T>(m_bytes, m_at);
  m_at += sizeof(T);
  return value;
}

Result<std::string_view> PickleMachine::takeLine() {
  const std::string_view rest = m_document.bytes.substr(m_at);
  const std::size_t length = rest.find('\n');
  if (length == std::string_view::npos) return corruptPickle("is cut short");
  m_at += length + 1;
  return rest.substr(0, length);
}

// Beginning and end

Status PickleMachine::proto() {
  const auto version = take<std::uint8_t>();
  if (!version) return version.error();
  if (*version >= kOldestProtocol && *version <= kNewestProtocol) return {};
  return makeError(ErrorCode::kUnsupported, "uses pickle protocol " + std::to_string(*version) + "; protocols " +
                                                std::to_string(kOldestProtocol) + " to " +
                                                std::to_string(kNewestProtocol) + " are known: save the model again");
}

Status PickleMachine::frame() {
  const auto length = take<std::uint64_t>();
  if (!length) return length.error();
  return *length <= left() ? Status{} : corruptPickle("is cut short");
}

Status PickleMachine::stop() {
  if (!m_stack.isComplete()) return corruptPickle("comes before the values are put together");
  if (left() > 0) return corruptPickle("is followed by " + std::to_string(left()) + " bytes");
  m_document.root = *m_stack.top();
  m_stopped = true;
  return {};
}

// Numbers and strings

template <typename T>
Status PickleMachine::number() {
  const auto bits = take<std::make_unsigned_t<T>>();
  if (!bits) return bits.error();
  return m_stack.push(static_cast<std::int64_t>(static_cast<T>(*bits)));
}

Status PickleMachine::binFloat() {
  const auto bits = take<std::uint64_t>();
  if (!bits) return bits.error();
  return m_stack.push(std::bit_cast<double>(__builtin_bswap64(*bits)));  // the one big-endian number of the format
}

template <typename T>
Status PickleMachine::longInteger() {
  const auto length = take<T>();
  if (!length) return length.error();
  if (*length > left()) return corruptPickle("is cut short");
  std::uint64_t bits = 0;
  if (*length > sizeof bits) {
    return makeError(ErrorCode::kUnsupported, "holds an integer of " + std::to_string(*length) +
                                                  " bytes, larger than any size; save the model's state_dict() alone");
  }
  const auto argument = m_bytes.subspan(m_at, *length);
  for (std::size_t i = 0; i < argument.size(); ++i) bits |= std::to_integer<std::uint64_t>(argument[i]) << (8 * i);
  const bool isNegative = !argument.empty() && (argument.back() & std::byte{0x80}) != std::byte{0};
  if (isNegative && argument.size() < sizeof bits) bits |= ~std::uint64_t{0} << (8 * argument.size());
  m_at += argument.size();
  return m_stack.push(static_cast<std::int64_t>(bits));
}

template <typename T>
Status PickleMachine::text() {
  const auto length = take<T>();
  if (!length) return length.error();
  if (*length > left()) {
    return corruptPickle("claims a string of " + std::to_string(*length) + " bytes where " + std::to_string(left()) +
                         " follow");
  }
  const PickleText place{static_cast<std::uint32_t>(m_at), static_cast<std::uint32_t>(*length)};
  if (!isUtf8(m_document.text(place))) return corruptPickle("holds a string that is not UTF-8");
  m_at += *length;
  return m_stack.push(place);
}

// Memo and containers

template <typename T>
Status PickleMachine::put() {
  const auto at = take<T>();
  return at ? m_stack.memoize(*at) : Status(at.error());
}

template <typename T>
Status PickleMachine::get() {
  const auto at = take<T>();
  return at ? m_stack.recall(*at) : Status(at.error());
}

Status PickleMachine::makeTuple(std::span<const PickleValue> values) {
  const PickleTuple made{static_cast<std::uint32_t>(m_document.elements.size()),
                         static_cast<std::uint32_t>(values.size())};
  m_document.elements.insert(m_document.elements.end(), values.begin(), values.end());
  m_stack.drop(values.size());
  return m_stack.push(made);
}

template <std::size_t kCount>
Status PickleMachine::shortTuple() {
  const auto values = m_stack.last(kCount);
  return values ? makeTuple(*values) : Status(values.error());
}

Status PickleMachine::tuple() {
  const auto values = m_stack.unmark();
  return values ? makeTuple(*values) : Status(values.error());
}

/// Moves keys and values into the dictionary under them.
Status PickleMachine::putEntries(std::span<const PickleValue> values) {
  if (values.size() % 2 != 0) return corruptPickle("has a key without a value");
  const auto target = m_stack.last(values.size() + 1);
  if (!target) return target.error();
  const auto* dict = std::get_if<PickleDict>(&target->front());
  if (dict == nullptr) {
    return corruptPickle("puts an entry into " + std::string(kindOf(target->front())) + ", not into a dictionary");
  }
  auto& entries = m_document.dicts[dict->index];
  for (std::size_t i = 0; i < values.size(); i += 2) entries.emplace_back(values[i], values[i + 1]);
  m_stack.drop(values.size());
  return {};
}

Status PickleMachine::setItem() {
  const auto values = m_stack.last(2);
  return values ? putEntries(*values) : Status(values.error());
}

Status PickleMachine::setItems() {
  const auto values = m_stack.unmark();
  return values ? putEntries(*values) : Status(values.error());
}

Status PickleMachine::dropItems(std::size_t count) {
  const auto target = m_stack.last(count + 1);
  if (!target) return target.error();
  if (!std::holds_alternative<PickleList>(target->front())) {
    return corruptPickle("appends to " + std::string(kindOf(target->front())) + ", not to a list");
  }
  m_stack.drop(count);
  return {};
}

Status PickleMachine::append() {
  return dropItems(1);
}

Status PickleMachine::appends() {
  const auto values = m_stack.unmark();
  return values ? dropItems(values->size()) : Status(values.error());
}

// Names, storages and calls

Status PickleMachine::pushGlobal(const std::string& name) {
  const TorchGlobal* known = findTorchGlobal(name);
  if (known != nullptr) return m_stack.push(known);
  return makeError(ErrorCode::kUnsupported, "names " + inQuotes(name) +
                                                ", which no dictionary of tensors needs; nothing was called. Save the "
                                                "model's state_dict() alone or convert it to model.safetensors, and "
                                                "do not trust such a file from a stranger");
}

Status PickleMachine::global() {
  const auto module = takeLine();
  if (!module) return module.error();
  const auto name = takeLine();
  if (!name) return name.error();
  if (!isUtf8(*module) || !isUtf8(*name)) return corruptPickle("holds a name that is not UTF-8");
  return pushGlobal(std::string(*module) + "." + std::string(*name));
}

Status PickleMachine::stackGlobal() {
  const auto name = m_stack.pop();
  if (!name) return name.error();
  const auto module = m_stack.pop();
  if (!module) return module.error();
  const auto* nameText = std::get_if<PickleText>(&*name);
  const auto* moduleText = std::get_if<PickleText>(&*module);
  if (nameText == nullptr || moduleText == nullptr) return corruptPickle("needs two strings");
  return pushGlobal(std::string(m_document.text(*moduleText)) + "." + std::string(m_document.text(*nameText)));
}

Status PickleMachine::persistentId() {
  const auto id = m_stack.pop();
  if (!id) return id.error();
  const auto storage = referToStorage(m_document, *id);
  return storage ? m_stack.push(*storage) : Status(storage.error());
}

Status PickleMachine::reduce() {
  const auto arguments = m_stack.pop();
  if (!arguments) return arguments.error();
  const auto callee = m_stack.pop();
  if (!callee) return callee.error();
  const auto made = callGlobal(m_document, *callee, *arguments);
  return made ? m_stack.push(*made) : Status(made.error());
}

/// Attributes of a dictionary (the versions of its modules): nothing that weights need.
Status PickleMachine::build() {
  const auto state = m_stack.pop();
  if (!state) return state.error();
  const auto target = m_stack.top();
  if (!target) return target.error();
  if (std::holds_alternative<PickleDict>(*target)) return {};
  return makeError(ErrorCode::kUnsupported, "sets attributes of " + std::string(kindOf(*target)) +
                                                ", which may have none; save the model's state_dict() alone");
}

const PickleMachine::Operation* PickleMachine::find(std::uint8_t code) {
  using M = PickleMachine;
  // In the order of their codes.
  static constexpr std::array kOperations{
      Operation{0x28, "MARK", &M::mark},
      Operation{0x29, "EMPTY_TUPLE", &M::shortTuple<0>},
      Operation{0x2e, "STOP", &M::stop},
      Operation{0x30, "POP", nullptr},
      Operation{0x31, "POP_MARK", nullptr},
      Operation{0x32, "DUP", nullptr},
      Operation{0x42, "BINBYTES", nullptr},
      Operation{0x43, "SHORT_BINBYTES", nullptr},
      Operation{0x46, "FLOAT", nullptr},
      Operation{0x47, "BINFLOAT", &M::binFloat},
      Operation{0x49, "INT", nullptr},
      Operation{0x4a, "BININT", &M::number<std::int32_t>},
      Operation{0x4b, "BININT1", &M::number<std::uint8_t>},
      Operation{0x4c, "LONG", nullptr},
      Operation{0x4d, "BININT2", &M::number<std::uint16_t>},
      Operation{0x4e, "NONE", &M::none},
      Operation{0x50, "PERSID", nullptr},
      Operation{0x51, "BINPERSID", &M::persistentId},
      Operation{0x52, "REDUCE", &M::reduce},
      Operation{0x53, "STRING", nullptr},
      Operation{0x54, "BINSTRING", nullptr},
      Operation{0x55, "SHORT_BINSTRING", nullptr},
      Operation{0x56, "UNICODE", nullptr},
      Operation{0x58, "BINUNICODE", &M::text<std::uint32_t>},
      Operation{0x5d, "EMPTY_LIST", &M::emptyList},
      Operation{0x61, "APPEND", &M::append},
      Operation{0x62, "BUILD", &M::build},
      Operation{0x63, "GLOBAL", &M::global},
      Operation{0x64, "DICT", nullptr},
      Operation{0x65, "APPENDS", &M::appends},
      Operation{0x67, "GET", nullptr},
      Operation{0x68, "BINGET", &M::get<std::uint8_t>},
      Operation{0x69, "INST", nullptr},
      Operation{0x6a, "LONG_BINGET", &M::get<std::uint32_t>},
      Operation{0x6c, "LIST", nullptr},
      Operation{0x6f, "OBJ", nullptr},
      Operation{0x70, "PUT", nullptr},
      Operation{0x71, "BINPUT", &M::put<std::uint8_t>},
      Operation{0x72, "LONG_BINPUT", &M::put<std::uint32_t>},
      Operation{0x73, "SETITEM", &M::setItem},
      Operation{0x74, "TUPLE", &M::tuple},
      Operation{0x75, "SETITEMS", &M::setItems},
      Operation{0x7d, "EMPTY_DICT", &M::emptyDict},
      Operation{0x80, "PROTO", &M::proto},
      Operation{0x81, "NEWOBJ", nullptr},
      Operation{0x82, "EXT1", nullptr},
      Operation{0x83, "EXT2", nullptr},
      Operation{0x84, "EXT4", nullptr},
      Operation{0x85, "TUPLE1", &M::shortTuple<1>},
      Operation{0x86, "TUPLE2", &M::shortTuple<2>},
      Operation{0x87, "TUPLE3", &M::shortTuple<3>},
      Operation{0x88, "NEWTRUE", &M::boolean<true>},
      Operation{0x89, "NEWFALSE", &M::boolean<false>},
      Operation{0x8a, "LONG1", &M::longInteger<std::uint8_t>},
      Operation{0x8b, "LONG4", &M::longInteger<std::uint32_t>},
      Operation{0x8c, "SHORT_BINUNICODE", &M::text<std::uint8_t>},
      Operation{0x8d, "BINUNICODE8", &M::text<std::uint64_t>},
      Operation{0x8e, "BINBYTES8", nullptr},
      Operation{0x8f, "EMPTY_SET", nullptr},
      Operation{0x90, "ADDITEMS", nullptr},
      Operation{0x91, "FROZENSET", nullptr},
      Operation{0x92, "NEWOBJ_EX", nullptr},
      Operation{0x93, "STACK_GLOBAL", &M::stackGlobal},
      Operation{0x94, "MEMOIZE", &M::memoize},
      Operation{0x95, "FRAME", &M::frame},
      Operation{0x96, "BYTEARRAY8", nullptr},
      Operation{0x97, "NEXT_BUFFER", nullptr},
      Operation{0x98, "READONLY_BUFFER", nullptr},
  };
  const auto* found =
      std::lower_bound(kOperations.begin(), kOperations.end(), code,
                       [](const Operation& operation, std::uint8_t wanted) { return operation.code < wanted; });
  return found != kOperations.end() && found->code == code ? found : nullptr;
}

Status PickleMachine::step() {
  if (m_operation->run != nullptr) return (this->*m_operation->run)();
  return makeError(ErrorCode::kUnsupported,
                   "is an operation that no dictionary of tensors needs; save the model's state_dict() alone, or "
                   "convert it to model.safetensors");
}

Result<PickleDocument> PickleMachine::run() {
  const std::string where = m_source + ": data.pkl";
  if (m_bytes.size() > kMaxPickleBytes) {
    return makeError(ErrorCode::kCorrupt, where + " has " + std::to_string(m_bytes.size()) + " bytes; at most " +
                                              std::to_string(kMaxPickleBytes) + " are read");
  }
  if (m_bytes.empty() || m_bytes.front() != std::byte{0x80}) {
    return makeError(ErrorCode::kCorrupt, where + " does not begin like a pickle of protocol 2 or later");
  }
  for (std::size_t operations = 0; !m_stopped; ++operations) {
    if (left() == 0) return makeError(ErrorCode::kCorrupt, where + " ends without STOP; it is cut short");
    if (operations >= kMaxOperations) {
      return makeError(ErrorCode::kCorrupt, where + " has more than " + std::to_string(kMaxOperations) + " operations");
    }
    const std::size_t begin = m_at;
    const auto code = std::to_integer<std::uint8_t>(m_bytes[m_at++]);
    m_operation = find(code);
    if (m_operation == nullptr) {
      return makeError(ErrorCode::kCorrupt, where + " has the byte " + std::to_string(code) + " at byte " +
                                                std::to_string(begin) + ", which is no pickle operation");
    }
    if (const Status done = step(); !done) {
      return done.error().withContext(where + ", " + m_operation->name + " at byte " + std::to_string(begin));
    }
  }
  return std::move(m_document);
}

}  // namespace

std::string_view kindOf(const PickleValue& value) {
  static constexpr std::array<std::string_view, std::variant_size_v<PickleValue>> kKinds{
      "nothing", "None",    "a truth value", "a number",  "a number", "a string",
      "a list",  "a tuple", "a dictionary",  "a storage", "a tensor", "a name"};
  return kKinds[value.index()];
}

Result<PickleDocument> runPickle(std::span<const std::byte> pickle, const std::string& source) {
  return PickleMachine(pickle, source).run();
}

}  // namespace tidemark

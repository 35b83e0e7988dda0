#include "engine/weights/torch/pickle_stack.h"

namespace tidemark {
namespace {

constexpr std::size_t kMaxValues = 1'000'000;  // picklers empty the stack every thousand entries
constexpr std::size_t kMaxMarks = 100;         // containers inside each other

}  // namespace

Error corruptPickle(const std::string& what) {
  return makeError(ErrorCode::kCorrupt, what + "; the file is damaged or was not written by torch.save");
}

Status PickleStack::push(PickleValue value) {
  if (m_values.size() >= kMaxValues) return corruptPickle("more than " + std::to_string(kMaxValues) + " values wait");
  m_values.push_back(value);
  return {};
}

Result<PickleValue> PickleStack::pop() {
  auto value = top();
  if (value) m_values.pop_back();
  return value;
}

Result<PickleValue> PickleStack::top() const {
  if (m_values.size() <= base()) return corruptPickle("needs a value where none is left");
  return m_values.back();
}

Status PickleStack::mark() {
  if (m_marks.size() >= kMaxMarks) return corruptPickle("nests deeper than " + std::to_string(kMaxMarks) + " levels");
  m_marks.push_back(m_values.size());
  return {};
}

Result<std::span<const PickleValue>> PickleStack::unmark() {
  if (m_marks.empty()) return corruptPickle("needs a mark where none is left");
  const std::span<const PickleValue> above = std::span(m_values).subspan(m_marks.back());
  m_marks.pop_back();
  return above;
}

Result<std::span<const PickleValue>> PickleStack::last(std::size_t count) const {
  if (m_values.size() - base() < count) return corruptPickle("needs more values than are there");
  return std::span(m_values).last(count);
}

Status PickleStack::memoize(std::uint64_t number) {
  // Picklers count from 0, so a number beyond what the pickle can hold has no use.
  if (number >= m_memoPlaces) {
    return corruptPickle("remembers value number " + std::to_string(number) + ", more than there can be");
  }
  const auto value = top();
  if (!value) return value.error();
  if (number >= m_memo.size()) m_memo.resize(number + 1);
  if (std::holds_alternative<std::monostate>(m_memo[number])) ++m_memoized;
  m_memo[number] = *value;
  return {};
}

Status PickleStack::recall(std::uint64_t number) {
  if (number >= m_memo.size() || std::holds_alternative<std::monostate>(m_memo[number])) {
    return corruptPickle("refers to value number " + std::to_string(number) + ", which is not there");
  }
  return push(m_memo[number]);
}

}  // namespace tidemark

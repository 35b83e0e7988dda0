#pragma once
// The stack, the marks and the memo of a pickle machine, with their limits. Private to weights/torch.

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "engine/base/result.h"
#include "engine/weights/torch/pickle_value.h"

namespace tidemark {

/// For bytes that do not follow the format; the machine says in front where they are.
[[nodiscard]] Error corruptPickle(const std::string& what);

/// An operation reaches the values above the last mark only. Errors: kCorrupt.
class PickleStack {
 public:
  /// `memoPlaces`: how many values may be remembered at most.
  explicit PickleStack(std::size_t memoPlaces) : m_memoPlaces(memoPlaces) {}

  Status push(PickleValue value);
  Result<PickleValue> pop();
  [[nodiscard]] Result<PickleValue> top() const;
  Status mark();
  /// Forgets the last mark; the values above it. They stay until `drop`.
  Result<std::span<const PickleValue>> unmark();
  /// The topmost `count` values, all above the last mark.
  [[nodiscard]] Result<std::span<const PickleValue>> last(std::size_t count) const;
  /// Removes the topmost `count` values, which the caller has seen by one of the two above.
  void drop(std::size_t count) { m_values.resize(m_values.size() - count); }
  /// True when one value is left and no mark.
  [[nodiscard]] bool isComplete() const { return m_marks.empty() && m_values.size() == 1; }

  /// Remembers the top value under a number, or under the next one.
  Status memoize(std::uint64_t number);
  Status memoizeNext() { return memoize(m_memoized); }
  /// Pushes what has that number.
  Status recall(std::uint64_t number);

 private:
  [[nodiscard]] std::size_t base() const { return m_marks.empty() ? 0 : m_marks.back(); }

  std::vector<PickleValue> m_values;
  std::vector<std::size_t> m_marks;  // how many values lay below each
  std::vector<PickleValue> m_memo;
  std::size_t m_memoPlaces;
  std::size_t m_memoized = 0;
};

}  // namespace tidemark

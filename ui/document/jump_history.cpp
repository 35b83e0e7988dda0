#include "ui/document/jump_history.h"

namespace tidemark::ui {
namespace {

constexpr std::size_t kMostPlaces = 200;

std::optional<std::uint64_t> step(std::vector<std::uint64_t>& from, std::vector<std::uint64_t>& to,
                                  std::uint64_t current) {
  if (from.empty()) return std::nullopt;
  const std::uint64_t place = from.back();
  from.pop_back();
  to.push_back(current);
  return place;
}

}  // namespace

void JumpHistory::recordJump(std::uint64_t from) {
  m_forward.clear();
  if (!m_back.empty() && m_back.back() == from) return;
  m_back.push_back(from);
  if (m_back.size() > kMostPlaces) m_back.erase(m_back.begin());
}

std::optional<std::uint64_t> JumpHistory::back(std::uint64_t current) {
  return step(m_back, m_forward, current);
}

std::optional<std::uint64_t> JumpHistory::forward(std::uint64_t current) {
  return step(m_forward, m_back, current);
}

void JumpHistory::clear() {
  m_back.clear();
  m_forward.clear();
}

}  // namespace tidemark::ui

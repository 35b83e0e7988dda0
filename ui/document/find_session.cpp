#include "ui/document/find_session.h"

#include <algorithm>

namespace tidemark::ui {

void FindSession::begin(std::uint64_t from) {
  clear();
  m_from = from;
  m_running = true;
}

void FindSession::clear() {
  *this = FindSession();
}

bool FindSession::append(std::span<const ByteRange> matches) {
  const std::size_t known = m_matches.size();
  m_matches.insert(m_matches.end(), matches.begin(), matches.end());
  if (m_current) return false;
  const auto first = std::lower_bound(m_matches.begin() + static_cast<std::ptrdiff_t>(known), m_matches.end(), m_from,
                                      [](const ByteRange& match, std::uint64_t byte) { return match.begin < byte; });
  if (first == m_matches.end()) return false;
  m_current = static_cast<std::size_t>(first - m_matches.begin());
  return true;
}

bool FindSession::finish(bool limited) {
  m_running = false;
  m_limited = limited;
  if (m_current || m_matches.empty()) return false;
  m_current = 0;
  return true;
}

void FindSession::next() {
  if (m_matches.empty()) return;
  m_current = m_current ? (*m_current + 1) % m_matches.size() : 0;
}

void FindSession::previous() {
  if (m_matches.empty()) return;
  m_current = (m_current.value_or(0) + m_matches.size() - 1) % m_matches.size();
}

}  // namespace tidemark::ui

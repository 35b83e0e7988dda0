#include "engine/tokenizer/byte_pair_merger.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <queue>

namespace tidemark {
namespace {

constexpr std::uint32_t kNoRank = std::numeric_limits<std::uint32_t>::max();
/// Up to here looking at all neighbours again after each merge is faster than a heap.
constexpr std::size_t kShortWord = 48;

}  // namespace

BytePairMerger::BytePairMerger(const std::vector<PieceMerge>& merges, const std::array<TokenId, 256>& byteIds,
                               std::size_t idCount)
    : m_firstPair(idCount + 1, 0), m_byteIds(byteIds) {
  std::vector<std::uint32_t> order(merges.size());  // ranks, by pair
  for (std::uint32_t rank = 0; rank < order.size(); ++rank) order[rank] = rank;
  std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
    const PieceMerge& x = merges[a];
    const PieceMerge& y = merges[b];
    if (x.left != y.left) return x.left < y.left;
    return x.right != y.right ? x.right < y.right : a < b;
  });
  m_pairs.reserve(merges.size());
  for (std::size_t i = 0; i < order.size(); ++i) {
    const PieceMerge& merge = merges[order[i]];
    const PieceMerge* next = i + 1 < order.size() ? &merges[order[i + 1]] : nullptr;
    if (next != nullptr && next->left == merge.left && next->right == merge.right) continue;
    m_pairs.push_back({merge.right, order[i], merge.merged});
    ++m_firstPair[static_cast<std::size_t>(merge.left) + 1];
  }
  for (std::size_t id = 0; id < idCount; ++id) m_firstPair[id + 1] += m_firstPair[id];
}

const BytePairMerger::Pair* BytePairMerger::find(TokenId left, TokenId right) const {
  const Pair* begin = m_pairs.data() + m_firstPair[static_cast<std::size_t>(left)];
  const Pair* end = m_pairs.data() + m_firstPair[static_cast<std::size_t>(left) + 1];
  const Pair* found = std::lower_bound(begin, end, right, [](const Pair& pair, TokenId id) { return pair.right < id; });
  return found != end && found->right == right ? found : nullptr;
}

void BytePairMerger::merge(std::string_view word, std::vector<Piece>& out) const {
  out.clear();
  out.reserve(word.size());
  for (const char byte : word) out.push_back({m_byteIds[static_cast<std::uint8_t>(byte)], 1});
  if (out.size() <= kShortWord) {
    mergeShort(out);
  } else {
    mergeLong(out);
  }
}

void BytePairMerger::mergeShort(std::vector<Piece>& pieces) const {
  if (pieces.size() < 2) return;
  std::array<const Pair*, kShortWord> pairs;  // of each piece with the next one
  for (std::size_t i = 0; i + 1 < pieces.size(); ++i) pairs[i] = find(pieces[i].id, pieces[i + 1].id);
  while (pieces.size() >= 2) {
    const std::size_t last = pieces.size() - 1;
    std::size_t best = last;
    std::uint32_t lowest = kNoRank;
    for (std::size_t i = 0; i < last; ++i) {
      if (pairs[i] == nullptr || pairs[i]->rank >= lowest) continue;
      lowest = pairs[i]->rank;
      best = i;
    }
    if (best == last) return;
    pieces[best] = {pairs[best]->merged, pieces[best].bytes + pieces[best + 1].bytes};
    pieces.erase(pieces.begin() + static_cast<std::ptrdiff_t>(best) + 1);
    std::copy(pairs.begin() + static_cast<std::ptrdiff_t>(best) + 1, pairs.begin() + static_cast<std::ptrdiff_t>(last),
              pairs.begin() + static_cast<std::ptrdiff_t>(best));
    if (best + 1 < pieces.size()) pairs[best] = find(pieces[best].id, pieces[best + 1].id);
    if (best > 0) pairs[best - 1] = find(pieces[best - 1].id, pieces[best].id);
  }
}

void BytePairMerger::mergeLong(std::vector<Piece>& pieces) const {
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  const auto count = static_cast<std::uint32_t>(pieces.size());
  struct Links {
    std::uint32_t previous = kNone;
    std::uint32_t next = kNone;
  };
  std::vector<Links> links(count);  // a merged piece stays where its left half was; the right half has 0 bytes
  // Rank in the upper half, place in the lower: the smallest is the leftmost pair of the lowest rank.
  std::priority_queue<std::uint64_t, std::vector<std::uint64_t>, std::greater<>> candidates;
  const auto offer = [&](std::uint32_t at) {
    if (at == kNone || links[at].next == kNone) return;
    const Pair* pair = find(pieces[at].id, pieces[links[at].next].id);
    if (pair != nullptr) candidates.push((std::uint64_t{pair->rank} << 32) | at);
  };
  for (std::uint32_t at = 0; at < count; ++at) {
    links[at] = {at == 0 ? kNone : at - 1, at + 1 == count ? kNone : at + 1};
  }
  for (std::uint32_t at = 0; at < count; ++at) offer(at);
  while (!candidates.empty()) {
    const std::uint64_t candidate = candidates.top();
    candidates.pop();
    const auto at = static_cast<std::uint32_t>(candidate);
    const std::uint32_t next = links[at].next;
    if (pieces[at].bytes == 0 || next == kNone) continue;
    const Pair* pair = find(pieces[at].id, pieces[next].id);
    if (pair == nullptr || pair->rank != static_cast<std::uint32_t>(candidate >> 32)) continue;  // changed since
    pieces[at] = {pair->merged, pieces[at].bytes + pieces[next].bytes};
    pieces[next].bytes = 0;
    links[at].next = links[next].next;
    if (links[at].next != kNone) links[links[at].next].previous = at;
    offer(links[at].previous);
    offer(at);
  }
  std::erase_if(pieces, [](const Piece& piece) { return piece.bytes == 0; });
}

}  // namespace tidemark

#include "engine/service/planted_text.h"

#include <algorithm>

#include "engine/tokenizer/utf8.h"

namespace tidemark {
namespace {

constexpr std::string_view kBetweenWords = " \t\n\f";

bool isBetweenWords(char c) {
  return kBetweenWords.find(c) != std::string_view::npos;
}

/// Whether a sentence has ended before `at`: a mark, maybe with what closes behind it, and white space.
bool endsSentence(std::string_view text, std::size_t at) {
  if (at == 0 || !isBetweenWords(text[at - 1])) return false;
  std::size_t end = at - 1;
  while (end > 0 && (text[end - 1] == '"' || text[end - 1] == '\'' || text[end - 1] == ')')) --end;
  return end > 0 && (text[end - 1] == '.' || text[end - 1] == '!' || text[end - 1] == '?');
}

}  // namespace

PlantedText::PlantedText(const TextSource& text, std::vector<Planting> plantings)
    : m_text(text), m_plantings(std::move(plantings)) {
  std::uint64_t planted = 0;
  for (const Planting& planting : m_plantings) {
    m_begins.push_back(planting.at + planted);
    planted += planting.text.size();
  }
}

std::uint64_t PlantedText::byteCount() const {
  std::uint64_t bytes = m_text.byteCount();
  for (const Planting& planting : m_plantings) bytes += planting.text.size();
  return bytes;
}

ByteRange PlantedText::bytesOf(std::size_t index) const {
  return {m_begins[index], m_begins[index] + m_plantings[index].text.size()};
}

Result<std::size_t> PlantedText::read(std::uint64_t offset, std::span<char> out) const {
  // The first planting that ends behind the offset.
  std::size_t next = 0;
  while (next < m_plantings.size() && bytesOf(next).end <= offset) ++next;
  std::uint64_t planted = 0;  // bytes of those before it
  for (std::size_t i = 0; i < next; ++i) planted += m_plantings[i].text.size();
  std::size_t done = 0;
  while (done < out.size()) {
    const std::uint64_t at = offset + done;
    const std::size_t room = out.size() - done;
    if (next < m_plantings.size() && at >= m_begins[next]) {
      const std::string_view rest = std::string_view(m_plantings[next].text).substr(at - m_begins[next]);
      const std::size_t count = std::min(room, rest.size());
      std::copy_n(rest.data(), count, out.data() + done);
      done += count;
      if (count < rest.size()) break;
      planted += m_plantings[next].text.size();
      ++next;
      continue;
    }
    const std::uint64_t until = next < m_plantings.size() ? m_begins[next] - at : room;
    const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(room, until));
    const auto count = m_text.read(at - planted, out.subspan(done, wanted));
    if (!count) return count.error();
    done += *count;
    if (*count < wanted) break;  // the end
  }
  return done;
}

SentencePlace findSentencePlace(std::string_view text) {
  const std::size_t middle = text.size() / 2;
  for (std::size_t at = middle; at < text.size(); ++at) {
    if (endsSentence(text, at)) return {at, true};
  }
  for (std::size_t at = std::max<std::size_t>(middle, 1); at < text.size(); ++at) {
    if (isBetweenWords(text[at - 1])) return {at, true};
  }
  std::size_t at = middle;
  while (at < text.size() && continuesCharacter(text[at])) ++at;
  return {at, false};
}

std::vector<std::int64_t> spreadEvenly(std::int64_t segments, int count) {
  std::vector<std::int64_t> places;
  for (std::int64_t i = 0; i < count; ++i) places.push_back((2 * i + 1) * segments / (2 * count));
  return places;
}

SegmentsOfTexts::SegmentsOfTexts(std::vector<const TextSource*> texts, const Tokenizer& tokenizer, int segmentSize,
                                 std::function<void(std::int64_t segment, ByteRange bytes)> entered)
    : m_texts(std::move(texts)), m_tokenizer(tokenizer), m_segmenter(segmentSize), m_entered(std::move(entered)) {}

Result<bool> SegmentsOfTexts::nextSegment(std::vector<TokenId>& tokens) {
  while (true) {
    if (!m_stream) {
      if (m_nextText == m_texts.size()) return false;
      const TextSource& text = *m_texts[m_nextText++];
      m_stream.emplace(text, m_tokenizer, m_nextByte);
      m_nextByte += text.byteCount();
    }
    auto segment = m_segmenter.next(*m_stream);
    if (!segment) return segment.error();
    if (segment->has_value()) {
      tokens = std::move((*segment)->tokens.ids);
      m_entered(m_count++, (*segment)->bytes);
      return true;
    }
    m_stream.reset();
  }
}

}  // namespace tidemark

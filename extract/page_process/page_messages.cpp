#include "extract/page_process/page_messages.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace tidemark {
namespace {

constexpr std::uint32_t kMark = 0x45474150;  // "PAGE"
constexpr std::uint32_t kShowsSomething = 1;
constexpr std::uint32_t kCut = 2;

struct Head {
  std::uint32_t mark = kMark;
  PageMessage::Kind kind = PageMessage::Kind::kContent;
  std::uint32_t number = 0;
  std::uint32_t flags = 0;
  std::uint32_t units = 0;
  std::uint32_t boxes = 0;
  double width = 0;
  double height = 0;
};
static_assert(sizeof(Head) == 40 && sizeof(TextBox) == 32, "no gaps: nothing else of the memory is sent");

std::string headBytes(const Head& head) {
  return {reinterpret_cast<const char*>(&head), sizeof head};
}

std::size_t bodyBytes(const Head& head) {
  return std::size_t{head.units} * sizeof(char16_t) + std::size_t{head.boxes} * sizeof(TextBox);
}

bool hasPlaces(const RawPage& raw) {
  return isPlace(raw.width) && isPlace(raw.height) &&
         std::all_of(raw.boxes.begin(), raw.boxes.end(), [](const TextBox& box) { return isPlace(box); });
}

Error notOurs() {
  return makeError(ErrorCode::kCorrupt, "the page process does not follow the protocol");
}

bool isValid(const Head& head) {
  if (head.mark != kMark) return false;
  switch (head.kind) {
    case PageMessage::Kind::kReady:
    case PageMessage::Kind::kDeclined:
      return head.flags == 0 && head.units == 0 && head.boxes == 0;
    case PageMessage::Kind::kContent:
      return (head.flags & ~(kShowsSomething | kCut)) == 0 && head.units <= kMostMessageUnits &&
             head.boxes <= kMostMessageBoxes;
  }
  return false;
}

}  // namespace

std::string toBytes(PageRange range) {
  std::string bytes(sizeof range, '\0');
  std::memcpy(bytes.data(), &range, sizeof range);
  return bytes;
}

PageRange rangeFromBytes(const char (&bytes)[8]) {
  PageRange range;
  static_assert(sizeof range == sizeof bytes);
  std::memcpy(&range, bytes, sizeof range);
  return range;
}

std::string readyMessage(std::uint32_t pageCount) {
  Head head;
  head.kind = PageMessage::Kind::kReady;
  head.number = pageCount;
  return headBytes(head);
}

std::string declinedMessage(std::uint32_t page) {
  Head head;
  head.kind = PageMessage::Kind::kDeclined;
  head.number = page;
  return headBytes(head);
}

std::string contentMessage(std::uint32_t page, const PageContent& content) {
  const RawPage& raw = content.raw;
  if (raw.text.size() > kMostMessageUnits || raw.boxes.size() > kMostMessageBoxes) return declinedMessage(page);
  Head head;
  head.number = page;
  head.flags = (content.showsSomething ? kShowsSomething : 0) | (raw.isCut ? kCut : 0);
  head.units = static_cast<std::uint32_t>(raw.text.size());
  head.boxes = static_cast<std::uint32_t>(raw.boxes.size());
  head.width = raw.width;
  head.height = raw.height;
  std::string bytes;
  bytes.reserve(sizeof head + bodyBytes(head));
  bytes += headBytes(head);
  bytes.append(reinterpret_cast<const char*>(raw.text.data()), raw.text.size() * sizeof(char16_t));
  bytes.append(reinterpret_cast<const char*>(raw.boxes.data()), raw.boxes.size() * sizeof(TextBox));
  return bytes;
}

void PageMessageReader::push(std::string_view bytes) {
  m_pending.erase(0, std::exchange(m_taken, 0));
  m_pending.append(bytes);
}

Result<std::optional<PageMessage>> PageMessageReader::next() {
  const std::size_t held = m_pending.size() - m_taken;
  Head head;
  if (held < sizeof head) return std::optional<PageMessage>();
  std::memcpy(&head, m_pending.data() + m_taken, sizeof head);
  if (!isValid(head)) return notOurs();
  if (held - sizeof head < bodyBytes(head)) return std::optional<PageMessage>();

  PageMessage message;
  message.kind = head.kind;
  message.number = head.number;
  message.content.showsSomething = (head.flags & kShowsSomething) != 0;
  RawPage& raw = message.content.raw;
  raw.isCut = (head.flags & kCut) != 0;
  raw.width = head.width;
  raw.height = head.height;
  const char* body = m_pending.data() + m_taken + sizeof head;
  raw.text.resize(head.units);
  raw.boxes.resize(head.boxes);
  const std::size_t textBytes = raw.text.size() * sizeof(char16_t);
  if (head.units > 0) std::memcpy(raw.text.data(), body, textBytes);
  if (head.boxes > 0) std::memcpy(raw.boxes.data(), body + textBytes, raw.boxes.size() * sizeof(TextBox));
  if (!hasPlaces(raw)) return notOurs();
  m_taken += sizeof head + bodyBytes(head);
  return std::optional<PageMessage>(std::move(message));
}

}  // namespace tidemark

#include "ui/document/copy_runner.h"

#include <algorithm>

namespace tidemark::ui {
namespace {

constexpr std::uint64_t kSlice = std::uint64_t{1} << 20;  // about a millisecond: how long stopping takes

}  // namespace

CopyRunner::CopyRunner(QObject* parent) : QObject(parent) {}

CopyRunner::~CopyRunner() {
  stop();
}

void CopyRunner::stop() {
  ++m_request;
  m_thread = std::jthread();
}

void CopyRunner::start(const DocumentText& text, ByteRange range) {
  stop();
  const quint64 request = m_request;
  m_thread = std::jthread([this, request, text, range](const std::stop_token& token) {
    const std::uint64_t end = text.characterStart(range.end);
    QString all;
    all.reserve(static_cast<qsizetype>(end - std::min(range.begin, end)));
    for (std::uint64_t at = text.characterEnd(range.begin); at < end;) {
      if (token.stop_requested()) return;
      const std::uint64_t next = at + kSlice < end ? text.characterEnd(at + kSlice) : end;
      const std::string bytes = text.bytes({at, next});
      all += QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
      at = next;
    }
    QMetaObject::invokeMethod(
        this,
        [this, request, all = std::move(all)] {
          if (request == m_request) Q_EMIT ready(all);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace tidemark::ui

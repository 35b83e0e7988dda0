#include "ui/document/search_runner.h"

namespace tidemark::ui {

SearchRunner::SearchRunner(QObject* parent) : QObject(parent) {}

SearchRunner::~SearchRunner() {
  stop();
}

void SearchRunner::stop() {
  ++m_request;
  m_thread = std::jthread();  // stops and joins: a window of text at most, 1 to 3 ms
}

void SearchRunner::start(const DocumentText& text, const SearchQuery& query) {
  stop();
  const quint64 request = m_request;
  m_thread = std::jthread([this, request, text, query](const std::stop_token& token) {
    const auto post = [this, request](auto function) {
      QMetaObject::invokeMethod(
          this,
          [this, request, function = std::move(function)] {
            if (request == m_request) function();
          },
          Qt::QueuedConnection);
    };
    const SearchEnd end = searchText(text, query, token, [this, &post](std::vector<ByteRange> matches) {
      post([this, matches = std::move(matches)] { Q_EMIT matchesFound(matches); });
    });
    if (end != SearchEnd::kStopped) post([this, end] { Q_EMIT finished(end == SearchEnd::kLimit); });
  });
}

}  // namespace tidemark::ui

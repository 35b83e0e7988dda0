#pragma once
// Runs searches on a thread of its own. GUI thread; signals arrive there too.

#include <QObject>
#include <thread>
#include <vector>

#include "ui/document/text_search.h"

namespace tidemark::ui {

class SearchRunner : public QObject {
  Q_OBJECT

 public:
  explicit SearchRunner(QObject* parent = nullptr);
  ~SearchRunner() override;

  /// Stops the search that runs; what it still sends is dropped.
  void start(const DocumentText& text, const SearchQuery& query);
  void stop();

 Q_SIGNALS:
  void matchesFound(const std::vector<tidemark::ByteRange>& matches);
  /// `limited`: there are more than kMostMatches.
  void finished(bool limited);

 private:
  quint64 m_request = 0;
  std::jthread m_thread;
};

}  // namespace tidemark::ui
